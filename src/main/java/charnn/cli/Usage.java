package charnn.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Turns the range checks of configuration records into errors of usage. */
final class Usage {
  private Usage() {}

  /** Makes something out of options. */
  @FunctionalInterface
  interface Maker<T> {
    T make() throws IOException;
  }

  /**
   * Returns what is made.
   *
   * @throws ParameterException with the same message, if the maker throws an
   *     IllegalArgumentException
   */
  static <T> T check(CommandSpec spec, Maker<T> maker) throws IOException {
    try {
      return maker.make();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
