package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.data.CharacterCounts;
import charnn.data.DecodingSettings;
import charnn.data.EncodedCorpus;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Option;

/** Which characters a new run's text has. */
public final class CharacterOptions {
  /** Of so many characters that occur once, the option is suggested. */
  private static final int MANY = 200;

  @Option(
      names = "--normalize",
      paramLabel = "FORM",
      preprocessor = AttachedValue.class,
      description =
          "Unicode form of the text: ${COMPLETION-CANDIDATES}. nfc makes a letter and its accents one character; nfkc also ligatures, wide letters and the like (default: nfc).")
  private Form form;

  @Option(names = "--lowercase", description = "Turn capital letters into small ones.")
  private boolean lowercase;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      preprocessor = AttachedValue.class,
      description =
          "Make characters that occur fewer than N times in the text one unknown character, which is learnt but never generated (default: 1).")
  private Integer minCount;

  /** A form of Unicode's, or none. */
  enum Form {
    NFC,
    NFKC,
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private String normalization() {
      return this == NONE ? null : toString();
    }
  }

  /**
   * Returns settings with the characters asked for.
   *
   * @param before what is kept where an option is not given
   */
  public DecodingSettings of(DecodingSettings settings, DecodingSettings before) {
    if (minCount != null) {
      Setting.MIN_COUNT.require((long) minCount);
    }
    return settings.withCharacters(
        form == null ? before.normalization() : form.normalization(),
        lowercase || before.lowercase(),
        minCount == null ? before.minCount() : minCount);
  }

  /**
   * Checks that a run is resumed with the characters that it was started with.
   *
   * @throws InvalidSettingException if others are asked for
   */
  public void requireSame(DecodingSettings before) {
    DecodingSettings asked = of(before, before);
    requireSame(Setting.NORMALIZE, named(before.normalization()), named(asked.normalization()));
    requireSame(Setting.LOWERCASE, before.lowercase(), asked.lowercase());
    requireSame(Setting.MIN_COUNT, Math.max(1, before.minCount()), Math.max(1, asked.minCount()));
  }

  private static String named(String normalization) {
    return normalization == null ? Form.NONE.toString() : normalization;
  }

  private static void requireSame(Setting setting, Object before, Object asked) {
    if (!Objects.equals(before, asked)) {
      throw new InvalidSettingException(
          Sentence.of(
              "the run was started with %s %s, not %s; omit %s, or start a new run",
              setting, before, asked, setting));
    }
  }

  /** Says what characters were lost, or that some might be. */
  public static void report(EncodedCorpus text, Console console) {
    CharacterCounts.Rare rare = text.rare();
    if (rare != null) {
      console.log(
          format(
              "%,d characters that occur fewer than %,d times, together %,d times (%.2g %% of the text), became the unknown character",
              rare.characters(),
              text.corpus().settings().minCount(),
              rare.occurrences(),
              100.0 * rare.occurrences() / text.characters()));
    } else if (text.once() >= MANY) {
      console.log(
          format(
              "%,d of %,d characters occur once, and can hardly be learnt: --min-count 2 makes them one unknown character",
              text.once(), text.vocabulary().size()));
    }
  }
}
