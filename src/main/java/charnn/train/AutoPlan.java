package charnn.train;

import charnn.engine.EngineKind;
import charnn.engine.Workers;
import charnn.model.Architecture;
import charnn.model.Recipe;
import charnn.model.Regularization;
import charnn.model.Schedule;

/**
 * Chooses a network and its recipe for a text and a time, by what was measured on four texts
 * (docs/training.md).
 *
 * @param trainingCharacters N, of the text that is trained on
 * @param alphabetSize V
 * @param length of the run
 * @param operations that training can make in that time, floating-point; where the length is no
 *     time, those of a usual run, so that the choice does not depend on the machine
 */
public record AutoPlan(
    long trainingCharacters, int alphabetSize, RunLength length, double operations) {
  /** Ten minutes on two cores. */
  private static final double USUAL_OPERATIONS = 1e14;

  /** A network must read its text so often, or a smaller one learns more in the time. */
  private static final double LEAST_EPOCHS = 4;

  private static final int SEQ_LENGTH = 32;

  /**
   * Returns the plan for this machine, whose speed is measured for a second if the length is a
   * time.
   *
   * @param trainingCharacters N, of the text that is trained on
   * @param alphabetSize V
   */
  public static AutoPlan here(
      long trainingCharacters,
      int alphabetSize,
      RunLength length,
      EngineKind kind,
      Workers workers) {
    double operations =
        length instanceof RunLength.Time time
            ? time.time().toMillis() / 1e3 * Benchmark.roughSpeed(kind, workers)
            : USUAL_OPERATIONS;
    return new AutoPlan(trainingCharacters, alphabetSize, length, operations);
  }

  /** Returns the largest network that gets to read the text often enough. */
  public Preset preset() {
    Preset[] all = Preset.values();
    for (int i = all.length - 1; i > 0; i--) {
      double epochs = characters(all[i].layers(), all[i].hiddenSize()) / trainingCharacters;
      if (epochs >= LEAST_EPOCHS) {
        return all[i];
      }
    }
    return all[0];
  }

  /** Returns the recipe of a network. */
  public TrainingSettings settings(int layers, int hiddenSize) {
    int batchSize = hiddenSize < 512 ? 16 : 32;
    double epochs =
        length instanceof RunLength.Steps steps
            ? (double) steps.steps() * batchSize * SEQ_LENGTH / trainingCharacters
            : length instanceof RunLength.Epochs some
                ? some.epochs()
                : characters(layers, hiddenSize) / trainingCharacters;
    return new TrainingSettings(
        layers,
        hiddenSize,
        batchSize,
        SEQ_LENGTH,
        regularization(epochs),
        Schedule.cosine(learningRate(hiddenSize)),
        TrainingSettings.HELD_OUT_FRACTION,
        Recipe.Order.STREAM,
        TrainingSettings.SEED,
        length,
        TrainingSettings.PATIENCE);
  }

  private double characters(int layers, int hiddenSize) {
    return operations / new Architecture(alphabetSize, hiddenSize, layers).trainingOperations();
  }

  private static double learningRate(int hiddenSize) {
    double rate = 0.006 * Math.sqrt(256.0 / hiddenSize);
    return Math.round(Math.max(0.001, Math.min(0.008, rate)) * 1e4) / 1e4;
  }

  private static Regularization regularization(double epochs) {
    return Regularization.NONE;
  }
}
