package charnn.report;

import static charnn.util.Formats.format;

import charnn.proofread.RandomErrors;
import charnn.util.Formats;
import java.util.List;

/**
 * How well random errors are found.
 *
 * @param characters of the text
 * @param errors among them
 */
public record ProofreadingReport(int characters, int errors, List<Row> thresholds) {
  /**
   * What is found at a threshold.
   *
   * @param bits the threshold
   * @param found characters
   * @param precision the part of them that are errors; null if there are none
   * @param recall the part of the errors that are found
   * @param restored the part of the errors whose right character is the likelier one
   */
  public record Row(double bits, int found, Double precision, double recall, double restored) {
    public static Row of(double bits, RandomErrors.Score score) {
      return new Row(
          bits,
          score.found(),
          score.found() == 0 ? null : score.precision(),
          score.recall(),
          (double) score.restored() / score.errors());
    }
  }

  /** Returns the report as a table. */
  public String toText() {
    TextTable table = new TextTable("bits", "found", "precision", "recall", "restored");
    for (Row row : thresholds) {
      table.add(
          Formats.number(row.bits),
          format("%,d", row.found),
          row.precision == null ? "-" : percent(row.precision),
          percent(row.recall),
          percent(row.restored));
    }
    return format("%,d errors in %,d characters%n%s", errors, characters, table);
  }

  private static String percent(double part) {
    return format("%.1f %%", 100 * part);
  }
}
