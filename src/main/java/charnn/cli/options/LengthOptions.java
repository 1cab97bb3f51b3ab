package charnn.cli.options;

import charnn.plan.RunLength;
import charnn.plan.TrainingSettings;
import charnn.util.Durations;
import charnn.util.Setting;
import picocli.CommandLine.Option;

/** The length of a run, given in one of three ways. */
final class LengthOptions {
  @Option(
      names = "--time",
      paramLabel = "TIME",
      preprocessor = AttachedValue.class,
      description =
          "Time budget, such as 30s, 10m or 8h; for a resumed run, in total (default: "
              + TrainingSettings.TIME
              + ").")
  private String time;

  @Option(
      names = "--steps",
      paramLabel = "K",
      description = "Train until step K; a step reads batch-size x seq-length characters.")
  private Long steps;

  @Option(
      names = "--epochs",
      paramLabel = "E",
      description = "Train for E epochs (passes over the text).")
  private Double epochs;

  /**
   * @throws charnn.util.InvalidSettingException if the value is not as it must be
   */
  RunLength length() {
    if (steps != null) {
      return new RunLength.Steps(steps);
    }
    return epochs != null
        ? new RunLength.Epochs(epochs)
        : new RunLength.Time(Durations.parse(Setting.TIME, time));
  }
}
