package charnn.eval;

import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.util.RandomStreams;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The fraction of the validation set's n-grams that do not occur in the training set. For
 * comparison, the same fraction of short blocks from all over the training set: they stand for a
 * validation set of the same kind, and are left out of the n-grams that count as seen.
 *
 * @param order n; 0 if there is too little text
 * @param unseen the validation set's fraction
 * @param usual the blocks' fraction
 */
public record UnseenNGrams(int order, double unseen, double usual) {
  private static final UnseenNGrams UNKNOWN = new UnseenNGrams(0, 0, 0);
  private static final int MAX_ORDER = 3;

  /** A higher order is used only if the blocks have at most this fraction of unseen n-grams. */
  private static final double MAX_USUAL = 0.25;

  private static final int MIN_CHARACTERS = 32;
  private static final int MAX_VALIDATION = 100_000;

  /** Most characters of all blocks together; otherwise as many as the validation set. */
  private static final int MAX_BLOCKS = 20_000;

  private static final int MIN_BLOCK = 8;
  private static final int MAX_BLOCK = 64;

  /** A long training set is sampled in segments. */
  private static final int SEGMENTS = 32;

  private static final int SEGMENT_LENGTH = 1 << 16;

  /** Size of the n-gram hash set; colliding n-grams count as one. */
  private static final int TABLE = 1 << 24;

  /** A range of the training set. */
  private record Range(long from, long to) {}

  /** Measures a split; of a long text, a sample. */
  public static UnseenNGrams of(TrainValidationSplit split) {
    return of(split, MAX_ORDER);
  }

  /** Measures a split by its characters alone. */
  static UnseenNGrams ofCharacters(TrainValidationSplit split) {
    return of(split, 1);
  }

  private static UnseenNGrams of(TrainValidationSplit split, int highest) {
    Tokens training = split.training();
    Range validation = new Range(0, Math.min(MAX_VALIDATION, split.validation().length()));
    int characters = (int) Math.min(Math.min(validation.to, MAX_BLOCKS), training.length() / 10);
    if (characters < MIN_CHARACTERS) {
      return UNKNOWN;
    }
    List<Range> blocks = new ArrayList<>();
    List<Range> rest = new ArrayList<>();
    cut(training.length(), characters, blocks, rest);
    UnseenNGrams measured = UNKNOWN;
    for (int n = highest; n >= 1; n--) {
      BitSet seen = new BitSet(TABLE);
      for (Range range : rest) {
        for (long i = range.from; i + n <= range.to; i++) {
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

  /**
   * Cuts evenly spaced blocks, of so many characters in all, out of the training set's segments.
   */
  private static void cut(long length, int characters, List<Range> blocks, List<Range> rest) {
    int segments = length > SEGMENTS * SEGMENT_LENGTH ? SEGMENTS : 1;
    long segmentLength = segments == 1 ? length : SEGMENT_LENGTH;
    int blockLength = Math.max(MIN_BLOCK, Math.min(MAX_BLOCK, characters / MIN_BLOCK));
    int count = Math.max(1, characters / blockLength / segments);
    long every = segmentLength / count;
    for (int s = 0; s < segments; s++) {
      long at = s * length / segments;
      long end = at + segmentLength;
      for (int b = 0; b < count; b++) {
        long block = at + (every - blockLength) / 2;
        rest.add(new Range(at, block));
        blocks.add(new Range(block, block + blockLength));
        rest.add(new Range(block + blockLength, at + every));
        at += every;
      }
      rest.add(new Range(at, end));
    }
  }

  private static double unseen(BitSet seen, Tokens text, List<Range> ranges, int n) {
    int all = 0;
    int unseen = 0;
    for (Range range : ranges) {
      for (long i = range.from; i + n <= range.to; i++) {
        all++;
        unseen += seen.get(hash(text, i, n)) ? 0 : 1;
      }
    }
    return all == 0 ? 0 : (double) unseen / all;
  }

  private static int hash(Tokens text, long from, int n) {
    long key = 0;
    for (long i = from; i < from + n; i++) {
      key = key << Character.SIZE | text.at(i);
    }
    return (int) (RandomStreams.mix(key) & TABLE - 1);
  }
}
