package charnn.cli.options;

import charnn.generate.SamplingSettings;
import charnn.util.RandomStreams;
import charnn.util.Setting;
import picocli.CommandLine.Option;

/** How text is sampled. */
public final class SamplingOptions {
  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0.8",
      description =
          "Sampling temperature: 0 always takes the most likely character (greedy), 1 samples from the model's distribution (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Top-k sampling: among the K most likely characters only; 0: among all (default: ${DEFAULT-VALUE}).")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Top-p (nucleus) sampling: among the most likely characters with this total probability (default: ${DEFAULT-VALUE}).")
  private double topP;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Characters to generate, in Unicode code points (default: ${DEFAULT-VALUE}).")
  private long length;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of texts, separated by an empty line (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Random seed; the same seed gives the same text (default: a new one each time).")
  private Long seed;

  @Option(
      names = "--raw",
      description =
          "Print the characters and nothing else: no newline added at the end, no empty line between texts.")
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
