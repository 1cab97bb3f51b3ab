package charnn.cli;

import charnn.data.Direction;

/**
 * The text next to which texts are generated, as it is printed.
 *
 * @param text may be empty
 * @param echo whether it is printed with each text
 * @param direction of the model: one that reads backwards writes what comes before it
 */
record PrintedPrompt(String text, boolean echo, Direction direction) {
  /** Returns it as the model reads it. */
  String asRead() {
    return direction.turned(text);
  }

  /** Returns a generated text as it is printed. */
  String with(String generated) {
    if (!echo) {
      return generated;
    }
    return direction == Direction.FORWARD ? text + generated : generated + text;
  }
}
