package charnn.optim;

import static charnn.util.Formats.format;

import charnn.data.Batch;
import charnn.data.BatchSource;
import charnn.data.ContiguousBatches;
import charnn.data.RandomBatches;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.TrainingPass;
import charnn.model.Hyperparameters;
import charnn.model.Regularization;
import charnn.model.TrainingState;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import java.util.SplittableRandom;

/** Makes training steps: reads a window, computes the gradient, changes the parameters. */
public final class TrainingStep implements AutoCloseable {
  private static final double MAX_GRADIENT_NORM = 1;

  /** The probability that a row forgets its state before a window. */
  private static final double FORGETTING = 0.02;

  private final ThreadTeam workers;
  private final BatchSource windows;
  private final long seed;
  private final Batch batch;
  private final WeightDrop weightDrop; // null if no weights are dropped
  private final TrainingPass pass;
  private final RecurrentState carried;
  private final Adam adam;
  private final GradientClipping clip;
  private final float[] gradient; // in the order of the parameters

  /**
   * @param network changed in place
   * @param state changed in place
   * @param text to train on, indices
   */
  public TrainingStep(
      Engine engine,
      ThreadTeam workers,
      Network network,
      TrainingState state,
      Hyperparameters hyperparameters,
      char[] text) {
    this.workers = workers;
    this.windows = windows(hyperparameters, text);
    this.seed = hyperparameters.seed();
    this.batch = new Batch(hyperparameters.batchSize(), hyperparameters.seqLength());
    Regularization regularization = hyperparameters.regularization();
    this.weightDrop =
        regularization.weightDrop() > 0
            ? new WeightDrop(network, regularization.weightDrop(), hyperparameters.seed())
            : null;
    this.pass =
        engine.training(
            weightDrop == null ? network : weightDrop.network(),
            hyperparameters.batchSize(),
            hyperparameters.seqLength(),
            new Dropout(
                regularization.dropout(), regularization.lockedDropout(), hyperparameters.seed()));
    this.carried = state.carried();
    this.gradient = new float[network.parameters().length];
    this.clip = new GradientClipping(gradient, MAX_GRADIENT_NORM);
    this.adam =
        new Adam(
            network.parameters(),
            gradient,
            state.mean(),
            state.variance(),
            Adam.parts(network.architecture(), hyperparameters.schedule(), regularization));
  }

  public static BatchSource windows(Hyperparameters hyperparameters, char[] text) {
    return switch (hyperparameters.windows()) {
      case STREAM ->
          new ContiguousBatches(
              text,
              hyperparameters.batchSize(),
              hyperparameters.seqLength(),
              hyperparameters.seed());
      case RANDOM ->
          new RandomBatches(
              text,
              hyperparameters.batchSize(),
              hyperparameters.seqLength(),
              hyperparameters.seed());
    };
  }

  /**
   * Makes one step.
   *
   * @param step its number, from 0
   * @throws DivergenceException if a number is no longer finite; the parameters are then as before
   *     the step
   */
  public LossMetrics step(long step, double rate) throws DivergenceException {
    if (windows.fill(step, batch)) {
      forgetSome(step);
    } else {
      carried.reset();
    }
    if (weightDrop != null) {
      weightDrop.drop(step, workers);
    }
    LossMetrics score = pass.lossAndGradient(batch, carried, step, gradient);
    if (weightDrop != null) {
      weightDrop.differentiate(step, gradient, workers);
    }
    double norm = clip.norm(workers);
    if (!Double.isFinite(score.lossSum()) || !Double.isFinite(norm)) {
      throw new DivergenceException(
          format(
              "the loss became %s and the gradient's norm %s at step %d",
              score.loss(), norm, step + 1));
    }
    adam.update(step + 1, rate, clip.factor(norm), workers);
    return score;
  }

  /** Returns the characters that the latest step learnt to foresee: indices, not to be changed. */
  public int[] targets() {
    return batch.targets();
  }

  /** Returns the same of any step, counted from 0. */
  public int[] targets(long step) {
    windows.fill(step, batch);
    return batch.targets();
  }

  /**
   * Now and then a row goes on from zero state. Else the network knows no state but those that have
   * been carried since the beginning, by parameters that were others, and is lost where a text
   * begins.
   */
  private void forgetSome(long step) {
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.STATE_RESET, step);
    for (int row = 0; row < batch.batchSize(); row++) {
      if (random.nextDouble() < FORGETTING) {
        carried.reset(row);
      }
    }
  }

  @Override
  public void close() {
    pass.close();
  }
}
