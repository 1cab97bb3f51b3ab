package charnn.data;

import charnn.util.RandomStreams;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a text is made of.
 *
 * @param characters of it
 * @param codePoints that occur, ascending
 * @param counts of each
 * @param lines in characters without the line end
 * @param blankLines of them, with nothing but white space
 * @param paragraphs in characters; blank lines are between them
 * @param repeatedParagraphs of at least {@value #LONG} characters that occurred before
 * @param isRepetitionMissed whether there were too many to remember all
 * @param composed letters with an accent, and the like, as one character (as in NFC)
 * @param decomposed such as a letter and a separate accent (as in NFD)
 */
public record TextProfile(
    long characters,
    int[] codePoints,
    long[] counts,
    Lengths lines,
    long blankLines,
    Lengths paragraphs,
    long repeatedParagraphs,
    boolean isRepetitionMissed,
    long composed,
    long decomposed) {
  /** Shorter paragraphs, such as "Yes.", may well occur twice. */
  public static final int LONG = 40;

  /** Of so many different ones it is remembered that they occurred. */
  public static final int MOST_REMEMBERED = SeenHashes.MOST;

  /** Lengths of many things. */
  public static final class Lengths {
    private final TreeMap<Long, Long> counts;
    private long number;
    private long sum;

    Lengths() {
      counts = new TreeMap<>();
    }

    Lengths(Lengths other) {
      counts = new TreeMap<>(other.counts);
      number = other.number;
      sum = other.sum;
    }

    void add(long length) {
      counts.merge(length, 1L, Long::sum);
      number++;
      sum += length;
    }

    public long number() {
      return number;
    }

    /** Returns the mean; 0 of none. */
    public double mean() {
      return (double) sum / Math.max(1, number);
    }

    /** Returns the length that half of them do not exceed; 0 of none. */
    public long median() {
      long seen = 0;
      for (Map.Entry<Long, Long> entry : counts.entrySet()) {
        seen += entry.getValue();
        if (2 * seen >= number) {
          return entry.getKey();
        }
      }
      return 0;
    }

    public long longest() {
      return counts.isEmpty() ? 0 : counts.lastKey();
    }
  }

  /** Looks at a text, character by character. */
  static final class Reader {
    private static final int NONE = -1;
    private static final byte SEEN = 1;
    private static final byte MARK = 2;
    private static final byte COMPOSED = 4;

    private final long[] counts; // of code points
    private final byte[] kinds; // of code points that occurred
    private final Lengths lines;
    private final Lengths paragraphs;
    private final SeenHashes known; // of paragraphs
    private long characters;
    private long blankLines;
    private long repeated;
    private long composed;
    private long decomposed;
    private int before = NONE; // code point
    private long line; // characters so far
    private boolean isBlank = true; // the line
    private long paragraph; // characters of its lines so far, with the ends between them
    private long hash;

    Reader() {
      counts = new long[Character.MAX_CODE_POINT + 1];
      kinds = new byte[counts.length];
      lines = new Lengths();
      paragraphs = new Lengths();
      known = new SeenHashes();
    }

    /** Returns one that goes on from here by itself, but knows the same paragraphs. */
    private Reader(Reader other) {
      counts = other.counts.clone();
      kinds = other.kinds;
      lines = new Lengths(other.lines);
      paragraphs = new Lengths(other.paragraphs);
      known = other.known;
      characters = other.characters;
      blankLines = other.blankLines;
      repeated = other.repeated;
      composed = other.composed;
      decomposed = other.decomposed;
      before = other.before;
      line = other.line;
      isBlank = other.isBlank;
      paragraph = other.paragraph;
      hash = other.hash;
    }

    Reader copy() {
      return new Reader(this);
    }

    long characters() {
      return characters;
    }

    /** Returns the last code point; -1 if there was none. */
    int last() {
      return before;
    }

    /** Returns the number of different code points. */
    int different() {
      return (int) Arrays.stream(counts).filter(count -> count > 0).count();
    }

    void read(int codePoint) {
      characters++;
      counts[codePoint]++;
      byte kind = kinds[codePoint] == 0 ? kindOf(codePoint) : kinds[codePoint];
      composed += (kind & COMPOSED) == 0 ? 0 : 1;
      decomposed += (kind & MARK) != 0 && before != NONE && composes(before, codePoint) ? 1 : 0;
      before = codePoint;
      if (codePoint == '\n') {
        endLine();
      } else {
        line++;
        isBlank &= WhiteSpace.is(codePoint);
        hash = hash * 0x5851F42D4C957F2DL + codePoint + 1;
      }
    }

    private byte kindOf(int codePoint) {
      int type = Character.getType(codePoint);
      boolean isMark =
          type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
      String parts = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD);
      boolean isComposed = !isMark && parts.codePointCount(0, parts.length()) > 1;
      return kinds[codePoint] = (byte) (SEEN | (isMark ? MARK : 0) | (isComposed ? COMPOSED : 0));
    }

    private static boolean composes(int base, int mark) {
      String two = Character.toString(base) + Character.toString(mark);
      String one = Normalizer.normalize(two, Normalizer.Form.NFC);
      return one.codePointCount(0, one.length()) == 1;
    }

    private void endLine() {
      lines.add(line);
      if (isBlank) {
        blankLines++;
        endParagraph();
      } else {
        paragraph += line + (paragraph > 0 ? 1 : 0);
        hash = hash * 0x5851F42D4C957F2DL;
      }
      line = 0;
      isBlank = true;
    }

    private void endParagraph() {
      if (paragraph > 0) {
        paragraphs.add(paragraph);
        repeated += paragraph >= LONG && known.isRepeated(RandomStreams.mix(hash)) ? 1 : 0;
      }
      paragraph = 0;
      hash = 0;
    }

    /** Returns the profile of all that was read; nothing more is read. */
    TextProfile end() {
      if (line > 0) {
        endLine();
      }
      endParagraph();
      int[] codePoints =
          IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(c -> counts[c] > 0).toArray();
      return new TextProfile(
          characters,
          codePoints,
          Arrays.stream(codePoints).mapToLong(c -> counts[c]).toArray(),
          lines,
          blankLines,
          paragraphs,
          repeated,
          known.isFull(),
          composed,
          decomposed);
    }
  }
}
