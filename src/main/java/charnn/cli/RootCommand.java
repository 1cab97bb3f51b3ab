package charnn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code charnn} without a command: shows the help. */
@Command(
    name = "charnn",
    mixinStandardHelpOptions = true,
    description =
        "Character-level text generator: trains a recurrent network on a text and samples from it.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  charnn train                              train on the bundled tales",
      "  charnn train --corpus grimm.txt --time 8h train on a book overnight",
      "  charnn sample --temperature 0.5           sample new text",
      "  charnn continue \"The sleeping beauty is\"  continue a text",
      "Options of a command: charnn COMMAND --help"
    })
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
