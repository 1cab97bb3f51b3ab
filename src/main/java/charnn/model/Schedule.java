package charnn.model;

import static charnn.util.Formats.format;
import static charnn.util.Formats.number;

import charnn.util.Setting;

/**
 * How the learning rate goes. Some weights learn at a multiple of it: those that a character looks
 * up are met now and then only, and bear longer steps than the other matrices, which every
 * character meets.
 *
 * @param learningRate the highest rate
 * @param inputFactor multiple of the rate at which the first layer's input weights learn
 * @param recurrentFactor multiple at which the other weights of the recurrent layers learn
 * @param decayEvery steps after which the rate is multiplied by the factor, again and again; 0: the
 *     rate falls along a cosine instead
 * @param decayFactor above 0, at most 1
 */
public record Schedule(
    double learningRate,
    double inputFactor,
    double recurrentFactor,
    long decayEvery,
    double decayFactor) {
  /**
   * @throws charnn.util.InvalidSettingException if a value is out of its range
   */
  public Schedule {
    Setting.LEARNING_RATE.require(learningRate);
    Setting.INPUT_FACTOR.require(inputFactor);
    Setting.RECURRENT_FACTOR.require(recurrentFactor);
    Setting.DECAY_EVERY.require(decayEvery);
    Setting.DECAY_FACTOR.require(decayFactor);
  }

  /** Returns whether the rate falls along a cosine to the end of the run. */
  public boolean isCosine() {
    return decayEvery == 0;
  }

  /** Returns the schedule in words. */
  public String describe() {
    String factors =
        inputFactor == 1 && recurrentFactor == 1
            ? ""
            : format(
                " (input weights x %s, recurrent x %s)",
                number(inputFactor), number(recurrentFactor));
    return isCosine()
        ? format("Adam %s%s, cosine", number(learningRate), factors)
        : format(
            "Adam %s%s, times %s every %,d steps",
            number(learningRate), factors, number(decayFactor), decayEvery);
  }
}
