package charnn;

import charnn.cli.Cli;
import charnn.cli.OutOfMemory;
import charnn.cli.console.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** Where the program starts and ends. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> report(thrown));
    int code = ExitCode.FAILED.code();
    try {
      code = Cli.run(args, System.in, new FileOutputStream(FileDescriptor.out), System.err);
    } catch (RuntimeException | Error e) {
      report(e);
    }
    System.exit(code);
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
