package charnn.data;

import charnn.util.Sentence;
import charnn.util.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderMalfunctionError;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * A text that is too large to be held in memory. It is decoded, normalized and passed on while it
 * is read, as {@link TextFile} and {@link Corpus} do with a text in memory, but for two things: its
 * encoding is found out from a {@link TextSample}, and Project Gutenberg's header and licence are
 * looked for only in its first and its last million characters.
 */
public final class LargeText {
  /** Larger texts are read so, in bytes. */
  public static final int LARGE = 1 << 25;

  /** Characters (UTF-16 units) at both ends in which boilerplate is looked for. */
  private static final int END = 1 << 20;

  private static final int BYTES = 1 << 16;
  private static final int CHARACTERS = 1 << 16;

  /** From so many characters on without a safe place to cut, any is taken. */
  private static final int MOST_UNCUT = 1 << 20;

  /** Every character below can neither be composed with one before it nor change places with it. */
  private static final char FIRST_COMBINING = '\u0300';

  private final String source;
  private final Decoder.Encoding encoding;
  private final DecodingSettings settings;
  private final String beginning;

  private LargeText(
      String source, Decoder.Encoding encoding, DecodingSettings settings, String beginning) {
    this.source = source;
    this.encoding = encoding;
    this.settings = settings;
    this.beginning = beginning;
  }

  /**
   * What was read of a text.
   *
   * @param bytes of it
   * @param sha256 of the bytes, in hexadecimal
   * @param isBlank whether there is nothing but white space in it
   * @param isRespelt whether normalization changed it
   * @param isLowercased whether capital letters became small ones
   * @param notes on it, a line each
   */
  record Summary(
      long bytes,
      String sha256,
      boolean isBlank,
      boolean isRespelt,
      boolean isLowercased,
      List<Sentence> notes) {}

  /**
   * Finds out how a text is decoded.
   *
   * @param source what the text is, for messages
   * @throws CorpusException if it is no text, or its encoding is not certain
   */
  public static LargeText of(String source, TextSample sample, DecodingSettings settings)
      throws CorpusException {
    Decoder.Encoding encoding =
        Decoder.encoding(source, sample, settings.charsetOf(source), settings.charset());
    int length = Math.min(sample.bytes().length, FileKind.LOOK_AT) - encoding.start();
    String beginning =
        new String(sample.bytes(), encoding.start(), Math.max(0, length), encoding.charset());
    return new LargeText(source, encoding, settings, beginning);
  }

  /** Returns the first characters, as they are decoded. */
  public String beginning() {
    return beginning;
  }

  /** Returns what the user should know about the encoding, a line each. */
  List<Sentence> notes() {
    return encoding.notes();
  }

  /**
   * Reads the text.
   *
   * @param to takes the characters as the next text
   * @param name of the text, for notes
   * @param in its bytes
   */
  Summary readTo(CorpusSink to, String name, InputStream in) throws IOException {
    to.begin(new PlacedText.Place(source, 1, 1));
    Ends ends = new Ends(to, name);
    Normalization normalized = new Normalization(ends);
    Decoding decoding = new Decoding(normalized);
    decoding.read(in);
    normalized.finish();
    ends.finish();
    List<Sentence> notes = new ArrayList<>(decoding.notes());
    notes.addAll(ends.notes);
    return new Summary(
        decoding.consumed,
        HexFormat.of().formatHex(decoding.sha256.digest()),
        ends.isBlank,
        normalized.isChanged,
        ends.isLowercased,
        notes);
  }

  /** Takes characters as they come; a piece does not end within a surrogate pair. */
  private interface Characters {
    void accept(String piece) throws IOException;
  }

  /** Turns bytes into characters with '\n' as line end, without NULs and byte-order marks. */
  private final class Decoding {
    private final Characters to;
    private final CharsetDecoder decoder =
        Utf32Decoder.of(encoding.charset())
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final MessageDigest sha256 = Corpus.sha256();
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    private final CharBuffer characters = CharBuffer.allocate(CHARACTERS);
    private long consumed; // bytes that were put into the buffer
    private boolean isAfterReturn; // whether the last character was a CR, which waits
    private long bad;
    private long firstBad;
    private byte firstByte;
    private long nuls;
    private long firstNul;
    private long marks;

    Decoding(Characters to) {
      this.to = to;
    }

    void read(InputStream in) throws IOException {
      boolean isEnd = false;
      boolean isStart = true;
      while (!isEnd) {
        int from = bytes.position();
        int count = in.readNBytes(bytes.array(), from, bytes.remaining());
        isEnd = from + count < BYTES;
        sha256.update(bytes.array(), from, count);
        consumed += count;
        bytes.position(from + count).flip();
        if (isStart) {
          bytes.position(Math.min(bytes.limit(), encoding.start()));
          isStart = false;
        }
        decode(isEnd);
        bytes.compact();
      }
      decoder.flush(characters);
      take(0);
      if (isAfterReturn) {
        to.accept("\n");
      }
    }

    private void decode(boolean isEnd) throws IOException {
      while (true) {
        int from = bytes.position();
        CoderResult result;
        try {
          result = decoder.decode(bytes, characters, isEnd);
        } catch (CoderMalfunctionError e) {
          // Some of Java's rarer decoders stumble over bytes that end too early.
          result = CoderResult.malformedForLength(1);
        }
        take(from);
        if (result.isUnderflow()) {
          return;
        }
        if (result.isError()) {
          int length = Math.min(result.length(), bytes.remaining());
          if (length == 0) {
            return;
          }
          bad(length);
          bytes.position(bytes.position() + length);
        }
      }
    }

    /** Returns the text's offset of a byte in the buffer. */
    private long offset(int index) {
      return consumed - bytes.limit() + index;
    }

    private void bad(int length) throws IOException {
      if (bad == 0) {
        firstBad = offset(bytes.position());
        firstByte = bytes.get(bytes.position());
      }
      bad += length;
      requirePassedOver();
      if (settings.badBytes() == BadBytes.REPLACE) {
        pass("\uFFFD");
      }
    }

    private void requirePassedOver() throws CorpusException {
      if (settings.badBytes() == BadBytes.FAIL) {
        throw new CorpusException(
            Sentence.of(
                "%s; repair it there, give its encoding with %s, or continue with %s replace or %s skip",
                described(), Setting.ENCODING, Setting.BAD_BYTES, Setting.BAD_BYTES));
      }
    }

    private String described() {
      return Decoder.describe(source, encoding.charset(), bad, firstBad, firstByte, nuls, firstNul);
    }

    /**
     * Passes on what was decoded.
     *
     * @param from index of its first byte
     */
    private void take(int from) throws IOException {
      String decoded = characters.flip().toString();
      characters.clear();
      if (decoded.indexOf('\0') >= 0) {
        if (nuls == 0) {
          int at = from;
          while (at < bytes.position() && bytes.get(at) != 0) {
            at++;
          }
          firstNul = offset(at);
        }
        nuls += count(decoded, '\0');
        requirePassedOver();
        decoded = decoded.replace("\0", "");
      }
      if (decoded.indexOf('\uFEFF') >= 0) {
        marks += count(decoded, '\uFEFF');
        decoded = decoded.replace("\uFEFF", "");
      }
      pass(SpecialSymbols.removedFrom(decoded));
    }

    private static long count(String text, char character) {
      return text.chars().filter(c -> c == character).count();
    }

    private void pass(String decoded) throws IOException {
      if (decoded.isEmpty()) {
        return;
      }
      String whole = isAfterReturn ? "\r" + decoded : decoded;
      isAfterReturn = whole.endsWith("\r");
      String lines =
          TextFile.normaliseLineEnds(
              isAfterReturn ? whole.substring(0, whole.length() - 1) : whole);
      if (!lines.isEmpty()) {
        to.accept(lines);
      }
    }

    List<Sentence> notes() {
      List<Sentence> notes = new ArrayList<>();
      if (bad + nuls > 0) {
        notes.add(Decoder.passedOver(described(), bad, settings.badBytes()));
      }
      if (marks > 0) {
        notes.add(Decoder.withoutMarks(source, marks));
      }
      return notes;
    }
  }

  /** Normalizes pieces that are cut where the characters on both sides do not meet. */
  private final class Normalization implements Characters {
    private final Characters to;
    private String rest = ""; // from the last place at which the text can be cut
    private boolean isChanged;

    Normalization(Characters to) {
      this.to = to;
    }

    @Override
    public void accept(String piece) throws IOException {
      if (settings.normalization() == null) {
        to.accept(piece);
        return;
      }
      String all = rest.isEmpty() ? piece : rest.concat(piece);
      int cut = all.length() - 1;
      int least = rest.isEmpty() ? 0 : rest.length() - 1;
      while (cut > least && !isSafeBefore(all.charAt(cut))) {
        cut--;
      }
      if (cut <= least && all.length() < MOST_UNCUT) {
        rest = all;
        return;
      }
      if (cut <= least) {
        cut = all.length() - (Character.isLowSurrogate(all.charAt(all.length() - 1)) ? 2 : 1);
      }
      rest = all.substring(cut);
      pass(all.substring(0, cut));
    }

    void finish() throws IOException {
      pass(rest);
    }

    private void pass(String text) throws IOException {
      if (text.isEmpty()) {
        return;
      }
      boolean isNfc = settings.normalization().equals(DecodingSettings.NFC);
      String normalized = isNfc && isBelowCombining(text) ? text : settings.composed(text);
      isChanged |= !normalized.equals(text);
      to.accept(normalized);
    }
  }

  /** Returns whether a text is the same in Unicode's form NFC. */
  private static boolean isBelowCombining(String text) {
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      all |= text.charAt(i) >= FIRST_COMBINING ? 1 : 0;
    }
    return all == 0;
  }

  /** Returns whether a text may be cut before a character and its halves normalized. */
  static boolean isSafeBefore(char c) {
    return c < FIRST_COMBINING
        || (c >= '\u4E00' && c <= '\u9FFF') // Han
        || (c >= '\u3041' && c <= '\u3096') // Hiragana
        || (c >= '\u30A1' && c <= '\u30FA'); // Katakana
  }

  /** Takes the boilerplate away at both ends, and passes on small letters, if only those are. */
  private final class Ends implements Characters {
    private final CorpusSink to;
    private final String name;
    private final List<Sentence> notes = new ArrayList<>();
    private final StringBuilder head = new StringBuilder();
    private final Deque<String> held = new ArrayDeque<>(); // what may be the tail
    private int heldLength;
    private boolean isBehindHead;
    private boolean isBlank = true;
    private boolean isLowercased;
    private long removed;

    Ends(CorpusSink to, String name) {
      this.to = to;
      this.name = name;
    }

    @Override
    public void accept(String piece) throws IOException {
      isBlank &= piece.isBlank();
      if (settings.keepBoilerplate()) {
        append(piece);
      } else if (!isBehindHead) {
        head.append(piece);
        if (head.length() >= END) {
          passHead();
        }
      } else {
        held.add(piece);
        heldLength += piece.length();
        while (heldLength - held.getFirst().length() >= END) {
          heldLength -= held.getFirst().length();
          append(held.removeFirst());
        }
      }
    }

    private void passHead() throws IOException {
      isBehindHead = true;
      pass(head.toString(), withoutHeader(head.toString()));
      head.setLength(0);
      head.trimToSize();
    }

    void finish() throws IOException {
      if (!isBehindHead) {
        passHead();
      }
      String tail = String.join("", held);
      int line = tail.indexOf('\n') + 1; // A mark stands at the beginning of one.
      append(tail.substring(0, line));
      pass(tail.substring(line), withoutFooter(tail.substring(line)));
      if (removed > 0) {
        notes.add(Corpus.removed(name, removed));
      }
    }

    private void pass(String before, String after) throws IOException {
      removed +=
          before.codePointCount(0, before.length()) - after.codePointCount(0, after.length());
      append(after);
    }

    private void append(String piece) throws IOException {
      String cased = settings.cased(piece);
      isLowercased |= !cased.equals(piece);
      to.append(cased);
    }
  }

  /** Returns a text's beginning without what stands before the book that goes on behind it. */
  private static String withoutHeader(String head) {
    Boilerplate.Remainder remainder = Boilerplate.remainderOf(head);
    Boilerplate.Piece last = remainder.pieces().get(remainder.pieces().size() - 1);
    int end = last.from() + last.length();
    boolean goesOn = !remainder.isNothingElse() && head.substring(end).isBlank();
    return goesOn
        ? remainder.text().substring(0, last.index() + last.length()) + head.substring(end)
        : head;
  }

  /** Returns a text's end without what stands behind the book that began before it. */
  private static String withoutFooter(String tail) {
    Boilerplate.Remainder remainder = Boilerplate.remainderOf(tail);
    Boilerplate.Piece first = remainder.pieces().get(0);
    boolean wentOn = !remainder.isNothingElse() && tail.substring(0, first.from()).isBlank();
    return wentOn
        ? tail.substring(0, first.from()) + remainder.text().substring(first.index())
        : tail;
  }
}
