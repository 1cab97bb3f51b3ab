package charnn.data;

import java.util.Arrays;

/**
 * Reads a text as it is compared for copies: a run of white space is one space, and there is none
 * at either end. A copy that is broken into other lines is a copy. A character is a Unicode code
 * point.
 */
public final class FoldedText {
  /** What {@link #next} returns at the end. */
  public static final int END = -1;

  private final String text;
  private final int to;
  private final Spacing spacing;
  private int next;
  private int offset;
  private boolean begun;

  public FoldedText(String text, Spacing spacing) {
    this(text, 0, text.length(), spacing);
  }

  /**
   * @param from the first offset to read
   * @param to the end
   */
  public FoldedText(String text, int from, int to, Spacing spacing) {
    this.text = text;
    this.next = from;
    this.to = to;
    this.spacing = spacing;
  }

  /** Returns the next character, or {@link #END}. */
  public int next() {
    int before = next;
    if (spacing == Spacing.FOLDED) {
      skipWhiteSpace();
    }
    if (next >= to) {
      return END;
    }
    if (begun && next > before) {
      offset = before;
      return ' ';
    }
    begun = true;
    offset = next;
    int character = text.codePointAt(next);
    next += Character.charCount(character);
    return character;
  }

  private void skipWhiteSpace() {
    while (next < to) {
      int character = text.codePointAt(next);
      if (!WhiteSpace.is(character)) {
        return;
      }
      next += Character.charCount(character);
    }
  }

  /** Returns the offset in the text of the character that was returned last. */
  public int offset() {
    return offset;
  }

  /** Skips so many characters, or those that are left; returns this. */
  public FoldedText skip(int characters) {
    int left = characters;
    while (left > 0 && next() != END) {
      left--;
    }
    return this;
  }

  /** Returns the characters that are left, at most so many. */
  public int[] read(int limit) {
    int[] characters = new int[Math.min(limit, to - next)];
    int length = 0;
    while (length < characters.length) {
      int character = next();
      if (character == END) {
        break;
      }
      characters[length++] = character;
    }
    return length == characters.length ? characters : Arrays.copyOf(characters, length);
  }

  /** Returns the characters of a text. */
  public static int[] of(String text, Spacing spacing) {
    return new FoldedText(text, spacing).read(Integer.MAX_VALUE);
  }
}
