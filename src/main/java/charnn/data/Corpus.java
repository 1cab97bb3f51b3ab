package charnn.data;

import static charnn.util.Formats.format;

import charnn.util.Sentence;
import charnn.util.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One text to train on or to score, made of one or more files joined in the given order, or of
 * documents, each with the document mark after it.
 *
 * @param content the characters, '\n' as line end
 * @param sources the files that it was made from
 * @param settings by which they were decoded
 * @param notes what the user should know about the decoding, a line each
 */
public record Corpus(
    CorpusText content, List<Source> sources, DecodingSettings settings, List<Sentence> notes) {
  /** Files that a note names one by one. */
  private static final int NAMED = 3;

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
   * Joins texts to a corpus, an empty line between two. A text that is added again is used once: it
   * must not be in both the training and the validation set.
   */
  public static final class Builder {
    private final DecodingSettings settings;
    private final CorpusSink sink;
    private final List<Source> sources = new ArrayList<>();
    private final List<Sentence> notes = new ArrayList<>();
    private final List<String> respelt = new ArrayList<>();
    private final List<String> lowercased = new ArrayList<>();
    private final List<String> repeated = new ArrayList<>();
    private final Map<String, String> seen = new HashMap<>(); // places by the text's fingerprint
    private String first; // text, until there is a second
    private String firstPlace;

    /**
     * @param sink takes the texts
     */
    public Builder(DecodingSettings settings, CorpusSink sink) {
      this.settings = settings;
      DocumentUnit unit = settings.documents();
      this.sink = unit == null ? sink : new DocumentSink(unit, sink);
    }

    /** Adds what the user should know. */
    public void note(Sentence note) {
      notes.add(note);
    }

    /**
     * Adds a text.
     *
     * @param name of its file, without folders
     * @param place of the file, for messages
     * @param path at which the file is found again
     * @return whether there is anything but white space in it; if not, it is not added
     */
    public boolean add(String name, String place, String path, TextFile read)
        throws CorpusException {
      String composed = settings.composed(read.text());
      List<Sentence> removed = new ArrayList<>();
      Boilerplate.Remainder book = remainder(name, composed, settings, removed::add);
      if (book.text().isBlank()) {
        return false;
      }
      notes.addAll(read.notes());
      if (!composed.equals(read.text())) {
        respelt.add(name);
      }
      notes.addAll(removed);
      String spelt = settings.cased(composed);
      if (!spelt.equals(composed)) {
        lowercased.add(name);
        book = book.withText(settings.cased(book.text()));
      }
      DocumentUnit unit = settings.documents();
      boolean isOne = unit == null || unit.isFile(); // of others, each document is looked at
      if (settings.rules() > 0 && isOne && isRepeated(book.text(), place)) {
        return true;
      }
      sink.add(place, spelt, book);
      sources.add(new Source(name, path, read.bytes().length, sha256(read.bytes())));
      return true;
    }

    /**
     * Adds a text that is too large for memory, while it is decoded. It counts as another's if its
     * bytes are the same.
     *
     * @param name of its file, without folders
     * @param place of the file, for messages
     * @param path at which the file is found again
     * @param in its bytes
     * @return whether there is anything but white space in it; if not, it is not added
     */
    public boolean add(String name, String place, String path, LargeText text, InputStream in)
        throws IOException {
      CorpusSink.Mark before = sink.mark();
      LargeText.Summary read = text.readTo(sink, name, in);
      if (read.isBlank()) {
        before.back();
        return false;
      }
      notes.addAll(text.notes());
      if (read.isRespelt()) {
        respelt.add(name);
      }
      if (read.isLowercased()) {
        lowercased.add(name);
      }
      notes.addAll(read.notes());
      if (first != null) {
        seen.put(fingerprint(first), firstPlace);
        first = null;
      }
      DocumentUnit unit = settings.documents();
      boolean isOne = unit == null || unit.isFile(); // of others, each document is looked at
      String same = isOne ? seen.putIfAbsent(read.sha256(), place) : null;
      if (same != null) {
        before.back();
        drop(place, same);
        return true;
      }
      sources.add(new Source(name, path, read.bytes(), read.sha256()));
      return true;
    }

    /** Of a single text, which may be large, no fingerprint is needed. */
    private boolean isRepeated(String text, String place) {
      if (sources.isEmpty()) {
        first = text;
        firstPlace = place;
        return false;
      }
      if (first != null) {
        seen.put(fingerprint(first), firstPlace);
        first = null;
      }
      String before = seen.putIfAbsent(fingerprint(text), place);
      if (before != null) {
        drop(place, before);
      }
      return before != null;
    }

    private void drop(String place, String same) {
      repeated.add(place + " (as " + same + ")");
      if (sink instanceof DocumentSink documents) {
        documents.dropped();
      }
    }

    private static String fingerprint(String text) {
      return sha256(text.strip().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the corpus.
     *
     * @throws CorpusException if it has fewer than two different characters, or too many
     */
    public Corpus build() throws CorpusException {
      if (!respelt.isEmpty()) {
        boolean isNfc = DecodingSettings.NFC.equals(settings.normalization());
        notes.add(
            Sentence.of(
                (isNfc
                        ? "letters with separate accents, and the like, became one character (Unicode's form NFC)"
                        : "ligatures, wide letters, separate accents and the like became usual characters (Unicode's form NFKC)")
                    + " in %s",
                some(respelt)));
      }
      if (!lowercased.isEmpty()) {
        notes.add(Sentence.of("capital letters became small ones in %s", some(lowercased)));
      }
      if (!repeated.isEmpty()) {
        notes.add(Sentence.of("used once, being the text of another file too: %s", some(repeated)));
      }
      sink.end();
      notes.addAll(sink.notes());
      List<Sentence> all = someOfEach(notes);
      List<Source> files = List.copyOf(sources);
      return new Corpus(sink.finish(files, all), files, settings.of(files.size()), all);
    }
  }

  /** Returns the first few notes of each kind, and how many more there are. */
  private static List<Sentence> someOfEach(List<Sentence> notes) {
    Map<String, Long> count =
        notes.stream().collect(Collectors.groupingBy(Sentence::form, Collectors.counting()));
    Map<String, Integer> seen = new HashMap<>();
    List<Sentence> some = new ArrayList<>();
    for (Sentence note : notes) {
      long all = count.get(note.form());
      int number = seen.merge(note.form(), 1, Integer::sum);
      if (number < NAMED || all <= NAMED + 1) {
        some.add(note);
      } else if (number == NAMED) {
        some.add(Sentence.of("%s; and so for %s more texts", note, format("%,d", all - NAMED)));
      }
    }
    return List.copyOf(some);
  }

  /** A corpus in memory. */
  public Corpus(
      String text,
      List<Source> sources,
      DecodingSettings settings,
      List<Sentence> notes,
      List<PlacedText.Part> parts) {
    this(new InMemoryText(text, parts), sources, settings, notes);
  }

  /**
   * Returns all characters, of a corpus in memory.
   *
   * @throws IllegalStateException if it is not there
   */
  public String text() {
    return inMemory().text();
  }

  /** Returns the parts of {@link #text} that stand in a file as they are. */
  public List<PlacedText.Part> parts() {
    return inMemory().parts();
  }

  /** Returns {@link #text} with its places in the files. */
  public PlacedText placed() {
    return new PlacedText(text(), parts());
  }

  private InMemoryText inMemory() {
    if (content instanceof InMemoryText text) {
      return text;
    }
    throw new IllegalStateException("the corpus is not in memory");
  }

  /** Returns the text of {@link #remainder}. */
  public static String book(
      String name, String text, DecodingSettings settings, Consumer<Sentence> note) {
    return remainder(name, text, settings, note).text();
  }

  /**
   * Returns what is left of a text without what is no part of the book.
   *
   * @param name of the text
   * @param note receives what the user should know about it, a line each
   */
  public static Boilerplate.Remainder remainder(
      String name, String text, DecodingSettings settings, Consumer<Sentence> note) {
    if (settings.keepBoilerplate()) {
      return Boilerplate.Remainder.whole(text, false);
    }
    Boilerplate.Remainder remainder =
        settings.rules() > 0 ? Boilerplate.remainderOf(text) : FirstBoilerplate.remainderOf(text);
    if (remainder.isNothingElse()) {
      note.accept(
          Sentence.of(
              "%s: there is nothing but Project Gutenberg's header and licence in it; they are kept",
              name));
    }
    String book = remainder.text();
    if (book.length() < text.length()) {
      note.accept(removed(name, characters(text) - characters(book)));
    }
    return remainder;
  }

  /** Returns the note on how many characters were removed as boilerplate. */
  static Sentence removed(String name, long characters) {
    return Sentence.of(
        "%s: removed %,d characters of Project Gutenberg's header and licence (%s keeps them)",
        name, characters, Setting.KEEP_BOILERPLATE);
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns the first few of some names, and how many more there are. */
  public static String some(List<String> names) {
    int shown = names.size() == NAMED + 1 ? names.size() : Math.min(names.size(), NAMED);
    return String.join(", ", names.subList(0, shown))
        + (shown < names.size() ? format(" and %,d more", names.size() - shown) : "");
  }

  /** Returns a fingerprint of the characters: SHA-256 of their UTF-8 form, in hexadecimal. */
  public String textSha256() {
    return content.sha256();
  }

  /** Lets go of a text that is not in memory. */
  public void close() {
    content.close();
  }

  /**
   * Returns what to say of a text with fewer than two different characters.
   *
   * @param name of the first file
   */
  public static CorpusException tooFewCharacters(String name) {
    return new CorpusException(
        format(
            "%s has fewer than 2 different characters; a text must have 2 to %,d",
            name, Vocabulary.MAX_SIZE));
  }

  /**
   * As {@link #tooFewCharacters}, of more than a vocabulary may have.
   *
   * @param different characters, at least
   */
  public static CorpusException tooManyCharacters(String name, int different) {
    return new CorpusException(
        Sentence.of(
            "%s has %,d or more different characters, and a model knows %,d at most; with a %s of 2, train and plan make the rare ones one",
            name, different, Vocabulary.MAX_SIZE, Setting.MIN_COUNT));
  }

  /** Returns the SHA-256 of bytes, in hexadecimal. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** Returns a SHA-256 to be filled. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
