package charnn.cli.options;

import charnn.plan.RunLength;
import charnn.plan.TrainingSettings;
import charnn.util.Durations;
import charnn.util.Setting;
import picocli.CommandLine.Option;

/** How long to train: one of three. */
final class LengthOptions {
  @Option(
      names = "--time",
      paramLabel = "TIME",
      preprocessor = AttachedValue.class,
      description =
          "Train for this long, such as 30s, 10m or 8h; of a resumed run, in all (default: "
              + TrainingSettings.TIME
              + ").")
  private String time;

  @Option(
      names = "--steps",
      paramLabel = "K",
      description = "Train until step K; a step is batch-size x seq-length characters.")
  private Long steps;

  @Option(
      names = "--epochs",
      paramLabel = "E",
      description = "Train until the text has been read E times.")
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
