package charnn.generate.constraint;

import charnn.data.Vocabulary;
import charnn.util.Setting;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Keeps a text from sharing more than so many characters in a row with a book. A run of white space
 * counts as one space in both. The passages of the book that are one character longer are known by
 * a hash of 64 bits each: 8 bytes for each character of the book. Two passages of one hash would
 * exclude too much, never too little.
 */
public final class CopyLimit implements Constraint {
  /** Passages are sorted in so many parts, by the first bits of their hashes. */
  private static final int PART_BITS = 8;

  private static final int PARTS = 1 << PART_BITS;

  private final int most;
  private final Vocabulary vocabulary;
  private final long[] hashes; // of the book's passages, ascending in each part
  private final int[] ends; // [parts] of each in the hashes
  private final int[] before; // code points that the model generated before the text

  /**
   * @param most characters in a row that may be shared
   * @param progress receives how many characters of the book are done
   * @throws charnn.util.InvalidSettingException if it is out of its range
   */
  public CopyLimit(int most, String book, Vocabulary vocabulary, LongConsumer progress) {
    Setting.MAX_COPY.require(most);
    this.most = most;
    this.vocabulary = vocabulary;
    before = new int[0];
    ends = new int[PARTS];
    forEachHash(book, hash -> ends[part(hash)]++);
    for (int i = 1; i < PARTS; i++) {
      ends[i] += ends[i - 1];
    }
    hashes = new long[ends[PARTS - 1]];
    int[] free = ends.clone();
    forEachHash(book, hash -> hashes[--free[part(hash)]] = hash);
    for (int i = 0; i < PARTS; i++) {
      Arrays.sort(hashes, begin(i), ends[i]);
      progress.accept(ends[i]);
    }
  }

  private CopyLimit(CopyLimit of, int[] before) {
    most = of.most;
    vocabulary = of.vocabulary;
    hashes = of.hashes;
    ends = of.ends;
    this.before = before;
  }

  /**
   * A passage must not begin in the text before and end in the new one either. A prompt is not
   * counted: it may be taken from the book.
   */
  @Override
  public CopyLimit after(String text, int generated) {
    int[] codePoints = text.codePoints().toArray();
    return new CopyLimit(
        this,
        Arrays.copyOfRange(
            codePoints, Math.max(0, codePoints.length - generated), codePoints.length));
  }

  private void forEachHash(String book, LongConsumer consumer) {
    GramHash gram = new GramHash(most + 1, 0);
    for (int at = 0; at < book.length(); ) {
      int codePoint = book.codePointAt(at);
      at += Character.charCount(codePoint);
      if (gram.isNewWith(codePoint)) {
        consumer.accept(gram.with(codePoint));
      }
      gram.read(codePoint);
    }
  }

  private static int part(long hash) {
    return (int) (hash >>> (Long.SIZE - PART_BITS));
  }

  private int begin(int part) {
    return part == 0 ? 0 : ends[part - 1];
  }

  private boolean isInBook(long hash) {
    int part = part(hash);
    return Arrays.binarySearch(hashes, begin(part), ends[part], hash) >= 0;
  }

  @Override
  public boolean takesBack() {
    return true;
  }

  @Override
  public TextCheck check() {
    return new Check();
  }

  private final class Check implements TextCheck {
    private final GramHash gram = new GramHash(most + 1, MAX_BACK);

    Check() {
      for (int codePoint : before) {
        gram.read(codePoint);
      }
    }

    /** Half of the passage is taken back: what comes before is no long copy. */
    @Override
    public int fault(int token) {
      int codePoint = vocabulary.codePoint(token);
      boolean copies = gram.isNewWith(codePoint) && isInBook(gram.with(codePoint));
      return copies ? (most + 1) / 2 : 0;
    }

    @Override
    public void read(int token) {
      gram.read(vocabulary.codePoint(token));
    }

    @Override
    public Runnable mark() {
      return gram.mark();
    }
  }
}
