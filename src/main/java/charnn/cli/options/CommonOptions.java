package charnn.cli.options;

import picocli.CommandLine.Option;

/** The options of every command. */
public final class CommonOptions {
  @Option(names = "--verbose", order = 2, description = "Print the stack trace of an error.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      order = 3,
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
