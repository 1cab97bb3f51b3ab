package charnn.report.history;

import charnn.report.NumberTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All rows that runs recorded, as one table in CSV: metrics and, in the same rows, layers. */
public final class HistoryCsv {
  private HistoryCsv() {}

  /** Returns the table; a cell is empty where a run did not record it. */
  public static String of(List<RunHistory> runs) {
    Set<String> names = new LinkedHashSet<>();
    names.add(RunHistory.STEP);
    runs.forEach(run -> names.addAll(run.metrics().names()));
    runs.forEach(run -> names.addAll(run.layers().names()));
    StringBuilder csv = new StringBuilder("run,").append(String.join(",", names)).append('\n');
    for (RunHistory run : runs) {
      append(run, new ArrayList<>(names), csv);
    }
    return csv.toString();
  }

  private static void append(RunHistory run, List<String> names, StringBuilder csv) {
    double[] steps = run.metrics().column(RunHistory.STEP);
    double[] measured = run.layers().column(RunHistory.STEP);
    int i = 0;
    int j = 0;
    while (i < steps.length || j < measured.length) {
      boolean hasMetrics = j == measured.length || i < steps.length && steps[i] <= measured[j];
      boolean hasLayers = i == steps.length || j < measured.length && measured[j] <= steps[i];
      csv.append(quoted(run.name()));
      for (String name : names) {
        csv.append(',');
        double value = hasMetrics ? cell(run.metrics(), i, name) : Double.NaN;
        if (Double.isNaN(value) && hasLayers) {
          value = cell(run.layers(), j, name);
        }
        csv.append(number(value));
      }
      csv.append('\n');
      i += hasMetrics ? 1 : 0;
      j += hasLayers ? 1 : 0;
    }
  }

  private static double cell(NumberTable table, int row, String name) {
    int column = table.names().indexOf(name);
    return column < 0 ? Double.NaN : table.rows().get(row)[column];
  }

  /** Returns a number for programs; empty if it is none. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String quoted(String text) {
    return text.matches("[^\",\n\r]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
