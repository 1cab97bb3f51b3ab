package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.options.Mixture;
import charnn.data.Direction;
import charnn.data.Vocabulary;
import charnn.generate.Prompt;

/**
 * A prompt as a model reads it.
 *
 * @param printed as it is printed
 * @param spelled with the vocabulary's characters, in the model's direction
 * @param tokens ids of those that the model knows, in its direction
 */
record ReadPrompt(PrintedPrompt printed, String spelled, int[] tokens) {
  /**
   * Reads a prompt, and says what of it the model does not know.
   *
   * @param echo whether each text has the prompt where it belongs
   * @param loads whether a saved text is continued
   */
  static ReadPrompt of(
      Console console, Mixture mixture, String prompt, boolean echo, boolean loads) {
    Direction direction = mixture.direction();
    Vocabulary vocabulary = mixture.vocabulary();
    String spelled = vocabulary.spelling(mixture.decoding().normalized(prompt));
    Prompt read = Prompt.of(spelled, vocabulary);
    read.warnings().forEach(console::log);
    if (echo && prompt.isEmpty() && !loads) {
      console.log(
          format(
              "the %s is empty: the model starts a new text",
              direction == Direction.FORWARD ? "text to continue" : "ending"));
    } else if (!prompt.isEmpty() && read.indices().length == 0) {
      console.log(
          "the model knows no character of the prompt: it "
              + (loads ? "continues the saved text" : "starts a new text"));
    }
    return new ReadPrompt(
        new PrintedPrompt(prompt, echo, direction),
        direction.turned(spelled),
        direction.turned(read.indices()));
  }

  /** Returns whether the model knows none of it. */
  boolean isEmpty() {
    return tokens.length == 0;
  }
}
