package charnn.data;

import java.util.Arrays;

/**
 * A text's token ids, split once: the training set first, the validation set after it.
 *
 * @param training indices in 16 bits
 * @param validation indices in 16 bits; empty if there is no validation set
 */
public record TrainValidationSplit(char[] training, char[] validation) {
  /** Returns the size of the training set. */
  public static int trainingLength(int characters, double validationFraction) {
    return characters - (int) (characters * validationFraction);
  }

  /**
   * Cuts off the last part of a text.
   *
   * @param validationFraction the part to hold out, 0 (nothing) to 0.5
   */
  public static TrainValidationSplit of(char[] indices, double validationFraction) {
    int cut = trainingLength(indices.length, validationFraction);
    return new TrainValidationSplit(
        Arrays.copyOf(indices, cut), Arrays.copyOfRange(indices, cut, indices.length));
  }

  /** Returns the same parts as a model of this direction reads each. */
  public TrainValidationSplit turned(Direction direction) {
    return new TrainValidationSplit(direction.turned(training), direction.turned(validation));
  }
}
