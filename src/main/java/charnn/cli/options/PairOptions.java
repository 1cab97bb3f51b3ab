package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.engine.registry.EngineType;
import java.io.IOException;
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
   * @param kind of the engine that is to compute it
   * @throws UsageException if there is no second model, or the two are no pair
   */
  public Pair find(Console console, EngineType kind) throws IOException {
    Pair pair = find(console);
    pair.forward().requireEngine(kind);
    pair.backward().requireEngine(kind);
    return pair;
  }

  private Pair find(Console console) throws IOException {
    ModelOptions.requireNamed("--backward", backward);
    ModelOptions.Found first = model.find(console);
    if (backward != null) {
      return Pair.of(first, model.findBackward(console, backward));
    }
    return Pair.of(
        first,
        ModelOptions.secondOf(first)
            .orElseThrow(
                () ->
                    new UsageException(
                        format(
                            "%s reads %s, and has no second model; %s",
                            first.label(), first.direction().adverb(), Pair.ADVICE))));
  }
}
