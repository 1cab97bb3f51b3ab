package charnn.cli.options;

import charnn.data.DocumentUnit;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Option;

/** What a document of the corpus is. */
public final class DocumentOptions {
  @Option(
      names = "--records",
      paramLabel = "UNIT",
      preprocessor = AttachedValue.class,
      description =
          "What a document is: ${COMPLETION-CANDIDATES}. The state is reset at a document's beginning, and its end is learnt; none: the texts are joined to one (default: file if there are several, else none).")
  private Records records;

  @Option(
      names = "--split-on",
      paramLabel = "REGEX",
      preprocessor = AttachedValue.class,
      description =
          "Documents are what stands between matches of this regular expression, in which ^ and $$ are a line's ends.")
  private String splitOn;

  /** What a document is, or that there is none. */
  enum Records {
    FILE,
    LINE,
    BLANK_LINE,
    NONE;

    /** Returns the unit as it is called on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Returns whether an option was given. */
  public boolean isGiven() {
    return records != null || splitOn != null;
  }

  /**
   * Returns what a document is; null if there is none, or no option was given.
   *
   * @throws UsageException if both options are given
   * @throws InvalidSettingException if the regular expression is none
   */
  public DocumentUnit unit() {
    if (records != null && splitOn != null) {
      throw new UsageException("--split-on and --records exclude each other; omit one");
    }
    if (splitOn != null) {
      try {
        return new DocumentUnit(DocumentUnit.Kind.SEPARATOR, splitOn);
      } catch (IllegalArgumentException e) {
        throw new InvalidSettingException(Sentence.of("%s: %s", Setting.SPLIT_ON, e.getMessage()));
      }
    }
    return records == null || records == Records.NONE
        ? null
        : new DocumentUnit(DocumentUnit.Kind.valueOf(records.name()), null);
  }

  /**
   * Checks that a run is resumed with the documents that it was started with.
   *
   * @param before null: none
   * @throws InvalidSettingException if others are asked for
   */
  public void requireSame(DocumentUnit before) {
    if (isGiven() && !Objects.equals(unit(), before)) {
      throw new InvalidSettingException(
          Sentence.of(
              "in the run, %s; leave %s and %s out, or start a new run",
              before == null ? "the texts are joined to one" : before.describe(),
              Setting.RECORDS,
              Setting.SPLIT_ON));
    }
  }
}
