package charnn.cli;

import charnn.cli.console.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where charnn-spark starts: the program that spark-submit runs. */
public final class ClusterCli {
  private ClusterCli() {}

  public static void main(String[] args) {
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    System.exit(
        Cli.run(
            new Root(),
            ClusterCli::commands,
            args,
            System.in,
            new FileOutputStream(FileDescriptor.out),
            System.err));
  }

  private static Map<String, Supplier<Object>> commands(Console console) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("train", () -> new ClusterTrainCommand(console));
    commands.put("sweep", () -> new SweepCommand(console));
    commands.put("help", () -> new CommandLine.HelpCommand());
    return commands;
  }

  /** {@code charnn-spark} without a command: shows the help. */
  @Command(
      name = "charnn-spark",
      mixinStandardHelpOptions = true,
      description = "charnn on Apache Spark: trains and scores on many machines.",
      synopsisSubcommandLabel = "COMMAND",
      footerHeading = "%nExamples:%n",
      footer = {
        "  charnn-spark train --corpus books.zip --workers 4",
        "  charnn-spark --master spark://host:7077 train --corpus books.zip --workers 8",
        "  charnn-spark sweep runs.txt models/sweep",
        "What stands before the command is for spark-submit. Options of a command: charnn-spark COMMAND --help"
      })
  private static final class Root implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
