package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which two models see a text from both sides. */
public final class PairOptions {
  @Mixin private ModelOptions model;

  @Option(
      names = "--backward",
      paramLabel = "NAME|FILE",
      preprocessor = AttachedValue.class,
      description =
          "The model that reads backwards, where --model is not a run of train --direction both.")
  private String backward;

  /**
   * Returns the pair: the run given or saved last, which has both, or a model and {@code
   * --backward}.
   *
   * @throws ModelFileException if there is no second model, or the two are no pair
   */
  public Pair find(Console console) throws IOException {
    ModelOptions.requireNamed("--backward", backward);
    ModelOptions.Found forward = model.find(console);
    return Pair.of(forward, backward == null ? ofRun(forward) : model.find(console, backward));
  }

  /** Returns the second model of the run that a model is of. */
  private static ModelOptions.Found ofRun(ModelOptions.Found forward) throws IOException {
    Optional<Path> file = RunDirectory.backwardOf(forward.file());
    if (file.isEmpty()) {
      throw new ModelFileException(
          format(
              "%s reads %s, and there is no second model beside it; %s",
              forward.label(), forward.direction().adverb(), Pair.ADVICE));
    }
    return ModelOptions.found(file.get());
  }
}
