package charnn.proofread;

/**
 * A small change of a text, which may undo an error.
 *
 * @param at index of the first character that it changes; of a missing one, of the character that
 *     it stands before
 * @param token id of the character that comes in; of no meaning where none does
 */
record Edit(ErrorKind kind, int at, int token) {
  /** The most characters that an edit takes out. */
  static final int MOST_REMOVED = 2;

  /** Returns how many characters it takes out. */
  int removed() {
    return kind.removed();
  }

  /** Returns what comes in, token ids. */
  char[] inserted(char[] text) {
    return switch (kind) {
      case WRONG, MISSING -> new char[] {(char) token};
      case EXTRA -> new char[0];
      case SWAPPED -> new char[] {text[at + 1], text[at]};
    };
  }

  /** Returns the same edit of a text in which it begins at another index. */
  Edit movedTo(int index) {
    return new Edit(kind, index, token);
  }
}
