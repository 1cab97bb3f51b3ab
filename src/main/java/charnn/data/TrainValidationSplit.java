package charnn.data;

import java.util.Arrays;

/**
 * A text's indices, cut once: the first part is trained on, the rest is held out.
 *
 * @param training indices in 16 bits
 * @param heldOut indices in 16 bits; empty if nothing is held out
 */
public record TrainValidationSplit(char[] training, char[] heldOut) {
  /** Returns how many of a text's characters come before those that are held out. */
  public static int trainingLength(int characters, double heldOutFraction) {
    return characters - (int) (characters * heldOutFraction);
  }

  /**
   * Cuts off the last part of a text.
   *
   * @param heldOutFraction the part to hold out, 0 (nothing) to 0.5
   */
  public static TrainValidationSplit of(char[] indices, double heldOutFraction) {
    int cut = trainingLength(indices.length, heldOutFraction);
    return new TrainValidationSplit(
        Arrays.copyOf(indices, cut), Arrays.copyOfRange(indices, cut, indices.length));
  }
}
