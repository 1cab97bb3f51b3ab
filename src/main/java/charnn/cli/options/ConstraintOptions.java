package charnn.cli.options;

import charnn.data.DecodingSettings;
import charnn.data.input.CorpusInputs;
import charnn.generate.StopRule;
import charnn.util.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** What generated texts are held to. */
public final class ConstraintOptions {
  @Option(
      names = "--ban-phrase",
      paramLabel = "TEXT",
      preprocessor = AttachedValue.class,
      description =
          "Never generate this text; repeatable. Where it would be complete, the text goes back to before it and takes another way.")
  private List<String> bannedPhrases = new ArrayList<>();

  @Option(
      names = "--match",
      paramLabel = "REGEX",
      preprocessor = AttachedValue.class,
      description =
          "Generate only what matches this regular expression as a whole; it ends where nothing may follow.")
  private String match;

  @Option(
      names = "--max-copy",
      paramLabel = "N",
      description =
          "Never share more than N characters in a row with the text of --corpus; white space counts as one space.")
  private Integer maxCopy;

  /** Returns whether phrases are banned, in which escapes may stand. */
  public boolean bansPhrases() {
    return !bannedPhrases.isEmpty();
  }

  /**
   * Returns the constraints.
   *
   * @param corpus what must not be copied; empty: none is given
   * @param reading how they are read
   * @param unescaped returns a phrase as it is meant
   * @param stops where the texts end otherwise
   */
  public TextRules rules(
      CorpusInputs corpus,
      DecodingSettings reading,
      UnaryOperator<String> unescaped,
      StopRule stops) {
    if (bannedPhrases.contains("")) {
      throw new UsageException("--ban-phrase needs a text that is not empty");
    }
    if (maxCopy != null) {
      Setting.MAX_COPY.require(maxCopy);
    }
    if ((maxCopy == null) != corpus.all().isEmpty()) {
      throw new UsageException(
          maxCopy == null
              ? "--corpus belongs to --max-copy, which is missing; for instance --max-copy 30"
              : "--max-copy needs the text that must not be copied: --corpus FILE");
    }
    if (match != null && !stops.equals(StopRule.NONE)) {
      throw new UsageException(
          "--match says itself where a text ends; omit it, or --stop and --until");
    }
    return new TextRules(
        bannedPhrases.stream().map(unescaped).toList(), match, maxCopy, corpus, reading);
  }
}
