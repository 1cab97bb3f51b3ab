package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.Mixture;
import charnn.cli.options.StateOptions;
import charnn.data.SpecialSymbols;
import charnn.generate.Sampler;
import charnn.generate.SamplingSettings;
import charnn.generate.SavedText;
import charnn.generate.StateFile;
import charnn.generate.StopRule;
import charnn.generate.TextRecorder;
import charnn.predict.LanguageModel;
import java.io.IOException;
import java.util.Optional;

/**
 * The memory of one text: what it continues, and where it is saved.
 *
 * @param options --load-state and --save-state
 * @param owner of the files; null if there is none
 * @param from the text to continue; null: a new one
 * @param earlier the end of that, as text
 */
record TextMemory(
    Console console, StateOptions options, StateFile.Owner owner, SavedText from, String earlier) {
  /**
   * Reads the saved text, if there is one.
   *
   * @throws charnn.generate.StateFileException if it cannot be used with the model
   */
  static TextMemory of(
      Console console, StateOptions options, Mixture mixture, LanguageModel language)
      throws IOException {
    if (!options.isGiven()) {
      return new TextMemory(console, options, null, null, "");
    }
    StateFile.Owner owner =
        new StateFile.Owner(
            mixture.label(),
            mixture.sha256(),
            language.vocabulary().size(),
            language.predictor(1).save(0));
    if (options.toLoad() == null) {
      return new TextMemory(console, options, owner, null, "");
    }
    SavedText from = StateFile.read(options.toLoad(), owner);
    console.log(format("continuing %s, a text of %,d characters", options.toLoad(), from.length()));
    StringBuilder earlier = new StringBuilder();
    for (int token : from.end()) {
      earlier.appendCodePoint(SpecialSymbols.inText(language.vocabulary().codePoint(token)));
    }
    return new TextMemory(console, options, owner, from, earlier.toString());
  }

  boolean saves() {
    return options.toSave() != null;
  }

  /** Returns how many of the last characters of {@link #earlier} were generated after prompts. */
  int generated() {
    return from == null ? 0 : (int) Math.min(from.end().length, from.generated());
  }

  /** Returns a rule for what continues the text. */
  StopRule after(StopRule rule) {
    return from == null ? rule : rule.after(earlier, from.cut());
  }

  /**
   * Returns the text's sampler.
   *
   * @param seeded whether the seed is given; else the saved random numbers are continued
   */
  Sampler sampler(SamplingSettings settings, long seed, boolean seeded) {
    if (from == null) {
      return settings.sampler(seed);
    }
    return settings.sampler(seeded ? from.sampler().withSeed(seed) : from.sampler());
  }

  /**
   * Saves the text as far as it was printed.
   *
   * @param isRead whether all that was printed has a reader
   */
  ExitCode save(TextRecorder recorder, boolean isRead, boolean interrupted) throws IOException {
    if (!isRead) {
      console.log(
          format(
              "standard output was closed before the text's end: %s is not saved, as nobody knows how much was read;"
                  + " end the text with --length",
              options.toSave()));
      return ExitCode.FAILED;
    }
    Optional<SavedText> text = recorder.saved();
    if (text.isEmpty()) {
      console.log(
          format(
              "%s: %s is not saved",
              interrupted ? "interrupted before the text began" : "the text has no character",
              options.toSave()));
      return interrupted ? ExitCode.INTERRUPTED : ExitCode.FAILED;
    }
    StateFile.write(options.toSave(), owner, text.get());
    console.log(
        format("saved %s, a text of %,d characters", options.toSave(), text.get().length()));
    return interrupted ? ExitCode.INTERRUPTED : ExitCode.DONE;
  }
}
