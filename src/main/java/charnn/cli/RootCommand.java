package charnn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code charnn} without a command: shows what there is. */
@Command(
    name = "charnn",
    mixinStandardHelpOptions = true,
    description = "Learns to write in the style of a book: a character-level text generator.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  charnn train                              learn the bundled tales, ten minutes at most",
      "  charnn train --corpus grimm.txt --time 8h learn a book overnight",
      "  charnn sample --temperature 0.5           write in its style",
      "  charnn continue \"The sleeping beauty is\"  go on with a text",
      "Options of a command: charnn COMMAND --help"
    })
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
