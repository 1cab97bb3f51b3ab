package charnn.model;

import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;

/**
 * What training needs, besides the model, to go on where it stopped. Changed in place.
 *
 * @param mean Adam's first moment M, in the order of the parameters
 * @param variance Adam's second moment V, in the order of the parameters
 * @param carried the LSTM state at the end of the last window
 */
public record TrainingState(float[] mean, float[] variance, RecurrentState carried) {
  /** The state before the first step. */
  public static TrainingState initial(NetworkSpec architecture, int batchSize) {
    int count = architecture.parameterCount();
    return new TrainingState(
        new float[count], new float[count], new RecurrentState(architecture, batchSize));
  }

  /** Returns a state of the same values that changes no more with this one. */
  public TrainingState copy() {
    return new TrainingState(mean.clone(), variance.clone(), carried.copy());
  }

  /** Takes over the values of another state of the same shape. */
  public void copyFrom(TrainingState other) {
    System.arraycopy(other.mean, 0, mean, 0, mean.length);
    System.arraycopy(other.variance, 0, variance, 0, variance.length);
    carried.copyFrom(other.carried);
  }

  /** Tells whether all values are finite, as the model file demands. */
  public boolean isFinite() {
    return RecurrentState.isFinite(mean) && RecurrentState.isFinite(variance) && carried.isFinite();
  }
}
