package charnn.report;

import static charnn.util.Formats.format;

import charnn.fill.FillMeasurement;
import java.util.List;
import java.util.Locale;

/**
 * How often gaps are filled with what stood there.
 *
 * @param model the forward model's name
 * @param gap characters of each
 * @param gaps how many
 * @param seed of their places
 * @param beam hypotheses of the beam search
 */
public record FillAccuracyReport(
    String model,
    String backwardModel,
    int gap,
    int gaps,
    long seed,
    int beam,
    List<Accuracy> accuracy) {
  /**
   * What fills the gaps, and how well.
   *
   * @param exact part of the gaps of which all characters are right
   * @param characters part of the characters that are right, each at its place
   */
  public record Accuracy(String by, double exact, double characters) {
    static Accuracy of(FillMeasurement.Accuracy measured) {
      return new Accuracy(
          measured.view().name().toLowerCase(Locale.ROOT), measured.exact(), measured.characters());
    }
  }

  /** Makes the report. */
  public static FillAccuracyReport of(
      String model,
      String backwardModel,
      int gap,
      int gaps,
      long seed,
      int beam,
      List<FillMeasurement.Accuracy> measured) {
    return new FillAccuracyReport(
        model, backwardModel, gap, gaps, seed, beam, measured.stream().map(Accuracy::of).toList());
  }

  /** Returns several as a table. */
  public static String toText(List<FillAccuracyReport> reports) {
    TextTable table = new TextTable("gap", "exact", "characters", "filled by");
    for (FillAccuracyReport report : reports) {
      for (Accuracy one : report.accuracy) {
        FillMeasurement.View view = FillMeasurement.View.valueOf(one.by.toUpperCase(Locale.ROOT));
        table.add(
            format("%d", report.gap),
            format("%.1f %%", 100 * one.exact),
            format("%.1f %%", 100 * one.characters),
            view.toString());
      }
    }
    return table.toString();
  }
}
