package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.OptionNames;
import charnn.report.Json;
import picocli.CommandLine.Option;

/** A command that prints a report as a table or as JSON. */
abstract class ReportCommand<R> extends BaseCommand<R> {
  @Option(names = "--json", order = 1, description = "Print JSON instead of a table.")
  private boolean json;

  ReportCommand(Console console) {
    super(console);
  }

  /** Returns whether JSON is printed. */
  boolean json() {
    return json;
  }

  /** Returns the columns of the terminal at standard output; 0: there is none. */
  int terminalColumns() {
    return console.outTerminal() ? console.columns() : 0;
  }

  /**
   * Prints a report.
   *
   * @param table of the same
   */
  ExitCode print(Object report, String table) {
    console.out().print(json ? Json.of(report, OptionNames::of) + "\n" : table);
    return ExitCode.DONE;
  }
}
