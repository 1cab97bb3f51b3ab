package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.options.Mixture;
import charnn.cli.options.TextOptions;
import charnn.cli.options.TextRules;
import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.Vocabulary;
import charnn.generate.AllowedCharacters;
import charnn.generate.constraint.BannedPhrases;
import charnn.generate.constraint.Constraint;
import charnn.generate.constraint.CopyLimit;
import charnn.generate.constraint.MatchingText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes rules to constraints of a model's texts. */
final class TextConstraints {
  private TextConstraints() {}

  /**
   * Returns the constraints of new texts; empty if there are no rules.
   *
   * @param mixture that generates the texts
   * @param length of the texts at most
   * @throws charnn.util.InvalidSettingException if no text can be so
   */
  static List<Constraint> of(
      Console console, TextRules rules, Mixture mixture, AllowedCharacters allowed, long length)
      throws IOException {
    Vocabulary vocabulary = mixture.vocabulary();
    DecodingSettings decoding = mixture.decoding();
    List<Constraint> constraints = new ArrayList<>();
    if (rules.match() != null) {
      String match = vocabulary.spelling(decoding.normalized(rules.match()));
      constraints.add(MatchingText.of(match, vocabulary, allowed.allowed(), length));
    }
    if (!rules.bannedPhrases().isEmpty()) {
      List<String> phrases =
          new RuleSpelling(console, vocabulary, decoding)
                  .phrases("--ban-phrase", rules.bannedPhrases(), "no text has the banned phrase")
                  .stream()
                  .map(mixture.direction()::turned)
                  .toList();
      constraints.add(new BannedPhrases(phrases, vocabulary));
    }
    if (rules.maxCopy() != null) {
      constraints.add(copyLimit(console, rules, mixture));
    }
    if (!constraints.isEmpty()) {
      constraints.add(allowed);
    }
    return constraints;
  }

  private static Constraint copyLimit(Console console, TextRules rules, Mixture mixture)
      throws IOException {
    Vocabulary vocabulary = mixture.vocabulary();
    boolean isNormalized = mixture.decoding().normalization() != null;
    DecodingSettings reading = rules.reading().withCharactersOf(mixture.decoding());
    Corpus corpus = TextOptions.read(rules.corpus(), reading, console);
    String book =
        mixture
            .direction()
            .turned(isNormalized ? corpus.text() : vocabulary.spelling(corpus.text()));
    try (Preparation indexing = new Preparation(console, "indexing the corpus", book.length())) {
      return new CopyLimit(rules.maxCopy(), book, vocabulary, indexing);
    }
  }
}
