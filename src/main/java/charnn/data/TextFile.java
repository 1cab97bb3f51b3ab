package charnn.data;

import charnn.util.Formats;
import charnn.util.PathState;
import charnn.util.Sentence;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain-text file, decoded as {@link Decoder} decides. Line ends become '\n'; the code points of
 * {@link SpecialSymbols} are left out.
 *
 * @param text the characters, without a byte-order mark
 * @param bytes the file's bytes as they are on disk
 * @param notes what the user should know about the decoding, a line each
 */
public record TextFile(String text, byte[] bytes, List<Sentence> notes) {
  /** What messages call standard input. */
  public static final String STANDARD_INPUT = "standard input";

  /**
   * Reads and decodes a file, which may be empty.
   *
   * @param settings the encoding, which a byte-order mark and valid UTF-8 overrule, and what to do
   *     with bad bytes
   * @throws CorpusException if the file cannot be read, is binary, its encoding is not certain, or
   *     it has bad bytes that are not to be passed over
   */
  public static TextFile read(Path file, DecodingSettings settings) throws CorpusException {
    return decode(file.toString(), bytesOf(file), settings).withMarkupNoted(file.toString());
  }

  /**
   * Decodes bytes in the same way.
   *
   * @param source what the bytes are, for messages
   */
  public static TextFile decode(String source, byte[] bytes, DecodingSettings settings)
      throws CorpusException {
    Charset own = settings.charsetOf(source);
    Decoder.Decoded decoded =
        own != null
            ? Decoder.decodeAs(source, bytes, own, settings.badBytes())
            : Decoder.decode(source, bytes, settings.charset(), settings.badBytes());
    return new TextFile(SpecialSymbols.removedFrom(decoded.text()), bytes, decoded.notes());
  }

  /** Returns the same, with a note if tags are read as a part of the text. */
  public TextFile withMarkupNoted(String source) {
    if (!FileKind.isMarkup(text)) {
      return this;
    }
    List<Sentence> all = new ArrayList<>(notes);
    all.add(
        Sentence.of(
            "%s is HTML or XML: its tags are read as a part of the text; for the text alone: pandoc -t plain %s",
            source, source));
    return new TextFile(text, bytes, List.copyOf(all));
  }

  /** Returns the same bytes with the text that was taken out of a document. */
  public TextFile withText(String other) {
    return new TextFile(other, bytes, notes);
  }

  /**
   * Returns the bytes of a file.
   *
   * @throws CorpusException if it cannot be read
   */
  public static byte[] bytesOf(Path file) throws CorpusException {
    try {
      if (Files.isDirectory(file)) {
        // Listing it tells a folder that may not be read from one that merely is not a file.
        Files.newDirectoryStream(file).close();
        throw new CorpusException(
            file + " is a folder; name the text files in it, for instance " + file + "/*.txt");
      }
      if (Files.size(file) > Integer.MAX_VALUE - 8) {
        throw new CorpusException(
            file + " is larger than 2 GB; split it and name the parts one after the other");
      }
      return Files.readAllBytes(file);
    } catch (CorpusException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Returns what to say of a file or folder that cannot be read. */
  public static CorpusException unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new CorpusException(
          PathState.isTaken(file)
              ? "cannot read a text: " + PathState.describe(file)
              : "cannot find " + file + "; check the path",
          e);
    }
    return e instanceof AccessDeniedException denied
        ? new CorpusException(
            "no permission to read " + denied.getFile() + "; change its permissions or copy it", e)
        : new CorpusException("cannot read " + file + ": " + Formats.reason(e), e);
  }

  /** Turns CR LF and lone CR into LF. */
  static String normaliseLineEnds(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }
}
