package charnn.cli.options;

import charnn.generate.TextSink;
import charnn.util.Setting;
import picocli.CommandLine.Option;

/** Which of the generated texts are printed, and how. */
public final class OutputOptions {
  @Option(
      names = "--best-of",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Generate N texts for each that is printed: the one that is the most probable for each character (default: ${DEFAULT-VALUE}).")
  private int bestOf;

  @Option(
      names = "--json",
      description =
          "Print a line of JSON for each text: text, seed, model, settings, log_probability, bits_per_character.")
  private boolean json;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "With --json: the N most probable alternatives to each character.")
  private Integer top;

  /**
   * @throws charnn.util.InvalidSettingException if it is less than 1
   */
  public int bestOf() {
    Setting.BEST_OF.require(bestOf);
    return bestOf;
  }

  public boolean json() {
    return json;
  }

  /**
   * Returns how many alternatives to each character are printed, or {@link
   * TextSink#NO_PREDICTIONS}.
   *
   * @throws charnn.util.InvalidSettingException if it is less than 1
   */
  public int alternatives() {
    if (top == null) {
      return TextSink.NO_PREDICTIONS;
    }
    Setting.TOP.require(top);
    if (!json) {
      throw new UsageException("--top belongs to --json, which is missing");
    }
    return top;
  }

  /**
   * Checks that the options go with others.
   *
   * @param raw whether nothing but texts is printed
   * @param endless whether texts never end
   */
  public void requireFits(boolean raw, boolean endless) {
    if (json && raw) {
      throw new UsageException("--json and --raw exclude each other; omit one");
    }
    if (endless && (json || bestOf > 1)) {
      throw new UsageException(
          (json ? "--json" : "--best-of")
              + " is for texts that end, and with --endless none does; omit one");
    }
  }
}
