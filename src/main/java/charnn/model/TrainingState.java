package charnn.model;

/**
 * What training needs, besides the model, to go on where it stopped.
 *
 * @param adam the optimizer's state [M | V], each in the order of the parameters
 * @param carried the LSTM state at the end of the last window
 */
public record TrainingState(float[] adam, RnnState carried) {}
