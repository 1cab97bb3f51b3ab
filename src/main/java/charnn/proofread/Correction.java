package charnn.proofread;

/**
 * A probable error of a text.
 *
 * @param at index of the first character in question; of a missing one, of the character that it is
 *     missing before
 * @param inserted token ids of what belongs in place of the characters in question
 * @param bits that the text becomes more probable by, in the mean of both sides
 */
public record Correction(ErrorKind kind, int at, char[] inserted, double bits) {
  /** Returns the end of the characters in question. */
  public int end() {
    return at + kind.removed();
  }
}
