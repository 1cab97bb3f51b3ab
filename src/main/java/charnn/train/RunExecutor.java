package charnn.train;

import charnn.model.TrainingState;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.optim.DivergenceException;
import charnn.optim.StepSizes;
import charnn.predict.LanguageModel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongToDoubleFunction;

/** Computes a run's training steps and evaluations: here, or on a cluster. */
public interface RunExecutor extends AutoCloseable {
  /** Computes in this process. */
  Factory LOCAL = (run, network, interruption) -> new LocalExecutor(run, network);

  /** Makes the executor of a run. */
  @FunctionalInterface
  interface Factory {
    /**
     * Returns an executor of a run.
     *
     * @param network whose parameters the steps change
     * @param interruption asked by long computations now and then
     * @throws IOException if it cannot start
     */
    RunExecutor open(PreparedRun run, Network network, BooleanSupplier interruption)
        throws IOException;
  }

  /** Returns the largest number of steps that are made at once; one here. */
  default int stride() {
    return 1;
  }

  /** Returns how many replicas of the network train; each reads a batch in a step. One here. */
  default int replicas() {
    return 1;
  }

  /**
   * Makes steps; the network and the state are as they are after the last one.
   *
   * @param first number of the first step, from 0
   * @param count 1 to {@link #stride}
   * @param rate learning rate of each step
   * @return the loss of each step
   * @throws DivergenceException if a loss or gradient is non-finite
   * @throws CancellationException if interrupted: nothing is changed
   */
  List<LossMetrics> make(long first, int count, LongToDoubleFunction rate)
      throws DivergenceException, IOException;

  /** Returns the targets of a step, token ids; valid until the next call. */
  int[] targets(long step);

  /**
   * Returns how large the latest step was; empty if that is not known.
   *
   * @param made steps of the run
   */
  Optional<StepSizes> sizes(long made);

  /**
   * Returns the score on the validation set.
   *
   * @param progress called by any thread with the number of characters scored so far
   * @throws CancellationException thrown by {@code progress}
   */
  LossMetrics evaluate(LanguageModel model, LongConsumer progress) throws IOException;

  /**
   * Brings all that a checkpoint has to have into the state of the run, or beside the checkpoint.
   * It is called before every checkpoint.
   *
   * @param step after which the checkpoint is
   * @param state of the run
   * @param isForRollback whether the checkpoint is one to roll back to
   */
  default void saving(long step, TrainingState state, boolean isForRollback) throws IOException {}

  /** The network and the state are those of an earlier step: training goes on from there. */
  default void rolledBack(long step) throws IOException {}

  @Override
  void close();
}
