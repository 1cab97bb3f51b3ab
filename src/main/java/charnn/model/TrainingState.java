package charnn.model;

/**
 * What training needs, besides the model, to go on where it stopped. Changed in place.
 *
 * @param mean Adam's first moment M, in the order of the parameters
 * @param variance Adam's second moment V, in the order of the parameters
 * @param carried the LSTM state at the end of the last window
 */
public record TrainingState(float[] mean, float[] variance, RnnState carried) {
  /** The state before the first step. */
  public static TrainingState initial(Architecture architecture, int batchSize) {
    int count = architecture.parameterCount();
    return new TrainingState(
        new float[count], new float[count], new RnnState(architecture, batchSize));
  }
}
