package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.CommonOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/**
 * A command: checks its options, makes a request of them, and executes that.
 *
 * @param <R> the request
 */
abstract class BaseCommand<R> implements Callable<Integer> {
  final Console console;

  @Mixin private CommonOptions common;

  BaseCommand(Console console) {
    this.console = console;
  }

  @Override
  public final Integer call() throws IOException {
    try {
      return execute(request()).code();
    } finally {
      console.close();
    }
  }

  /**
   * Returns what the options ask for.
   *
   * @throws charnn.cli.options.UsageException if they contradict each other
   * @throws charnn.util.InvalidSettingException if a value is out of its range
   */
  abstract R request() throws IOException;

  abstract ExitCode execute(R request) throws IOException;
}
