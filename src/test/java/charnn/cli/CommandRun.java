package charnn.cli;

import charnn.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A command that ran in-process.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err and to standard error
 */
record CommandRun(int code, String out, String err) {
  /** Runs a command whose own folder is {@code home}, with nothing at its streams' ends. */
  static CommandRun of(Path home, String... args) {
    return withInput("", home, args);
  }

  /** Runs a command that reads a text; if that is empty, standard input is a terminal. */
  static CommandRun withInput(String in, Path home, String... args) {
    return withInput(in.getBytes(StandardCharsets.UTF_8), home, args);
  }

  /** As {@link #withInput(String, Path, String...)}, of any bytes. */
  static CommandRun withInput(byte[] in, Path home, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(in),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            in.length == 0,
            false,
            false,
            80,
            home);
    int code = Cli.run(args, console);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
