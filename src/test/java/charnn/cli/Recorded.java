package charnn.cli;

import java.util.List;

/**
 * What the fixed seed gave when the engine had been proved right: a change of these values is a
 * change of the algorithm.
 */
final class Recorded {
  static final List<String> LOSS_CURVE =
      List.of(
          "12 2.874166 2.836768",
          "24 2.684838 2.657272",
          "36 2.426088 2.464747",
          "48 2.066456 2.076238",
          "60 1.960031 1.746919",
          "72 1.255979 1.199760",
          "84 1.049267 0.797190",
          "96 0.693458 0.508311",
          "108 0.573388 0.339254",
          "120 0.496303 0.253546");
  static final String GREEDY_SAMPLE =
      "Once upon a time there was a miller who had a daughter, and the daughter had a goose.\n"
          + "Once upon a ti";

  private Recorded() {}
}
