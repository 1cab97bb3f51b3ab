package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code charnn corpus} without a command of its own: lists them. */
@Command(
    description =
        "Look into texts, fetch books, and look after what is kept of them; without a command, list those there are.",
    synopsisSubcommandLabel = "[COMMAND]",
    subcommandsRepeatable = false,
    sortOptions = false)
final class CorpusCommand extends BaseCommand<CommandSpec> implements ParentCommand {
  @Spec private CommandSpec spec;

  CorpusCommand(Console console) {
    super(console);
  }

  @Override
  public Map<String, Supplier<CommandSpec>> subcommands() {
    Map<String, Supplier<CommandSpec>> subcommands = new LinkedHashMap<>();
    subcommands.put("info", () -> CommandSpec.forAnnotatedObject(new CorpusInfoCommand(console)));
    subcommands.put("list", () -> CommandSpec.forAnnotatedObject(new CorpusListCommand(console)));
    subcommands.put("fetch", () -> CommandSpec.forAnnotatedObject(new CorpusFetchCommand(console)));
    subcommands.put("clean", () -> CommandSpec.forAnnotatedObject(new CorpusCleanCommand(console)));
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
