package charnn.cli.options;

import charnn.data.DecodingSettings;
import charnn.data.input.CorpusInputs;
import java.util.ArrayList;
import java.util.List;

/**
 * What generated texts are held to.
 *
 * @param bannedPhrases not empty each
 * @param match regular expression; null: none
 * @param maxCopy characters in a row that may be in the corpus, too; null: all
 * @param corpus of which this holds
 * @param reading how they are read
 */
public record TextRules(
    List<String> bannedPhrases,
    String match,
    Integer maxCopy,
    CorpusInputs corpus,
    DecodingSettings reading) {
  /** Returns the options that set them, for messages. */
  public String options() {
    List<String> options = new ArrayList<>();
    if (match != null) {
      options.add("--match");
    }
    if (!bannedPhrases.isEmpty()) {
      options.add("--ban-phrase");
    }
    if (maxCopy != null) {
      options.add("--max-copy");
    }
    return String.join(" and ", options);
  }
}
