package charnn.engine;

import static charnn.util.Formats.format;

import charnn.data.Batch;
import charnn.nn.LossMetrics;
import charnn.nn.RecurrentState;

/**
 * A forward and a backward pass over windows of B x T characters. Not for use by several threads at
 * once.
 */
public interface TrainingPass extends AutoCloseable {
  /**
   * Returns a window's loss, with dropout if the pass has it, and computes the gradient of its mean
   * by truncated BPTT: the state before the window is a constant. Places whose target is {@link
   * Batch#IGNORED} count in neither, nor in the mean's divisor; if none counts, the gradient is
   * zero. Where a row's input is the {@link charnn.nn.NetworkSpec#documentMark}, the state before
   * that time is zero, too, and no gradient goes back over it: a row may have several documents.
   *
   * @param state the state before the window; overwritten with the state after it
   * @param step selects the dropout masks
   * @param gradient in the order of the parameters; overwritten with the gradient of nats per
   *     character
   * @throws IllegalArgumentException if batch or state have another size than the pass; or if the
   *     state is not zero and the engine computes right gradients only from zero state
   */
  LossMetrics lossAndGradient(Batch batch, RecurrentState state, long step, float[] gradient);

  /**
   * Checks that a batch and a state have the size that a pass was made for.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireShape(Batch batch, RecurrentState state, int batchSize, int seqLength) {
    if (batch.batchSize() != batchSize || batch.seqLength() != seqLength) {
      throw new IllegalArgumentException(
          format(
              "the batch must be %d x %d, got %d x %d",
              batchSize, seqLength, batch.batchSize(), batch.seqLength()));
    }
    if (state.batchSize() != batchSize) {
      throw new IllegalArgumentException(
          format("the state must have %d rows, got %d", batchSize, state.batchSize()));
    }
  }

  @Override
  default void close() {}
}
