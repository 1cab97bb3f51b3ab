package charnn.data;

/**
 * A text's token ids, split once: the training set first, the validation set after it.
 *
 * @param validation empty if there is no validation set
 */
public record TrainValidationSplit(Tokens training, Tokens validation) {
  /** Returns the size of the training set. */
  public static long trainingLength(long characters, double validationFraction) {
    return characters - (long) (characters * validationFraction);
  }

  /**
   * Cuts off the last part of a text.
   *
   * @param validationFraction the part to hold out, 0 (nothing) to 0.5
   */
  public static TrainValidationSplit of(Tokens text, double validationFraction) {
    long cut = trainingLength(text.length(), validationFraction);
    return new TrainValidationSplit(text.part(0, cut), text.part(cut, text.length()));
  }

  /** Returns the same parts as a model of this direction reads each. */
  public TrainValidationSplit turned(Direction direction) {
    return new TrainValidationSplit(direction.turned(training), direction.turned(validation));
  }
}
