package charnn.lab;

import static charnn.util.Formats.format;

import charnn.report.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Results in rows and columns: for people as text, for programs as CSV with all digits. */
final class DataTable {
  /** Numbers below and from these on are shown with an exponent. */
  private static final double SMALL = 5e-4;

  private static final double LARGE = 1e6;

  private final String[] names;
  private final List<Object[]> rows = new ArrayList<>();

  /**
   * @param names of the columns
   */
  DataTable(String... names) {
    this.names = names.clone();
  }

  /** Adds a row: texts, whole numbers, real numbers; null for what was not measured. */
  void add(Object... cells) {
    if (cells.length != names.length) {
      throw new IllegalArgumentException(
          format("a row has %d cells, got %d", names.length, cells.length));
    }
    rows.add(cells.clone());
  }

  /** Returns the rows, in order. */
  List<Object[]> rows() {
    return List.copyOf(rows);
  }

  /** Returns a column of numbers; what was not measured is not a number. */
  double[] column(int index) {
    return rows.stream()
        .mapToDouble(row -> row[index] == null ? Double.NaN : ((Number) row[index]).doubleValue())
        .toArray();
  }

  String toText() {
    TextTable table = new TextTable(names);
    for (Object[] row : rows) {
      String[] cells = new String[row.length];
      Arrays.setAll(cells, i -> shown(row[i], i));
      table.add(cells);
    }
    return table.toString();
  }

  private String shown(Object cell, int column) {
    if (cell == null) {
      return "-";
    }
    if (cell instanceof Integer || cell instanceof Long) {
      return format("%,d", cell);
    }
    if (cell instanceof Double || cell instanceof Float) {
      double value = ((Number) cell).doubleValue();
      double size = Math.abs(value);
      return size > 0 && (size < SMALL || size >= LARGE)
          ? format("%.2e", value)
          : format("%,." + decimals(column) + "f", value);
    }
    return cell.toString();
  }

  /** Returns as many decimals for all numbers of a column as leave four digits of the largest. */
  private int decimals(int column) {
    double most = 0;
    for (Object[] row : rows) {
      double size = row[column] instanceof Number number ? Math.abs(number.doubleValue()) : 0;
      most = size < LARGE ? Math.max(most, size) : most;
    }
    return most >= 1000 ? 0 : most >= 100 ? 1 : most >= 10 ? 2 : 3;
  }

  String toCsv() {
    StringBuilder csv = new StringBuilder();
    line(csv, names);
    rows.forEach(row -> line(csv, row));
    return csv.toString();
  }

  private static void line(StringBuilder csv, Object[] cells) {
    for (int i = 0; i < cells.length; i++) {
      String text = cells[i] == null ? "" : cells[i].toString();
      boolean quoted = text.matches("(?s).*[\",\n\r].*");
      csv.append(i == 0 ? "" : ",");
      csv.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }
    csv.append('\n');
  }
}
