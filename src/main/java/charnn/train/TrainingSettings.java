package charnn.train;

import charnn.model.Architecture;
import charnn.model.Model;
import charnn.model.Recipe;
import java.util.ArrayList;
import java.util.List;

/**
 * What the user asks of a run. The recipe is made from it when the text and the machine's speed are
 * known.
 *
 * @param layers LSTM layers
 * @param hiddenSize units of each
 * @param batchSize B
 * @param seqLength T
 * @param dropout probability
 * @param learningRate the highest
 * @param heldOutFraction the last part of the text, not trained on
 * @param windows order of reading
 * @param seed of everything random
 * @param length of the run
 */
public record TrainingSettings(
    int layers,
    int hiddenSize,
    int batchSize,
    int seqLength,
    double dropout,
    double learningRate,
    double heldOutFraction,
    Recipe.Order windows,
    long seed,
    RunLength length) {
  public static final int LAYERS = 2;
  public static final int HIDDEN_SIZE = 128;
  public static final int BATCH_SIZE = 32;
  public static final int SEQ_LENGTH = 32;
  public static final double DROPOUT = 0.2;
  public static final double LEARNING_RATE = 0.008;
  public static final double HELD_OUT_FRACTION = 0.1;
  public static final long SEED = 1;
  public static final String TIME = "2m";

  /** Many small steps at a high rate that falls to near zero: what learns most in minutes. */
  public static final TrainingSettings DEFAULT =
      new TrainingSettings(
          LAYERS,
          HIDDEN_SIZE,
          BATCH_SIZE,
          SEQ_LENGTH,
          DROPOUT,
          LEARNING_RATE,
          HELD_OUT_FRACTION,
          Recipe.Order.STREAM,
          SEED,
          new RunLength.Time(Durations.parse(TIME)));

  /** Returns the settings that a model was trained with. */
  public static TrainingSettings of(Model model) {
    Recipe recipe = model.recipe();
    return new TrainingSettings(
        model.network().architecture().layers(),
        model.network().architecture().hiddenSize(),
        recipe.batchSize(),
        recipe.seqLength(),
        recipe.dropout(),
        recipe.learningRate(),
        recipe.heldOutFraction(),
        recipe.windows(),
        recipe.seed(),
        new RunLength.Steps(recipe.totalSteps()));
  }

  /** Returns these settings with the layers and the hidden size of a network. */
  public TrainingSettings sizedAs(Architecture architecture) {
    return new TrainingSettings(
        architecture.layers(),
        architecture.hiddenSize(),
        batchSize,
        seqLength,
        dropout,
        learningRate,
        heldOutFraction,
        windows,
        seed,
        length);
  }

  /** Returns in words what is not the same in other settings, but for the length. */
  public List<String> differences(TrainingSettings other) {
    List<String> differences = new ArrayList<>();
    compare(differences, "--layers", layers, other.layers);
    compare(differences, "--hidden", hiddenSize, other.hiddenSize);
    compare(differences, "--batch-size", batchSize, other.batchSize);
    compare(differences, "--seq-length", seqLength, other.seqLength);
    compare(differences, "--dropout", dropout, other.dropout);
    compare(differences, "--learning-rate", learningRate, other.learningRate);
    compare(differences, "--validation", heldOutFraction, other.heldOutFraction);
    compare(differences, "--windows", windows, other.windows);
    compare(differences, "--seed", seed, other.seed);
    return differences;
  }

  private static void compare(List<String> differences, String name, Object mine, Object others) {
    if (!mine.equals(others)) {
      differences.add(name + " " + mine + ", not " + others);
    }
  }
}
