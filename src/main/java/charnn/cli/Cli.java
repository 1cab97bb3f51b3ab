package charnn.cli;

import charnn.model.ModelFileException;
import charnn.model.Provenance;
import charnn.text.CorpusException;
import charnn.train.TrainingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command line as a whole: from arguments to an exit code. */
public final class Cli {
  private Cli() {}

  /** Runs one command and returns the process's exit code. */
  public static int run(String[] args, InputStream in, OutputStream out, PrintStream err) {
    ProductStream product = new ProductStream(out);
    Console console = Console.ofProcess(in, product, err);
    int code = run(args, console);
    if (product.failure() != null) {
      console.say("cannot write to standard output: " + product.failure().getMessage());
      return ExitCode.FAILED.code();
    }
    return code;
  }

  static int run(String[] args, Console console) {
    try {
      int code = commandLine(console).execute(args);
      console.out().flush();
      return code;
    } catch (OutOfMemoryError e) {
      console.say(
          "out of memory; use a smaller text or network, or allow more memory with CHARNN_JAVA_OPTS=-Xmx8g");
      return ExitCode.FAILED.code();
    }
  }

  static CommandLine commandLine(Console console) {
    CommandLine commandLine =
        new CommandLine(new RootCommand())
            .addSubcommand(new TrainCommand(console))
            .addSubcommand(new SampleCommand(console))
            .addSubcommand(new ContinueCommand(console))
            .addSubcommand(new EvalCommand(console))
            .addSubcommand(new InfoCommand(console))
            .addSubcommand(new BenchCommand(console))
            .addSubcommand(new AutoComplete.GenerateCompletion());
    commandLine.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    commandLine.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.outTerminal() ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExpandAtFiles(false); // A text may begin with @.
    commandLine.setParameterExceptionHandler((e, args) -> wrongUsage(e, console));
    commandLine.setExecutionExceptionHandler((e, command, result) -> failed(e, console, result));
    describe(commandLine.getCommandSpec());
    commandLine.getSubcommands().values().forEach(c -> describe(c.getCommandSpec()));
    return commandLine;
  }

  /** Gives a command's help what all of them share. */
  private static void describe(CommandSpec spec) {
    spec.version("charnn " + Provenance.version());
    spec.exitCodeOnInvalidInput(ExitCode.USAGE.code());
    spec.exitCodeOnExecutionException(ExitCode.FAILED.code());
    spec.usageMessage().width(100);
    spec.usageMessage().adjustLineBreaksForWideCJKCharacters(true);
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
    spec.usageMessage().exitCodeList(ExitCode.list());
  }

  private static int wrongUsage(ParameterException e, Console console) {
    console.say(e.getMessage());
    console
        .err()
        .println("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  private static int failed(Exception e, Console console, CommandLine.ParseResult result) {
    console.say(message(e));
    if (result.originalArgs().contains("--verbose")) {
      e.printStackTrace(console.err());
    }
    return ExitCode.FAILED.code();
  }

  private static String message(Exception e) {
    if (e instanceof CorpusException
        || e instanceof ModelFileException
        || e instanceof TrainingException) {
      return e.getMessage();
    }
    if (e instanceof AccessDeniedException denied) {
      return "no permission for "
          + denied.getFile()
          + "; change its permissions or choose another folder";
    }
    if (e instanceof FileSystemException file) {
      String reason = file.getReason() == null ? e.getClass().getSimpleName() : file.getReason();
      return file.getFile() + ": " + reason;
    }
    if (e instanceof IOException) {
      return e.getMessage();
    }
    return "an internal error: " + e + "; please report it with what --verbose prints";
  }
}
