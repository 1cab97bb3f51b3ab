package charnn.text;

import static charnn.text.Messages.format;

import com.sigpwned.chardet4j.com.ibm.icu.text.CharsetDetector;
import com.sigpwned.chardet4j.com.ibm.icu.text.CharsetMatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A plain-text file, decoded. A byte-order mark decides the encoding; without one it is UTF-8 if
 * every byte agrees; else it is detected. Line ends become '\n'.
 *
 * @param text the characters, without a byte-order mark
 * @param bytes the file's bytes as they are on disk
 * @param note what the reader should be told about the decoding, in one line
 */
public record TextFile(String text, byte[] bytes, Optional<String> note) {
  /**
   * A detected encoding is used if the detector gives it at least this confidence (0 to 100) ...
   */
  private static final int CONFIDENT = 35;

  private static final int MARGIN = 10; // ... and so much more than the next one,
  private static final int MIN_EVIDENCE =
      5; // ... and saw so many bytes beyond ASCII. Else it is only suggested.
  private static final int DETECTION_BYTES = 1 << 16;

  private enum ByteOrderMark {
    UTF_32LE("UTF-32LE", 0xFF, 0xFE, 0, 0),
    UTF_32BE("UTF-32BE", 0, 0, 0xFE, 0xFF),
    UTF_8("UTF-8", 0xEF, 0xBB, 0xBF),
    UTF_16LE("UTF-16LE", 0xFF, 0xFE),
    UTF_16BE("UTF-16BE", 0xFE, 0xFF);

    private final String charset;
    private final byte[] mark;

    ByteOrderMark(String charset, int... mark) {
      this.charset = charset;
      this.mark = new byte[mark.length];
      for (int i = 0; i < mark.length; i++) {
        this.mark[i] = (byte) mark[i];
      }
    }

    static Optional<ByteOrderMark> of(byte[] bytes) {
      return Arrays.stream(values())
          .filter(m -> bytes.length >= m.mark.length)
          .filter(m -> Arrays.equals(m.mark, 0, m.mark.length, bytes, 0, m.mark.length))
          .findFirst();
    }
  }

  /**
   * Reads and decodes a file.
   *
   * @param encoding the file's encoding, or null to find it out
   * @throws CorpusException if the file cannot be read, is empty or binary, or has bytes that its
   *     encoding does not allow
   */
  public static TextFile read(Path file, Charset encoding) throws CorpusException {
    byte[] bytes = bytesOf(file);
    if (bytes.length == 0) {
      throw new CorpusException(
          file + " is empty; charnn needs a plain-text file with some pages of text");
    }
    Optional<ByteOrderMark> mark = ByteOrderMark.of(bytes);
    int start = mark.map(m -> m.mark.length).orElse(0);
    if (mark.isPresent() && encoding == null) {
      Charset charset = Charset.forName(mark.get().charset);
      return new TextFile(decode(file, bytes, start, charset), bytes, Optional.empty());
    }
    if (encoding != null) {
      // The mark of another encoding is no mark; and a decoder that chooses by the mark, such as
      // UTF-16's, must see it.
      boolean ownMark = mark.isPresent() && Charset.forName(mark.get().charset).equals(encoding);
      return new TextFile(
          decode(file, bytes, ownMark ? start : 0, encoding), bytes, Optional.empty());
    }
    rejectBinary(file, bytes);
    int invalid = firstInvalid(bytes, 0, StandardCharsets.UTF_8);
    if (invalid < 0) {
      return new TextFile(decode(file, bytes, 0, StandardCharsets.UTF_8), bytes, Optional.empty());
    }
    return decodeDetected(file, bytes, invalid);
  }

  /**
   * Decodes bytes that must be UTF-8, with or without a byte-order mark.
   *
   * @param source what the bytes are, for the error
   */
  public static String decodeUtf8(String source, byte[] bytes) throws CorpusException {
    int start =
        ByteOrderMark.of(bytes)
            .filter(m -> m == ByteOrderMark.UTF_8)
            .map(m -> m.mark.length)
            .orElse(0);
    return decode(Path.of(source), bytes, start, StandardCharsets.UTF_8);
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
      throw new CorpusException("cannot find " + file + "; check the path", e);
    } catch (AccessDeniedException e) {
      throw new CorpusException(
          "no permission to read " + e.getFile() + "; change its permissions or copy it", e);
    } catch (CorpusException e) {
      throw e;
    } catch (IOException e) {
      throw new CorpusException("cannot read " + file + ": " + Messages.reason(e), e);
    }
  }

  private static void rejectBinary(Path file, byte[] bytes) throws CorpusException {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new CorpusException(
            file
                + " looks like a binary file (a zero byte at offset "
                + i
                + "); charnn reads plain text. If it is text in UTF-16, say so with --encoding UTF-16LE");
      }
    }
  }

  private static TextFile decodeDetected(Path file, byte[] bytes, int invalid)
      throws CorpusException {
    String problem =
        format(
            "byte 0x%02X at offset %d of %s is not valid UTF-8",
            bytes[invalid] & 0xFF, invalid, file);
    // The detector looks at the neighbourhood of the first byte that is not ASCII's or UTF-8's.
    int from = Math.max(0, Math.min(invalid - DETECTION_BYTES / 2, bytes.length - DETECTION_BYTES));
    byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + DETECTION_BYTES));
    List<CharsetMatch> matches =
        Arrays.stream(new CharsetDetector().setText(part).detectAll())
            .filter(match -> Charset.isSupported(match.getName()))
            .toList();
    // Valid UTF-8 of two bytes or more before the invalid byte: then it is UTF-8, but damaged.
    boolean damaged = beyondAscii(bytes, 0, invalid) > 0;
    if (damaged || !isCertain(matches) || beyondAscii(bytes, 0, bytes.length) < MIN_EVIDENCE) {
      String suggestion = matches.isEmpty() ? "windows-1252" : matches.get(0).getName();
      throw new CorpusException(
          damaged
              ? problem + ", though what comes before it is: the file is damaged; repair it there"
              : problem
                  + "; repair the file, or give its encoding, for instance --encoding "
                  + suggestion);
    }
    Charset charset = Charset.forName(matches.get(0).getName());
    String note = problem + "; read as " + charset + ", as detected (another: --encoding NAME)";
    return new TextFile(decode(file, bytes, 0, charset), bytes, Optional.of(note));
  }

  /**
   * Tells whether the first of the detector's matches, which come best first, is good enough to act
   * on.
   */
  private static boolean isCertain(List<CharsetMatch> matches) {
    int first = matches.isEmpty() ? 0 : matches.get(0).getConfidence();
    int second = matches.size() < 2 ? 0 : matches.get(1).getConfidence();
    return first >= CONFIDENT && first >= second + MARGIN;
  }

  private static int beyondAscii(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += bytes[i] < 0 ? 1 : 0;
    }
    return count;
  }

  private static String decode(Path file, byte[] bytes, int start, Charset charset)
      throws CorpusException {
    try {
      CharBuffer text = strict(charset).decode(ByteBuffer.wrap(bytes, start, bytes.length - start));
      return normaliseLineEnds(text.toString());
    } catch (CharacterCodingException e) {
      int offset = firstInvalid(bytes, start, charset);
      throw new CorpusException(
          format(
              "byte 0x%02X at offset %d of %s is not valid %s; is it in another encoding?",
              bytes[offset] & 0xFF, offset, file, charset),
          e);
    }
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Returns the offset of the first byte that the encoding does not allow, or -1. */
  private static int firstInvalid(byte[] bytes, int start, Charset charset) {
    CharsetDecoder decoder = strict(charset);
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(1 << 13);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (result.isError()) {
        return in.position();
      }
      if (result.isUnderflow()) {
        return -1;
      }
      out.clear();
    }
  }

  /** Turns CR LF and lone CR into LF. */
  static String normaliseLineEnds(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }
}
