package charnn.data;

import static charnn.util.Formats.format;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The characters that a model knows. A character is a Unicode code point; its index is its place in
 * the ascending order of code points, 0 to {@link #size()} - 1.
 */
public final class Vocabulary {
  /** Indices are stored in 16 bits. */
  public static final int MAX_SIZE = 1 << 16;

  /**
   * What stands in for a character that is not in the vocabulary, most alike first, in groups of
   * characters that look alike.
   */
  private static final String[] LOOK_ALIKE = {
    "'’‘‛`´ʼ′",
    "\"“”„«»″",
    "-–—‐‑−―",
    ".…·",
    " \u00A0\u2009\u202F\u3000\t\n",
    "oø",
    "OØ",
    "dðđ",
    "lł",
    "sß",
    "aæ",
    "AÆ",
    "oœ",
  };

  private final int[] codePoints;

  private Vocabulary(int[] codePoints) {
    this.codePoints = codePoints;
  }

  /**
   * Returns the vocabulary of the given code points.
   *
   * @param codePoints ascending, without repetition, valid
   * @throws IllegalArgumentException if they are not, or are fewer than 2 or more than {@link
   *     #MAX_SIZE}
   */
  public static Vocabulary of(int... codePoints) {
    if (codePoints.length < 2 || codePoints.length > MAX_SIZE) {
      throw new IllegalArgumentException(
          "a vocabulary has 2 to " + MAX_SIZE + " different characters, got " + codePoints.length);
    }
    for (int i = 0; i < codePoints.length; i++) {
      if (!Character.isValidCodePoint(codePoints[i])
          || (codePoints[i] >= Character.MIN_SURROGATE
              && codePoints[i] <= Character.MAX_SURROGATE)) {
        throw new IllegalArgumentException(
            "code point " + codePoints[i] + " is not a Unicode character");
      }
      if (i > 0 && codePoints[i] <= codePoints[i - 1]) {
        throw new IllegalArgumentException(
            "code points must ascend, got " + codePoints[i] + " at place " + i);
      }
    }
    return new Vocabulary(codePoints.clone());
  }

  /** Returns the vocabulary of all characters of a text. */
  public static Vocabulary ofText(String text) {
    return of(text.codePoints().distinct().sorted().toArray());
  }

  /** Returns the vocabulary of all characters of this one and of a text. */
  public Vocabulary with(String text) {
    return of(
        IntStream.concat(Arrays.stream(codePoints), text.codePoints())
            .distinct()
            .sorted()
            .toArray());
  }

  /**
   * Returns the vocabulary of all characters of this one and of another.
   *
   * @throws IllegalArgumentException if they are more than {@link #MAX_SIZE}
   */
  public Vocabulary with(Vocabulary other) {
    return of(
        IntStream.concat(Arrays.stream(codePoints), Arrays.stream(other.codePoints))
            .distinct()
            .sorted()
            .toArray());
  }

  public int size() {
    return codePoints.length;
  }

  /** Returns the token id of the document mark, which is the last; -1 if there is none. */
  public int documentMark() {
    int last = codePoints.length - 1;
    return codePoints[last] == SpecialSymbols.DOCUMENT ? last : -1;
  }

  /** Returns the token id of the unknown character; -1 if there is none. */
  public int unknownCharacter() {
    return indexOf(SpecialSymbols.UNKNOWN);
  }

  /** Returns the code points in ascending order, a copy. */
  public int[] codePoints() {
    return codePoints.clone();
  }

  public int codePoint(int index) {
    return codePoints[index];
  }

  /** Returns the index of a code point, or -1 if the vocabulary does not have it. */
  public int indexOf(int codePoint) {
    int index = Arrays.binarySearch(codePoints, codePoint);
    return index < 0 ? -1 : index;
  }

  /**
   * Returns the index of a code point; if the vocabulary does not have it, that of the unknown
   * character, or -1.
   */
  public int indexOrUnknown(int codePoint) {
    int index = indexOf(codePoint);
    return index < 0 ? unknownCharacter() : index;
  }

  /**
   * Returns the index of each character of a text, in 16 bits.
   *
   * @throws IllegalArgumentException if the vocabulary lacks one, and has no unknown character
   */
  public char[] encode(String text) {
    char[] indices = new char[text.codePointCount(0, text.length())];
    int n = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      int index = indexOrUnknown(codePoint);
      if (index < 0) {
        throw new IllegalArgumentException(
            "character " + describe(codePoint) + " is not in the vocabulary");
      }
      indices[n++] = (char) index;
      at += Character.charCount(codePoint);
    }
    return indices;
  }

  /** Returns the characters of tokens. */
  public String decode(Tokens tokens) {
    StringBuilder text = new StringBuilder();
    for (long i = 0; i < tokens.length(); i++) {
      text.appendCodePoint(codePoints[tokens.at(i)]);
    }
    return text.toString();
  }

  /** Returns a text without the characters that no token stands for. */
  public String withoutUnknown(String text) {
    StringBuilder known = new StringBuilder(text.length());
    text.codePoints().filter(c -> indexOrUnknown(c) >= 0).forEach(known::appendCodePoint);
    return known.toString();
  }

  /**
   * Returns the id of all characters that the vocabulary does not have: that of the unknown
   * character, or the vocabulary's size, which is no token.
   */
  public int idOfOthers() {
    int unknown = unknownCharacter();
    return unknown < 0 ? size() : unknown;
  }

  /** Returns how many characters of a text no token stands for. */
  public long inexpressible(String text) {
    return unknownCharacter() < 0 ? unknown(text) : 0;
  }

  /**
   * Returns a text normalized as the vocabulary's characters are, where the model does not record
   * its text's normalization: as the text is if all of it is known, else in the form of which the
   * fewest characters are unknown: letters with their accents as one character (NFC), or apart
   * (NFD).
   */
  public String spelling(String text) {
    if (unknown(text) == 0) {
      return text;
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    return Stream.of(composed, decomposed, text)
        .min(Comparator.comparingLong(this::unknown)) // the first of equal ones
        .orElseThrow();
  }

  /** Returns how many characters of a text the vocabulary does not have. */
  public long unknown(String text) {
    return text.codePoints().filter(c -> indexOf(c) < 0).count();
  }

  /**
   * Returns the index of the known character closest to an unknown one: a look-alike (typographic
   * quotes and dashes, spaces), the letter without its accent, or the letter in the other case;
   * empty if there is none.
   */
  public OptionalInt closest(int codePoint) {
    for (String group : LOOK_ALIKE) {
      if (group.indexOf(codePoint) >= 0) {
        OptionalInt found = group.codePoints().map(this::indexOf).filter(i -> i >= 0).findFirst();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    int base =
        Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD).codePointAt(0);
    int[] candidates = {
      base,
      Character.toLowerCase(codePoint),
      Character.toUpperCase(codePoint),
      Character.toLowerCase(base),
      Character.toUpperCase(base),
    };
    return Arrays.stream(candidates).map(this::indexOf).filter(i -> i >= 0).findFirst();
  }

  /**
   * Returns a code point for people to read: 'é' (U+00E9), or only U+0007 if it cannot be shown. A
   * quotation mark, unreadable within quotes, has its name: apostrophe (U+0027).
   */
  public static String describe(int codePoint) {
    if (codePoint == SpecialSymbols.DOCUMENT) {
      return "the document mark";
    }
    if (codePoint == SpecialSymbols.UNKNOWN) {
      return "the unknown character";
    }
    String name = format("U+%04X", codePoint);
    boolean hidden =
        Character.isISOControl(codePoint)
            || Character.getType(codePoint) == Character.FORMAT
            || Character.getType(codePoint) == Character.SURROGATE
            || !Character.isDefined(codePoint);
    String words = String.valueOf(Character.getName(codePoint));
    if (words.contains("QUOTATION MARK") || words.equals("APOSTROPHE")) {
      return words.toLowerCase(Locale.ROOT) + " (" + name + ")";
    }
    return hidden ? name : "'" + Character.toString(codePoint) + "' (" + name + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary vocabulary
        && Arrays.equals(codePoints, vocabulary.codePoints);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codePoints);
  }
}
