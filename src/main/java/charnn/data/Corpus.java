package charnn.data;

import static charnn.util.Formats.format;

import charnn.util.Sentence;
import charnn.util.Setting;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One text to train on or to score, made of one or more files joined in the given order.
 *
 * @param text the characters, '\n' as line end
 * @param sources the files that it was made from
 * @param reading how they were read
 * @param notes what the user should know about the reading, a line each
 */
public record Corpus(String text, List<Source> sources, Reading reading, List<Sentence> notes) {
  /** Files that a note tells one by one. */
  private static final int NAMED = 3;

  /**
   * How files become text.
   *
   * @param encoding of the files, or null to find it out
   * @param keepBoilerplate whether Project Gutenberg's header, licence and footer stay in
   * @param normalization of the characters: {@link #NFC}, or null to leave them as they are
   * @param rules which texts are left out: 0 for those of charnn 0.1.0, whose model files do not
   *     tell, and which used a text as often as it was named; {@link #RULES} for today's
   * @param badBytes what to do with bytes that the encoding does not allow; null, as in files of
   *     charnn 0.1.0, means that they are refused
   */
  public record Reading(
      String encoding,
      boolean keepBoilerplate,
      String normalization,
      int rules,
      BadBytes badBytes) {
    /** Letters and accents that Unicode has as one character are one. */
    public static final String NFC = "nfc";

    /** Today's. A run that is resumed is read by those that it was started with. */
    public static final int RULES = 1;

    /**
     * @throws IllegalArgumentException if Java does not know the encoding, or charnn not the
     *     normalization or the rules
     */
    public Reading {
      if (normalization != null && !normalization.equals(NFC)) {
        throw new IllegalArgumentException(
            "'" + normalization + "' is no normalization that this charnn knows");
      }
      if (rules < 0 || rules > RULES) {
        throw new IllegalArgumentException(
            format("the rules of reading must be 0 to %d, got %d", RULES, rules));
      }
      badBytes = badBytes == null ? BadBytes.FAIL : badBytes;
      try {
        if (encoding != null) {
          Charset.forName(encoding);
        }
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new IllegalArgumentException("'" + encoding + "' is no known encoding", e);
      }
    }

    /** Reads as all new runs do. */
    public Reading(String encoding, boolean keepBoilerplate) {
      this(encoding, keepBoilerplate, NFC, RULES);
    }

    /** Refuses bad bytes. */
    public Reading(String encoding, boolean keepBoilerplate, String normalization, int rules) {
      this(encoding, keepBoilerplate, normalization, rules, BadBytes.FAIL);
    }

    /** Returns the same that does something else with bad bytes; null refuses them. */
    public Reading withBadBytes(BadBytes other) {
      return new Reading(encoding, keepBoilerplate, normalization, rules, other);
    }

    /** Returns the same with the normalization and the rules of another. */
    public Reading asIn(Reading other) {
      return new Reading(encoding, keepBoilerplate, other.normalization, other.rules, badBytes);
    }

    /** Returns the same that leaves the characters as they are. */
    public Reading withoutNormalization() {
      return new Reading(encoding, keepBoilerplate, null, rules, badBytes);
    }

    /** Returns a text as this reading spells it. */
    public String normalized(String text) {
      return normalization == null ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }
  }

  /**
   * A file of the corpus.
   *
   * @param name the file's name without its folders
   * @param path the file's absolute path, or null where it is not recorded
   * @param bytes its size on disk
   * @param sha256 of its bytes, in hexadecimal
   */
  public record Source(String name, String path, long bytes, String sha256) {
    /**
     * @throws IllegalArgumentException if the name is missing or the hash is none
     */
    public Source {
      if (name == null || sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("a corpus file must have a name and its SHA-256");
      }
    }
  }

  /**
   * Reads files and joins them, an empty line between two. A text that several files hold is used
   * once: it must not be in both the training and the validation set.
   *
   * @throws CorpusException if a file cannot be used, or all of them together have fewer than two
   *     different characters
   */
  public static Corpus read(List<Path> files, Reading reading) throws CorpusException {
    Charset encoding = reading.encoding() == null ? null : Charset.forName(reading.encoding());
    StringBuilder text = new StringBuilder();
    List<Source> sources = new ArrayList<>();
    List<Sentence> notes = new ArrayList<>();
    List<String> respelt = new ArrayList<>();
    List<String> repeated = new ArrayList<>();
    Map<String, Path> seen = new HashMap<>(); // by the text's fingerprint
    for (Path file : files) {
      TextFile read = TextFile.read(file, encoding, reading.badBytes());
      notes.addAll(read.notes());
      String spelt = reading.normalized(read.text());
      if (!spelt.equals(read.text())) {
        respelt.add(file.getFileName().toString());
      }
      String book = book(file.getFileName().toString(), spelt, reading, notes::add);
      if (book.isBlank()) {
        throw new CorpusException(
            file + " holds nothing but white space; charnn needs some pages of text");
      }
      if (reading.rules() > 0 && files.size() > 1) {
        Path before = seen.putIfAbsent(sha256(book.strip().getBytes(StandardCharsets.UTF_8)), file);
        if (before != null) {
          repeated.add(file + " (as " + before + ")");
          continue;
        }
      }
      if (!text.isEmpty()) {
        text.append(text.charAt(text.length() - 1) == '\n' ? "\n" : "\n\n");
      }
      text.append(book);
      sources.add(
          new Source(
              file.getFileName().toString(),
              file.toAbsolutePath().normalize().toString(),
              read.bytes().length,
              sha256(read.bytes())));
    }
    if (!respelt.isEmpty()) {
      notes.add(
          Sentence.of(
              "letters with separate accents, and the like, became one character (Unicode's form NFC) in %s",
              some(respelt)));
    }
    if (!repeated.isEmpty()) {
      notes.add(Sentence.of("used once, being the text of another file too: %s", some(repeated)));
    }
    long different = text.codePoints().distinct().limit(Vocabulary.MAX_SIZE + 1L).count();
    if (different < 2 || different > Vocabulary.MAX_SIZE) {
      throw new CorpusException(
          format(
              "%s has %s different characters; a text must have 2 to %,d",
              sources.get(0).name(),
              different < 2 ? "fewer than 2" : "too many",
              Vocabulary.MAX_SIZE));
    }
    return new Corpus(text.toString(), List.copyOf(sources), reading, List.copyOf(notes));
  }

  /**
   * Returns a text without what is no part of the book.
   *
   * @param name of the text
   * @param note receives what the user should know about it, a line each
   */
  public static String book(String name, String text, Reading reading, Consumer<Sentence> note) {
    if (reading.keepBoilerplate()) {
      return text;
    }
    Boilerplate.Remainder remainder =
        reading.rules() > 0
            ? Boilerplate.remainderOf(text)
            : new Boilerplate.Remainder(FirstBoilerplate.remove(text), false);
    if (remainder.isNothingElse()) {
      note.accept(
          Sentence.of(
              "%s: there is nothing but Project Gutenberg's header and licence in it; they are kept",
              name));
    }
    String book = remainder.text();
    if (book.length() < text.length()) {
      note.accept(
          Sentence.of(
              "%s: removed %,d characters of Project Gutenberg's header and licence (%s keeps them)",
              name, characters(text) - characters(book), Setting.KEEP_BOILERPLATE));
    }
    return book;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns the first few of some names, and how many more there are. */
  private static String some(List<String> names) {
    int shown = names.size() == NAMED + 1 ? names.size() : Math.min(names.size(), NAMED);
    return String.join(", ", names.subList(0, shown))
        + (shown < names.size() ? format(" and %,d more", names.size() - shown) : "");
  }

  /** Returns a fingerprint of the characters: SHA-256 of their UTF-8 form, in hexadecimal. */
  public String textSha256() {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the SHA-256 of bytes, in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
