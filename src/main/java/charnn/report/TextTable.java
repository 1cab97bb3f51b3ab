package charnn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for people: figures aligned on the right, the last column, of names, on the left. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  public TextTable(String... header) {
    rows.add(header);
  }

  /** Adds a row, of as many cells as the header has. */
  public void add(String... cells) {
    rows.add(cells);
  }

  @Override
  public String toString() {
    int last = rows.get(0).length - 1;
    int[] widths = new int[last];
    for (String[] row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length()));
    }
    StringBuilder table = new StringBuilder();
    for (String[] row : rows) {
      for (int i = 0; i < last; i++) {
        table.append(" ".repeat(widths[i] - row[i].length())).append(row[i]).append(GAP);
      }
      table.append(row[last]).append('\n');
    }
    return table.toString();
  }
}
