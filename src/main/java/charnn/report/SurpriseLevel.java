package charnn.report;

import charnn.nn.LossMetrics;

/** How surprising a character was to a model: a range of -log2 p. */
enum SurpriseLevel {
  /** The character was not predicted. */
  UNSCORED("not scored", ' ', "", "", ""),
  LOW("0-1", ' ', "", "", ""),
  MEDIUM("1-3", '.', "30;46", "38;5;16;48;5;229", "38;2;0;0;0;48;2;255;241;168"),
  HIGH("3-6", '+', "30;43", "38;5;16;48;5;215", "38;2;0;0;0;48;2;255;180;92"),
  EXTREME("over 6", '#', "30;41", "38;5;16;48;5;203", "38;2;0;0;0;48;2;255;111;97");

  private final String bits;
  private final char mark;
  private final String sixteen;
  private final String palette;
  private final String trueColour;

  /**
   * @param bits its range, in words
   * @param mark of a character where there are no colours
   * @param sixteen parameters of the escape sequence that sets its colours; empty: none
   */
  SurpriseLevel(String bits, char mark, String sixteen, String palette, String trueColour) {
    this.bits = bits;
    this.mark = mark;
    this.sixteen = sixteen;
    this.palette = palette;
    this.trueColour = trueColour;
  }

  /** Returns the level of a character; NaN if it was not predicted. */
  static SurpriseLevel of(double nats) {
    double bits = nats / LossMetrics.LN_2;
    if (Double.isNaN(bits)) {
      return UNSCORED;
    }
    return bits <= 1 ? LOW : bits <= 3 ? MEDIUM : bits <= 6 ? HIGH : EXTREME;
  }

  String bits() {
    return bits;
  }

  char mark() {
    return mark;
  }

  /** Returns the parameters of the escape sequence that sets the level's colours; empty: none. */
  String escape(Colours colours) {
    return switch (colours) {
      case NONE -> "";
      case SIXTEEN -> sixteen;
      case PALETTE -> palette;
      case TRUE -> trueColour;
    };
  }
}
