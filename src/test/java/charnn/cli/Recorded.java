package charnn.cli;

import java.util.List;

/**
 * What the fixed seed gave when the engine had been proved right: a change of these values is a
 * change of the algorithm.
 */
final class Recorded {
  static final List<String> LOSS_CURVE =
      List.of(
          "12 2.873343 2.835515",
          "24 2.682621 2.655227",
          "36 2.444328 2.430081",
          "48 2.156590 2.011478",
          "60 1.972217 1.660709",
          "72 1.372467 1.282718",
          "84 1.082289 0.905232",
          "96 0.796654 0.563823",
          "108 0.565803 0.415040",
          "120 0.464101 0.298939");
  static final String GREEDY_SAMPLE =
      "Once upon a time there was a miller who had a daughter had a goose.\n"
          + "Once upon a time there was a mil";

  private Recorded() {}
}
