package charnn.cli.options;

import charnn.cli.console.Console;
import charnn.data.input.CorpusInput;
import charnn.data.input.CorpusInputs;
import charnn.util.Setting;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Random errors in a text that no model was trained on, to measure how many of them are found. */
public final class RandomErrorOptions {
  private static final int EVERY = 200;

  @Option(
      names = "--measure",
      description =
          "Measure on the validation set of --corpus how many random errors are found: characters that give way to others of the vocabulary.")
  private boolean measure;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      arity = "1..*",
      preprocessor = AttachedValue.class,
      converter = InputConverter.class,
      description =
          "The text that the models were trained on, for --measure: files, folders, archives or -, as in train.")
  private List<CorpusInput> corpus;

  @Mixin private InputOptions inputs;

  @Option(
      names = "--errors",
      paramLabel = "N",
      description = "One character in N is an error, for --measure (default: 200).")
  private Integer every;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Random seed of the errors, for --measure (default: 1).")
  private Long seed;

  /**
   * Returns whether to measure.
   *
   * @throws UsageException if the options contradict each other
   * @throws charnn.util.InvalidSettingException if a value is out of its range
   */
  public boolean isGiven() {
    Setting.ERRORS.require(every());
    if (!measure && (corpus != null || every != null || seed != null)) {
      throw new UsageException("--corpus, --errors and --seed need --measure");
    }
    if (measure && corpus == null) {
      throw new UsageException(
          "--measure needs the text that the models were trained on: --measure --corpus FILE");
    }
    return measure;
  }

  public CorpusInputs corpus(Console console) {
    return inputs.of(corpus, console);
  }

  /** Returns in how many characters one is an error. */
  public int every() {
    return every == null ? EVERY : every;
  }

  public long seed() {
    return seed == null ? 1 : seed;
  }
}
