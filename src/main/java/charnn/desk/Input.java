package charnn.desk;

/**
 * A key, or characters in a row.
 *
 * @param text what is typed or pasted, else empty
 */
record Input(Command command, String text) {
  static Input of(Command command) {
    return new Input(command, "");
  }
}
