package charnn.optim;

import static charnn.util.Formats.format;

import charnn.data.Batch;
import charnn.data.BatchSource;
import charnn.data.ContiguousBatches;
import charnn.data.RandomBatches;
import charnn.data.Tokens;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.TrainingPass;
import charnn.model.Hyperparameters;
import charnn.model.Regularization;
import charnn.model.TrainingState;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.ParameterLayout;
import charnn.nn.RecurrentState;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The training step: next batch, gradient, clipping, optimizer update. */
public final class TrainingStep implements AutoCloseable {
  private static final double MAX_GRADIENT_NORM = 1;

  /** The probability that a row's state is reset before a batch. */
  private static final double RESET_PROBABILITY = 0.02;

  /** Adam's parameter groups of a layer: W, R and b. */
  private static final int GROUPS_OF_LAYER = 3;

  private final ThreadTeam workers;
  private final BatchSource batches;
  private final long seed;
  private final Batch batch;
  private final WeightDrop weightDrop; // null without weight drop
  private final TrainingPass pass;
  private final RecurrentState carried;
  private final Adam adam;
  private final GradientClipping clip;
  private final float[] gradient; // in the order of the parameters
  private final ParameterLayout layout;
  private final boolean[] isWeights; // of each of Adam's parameter groups
  private long batchStep = -1; // whose windows the batch has; none yet
  private long steps = -1; // up to the latest step; none was made yet
  private double norm; // of the latest step's gradient

  /**
   * @param network changed in place
   * @param state changed in place
   * @param text to train on
   */
  public TrainingStep(
      Engine engine,
      ThreadTeam workers,
      Network network,
      TrainingState state,
      Hyperparameters hyperparameters,
      Tokens text) {
    this.workers = workers;
    this.batches = batches(hyperparameters, text);
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
    List<Adam.ParameterGroup> groups =
        Adam.groups(network.architecture(), hyperparameters.schedule(), regularization);
    this.layout = network.architecture().parameterLayout();
    this.isWeights = new boolean[groups.size()];
    for (int group = 0; group < isWeights.length; group++) {
      isWeights[group] = group % GROUPS_OF_LAYER < GROUPS_OF_LAYER - 1;
    }
    this.adam =
        new Adam(network.parameters(), gradient, state.firstMoment(), state.secondMoment(), groups);
  }

  public static BatchSource batches(Hyperparameters hyperparameters, Tokens text) {
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
   * @throws DivergenceException if loss or gradient is non-finite; the parameters are unchanged
   */
  public LossMetrics step(long step, double rate) throws DivergenceException {
    boolean continues = batches.nextBatch(step, batch);
    batchStep = step;
    if (continues) {
      resetRandomStates(step);
      for (int row = 0; row < batch.batchSize(); row++) {
        if (batches.isCut(step, row)) {
          carried.reset(row);
        }
      }
    } else {
      carried.reset();
    }
    if (weightDrop != null) {
      weightDrop.drop(step, workers);
    }
    LossMetrics score = pass.lossAndGradient(batch, carried, step, gradient);
    if (weightDrop != null) {
      weightDrop.backpropagate(step, gradient, workers);
    }
    norm = clip.norm(workers);
    if (!Double.isFinite(score.lossSum()) || !Double.isFinite(norm)) {
      throw new DivergenceException(
          format(
              "the loss became %s and the gradient norm %s at step %d",
              score.loss(), norm, step + 1));
    }
    adam.update(step + 1, rate, clip.factor(norm), workers);
    steps = step + 1;
    return score;
  }

  /**
   * Returns how large the latest step was. It changes nothing, and takes about as long as one
   * update of the parameters.
   *
   * @param made steps of the run; empty if the latest step here was another one
   */
  public Optional<StepSizes> sizes(long made) {
    if (steps != made) {
      return Optional.empty();
    }
    double[][] squares = adam.sizes(isWeights, workers);
    List<StepSizes.Layer> layers = new ArrayList<>();
    for (ParameterLayout.Layer layer : layout.layers()) {
      double[] input = squares[GROUPS_OF_LAYER * layers.size()];
      double[] recurrent = squares[GROUPS_OF_LAYER * layers.size() + 1];
      double[] rms = new double[input.length];
      for (int i = 0; i < rms.length; i++) {
        rms[i] = Math.sqrt((input[i] + recurrent[i]) / (layer.bias() - layer.weights()));
      }
      layers.add(new StepSizes.Layer(rms[Adam.GRADIENT], rms[Adam.WEIGHTS], rms[Adam.UPDATE]));
    }
    return Optional.of(new StepSizes(norm, layers));
  }

  /**
   * Returns the targets of a step, token ids; not to be changed, and valid until the next call.
   *
   * @param step from 0
   */
  public int[] targets(long step) {
    if (step != batchStep) {
      batches.nextBatch(step, batch);
      batchStep = step;
    }
    return batch.targets();
  }

  /**
   * Resets the state of random rows to zero. Otherwise the network would only ever see carried
   * states, and predict badly at the start of a text.
   */
  private void resetRandomStates(long step) {
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.STATE_RESET, step);
    for (int row = 0; row < batch.batchSize(); row++) {
      if (random.nextDouble() < RESET_PROBABILITY) {
        carried.reset(row);
      }
    }
  }

  @Override
  public void close() {
    pass.close();
  }
}
