package charnn.text;

import static charnn.text.Messages.format;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One text to train on or to score, made of one or more files joined in the given order.
 *
 * @param text the characters, '\n' as line end
 * @param sources the files that it was made from
 * @param reading how they were read
 * @param notes what the user should be told about the reading, a line each
 */
public record Corpus(String text, List<Source> sources, Reading reading, List<String> notes) {
  /**
   * How files become text.
   *
   * @param encoding of the files, or null to find it out
   * @param keepBoilerplate whether Project Gutenberg's header, licence and footer stay in
   */
  public record Reading(String encoding, boolean keepBoilerplate) {
    /**
     * @throws IllegalArgumentException if Java does not know the encoding
     */
    public Reading {
      try {
        if (encoding != null) {
          Charset.forName(encoding);
        }
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new IllegalArgumentException("'" + encoding + "' is no known encoding", e);
      }
    }
  }

  /**
   * A file of the corpus.
   *
   * @param name the file's name without its folders
   * @param path the file's absolute path, or null where it is not to be told
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
   * Reads files and joins them, an empty line between two.
   *
   * @throws CorpusException if a file cannot be used, or all of them together have fewer than two
   *     different characters
   */
  public static Corpus read(List<Path> files, Reading reading) throws CorpusException {
    Charset encoding = reading.encoding() == null ? null : Charset.forName(reading.encoding());
    StringBuilder text = new StringBuilder();
    List<Source> sources = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Path file : files) {
      TextFile read = TextFile.read(file, encoding);
      read.note().ifPresent(notes::add);
      String book = read.text();
      if (!reading.keepBoilerplate()) {
        book = Boilerplate.remove(book);
        int removed = read.text().length() - book.length();
        if (removed > 0) {
          notes.add(
              format(
                  "%s: removed %,d characters of Project Gutenberg's header and licence (--keep-boilerplate keeps them)",
                  file.getFileName(), removed));
        }
      }
      if (book.isBlank()) {
        throw new CorpusException(
            file + " holds nothing but white space; charnn needs some pages of text");
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
    long different = text.codePoints().distinct().limit(Alphabet.MAX_SIZE + 1L).count();
    if (different < 2 || different > Alphabet.MAX_SIZE) {
      throw new CorpusException(
          format(
              "%s has %s different characters; a text must have 2 to %,d",
              sources.get(0).name(),
              different < 2 ? "fewer than 2" : "too many",
              Alphabet.MAX_SIZE));
    }
    return new Corpus(text.toString(), List.copyOf(sources), reading, List.copyOf(notes));
  }

  /** Returns a fingerprint of the characters: SHA-256 of their UTF-8 form, in hexadecimal. */
  public String textSha256() {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
