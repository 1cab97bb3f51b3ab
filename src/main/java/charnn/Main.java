package charnn;

import charnn.cli.Cli;
import charnn.cli.OutOfMemory;
import charnn.cli.console.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where the program starts and ends. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // ND4J prints what it does. What charnn prints goes to the descriptor.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    System.exit(run(args, System.in, new FileOutputStream(FileDescriptor.out), System.err));
  }

  /** Runs a command, and returns its exit code. */
  static int run(String[] args, InputStream in, OutputStream out, PrintStream err) {
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> report(thrown));
    try {
      return Cli.run(args, in, out, err);
    } catch (RuntimeException | Error e) {
      report(e);
      return ExitCode.FAILED.code();
    }
  }

  /** For what happens in a helper thread, or outside of any command. */
  private static void report(Throwable thrown) {
    if (OutOfMemory.isCauseOf(thrown)) {
      System.err.write(OutOfMemory.line(), 0, OutOfMemory.line().length);
      System.err.flush();
    } else {
      thrown.printStackTrace();
    }
  }
}
