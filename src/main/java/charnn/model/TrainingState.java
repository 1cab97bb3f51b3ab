package charnn.model;

import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;

/**
 * What training needs, besides the model, to resume where it stopped. Changed in place.
 *
 * @param firstMoment Adam's m, in the order of the parameters
 * @param secondMoment Adam's v, uncentred, in the order of the parameters
 * @param carried the recurrent state at the end of the last window
 */
public record TrainingState(float[] firstMoment, float[] secondMoment, RecurrentState carried) {
  /** The state before the first step. */
  public static TrainingState initial(NetworkSpec architecture, int batchSize) {
    int count = architecture.parameterCount();
    return new TrainingState(
        new float[count], new float[count], new RecurrentState(architecture, batchSize));
  }

  /** Returns a state of the same values that changes no more with this one. */
  public TrainingState copy() {
    return new TrainingState(firstMoment.clone(), secondMoment.clone(), carried.copy());
  }

  /**
   * Takes over the values of another state of the same network. The carried state starts from zero
   * if the other's is of another batch size.
   */
  public void copyFrom(TrainingState other) {
    System.arraycopy(other.firstMoment, 0, firstMoment, 0, firstMoment.length);
    System.arraycopy(other.secondMoment, 0, secondMoment, 0, secondMoment.length);
    if (carried.batchSize() == other.carried.batchSize()) {
      carried.copyFrom(other.carried);
    } else {
      carried.reset();
    }
  }

  /** Returns the same for another batch size, with a carried state of zeros. */
  public TrainingState withBatchSize(NetworkSpec architecture, int batchSize) {
    return new TrainingState(
        firstMoment, secondMoment, new RecurrentState(architecture, batchSize));
  }

  /** Returns whether all values are finite, as the model file demands. */
  public boolean isFinite() {
    return RecurrentState.isFinite(firstMoment)
        && RecurrentState.isFinite(secondMoment)
        && carried.isFinite();
  }
}
