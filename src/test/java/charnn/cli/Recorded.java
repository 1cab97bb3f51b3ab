package charnn.cli;

import java.util.List;

/**
 * What the fixed seed gave when the engine had been proved right: a change of these values is a
 * change of the algorithm.
 */
final class Recorded {
  static final List<String> LOSS_CURVE =
      List.of(
          "12 2.867292 2.822386",
          "24 2.675638 2.674900",
          "36 2.333896 2.362315",
          "48 1.909248 1.858382",
          "60 1.459160 1.362816",
          "72 0.864831 0.867496",
          "84 0.605661 0.591383",
          "96 0.289665 0.329005",
          "108 0.184704 0.193924",
          "120 0.104543 0.144569");
  static final String GREEDY_SAMPLE =
      "Once upon a time there was a miller who had a daughter, and the daughter had a goose.\n"
          + "Once upon a ti";

  private Recorded() {}
}
