package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.console.Interrupts;
import charnn.cli.console.StdoutStream;
import charnn.cli.options.PathConverter;
import charnn.cli.options.UsageException;
import charnn.model.Provenance;
import charnn.util.Formats;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command line: parses arguments, runs a command, returns an exit code. */
public final class Cli {
  private static final String HELP = "help";
  private static final String COMPLETION = "generate-completion";

  /** What stands for the argument -- in what picocli is given: no argument can be equal to it. */
  private static final String END_OF_OPTIONS = "\0";

  /** Columns of help texts: picocli takes no fewer, and longer lines are hard to read. */
  private static final int LEAST_COLUMNS = 55;

  private static final int MOST_COLUMNS = 100;

  private Cli() {}

  /** Runs one command and returns the process's exit code. */
  public static int run(String[] args, InputStream in, OutputStream out, PrintStream err) {
    return run(new RootCommand(), Cli::commands, args, in, out, err);
  }

  /**
   * Runs one command of a program.
   *
   * @param root the command without a command's name
   * @param commands by their names, of a console
   */
  static int run(
      Object root,
      Function<Console, Map<String, Supplier<Object>>> commands,
      String[] args,
      InputStream in,
      OutputStream out,
      PrintStream err) {
    StdoutStream stdout = new StdoutStream(out);
    Console console = Console.ofProcess(in, stdout, err);
    Interrupts.atTheEnd(console::endLine);
    int code = run(root, commands.apply(console), args, console);
    if (stdout.failure() != null) {
      console.log("cannot write to standard output: " + Formats.reason(stdout.failure()));
      return ExitCode.FAILED.code();
    }
    return code;
  }

  static int run(String[] args, Console console) {
    return run(new RootCommand(), commands(console), args, console);
  }

  private static int run(
      Object root, Map<String, Supplier<Object>> commands, String[] args, Console console) {
    try {
      PathConverter.requireDecoded(List.of(args));
      String[] asked = withoutHelpCommand(commands, args);
      int code = commandLine(root, console, commands, asked).execute(withEndOfOptions(asked));
      console.out().flush();
      return code;
    } catch (UsageException e) {
      console.log(e.getMessage());
      return ExitCode.USAGE.code();
    } catch (RuntimeException | Error e) {
      if (!OutOfMemory.isCauseOf(e)) {
        throw e;
      }
      console.log(OutOfMemory.MESSAGE);
      return ExitCode.FAILED.code();
    }
  }

  /**
   * Asks a command of a command for its help, as in {@code help lab hopfield}, by an option:
   * picocli's help command knows those of the first level only.
   */
  private static String[] withoutHelpCommand(
      Map<String, Supplier<Object>> commands, String... args) {
    if (args.length != 3 || !args[0].equals(HELP)) {
      return args;
    }
    Supplier<Object> command = commands.get(args[1]);
    return command != null
            && command.get() instanceof ParentCommand parent
            && parent.subcommands().containsKey(args[2])
        ? new String[] {args[1], args[2], "--help"}
        : args;
  }

  /**
   * Marks where the options end: picocli would take a value -- for that, as in {@code --prompt=--}.
   */
  private static String[] withEndOfOptions(String... args) {
    String[] marked = args.clone();
    int end = List.of(args).indexOf("--");
    if (end >= 0) {
      marked[end] = END_OF_OPTIONS;
    }
    return marked;
  }

  /**
   * Builds only the commands that the arguments need: reading a command's options takes 10 ms. The
   * list of all commands needs only their descriptions.
   */
  private static CommandLine commandLine(
      Object root, Console console, Map<String, Supplier<Object>> commands, String... args) {
    String first = args.length > 0 ? args[0] : "";
    if (first.equals(COMPLETION) || first.equals(HELP)) {
      return built(root, console, commands, args);
    }
    if (commands.containsKey(first)) {
      return built(root, console, Map.of(first, commands.get(first)), args);
    }
    commands.replaceAll((name, command) -> () -> outline(command.get().getClass()));
    return built(root, console, commands, args);
  }

  /** A command: the JVM that runs it, and its constructor. */
  private record Registered(Jvm jvm, Supplier<Object> command) {}

  /** Returns all commands by their names, in the order in which they are listed. */
  static Map<String, Supplier<Object>> commands(Console console) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    registry(console).forEach((name, registered) -> commands.put(name, registered.command));
    return commands;
  }

  /** Returns the virtual machines that the commands need, by the commands' names. */
  static Map<String, Jvm> jvms() {
    Map<String, Jvm> jvms = new LinkedHashMap<>();
    registry(null).forEach((name, registered) -> jvms.put(name, registered.jvm));
    return jvms;
  }

  private static Map<String, Registered> registry(Console console) {
    Map<String, Registered> commands = new LinkedHashMap<>();
    commands.put("train", new Registered(Jvm.LONG, () -> new TrainCommand(console)));
    commands.put("plan", new Registered(Jvm.LONG, () -> new PlanCommand(console)));
    commands.put("sample", new Registered(Jvm.TEXT, () -> new SampleCommand(console)));
    commands.put("continue", new Registered(Jvm.TEXT, () -> new ContinueCommand(console)));
    commands.put("fill", new Registered(Jvm.LONG, () -> new FillCommand(console)));
    commands.put("write", new Registered(Jvm.TEXT, () -> new WriteCommand(console)));
    commands.put("serve", new Registered(Jvm.SERVE, () -> new ServeCommand(console)));
    commands.put("eval", new Registered(Jvm.LONG, () -> new EvalCommand(console)));
    commands.put("score", new Registered(Jvm.LONG, () -> new ScoreCommand(console)));
    commands.put("proofread", new Registered(Jvm.LONG, () -> new ProofreadCommand(console)));
    commands.put("novelty", new Registered(Jvm.TEXT, () -> new NoveltyCommand(console)));
    commands.put("info", new Registered(Jvm.QUICK, () -> new InfoCommand(console)));
    commands.put("report", new Registered(Jvm.LAB, () -> new RunReportCommand(console)));
    commands.put("explore", new Registered(Jvm.LONG, () -> new ExploreCommand(console)));
    commands.put("corpus", new Registered(Jvm.TEXT, () -> new CorpusCommand(console)));
    commands.put("bench", new Registered(Jvm.LONG, () -> new BenchCommand(console)));
    commands.put("lab", new Registered(Jvm.LAB, () -> new LabCommand(console)));
    // No method references: Java keeps those to picocli's old class files in no class archive.
    commands.put(HELP, new Registered(Jvm.QUICK, () -> new CommandLine.HelpCommand()));
    commands.put(COMPLETION, new Registered(Jvm.QUICK, () -> new CompletionCommand(console)));
    return commands;
  }

  private static CommandSpec outline(Class<?> command) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().header(command.getAnnotation(Command.class).header());
    spec.usageMessage().description(command.getAnnotation(Command.class).description());
    return spec;
  }

  private static CommandLine built(
      Object root, Console console, Map<String, Supplier<Object>> commands, String... args) {
    CommandLine commandLine = new CommandLine(root);
    commands.forEach((name, command) -> commandLine.addSubcommand(name, withOwn(command.get())));
    commandLine.setOut(new PrintWriter(console.rawOut(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    commandLine.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.outColours() ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF));
    commandLine.setEndOfOptionsDelimiter(END_OF_OPTIONS);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExpandAtFiles(false); // A text may begin with @.
    ErrorHandler errors = new ErrorHandler(console, List.of(args));
    commandLine.setParameterExceptionHandler(errors);
    commandLine.setExecutionExceptionHandler(errors);
    int columns = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, console.columns()));
    describe(commandLine.getCommandSpec(), columns);
    return commandLine;
  }

  /** Returns a command with those of its own. */
  private static CommandLine withOwn(Object command) {
    CommandLine commandLine = new CommandLine(command);
    if (command instanceof ParentCommand parent) {
      parent.subcommands().forEach((name, own) -> commandLine.addSubcommand(name, own.get()));
    }
    return commandLine;
  }

  /** Sets what the help texts of a command and of all under it share. */
  private static void describe(CommandSpec spec, int columns) {
    spec.version("charnn " + Provenance.version());
    spec.exitCodeOnInvalidInput(ExitCode.USAGE.code());
    spec.exitCodeOnExecutionException(ExitCode.FAILED.code());
    spec.usageMessage().width(columns);
    spec.usageMessage().adjustLineBreaksForWideCJKCharacters(true);
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
    spec.usageMessage().exitCodeList(ExitCode.list());
    spec.subcommands().values().forEach(own -> describe(own.getCommandSpec(), columns));
  }
}
