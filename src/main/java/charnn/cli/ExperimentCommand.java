package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.PathConverter;
import charnn.cli.options.UsageException;
import charnn.lab.Experiment;
import charnn.lab.Lab;
import charnn.lab.LabOption;
import charnn.report.ProgressDisplay;
import charnn.util.Durations;
import charnn.util.PathState;
import charnn.util.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code charnn lab EXPERIMENT}. */
@Command(sortOptions = false)
final class ExperimentCommand extends BaseCommand<ExperimentCommand.Request> {
  /** Place of the experiment's own options in the help: before the others. */
  private static final int FIRST = -1000;

  private final Experiment experiment;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Random seed; the same seed gives the same table (default: 1).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description =
          "Folder for the figures (PNG, SVG) and numbers (CSV); files of these names are replaced (default: lab/EXPERIMENT in the current folder).")
  private Path folder;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description =
          "Begin nothing new after this time, such as 30s or 10m; the table then lacks what was not begun.")
  private String time;

  /**
   * What to run.
   *
   * @param given values of the experiment's options, by their names
   * @param time null: as long as it takes
   */
  record Request(Map<String, List<String>> given, long seed, Path folder, Duration time) {}

  private ExperimentCommand(Experiment experiment, Console console) {
    super(console);
    this.experiment = experiment;
  }

  /** Returns the command of an experiment, with its options. */
  static CommandSpec spec(Experiment experiment, Console console) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new ExperimentCommand(experiment, console));
    spec.usageMessage().description(experiment.question());
    int order = FIRST;
    for (LabOption<?> option : experiment.options()) {
      spec.addOption(option(option).order(order++).build());
    }
    return spec;
  }

  private static OptionSpec.Builder option(LabOption<?> option) {
    boolean isFlag = option.label() == null;
    String initial = option.initial() == null ? "" : " (default: " + option.initial() + ")";
    OptionSpec.Builder builder =
        OptionSpec.builder("--" + option.name())
            .description(
                option.description().replaceFirst("\\.$", "").replace("%", "%%") + initial + ".");
    if (isFlag) {
      return builder.arity("0").type(boolean.class);
    }
    builder.arity("1").paramLabel(option.label()).preprocessor(new AttachedValue());
    return option.repeatable()
        ? builder.type(List.class).auxiliaryTypes(String.class)
        : builder.type(String.class);
  }

  @Override
  Request request() {
    Map<String, List<String>> given = new HashMap<>();
    for (LabOption<?> option : experiment.options()) {
      OptionSpec read = spec.findOption("--" + option.name());
      if (spec.commandLine().getParseResult().hasMatchedOption(read)) {
        given.put(option.name(), read.originalStringValues());
      }
    }
    Path out = folder == null ? Path.of("lab", experiment.name()) : folder;
    return new Request(given, seed, out, time == null ? null : Durations.parse(Setting.TIME, time));
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    requireUsable(request.folder);
    // Figures need no screen.
    System.setProperty("java.awt.headless", "true");
    try (ProgressDisplay display = console.progressDisplay()) {
      Lab lab =
          new Lab(
              request.given,
              request.seed,
              request.folder,
              request.time,
              console.home(),
              console.out(),
              display);
      for (LabOption<?> option : experiment.options()) {
        lab.value(option); // Everything is checked before anything is computed.
      }
      experiment.run(lab);
      display.clearStatus();
      if (lab.isCutShort()) {
        console.log("the time is over: what had not begun is missing; give more --time");
      }
      if (lab.hasSaved()) {
        console.log("figures and numbers are in " + request.folder);
      }
    }
    return ExitCode.DONE;
  }

  /** Checks, before anything is computed, that figures can be written into a folder. */
  private static void requireUsable(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!PathState.isTaken(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      throw new UsageException(
          format(
              "cannot write figures into %s: %s%s; name another folder with --out",
              folder,
              PathState.describe(there),
              Files.isDirectory(there) ? " that may not be written to" : ""));
    }
  }
}
