package charnn.lab;

import static charnn.util.Formats.format;

import charnn.report.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Results in rows and columns: for people as text, for programs as CSV with all digits. */
final class DataTable {
  /** Numbers below and from these on are shown with an exponent. */
  private static final double SMALL = 5e-4;

  private static final double LARGE = 1e6;

  private final String[] names;
  private final List<Object[]> rows = new ArrayList<>();
  private int returned; // lines, by newText

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
        .mapToDouble(row -> row[index] instanceof Number number ? number.doubleValue() : Double.NaN)
        .toArray();
  }

  /** Returns the rows that it did not return before; at first the names of the columns, too. */
  String newText() {
    if (rows.isEmpty()) {
      return "none";
    }
    List<String> lines = toText().lines().skip(returned).toList();
    returned += lines.size();
    return String.join("\n", lines).stripTrailing();
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
    if (cell instanceof Integer || cell instanceof Long) {
      return format("%,d", cell);
    }
    if (cell instanceof Number number) {
      double size = Math.abs(number.doubleValue());
      String form = size > 0 && (size < SMALL || size >= LARGE) ? "%.2e" : decimals(column);
      return format(form, number);
    }
    return cell == null ? "-" : cell.toString();
  }

  /**
   * Returns a format with the decimals that leave four digits of the largest number of a column.
   */
  private String decimals(int column) {
    double most =
        Arrays.stream(column(column)).map(Math::abs).filter(size -> size < LARGE).max().orElse(0);
    return "%,." + (most >= 1000 ? 0 : most >= 100 ? 1 : most >= 10 ? 2 : 3) + "f";
  }

  String toCsv() {
    return csv((Object[]) names) + rows.stream().map(DataTable::csv).collect(Collectors.joining());
  }

  private static String csv(Object... cells) {
    return Arrays.stream(cells)
            .map(cell -> cell == null ? "" : cell.toString())
            .map(
                text ->
                    text.matches("(?s).*[\",\n\r].*")
                        ? '"' + text.replace("\"", "\"\"") + '"'
                        : text)
            .collect(Collectors.joining(","))
        + "\n";
  }
}
