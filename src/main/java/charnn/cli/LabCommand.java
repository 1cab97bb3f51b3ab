package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.lab.Experiment;
import charnn.lab.Experiments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code charnn lab} without an experiment: lists them. */
@Command(
    description = "Run an experiment of a course on recurrent networks; without a name, list them.",
    synopsisSubcommandLabel = "[EXPERIMENT]",
    subcommandsRepeatable = false,
    commandListHeading = "%nExperiments:%n",
    sortOptions = false)
final class LabCommand extends BaseCommand<CommandSpec> implements ParentCommand {
  @Spec private CommandSpec spec;

  LabCommand(Console console) {
    super(console);
  }

  @Override
  public Map<String, Supplier<CommandSpec>> subcommands() {
    Map<String, Supplier<CommandSpec>> subcommands = new LinkedHashMap<>();
    for (Experiment experiment : Experiments.all()) {
      subcommands.put(experiment.name(), () -> ExperimentCommand.spec(experiment, console));
    }
    return subcommands;
  }

  @Override
  CommandSpec request() {
    return spec;
  }

  @Override
  ExitCode execute(CommandSpec command) {
    command.commandLine().usage(command.commandLine().getOut());
    return ExitCode.DONE;
  }
}
