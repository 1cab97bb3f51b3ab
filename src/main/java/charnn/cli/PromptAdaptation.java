package charnn.cli;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.Console;
import charnn.cli.options.AdaptOptions;
import charnn.cli.options.Mixture;
import charnn.cli.options.ModelOptions;
import charnn.data.Direction;
import charnn.engine.Engine;
import charnn.eval.Adaptation;
import charnn.model.Model;
import charnn.train.TrainingException;
import charnn.util.ThreadTeam;
import java.io.IOException;

/** Lets a model learn from a prompt, and says what that gained. */
final class PromptAdaptation {
  private PromptAdaptation() {}

  /**
   * Returns an adapted copy of the one model, saved if the options say so.
   *
   * @param prompt token ids, as the model reads them
   * @throws TrainingException if there is too little to learn from, or the model diverges
   */
  static Mixture adapted(
      Console console,
      AdaptOptions options,
      Engine engine,
      ThreadTeam workers,
      Mixture mixture,
      int[] prompt)
      throws IOException {
    if (prompt.length < Adaptation.LEAST_TO_LEARN) {
      throw new TrainingException(
          format(
              "--adapt needs a text of at least %d characters that the model knows, got %d; give a longer one, or omit --adapt",
              Adaptation.LEAST_TO_LEARN, prompt.length));
    }
    ModelOptions.Found found = mixture.models().get(0);
    Adaptation adaptation;
    try (Preparation progress =
        new Preparation(console, "learning from the text", Adaptation.work(prompt))) {
      adaptation = Adaptation.of(engine, workers, found.model(), prompt, progress);
    }
    if (!adaptation.network().isFinite()) {
      throw new TrainingException("the model diverged on this text; omit --adapt");
    }
    console.log(finding(adaptation, mixture.direction()));
    Model adapted =
        found.model().adapted(found.label(), adaptation.network(), adaptation.learned());
    if (options.file() != null) {
      options.requireFree(); // still
      ModelFile.write(options.file(), adapted, null);
      console.log(format("saved the adapted model as %s", options.file()));
    }
    return Mixture.of(new ModelOptions.Found(found.file(), options.nameOf(found.label()), adapted));
  }

  private static String finding(Adaptation adaptation, Direction direction) {
    String learned = format("learned from %,d characters of the text", adaptation.learned());
    if (adaptation.after().characters() == 0) {
      return format(
          "%s; what that gained is measured on texts of at least %d",
          learned, Adaptation.LEAST_TO_MEASURE);
    }
    double before = adaptation.before().bitsPerCharacter();
    double after = adaptation.after().bitsPerCharacter();
    return format(
        "%s; the %s %,d, predicted before they were learned, take %.3f bits per character, %.3f without learning (%.1f %% %s)",
        learned,
        direction == Direction.FORWARD ? "last" : "first",
        adaptation.after().characters(),
        after,
        before,
        100 * Math.abs(before - after) / before,
        after <= before ? "better" : "worse");
  }
}
