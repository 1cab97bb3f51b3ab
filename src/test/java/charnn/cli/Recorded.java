package charnn.cli;

import java.util.List;

/**
 * What the fixed seed gave when the engine had been proved right: a change of these values is a
 * change of the algorithm.
 */
final class Recorded {
  static final List<String> LOSS_CURVE =
      List.of(
          "12 2.890704 2.835065",
          "24 2.668378 2.661328",
          "36 2.448644 2.437783",
          "48 2.214474 2.051422",
          "60 1.804110 1.598951",
          "72 1.409580 1.158370",
          "84 1.061745 0.792635",
          "96 0.762767 0.588284",
          "108 0.572426 0.370792",
          "120 0.424172 0.261366");
  static final String GREEDY_SAMPLE =
      "Once upon a time there was a miller who had a daughter had a goose.\n"
          + "Once upon a time there was a mil";

  private Recorded() {}
}
