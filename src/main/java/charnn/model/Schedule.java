package charnn.model;

import static charnn.text.Messages.format;

/**
 * How the learning rate goes.
 *
 * @param learningRate the highest rate
 * @param decayEvery steps after which the rate is multiplied by the factor, again and again; 0: the
 *     rate falls along a cosine instead
 * @param decayFactor above 0, at most 1
 */
public record Schedule(double learningRate, long decayEvery, double decayFactor) {
  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Schedule {
    if (!(learningRate > 0 && learningRate <= 10)) {
      throw new IllegalArgumentException(
          "--learning-rate must be more than 0 and at most 10, got " + learningRate);
    }
    if (decayEvery < 0) {
      throw new IllegalArgumentException("--lr-decay-every must be 0 or more, got " + decayEvery);
    }
    if (!(decayFactor > 0 && decayFactor <= 1)) {
      throw new IllegalArgumentException(
          "--lr-decay-factor must be more than 0 and at most 1, got " + decayFactor);
    }
  }

  private static final double DECAY_FACTOR = 0.95;

  /** Returns a rate that falls along a cosine. */
  public static Schedule cosine(double learningRate) {
    return new Schedule(learningRate, 0, DECAY_FACTOR);
  }

  /** Tells whether the rate falls along a cosine to the end of the run. */
  public boolean isCosine() {
    return decayEvery == 0;
  }

  /** Returns the schedule in words. */
  public String describe() {
    return isCosine()
        ? format("Adam %s, cosine", learningRate)
        : format("Adam %s, times %s every %,d steps", learningRate, decayFactor, decayEvery);
  }
}
