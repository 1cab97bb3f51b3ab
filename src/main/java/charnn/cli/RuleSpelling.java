package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.data.DecodingSettings;
import charnn.data.Quotes;
import charnn.data.Vocabulary;
import charnn.generate.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes what the user wants or does not want in a text with a model's characters, and says where
 * they differ. An unknown quotation mark is replaced by those that the model has; no other
 * character is, as the rule would be another one.
 *
 * @param decoding how the model's training text was read
 */
record RuleSpelling(Console console, Vocabulary vocabulary, DecodingSettings decoding) {
  /**
   * Returns phrases as they may occur in a text.
   *
   * @param option that gives them
   * @param nothing what is said before a phrase that no text can have
   */
  List<String> phrases(String option, List<String> phrases, String nothing) {
    List<String> spelled = new ArrayList<>();
    for (String phrase : phrases) {
      String read = spelling(phrase);
      List<String> possible = Quotes.phrases(read, vocabulary);
      sayReplaced(option, read, String.join("", possible));
      possible
          .get(0)
          .codePoints()
          .filter(this::isUnknown)
          .findFirst()
          .ifPresent(
              unknown ->
                  console.log(
                      format(
                          "%s '%s': the model does not know %s",
                          nothing, phrase, Vocabulary.describe(unknown))));
      spelled.addAll(possible);
    }
    return spelled;
  }

  /**
   * Returns a set of characters.
   *
   * @param option that gives them
   */
  String characters(String option, String characters) {
    String read = spelling(characters);
    String known = Quotes.characters(read, vocabulary);
    sayReplaced(option, read, known);
    Prompt.warning("without effect in " + option + ": ", named(known)).ifPresent(console::log);
    return known;
  }

  private String spelling(String text) {
    return vocabulary.spelling(decoding.normalized(text));
  }

  private boolean isUnknown(int codePoint) {
    return vocabulary.indexOf(codePoint) < 0;
  }

  private void sayReplaced(String option, String text, String by) {
    Set<String> replaced = named(text);
    replaced.removeAll(named(by));
    Set<String> marks =
        by.codePoints()
            .filter(codePoint -> text.indexOf(codePoint) < 0)
            .mapToObj(Vocabulary::describe)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!replaced.isEmpty()) {
      console.log(
          format(
              "unknown to the model, and replaced in %s: %s by %s",
              option, String.join(", ", replaced), String.join(" and ", marks)));
    }
  }

  /** Returns the unknown characters of a text, as they are named. */
  private Set<String> named(String text) {
    return text.codePoints()
        .filter(this::isUnknown)
        .mapToObj(Vocabulary::describe)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
