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
 * A plain-text file, decoded as {@link Decoder} decides. Line ends become '\n'.
 *
 * @param text the characters, without a byte-order mark
 * @param bytes the file's bytes as they are on disk
 * @param notes what the user should know about the decoding, a line each
 */
public record TextFile(String text, byte[] bytes, List<Sentence> notes) {
  /**
   * Reads and decodes a file.
   *
   * @param encoding the file's encoding, or null to find it out; a byte-order mark, and valid
   *     UTF-8, overrule it
   * @throws CorpusException if the file cannot be read, is empty or binary, its encoding is not
   *     certain, or it has bad bytes that are not to be passed over
   */
  public static TextFile read(Path file, Charset encoding, BadBytes badBytes)
      throws CorpusException {
    byte[] bytes = bytesOf(file);
    if (bytes.length == 0) {
      throw new CorpusException(
          file + " is empty; charnn needs a plain-text file with some pages of text");
    }
    return of(file, bytes, Decoder.decode(file.toString(), bytes, encoding, badBytes));
  }

  /**
   * As {@link #read}, of a file that may be empty.
   *
   * @param settings the encoding, and what to do with bad bytes
   */
  public static TextFile readAny(Path file, DecodingSettings settings) throws CorpusException {
    byte[] bytes = bytesOf(file);
    return of(
        file,
        bytes,
        Decoder.decode(file.toString(), bytes, settings.charset(), settings.badBytes()));
  }

  private static TextFile of(Path file, byte[] bytes, Decoder.Decoded decoded) {
    List<Sentence> notes = new ArrayList<>(decoded.notes());
    if (FileKind.isMarkup(decoded.text())) {
      notes.add(
          Sentence.of(
              "%s is HTML or XML: its tags are read as a part of the text; for the text alone: pandoc -t plain %s",
              file, file));
    }
    return new TextFile(decoded.text(), bytes, List.copyOf(notes));
  }

  /**
   * Decodes bytes that do not come from a file, in the same way.
   *
   * @param source what the bytes are, for messages
   * @param settings the encoding, and what to do with bad bytes
   */
  public static TextFile decode(String source, byte[] bytes, DecodingSettings settings)
      throws CorpusException {
    Decoder.Decoded decoded =
        Decoder.decode(source, bytes, settings.charset(), settings.badBytes());
    return new TextFile(decoded.text(), bytes, decoded.notes());
  }

  private static byte[] bytesOf(Path file) throws CorpusException {
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
    } catch (NoSuchFileException e) {
      throw new CorpusException(
          PathState.isTaken(file)
              ? "cannot read a text: " + PathState.describe(file)
              : "cannot find " + file + "; check the path",
          e);
    } catch (AccessDeniedException e) {
      throw new CorpusException(
          "no permission to read " + e.getFile() + "; change its permissions or copy it", e);
    } catch (CorpusException e) {
      throw e;
    } catch (IOException e) {
      throw new CorpusException("cannot read " + file + ": " + Formats.reason(e), e);
    }
  }

  /** Turns CR LF and lone CR into LF. */
  static String normaliseLineEnds(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }
}
