package charnn.data;

import charnn.data.PlacedText.Place;
import java.util.Arrays;

/**
 * The text of a file as a model reads it, and where each of its characters stands in the file. A
 * letter with separate accents, which becomes one character, stands at the place of the letter.
 */
public final class OriginalText {
  private static final int FIRST_COMBINING = 0x300;
  private static final int FIRST_JAMO_AFTER = 0x1160;
  private static final int LAST_JAMO = 0x11FF;
  private static final int FIRST_COMPATIBLE_JAMO = 0x3131; // these two for the form NFKC
  private static final int LAST_COMPATIBLE_JAMO = 0x318E;
  private static final int FIRST_HALF_WIDTH = 0xFF9E; // marks of voice, then Jamo
  private static final int LAST_HALF_WIDTH = 0xFFDC;

  private final String file;
  private final String original;
  private final DecodingSettings characters;
  private final String text;
  private final int[] lineStarts; // offsets in the original
  // Of each segment that is not as it was, ascending:
  private int[] starts = new int[16]; // offsets in the text
  private int[] ends = new int[16];
  private int[] originalStarts = new int[16];
  private int[] originalEnds = new int[16];
  private int changed;

  /**
   * A text in Unicode's form NFC.
   *
   * @param file as it was named
   * @param original its text, '\n' as line end
   */
  public OriginalText(String file, String original) {
    this(file, original, new DecodingSettings(null, false));
  }

  /**
   * @param file as it was named
   * @param original its text, '\n' as line end
   * @param characters how they are spelt; NFC if that is not said
   */
  public OriginalText(String file, String original, DecodingSettings characters) {
    this.file = file;
    this.original = original;
    this.characters =
        characters.normalization() != null
            ? characters
            : characters.withCharacters(DecodingSettings.NFC, characters.lowercase(), 0);
    text = this.characters.normalized(original).equals(original) ? original : normalized();
    int lines = 1 + (int) original.chars().filter(c -> c == '\n').count();
    lineStarts = new int[lines];
    for (int line = 1; line < lines; line++) {
      lineStarts[line] = original.indexOf('\n', lineStarts[line - 1]) + 1;
    }
  }

  /** Normalizes segment by segment: no character composes with one of another segment. */
  private String normalized() {
    StringBuilder normalized = new StringBuilder(original.length());
    for (int from = 0; from < original.length(); ) {
      int to = original.offsetByCodePoints(from, 1);
      while (to < original.length() && mayCompose(original.codePointAt(to))) {
        to = original.offsetByCodePoints(to, 1);
      }
      int start = normalized.length();
      String segment = original.substring(from, to);
      String composed = characters.normalized(segment);
      normalized.append(composed);
      if (!composed.equals(segment)) {
        add(start, normalized.length(), from, to);
      }
      from = to;
    }
    return normalized.toString();
  }

  /** Returns whether a character may become one with what is before it. */
  private static boolean mayCompose(int codePoint) {
    if (codePoint < FIRST_COMBINING) {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default ->
          (codePoint >= FIRST_JAMO_AFTER && codePoint <= LAST_JAMO)
              || (codePoint >= FIRST_COMPATIBLE_JAMO && codePoint <= LAST_COMPATIBLE_JAMO)
              || (codePoint >= FIRST_HALF_WIDTH && codePoint <= LAST_HALF_WIDTH);
    };
  }

  private void add(int start, int end, int originalStart, int originalEnd) {
    if (changed == starts.length) {
      starts = Arrays.copyOf(starts, 2 * changed);
      ends = Arrays.copyOf(ends, 2 * changed);
      originalStarts = Arrays.copyOf(originalStarts, 2 * changed);
      originalEnds = Arrays.copyOf(originalEnds, 2 * changed);
    }
    starts[changed] = start;
    ends[changed] = end;
    originalStarts[changed] = originalStart;
    originalEnds[changed++] = originalEnd;
  }

  /** Returns the file as it was named. */
  public String file() {
    return file;
  }

  /** Returns the text as it is spelt. */
  public String text() {
    return text;
  }

  /** Returns where a character, by its offset in the text, or the text's end stands in the file. */
  public Place place(int offset) {
    int at = original(offset);
    int found = Arrays.binarySearch(lineStarts, at);
    int line = found < 0 ? -found - 2 : found;
    return new Place(file, line + 1, 1 + original.codePointCount(lineStarts[line], at));
  }

  private int original(int offset) {
    int found = Arrays.binarySearch(starts, 0, changed, offset);
    int segment = found < 0 ? -found - 2 : found;
    if (segment < 0) {
      return offset;
    }
    return offset < ends[segment]
        ? originalStarts[segment]
        : originalEnds[segment] + offset - ends[segment];
  }
}
