package charnn.eval;

import charnn.data.TrainValidationSplit;
import charnn.util.RandomStreams;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The share of a validation part's n-grams that its training part does not have, beside the same
 * share for short blocks from all over the training part. The blocks are what a validation part of
 * the same kind would be like. They are left out of what counts as seen.
 *
 * @param order n; 0 if there is too little text to tell
 * @param unseen the validation part's share
 * @param usual the blocks' share
 */
public record UnseenNGrams(int order, double unseen, double usual) {
  private static final UnseenNGrams UNKNOWN = new UnseenNGrams(0, 0, 0);
  private static final int MAX_ORDER = 3;

  /** Where more n-grams than this are new in text of the same kind, shorter ones are looked at. */
  private static final double MAX_USUAL = 0.25;

  private static final int MIN_CHARACTERS = 32;
  private static final int MAX_VALIDATION = 100_000;

  /** The blocks have as many characters as the validation part, but no more than these. */
  private static final int MAX_BLOCKS = 20_000;

  private static final int MIN_BLOCK = 8;
  private static final int MAX_BLOCK = 64;

  /** Of a long training part, segments are read, so many of so many characters. */
  private static final int SEGMENTS = 32;

  private static final int SEGMENT = 1 << 16;

  /** Bits of the table of n-grams, by hash; two n-grams of one hash count as one. */
  private static final int TABLE = 1 << 24;

  /** A range of the training part. */
  private record Range(int from, int to) {}

  /** Measures a split; of a long text, a sample. */
  public static UnseenNGrams of(TrainValidationSplit split) {
    char[] training = split.training();
    Range validation = new Range(0, Math.min(MAX_VALIDATION, split.validation().length));
    int characters = Math.min(Math.min(validation.to, MAX_BLOCKS), training.length / 10);
    if (characters < MIN_CHARACTERS) {
      return UNKNOWN;
    }
    List<Range> blocks = new ArrayList<>();
    List<Range> rest = new ArrayList<>();
    cut(training.length, characters, blocks, rest);
    UnseenNGrams measured = UNKNOWN;
    for (int n = MAX_ORDER; n >= 1; n--) {
      BitSet seen = new BitSet(TABLE);
      for (Range range : rest) {
        for (int i = range.from; i + n <= range.to; i++) {
          seen.set(hash(training, i, n));
        }
      }
      measured =
          new UnseenNGrams(
              n,
              unseen(seen, split.validation(), List.of(validation), n),
              unseen(seen, training, blocks, n));
      if (measured.usual <= MAX_USUAL) {
        break;
      }
    }
    return measured;
  }

  /** Cuts blocks, of so many characters in all, evenly out of what is read of the training part. */
  private static void cut(int length, int characters, List<Range> blocks, List<Range> rest) {
    int segments = length > SEGMENTS * SEGMENT ? SEGMENTS : 1;
    int segmentLength = segments == 1 ? length : SEGMENT;
    int blockLength = Math.max(MIN_BLOCK, Math.min(MAX_BLOCK, characters / MIN_BLOCK));
    int count = Math.max(1, characters / blockLength / segments);
    int every = segmentLength / count;
    for (int s = 0; s < segments; s++) {
      int at = (int) ((long) s * length / segments);
      int end = at + segmentLength;
      for (int b = 0; b < count; b++) {
        int block = at + (every - blockLength) / 2;
        rest.add(new Range(at, block));
        blocks.add(new Range(block, block + blockLength));
        rest.add(new Range(block + blockLength, at + every));
        at += every;
      }
      rest.add(new Range(at, end));
    }
  }

  private static double unseen(BitSet seen, char[] text, List<Range> ranges, int n) {
    int all = 0;
    int unseen = 0;
    for (Range range : ranges) {
      for (int i = range.from; i + n <= range.to; i++) {
        all++;
        unseen += seen.get(hash(text, i, n)) ? 0 : 1;
      }
    }
    return all == 0 ? 0 : (double) unseen / all;
  }

  private static int hash(char[] text, int from, int n) {
    long key = 0;
    for (int i = from; i < from + n; i++) {
      key = key << Character.SIZE | text[i];
    }
    return (int) (RandomStreams.mix(key) & TABLE - 1);
  }
}
