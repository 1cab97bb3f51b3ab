package charnn.report;

import charnn.util.RegularFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of numbers with named columns, as runs record them.
 *
 * @param names of the columns
 * @param rows each with as many numbers; NaN where a cell is empty
 */
public record NumberTable(List<String> names, List<double[]> rows) {
  /** A row that is longer is none of a run's; it is not kept in memory as numbers. */
  private static final int MOST_COLUMNS = 200;

  public NumberTable {
    names = List.copyOf(names);
  }

  /**
   * Reads a CSV file that a run wrote. Lines that are no rows of numbers are left out: a run that
   * is being trained may just be writing one.
   *
   * @return a table without columns if there is no such file
   */
  public static NumberTable read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new NumberTable(List.of(), List.of());
    }
    RegularFile.require(file);
    List<double[]> rows = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
      String header = in.readLine();
      if (header == null) {
        return new NumberTable(List.of(), List.of());
      }
      List<String> names = Arrays.asList(header.split(",", MOST_COLUMNS + 1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        double[] row = row(line, names.size());
        if (row != null) {
          rows.add(row);
        }
      }
      return new NumberTable(names, rows);
    }
  }

  /** Returns the numbers of a line; null if it is no row. */
  private static double[] row(String line, int columns) {
    String[] cells = line.split(",", MOST_COLUMNS + 1);
    if (cells.length != columns || columns > MOST_COLUMNS) {
      return null;
    }
    double[] row = new double[columns];
    for (int i = 0; i < columns; i++) {
      try {
        row[i] = cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]);
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return row;
  }

  /** Returns whether there is a column with a number in it. */
  public boolean has(String name) {
    return Arrays.stream(column(name)).anyMatch(Double::isFinite);
  }

  /** Returns a column; all NaN if there is none of that name. */
  public double[] column(String name) {
    int index = names.indexOf(name);
    return rows.stream().mapToDouble(row -> index < 0 ? Double.NaN : row[index]).toArray();
  }

  /** Returns at most so many rows, evenly spaced, with the last, and all that must be kept. */
  public NumberTable thinned(int most, String kept) {
    if (rows.size() <= most) {
      return this;
    }
    int index = names.indexOf(kept);
    long rare = rows.stream().filter(row -> index >= 0 && Double.isFinite(row[index])).count();
    boolean keeps = rare <= most / 2;
    List<double[]> some = new ArrayList<>();
    int every = (rows.size() + most - 1) / most;
    for (int i = 0; i < rows.size(); i++) {
      boolean isKept = keeps && index >= 0 && Double.isFinite(rows.get(i)[index]);
      if (i % every == 0 || isKept || i == rows.size() - 1) {
        some.add(rows.get(i));
      }
    }
    return new NumberTable(names, some);
  }
}
