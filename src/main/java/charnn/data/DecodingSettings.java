package charnn.data;

import static charnn.util.Formats.format;

import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.List;

/**
 * How files become text: decoding, normalization, and what is no part of a book.
 *
 * @param encoding of the files, or null to find it out
 * @param encodings of certain files, of which the last that names a file counts; null if there are
 *     none
 * @param keepBoilerplate whether Project Gutenberg's header, licence and footer stay in
 * @param normalization of the characters: {@link #NFC}, {@link #NFKC}, or null to leave them as
 *     they are
 * @param lowercase whether capital letters become small ones
 * @param minCount of a character in the training text, or it becomes the unknown one; 0 or 1: no
 *     character does
 * @param rules version of the rules on what is left out: 0 for those of charnn 0.1.0, whose model
 *     files lack it, and which used a text as often as it was named, and HTML with its tags; 1 for
 *     those that held every text in memory, and evaluated on all of the validation set; {@link
 *     #RULES} for today's
 * @param badBytes what to do with bytes that the encoding does not allow; null, as in files of
 *     charnn 0.1.0, means that they are refused
 * @param documents what a document is, where the text is of documents; null where it is one text,
 *     as in files of before
 */
public record DecodingSettings(
    String encoding,
    List<FileEncoding> encodings,
    boolean keepBoilerplate,
    String normalization,
    boolean lowercase,
    int minCount,
    int rules,
    BadBytes badBytes,
    DocumentUnit documents) {
  /** Letters and accents that Unicode has as one character are one. */
  public static final String NFC = "nfc";

  /** As well, characters that differ in form only are one, such as ligatures and wide letters. */
  public static final String NFKC = "nfkc";

  /** Today's. A resumed run's text is read by those that the run was started with. */
  public static final int RULES = 2;

  /** The rules from which on large texts are decoded as they are read, and evaluated by samples. */
  private static final int LARGE_TEXTS = 2;

  /**
   * @throws IllegalArgumentException if Java does not know the encoding, or charnn not the
   *     normalization or the rules
   */
  public DecodingSettings {
    if (normalization != null && !normalization.equals(NFC) && !normalization.equals(NFKC)) {
      throw new IllegalArgumentException(
          "'" + normalization + "' is no normalization that this charnn knows");
    }
    if (minCount < 0) {
      throw new IllegalArgumentException(
          "the least count of a character must be 0 or more, got " + minCount);
    }
    if (rules < 0 || rules > RULES) {
      throw new IllegalArgumentException(
          format("the version of the corpus rules must be 0 to %d, got %d", RULES, rules));
    }
    badBytes = badBytes == null ? BadBytes.FAIL : badBytes;
    encodings = encodings == null || encodings.isEmpty() ? null : List.copyOf(encodings);
    if (encoding != null) {
      FileEncoding.charset(encoding);
    }
  }

  /** The settings of new runs, which refuse bad bytes. */
  public DecodingSettings(String encoding, boolean keepBoilerplate) {
    this(encoding, keepBoilerplate, NFC, RULES);
  }

  /** Settings that refuse bad bytes. */
  public DecodingSettings(
      String encoding, boolean keepBoilerplate, String normalization, int rules) {
    this(encoding, null, keepBoilerplate, normalization, false, 0, rules, BadBytes.FAIL, null);
  }

  /** Returns the same that does something else with bad bytes; null refuses them. */
  public DecodingSettings withBadBytes(BadBytes other) {
    return with(encoding, encodings, this, rules, other, documents);
  }

  /** Returns the same of other documents; null: of one text. */
  public DecodingSettings withDocuments(DocumentUnit other) {
    return with(encoding, encodings, this, rules, badBytes, other);
  }

  /** Returns the same of a corpus that has so many files. */
  public DecodingSettings of(int files) {
    return documents == null ? this : withDocuments(documents.of(files));
  }

  /** Returns the same with another encoding of the files that have none of their own. */
  public DecodingSettings withEncoding(String other) {
    return with(other, encodings, this, rules, badBytes, documents);
  }

  /** Returns the same with other encodings of certain files. */
  public DecodingSettings withEncodings(List<FileEncoding> others) {
    return with(encoding, others, this, rules, badBytes, documents);
  }

  /** Returns the same with the characters, the rules and the documents of another. */
  public DecodingSettings asIn(DecodingSettings other) {
    return with(encoding, encodings, other, other.rules, badBytes, other.documents);
  }

  /** Returns the same with the characters of another: how they are spelt, and how frequent. */
  public DecodingSettings withCharactersOf(DecodingSettings other) {
    return with(encoding, encodings, other, rules, badBytes, documents);
  }

  /**
   * Returns the same with other characters.
   *
   * @param form as {@link #normalization}
   */
  public DecodingSettings withCharacters(String form, boolean small, int least) {
    return new DecodingSettings(
        encoding, encodings, keepBoilerplate, form, small, least, rules, badBytes, documents);
  }

  /** Returns the same that leaves the characters as they are. */
  public DecodingSettings withoutNormalization() {
    return withCharacters(null, lowercase, minCount);
  }

  private DecodingSettings with(
      String newEncoding,
      List<FileEncoding> newEncodings,
      DecodingSettings characters,
      int newRules,
      BadBytes newBadBytes,
      DocumentUnit newDocuments) {
    return new DecodingSettings(
        newEncoding,
        newEncodings,
        keepBoilerplate,
        characters.normalization,
        characters.lowercase,
        characters.minCount,
        newRules,
        newBadBytes,
        newDocuments);
  }

  /**
   * Returns whether large texts have rules of their own: {@link LargeText} and {@link
   * HeldOutSample}.
   */
  public boolean hasLargeTexts() {
    return rules >= LARGE_TEXTS;
  }

  /** Returns the encoding that a file has for certain, or null. */
  Charset charsetOf(String place) {
    Charset found = null;
    for (FileEncoding some : encodings == null ? List.<FileEncoding>of() : encodings) {
      found = some.isOf(place) ? FileEncoding.charset(some.encoding()) : found;
    }
    return found;
  }

  /** Returns the encoding of files that are not in another for certain; null to find it out. */
  Charset charset() {
    return encoding == null ? null : Charset.forName(encoding);
  }

  /** Returns a text with its characters as the settings have them. */
  public String normalized(String text) {
    return cased(composed(text));
  }

  /** Returns a text in the form that {@link #normalization} names. */
  public String composed(String text) {
    return normalization == null
        ? text
        : Normalizer.normalize(
            text, normalization.equals(NFC) ? Normalizer.Form.NFC : Normalizer.Form.NFKC);
  }

  /**
   * Returns a text in small letters, if that is asked for: each character by itself, in the same
   * way for every language, so that a text keeps its length. A capital I with a dot becomes an i, a
   * capital sigma the sigma within words.
   */
  public String cased(String text) {
    if (!lowercase) {
      return text;
    }
    StringBuilder small = new StringBuilder(text.length());
    text.codePoints().map(Character::toLowerCase).forEach(small::appendCodePoint);
    return small.toString();
  }
}
