package charnn.cli.options;

import charnn.generate.SamplingSettings;
import charnn.util.RandomStreams;
import charnn.util.Setting;
import picocli.CommandLine.Option;

/** How text is written. */
public final class SamplingOptions {
  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0.8",
      description =
          "Boldness: 0 always takes the likeliest character, 1 follows the model (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Choose among the K likeliest characters only; 0 is all (default: ${DEFAULT-VALUE}).")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Choose among the likeliest characters of together this probability (default: ${DEFAULT-VALUE}).")
  private double topP;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "1000",
      description = "New characters to write, in Unicode code points (default: ${DEFAULT-VALUE}).")
  private long length;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "Texts to write, an empty line between two (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Seed of the choice; the same seed writes the same text (default: another each time).")
  private Long seed;

  @Option(
      names = "--raw",
      description =
          "Print the characters and nothing else: no line's end behind a text that has none, no empty line between two.")
  private boolean raw;

  public SamplingSettings settings() {
    return new SamplingSettings(temperature, topK, topP);
  }

  /**
   * @throws charnn.util.InvalidSettingException if it is negative
   */
  public long length() {
    Setting.LENGTH.require(length);
    return length;
  }

  /**
   * @throws charnn.util.InvalidSettingException if it is less than 1
   */
  public int count() {
    Setting.TEXTS.require(count);
    return count;
  }

  public boolean raw() {
    return raw;
  }

  public long seed() {
    // Ten digits at most: short enough to be typed again.
    return seed != null
        ? seed
        : RandomStreams.mix(System.nanoTime(), ProcessHandle.current().pid()) >>> 31;
  }
}
