package charnn.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The direction in which a model reads a text. Whatever is turned round for a model that reads
 * backwards, and back again for people, is turned here.
 */
public enum Direction {
  /** From the beginning to the end. */
  FORWARD,
  /** From the end to the beginning. */
  BACKWARD;

  /**
   * Returns the direction of a name as in the model file.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Direction of(String name) {
    for (Direction direction : values()) {
      if (direction.name().equals(name)) {
        return direction;
      }
    }
    throw new IllegalArgumentException("there is no direction '" + name + "'");
  }

  /** Returns a text's tokens as a model reads them, or of such the text's. */
  public Tokens turned(Tokens tokens) {
    return this == FORWARD ? tokens : tokens.reversed();
  }

  /**
   * As {@link #turned(Tokens)}.
   *
   * @param tokens not changed; itself if nothing is turned
   */
  public char[] turned(char[] tokens) {
    if (this == FORWARD) {
      return tokens;
    }
    char[] turned = new char[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      turned[i] = tokens[tokens.length - 1 - i];
    }
    return turned;
  }

  /** As {@link #turned(char[])}, of token ids or of positions. */
  public int[] turned(int[] tokens) {
    if (this == FORWARD) {
      return tokens;
    }
    int[] turned = new int[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      turned[i] = tokens[tokens.length - 1 - i];
    }
    return turned;
  }

  /** As {@link #turned(char[])}, of characters (code points). */
  public String turned(String text) {
    return this == FORWARD ? text : new StringBuilder(text).reverse().toString();
  }

  /** As {@link #turned(char[])}, of what belongs to a text's characters. */
  public <T> List<T> turned(List<T> list) {
    if (this == FORWARD) {
      return list;
    }
    List<T> turned = new ArrayList<>(list);
    Collections.reverse(turned);
    return turned;
  }

  /** Returns how a model reads, in one word. */
  public String adverb() {
    return this + "s";
  }

  /** Returns the direction as it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
