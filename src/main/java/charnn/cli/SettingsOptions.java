package charnn.cli;

import charnn.model.Recipe;
import charnn.train.TrainingSettings;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The settings of a training run; null where not given, so that a resumed run keeps its own. */
final class SettingsOptions {
  @Option(
      names = "--layers",
      paramLabel = "N",
      description = "LSTM layers (default: " + TrainingSettings.LAYERS + ").")
  private Integer layers;

  @Option(
      names = "--hidden",
      paramLabel = "H",
      description = "Units of each layer (default: " + TrainingSettings.HIDDEN_SIZE + ").")
  private Integer hidden;

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      defaultValue = "lstm",
      description = "Kind of recurrent unit: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Cell cell;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description =
          "Texts read side by side in a step (default: " + TrainingSettings.BATCH_SIZE + ").")
  private Integer batchSize;

  @Option(
      names = "--seq-length",
      paramLabel = "T",
      description = "Characters of each in a step (default: " + TrainingSettings.SEQ_LENGTH + ").")
  private Integer seqLength;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description =
          "Probability of dropping a layer's output, 0 to 1 (default: "
              + TrainingSettings.DROPOUT
              + ").")
  private Double dropout;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description =
          "Adam's highest rate, falling along a cosine (default: "
              + TrainingSettings.LEARNING_RATE
              + ").")
  private Double learningRate;

  @Option(
      names = "--validation",
      paramLabel = "P",
      description =
          "Last part of the text to hold out, 0 to 0.5 (default: "
              + TrainingSettings.HELD_OUT_FRACTION
              + ").")
  private Double validation;

  @Option(
      names = "--windows",
      paramLabel = "ORDER",
      description =
          "Order of reading: ${COMPLETION-CANDIDATES}; random reads from zero state (default: stream).")
  private Recipe.Order windows;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Seed; the same seed and settings give the same model (default: "
              + TrainingSettings.SEED
              + ").")
  private Long seed;

  @ArgGroup private LengthOptions length;

  private enum Cell {
    LSTM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the settings, those not given taken from others. */
  TrainingSettings over(TrainingSettings others) {
    return new TrainingSettings(
        layers == null ? others.layers() : layers,
        hidden == null ? others.hiddenSize() : hidden,
        batchSize == null ? others.batchSize() : batchSize,
        seqLength == null ? others.seqLength() : seqLength,
        dropout == null ? others.dropout() : dropout,
        learningRate == null ? others.learningRate() : learningRate,
        validation == null ? others.heldOutFraction() : validation,
        windows == null ? others.windows() : windows,
        seed == null ? others.seed() : seed,
        length == null ? others.length() : length.length());
  }
}
