package charnn.cli;

import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** A command with commands of its own. */
interface ParentCommand {
  /** Returns its commands by their names, in the order in which they are listed. */
  Map<String, Supplier<CommandSpec>> subcommands();
}
