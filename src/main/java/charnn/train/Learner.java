package charnn.train;

import static charnn.text.Messages.format;

import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.TrainingPass;
import charnn.engine.Workers;
import charnn.model.Network;
import charnn.model.Recipe;
import charnn.model.Regularization;
import charnn.model.RnnState;
import charnn.model.Score;
import charnn.model.TrainingState;
import charnn.text.Batch;
import charnn.text.RandomWindows;
import charnn.text.Seeds;
import charnn.text.StreamWindows;
import charnn.text.Windows;
import java.util.SplittableRandom;

/** Makes training steps: reads a window, computes the gradient, changes the parameters. */
final class Learner implements AutoCloseable {
  private static final double MAX_GRADIENT_NORM = 1;

  /** The probability that a row forgets its state before a window. */
  private static final double FORGETTING = 0.02;

  private final Workers workers;
  private final Windows windows;
  private final long seed;
  private final Batch batch;
  private final WeightDrop weightDrop; // null if no weights are dropped
  private final TrainingPass pass;
  private final RnnState carried;
  private final Adam adam;
  private final GradientClip clip;
  private final float[] gradient; // in the order of the parameters

  /**
   * @param network changed in place
   * @param state changed in place
   * @param text to train on, indices
   */
  Learner(
      Engine engine,
      Workers workers,
      Network network,
      TrainingState state,
      Recipe recipe,
      char[] text) {
    this.workers = workers;
    this.windows = windows(recipe, text);
    this.seed = recipe.seed();
    this.batch = new Batch(recipe.batchSize(), recipe.seqLength());
    Regularization regularization = recipe.regularization();
    this.weightDrop =
        regularization.weightDrop() > 0
            ? new WeightDrop(network, regularization.weightDrop(), recipe.seed())
            : null;
    this.pass =
        engine.training(
            weightDrop == null ? network : weightDrop.network(),
            recipe.batchSize(),
            recipe.seqLength(),
            new Dropout(regularization.dropout(), regularization.lockedDropout(), recipe.seed()));
    this.carried = state.carried();
    this.gradient = new float[network.parameters().length];
    this.clip = new GradientClip(gradient, MAX_GRADIENT_NORM);
    this.adam =
        new Adam(
            network.parameters(),
            gradient,
            state.mean(),
            state.variance(),
            Adam.parts(network.architecture(), recipe.schedule(), regularization));
  }

  static Windows windows(Recipe recipe, char[] text) {
    return switch (recipe.windows()) {
      case STREAM -> new StreamWindows(text, recipe.batchSize(), recipe.seqLength(), recipe.seed());
      case RANDOM -> new RandomWindows(text, recipe.batchSize(), recipe.seqLength(), recipe.seed());
    };
  }

  /**
   * Makes one step.
   *
   * @param step its number, from 0
   * @throws DivergenceException if a number is no longer finite; the parameters are then as before
   *     the step
   */
  Score step(long step, double rate) throws DivergenceException {
    if (windows.fill(step, batch)) {
      forgetSome(step);
    } else {
      carried.reset();
    }
    if (weightDrop != null) {
      weightDrop.drop(step, workers);
    }
    Score score = pass.lossAndGradient(batch, carried, step, gradient);
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
  int[] targets() {
    return batch.targets();
  }

  /** Returns the same of any step, counted from 0. */
  int[] targets(long step) {
    windows.fill(step, batch);
    return batch.targets();
  }

  /**
   * Now and then a row goes on from zero state. Else the network knows no state but those that have
   * been carried since the beginning, by parameters that were others, and is lost where a text
   * begins.
   */
  private void forgetSome(long step) {
    SplittableRandom random = Seeds.random(seed, Seeds.FORGETTING, step);
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
