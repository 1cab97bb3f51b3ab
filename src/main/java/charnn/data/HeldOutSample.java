package charnn.data;

import charnn.util.RandomStreams;
import java.util.SplittableRandom;

/**
 * The part of a large validation set that is evaluated: {@value #PIECES} pieces of equal length,
 * each from a random place of one of as many equal zones. It depends on the length of the set and
 * on the seed alone.
 */
public final class HeldOutSample {
  /** Characters of the sample. Of these, the loss is known to 0.001 nats. */
  public static final int LENGTH = 4_000_000;

  private static final int PIECES = 32;
  private static final int PIECE = LENGTH / PIECES;

  private HeldOutSample() {}

  /**
   * Returns a sample of a validation set; itself, if it has no more than {@value #LENGTH}
   * characters.
   */
  public static Tokens of(Tokens validation, long seed) {
    if (validation.length() <= LENGTH) {
      return validation;
    }
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.HELD_OUT);
    long[] cuts = validation.cuts();
    Pieces.Builder pieces = new Pieces.Builder(validation, true);
    long zone = validation.length() / PIECES;
    for (int i = 0; i < PIECES; i++) {
      long from = zone * i + RandomStreams.below(random, zone - PIECE + 1);
      long end = from + PIECE;
      for (long cut : cuts) {
        if (cut > from && cut < end) {
          pieces.add(from, cut);
          from = cut;
        }
      }
      pieces.add(from, end);
    }
    return pieces.build();
  }
}
