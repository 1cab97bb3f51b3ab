package charnn.data;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * What a text is made of.
 *
 * @param characters of it
 * @param counts of each character of the vocabulary
 * @param lines in characters without the line end
 * @param blankLines of them, with nothing but white space
 * @param paragraphs in characters; blank lines are between them
 * @param repeatedParagraphs of at least {@value #LONG} characters that occurred before
 * @param composed letters with an accent, and the like, as one character (as in NFC)
 * @param decomposed such as a letter and a separate accent (as in NFD)
 */
public record TextProfile(
    long characters,
    long[] counts,
    Lengths lines,
    long blankLines,
    Lengths paragraphs,
    long repeatedParagraphs,
    long composed,
    long decomposed) {
  /** Shorter paragraphs, such as "Yes.", may well occur twice. */
  public static final int LONG = 40;

  /** Of so many paragraphs it is remembered that they occurred. */
  private static final int MOST_REMEMBERED = 4_000_000;

  private static final int PROGRESS_INTERVAL = 1 << 16;

  /** Lengths of many things. */
  public static final class Lengths {
    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private long number;
    private long sum;

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

  /**
   * Returns the profile of a text.
   *
   * @param vocabulary of its tokens
   * @param progress called with the number of characters looked at so far
   */
  public static TextProfile of(Tokens text, Vocabulary vocabulary, LongConsumer progress) {
    Reader reader = new Reader(vocabulary);
    for (long i = 0; i < text.length(); i++) {
      reader.read(text.at(i));
      if (i % PROGRESS_INTERVAL == 0) {
        progress.accept(i);
      }
    }
    return reader.end(text.length());
  }

  private static final class Reader {
    private static final int NONE = -1;

    private final int[] codePoints;
    private final boolean[] isMark;
    private final boolean[] isComposed;
    private final long[] counts;
    private final Lengths lines = new Lengths();
    private final Lengths paragraphs = new Lengths();
    private final Set<Long> known = new HashSet<>(); // hashes of paragraphs
    private long blankLines;
    private long repeated;
    private long composed;
    private long decomposed;
    private int before = NONE; // token
    private long line; // characters so far
    private boolean isBlank = true; // the line
    private long paragraph; // characters of its lines so far, with the ends between them
    private long hash;

    Reader(Vocabulary vocabulary) {
      codePoints = vocabulary.codePoints();
      counts = new long[codePoints.length];
      isMark = new boolean[codePoints.length];
      isComposed = new boolean[codePoints.length];
      for (int i = 0; i < codePoints.length; i++) {
        int type = Character.getType(codePoints[i]);
        isMark[i] = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        String alone = Character.toString(codePoints[i]);
        isComposed[i] =
            !isMark[i]
                && Normalizer.normalize(alone, Normalizer.Form.NFD)
                        .codePointCount(
                            0, Normalizer.normalize(alone, Normalizer.Form.NFD).length())
                    > 1;
      }
    }

    void read(int token) {
      counts[token]++;
      composed += isComposed[token] ? 1 : 0;
      decomposed += isMark[token] && before != NONE && composes(before, token) ? 1 : 0;
      before = token;
      if (codePoints[token] == '\n') {
        endLine();
      } else {
        line++;
        isBlank &= WhiteSpace.is(codePoints[token]);
        hash = hash * 0x5851F42D4C957F2DL + token + 1;
      }
    }

    private boolean composes(int base, int mark) {
      String two = Character.toString(codePoints[base]) + Character.toString(codePoints[mark]);
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
        if (paragraph >= LONG && known.size() < MOST_REMEMBERED) {
          repeated += known.add(hash) ? 0 : 1;
        } else if (paragraph >= LONG) {
          repeated += known.contains(hash) ? 1 : 0;
        }
      }
      paragraph = 0;
      hash = 0;
    }

    TextProfile end(long characters) {
      if (line > 0) {
        endLine();
      }
      endParagraph();
      return new TextProfile(
          characters, counts, lines, blankLines, paragraphs, repeated, composed, decomposed);
    }
  }
}
