package charnn.cli.options;

import picocli.CommandLine.Option;

/** The options of every command. */
public final class CommonOptions {
  @Option(names = "--verbose", description = "Print the stack trace of an error.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
