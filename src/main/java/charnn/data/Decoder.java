package charnn.data;

import static charnn.util.Formats.format;

import charnn.util.Sentence;
import charnn.util.Setting;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Decides the encoding of bytes, once and on all of them, and decodes them. In this order: a
 * byte-order mark; UTF-16 and UTF-32, if they give a text; UTF-8, if it has far more good sequences
 * than bad ones; the encoding that the user gave; what {@link EncodingDetector} finds. What is
 * certain is not overruled by the user; nothing that gives stray control characters is chosen or
 * suggested.
 */
final class Decoder {
  /** UTF-8 has so many good sequences beyond ASCII for each bad one, or another encoding may be. */
  private static final int GOOD_FOR_ONE_BAD = 2;

  /** A file with a larger part of NULs, or of other control characters, is binary. */
  private static final double MOST_CONTROLS = 0.01;

  /** Of UTF-16 and UTF-32 without a mark, a larger part of bad bytes is no damage. */
  private static final double MOST_BAD = 0.001;

  /** A shorter text in UTF-16 or UTF-32 without a mark has no damage, or is none. */
  private static final int FEW_WIDE = 40;

  /** So much more plausible (in nats) than the next one that an encoding can be taken. */
  private static final double MARGIN = 3;

  /** Fewer characters beyond ASCII need half as much again. */
  private static final int FEW = 3;

  /** The least plausibility of a character beyond ASCII, on average (in nats). */
  private static final double LEAST_PLAUSIBLE = -11;

  /** Bytes that decide how plausible a whole text is. */
  private static final int ENOUGH = 1 << 15;

  private static final int ESCAPE = 0x1B;
  private static final int SHIFT_OUT = 0x0E;
  private static final int WORDS = 2;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}][\\p{L}\\p{M}'’]{0,15}");
  private static final Pattern ANY_WORD = Pattern.compile("\\S{1,16}");

  private final String source;
  private final byte[] bytes;
  private final IntToLongFunction offsets;
  private final Charset asked;
  private final BadBytes badBytes;
  private final List<Sentence> notes = new ArrayList<>();
  private List<EncodingDetector.Candidate> ranked; // made when it is needed

  /**
   * A decoded text.
   *
   * @param text with '\n' as line end, without byte-order marks
   * @param notes what the user should know about the decoding, a line each
   */
  record Decoded(String text, List<Sentence> notes) {}

  /**
   * How bytes are decoded.
   *
   * @param trial of them
   * @param start the bytes of the byte-order mark
   */
  private record Choice(Trial trial, int start) {}

  /**
   * The encoding of a text, found out from a part of its bytes.
   *
   * @param start the bytes of the byte-order mark
   * @param notes what the user should know about the decoding, a line each
   */
  record Encoding(Charset charset, int start, List<Sentence> notes) {}

  /**
   * @param offsets of the bytes in their text
   */
  private Decoder(
      String source, byte[] bytes, IntToLongFunction offsets, Charset asked, BadBytes badBytes) {
    this.source = source;
    this.bytes = bytes;
    this.offsets = offsets;
    this.asked = asked;
    this.badBytes = badBytes;
  }

  /**
   * Decodes bytes.
   *
   * @param source what the bytes are, for messages
   * @param asked the encoding that the user gave, or null to find it out
   * @throws CorpusException if they are no text, have bad bytes that are not to be passed over, or
   *     their encoding is not certain
   */
  static Decoded decode(String source, byte[] bytes, Charset asked, BadBytes badBytes)
      throws CorpusException {
    Decoder decoder = new Decoder(source, bytes, i -> i, asked, badBytes);
    Choice choice = decoder.choice();
    String text = decoder.finish(choice.trial, choice.start);
    return new Decoded(text, List.copyOf(decoder.notes));
  }

  /**
   * Decodes bytes whose encoding is known. A byte-order mark that belongs to it is none of the
   * text.
   *
   * @throws CorpusException if they are no text, or have bad bytes that are not to be passed over
   */
  static Decoded decodeAs(String source, byte[] bytes, Charset charset, BadBytes badBytes)
      throws CorpusException {
    Decoder decoder = new Decoder(source, bytes, i -> i, charset, badBytes);
    Choice choice = decoder.known();
    String text = decoder.finish(choice.trial, choice.start);
    return new Decoded(text, List.copyOf(decoder.notes));
  }

  /**
   * Decides the encoding of a text.
   *
   * @param source what the text is, for messages
   * @param own the encoding that it has for certain, or null
   * @param asked the encoding that the user gave for all texts, or null to find it out
   * @throws CorpusException if it is no text, or its encoding is not certain
   */
  static Encoding encoding(String source, TextSample sample, Charset own, Charset asked)
      throws CorpusException {
    Decoder decoder =
        new Decoder(
            source, sample.bytes(), sample::offset, own == null ? asked : own, BadBytes.SKIP);
    Choice choice = own == null ? decoder.choice() : decoder.known();
    return new Encoding(choice.trial.charset(), choice.start, List.copyOf(decoder.notes));
  }

  /** Decides for the encoding that was asked for. */
  private Choice known() throws CorpusException {
    requireNoOtherKind();
    int start =
        ByteOrderMark.of(bytes)
            .filter(mark -> isOf(asked, mark.charset()))
            .map(ByteOrderMark::length)
            .orElse(0);
    Trial trial = Trial.of(bytes, start, asked);
    noteControls(trial);
    return new Choice(trial, start);
  }

  private void requireNoOtherKind() throws CorpusException {
    var kind = FileKind.describe(source, bytes);
    if (kind.isPresent()) {
      throw new NoTextException(
          source + " " + kind.get() + "; charnn reads plain text", FileKind.what(kind.get()));
    }
  }

  private Choice choice() throws CorpusException {
    requireNoOtherKind();
    var mark = ByteOrderMark.of(bytes);
    if (mark.isPresent()) {
      Trial trial = Trial.of(bytes, mark.get().length(), mark.get().charset());
      if (isDecidedBy(mark.get(), trial)) {
        return certain(trial, mark.get().length(), "has the byte-order mark of ", 1);
      }
    }
    Trial utf8 = Trial.of(bytes, 0, StandardCharsets.UTF_8);
    Trial wide = mayBeWide(utf8) && !isCleanAsAsked() ? wide() : null;
    if (wide != null) {
      double ofWide = plausibility(wide.charset());
      double ofOther = plausibility(ranked().get(0).charset());
      if (ofWide > ofOther) {
        return certain(wide, 0, "is ", confidence(ofWide, ofOther));
      }
    }
    Trial switching = utf8.beyondAscii() == 0 ? switching() : null;
    if (switching != null) {
      double ofAscii = plausibility(StandardCharsets.US_ASCII);
      double ofSwitching = plausibility(switching.charset());
      if (ofSwitching > ofAscii) {
        return certain(switching, 0, "is ", confidence(ofSwitching, ofAscii));
      }
    }
    requireText(utf8);
    if (utf8.beyondAscii() == 0 && utf8.bad() == 0) {
      return ofAscii(utf8);
    }
    if (utf8.beyondAscii() >= GOOD_FOR_ONE_BAD * utf8.badSequences()) {
      return certain(utf8, 0, "is ", 1);
    }
    return asked != null ? given() : detected(utf8);
  }

  /** A mark of two bytes may be the first letters of a text; that of UTF-8 cannot. */
  private boolean isDecidedBy(ByteOrderMark mark, Trial trial) {
    return !mark.isShort()
        || trial.isClean()
        || (asked == null && trial.bad() <= 1 + bytes.length * MOST_BAD && trial.controls() == 0)
        || isOf(asked, trial.charset());
  }

  /** Returns whether an encoding that was asked for names this one, or any byte order of it. */
  private static boolean isOf(Charset asked, Charset found) {
    return asked != null
        && (asked.equals(found) || found.name().matches(Pattern.quote(asked.name()) + "[BL]E"));
  }

  /**
   * As UTF-8, a text in UTF-16 has bad bytes, or a third of it are NULs and other controls: the
   * upper bytes. Fewer are damage.
   */
  private static boolean mayBeWide(Trial utf8) {
    return utf8.bad() > 0 || (utf8.nuls() + utf8.controls()) * 3 >= utf8.characters();
  }

  /**
   * What is found by its looks may be wrong: an encoding that fits and is asked for counts more.
   */
  private boolean isCleanAsAsked() {
    return asked != null && Trial.of(bytes, 0, asked).isClean();
  }

  private static double confidence(double plausibility, double other) {
    return EncodingDetector.confidence(plausibility, DoubleStream.of(other));
  }

  private List<EncodingDetector.Candidate> ranked() {
    if (ranked == null) {
      ranked = EncodingDetector.rank(bytes);
    }
    return ranked;
  }

  private void requireText(Trial trial) throws CorpusException {
    long controls = trial.nuls() + trial.controls();
    if (controls > 1 + MOST_CONTROLS * bytes.length && asked == null) {
      throw new NoTextException(
          format(
              "%s looks like a binary file (%s); charnn reads plain text",
              source,
              trial.nuls() > 0
                  ? "a zero byte at offset " + offsets.applyAsLong(firstNul())
                  : format("%,d control characters", controls)),
          "binary data");
    }
  }

  /** Decodes what is certain to be in an encoding, whatever was asked for. */
  private Choice certain(Trial trial, int start, String why, double confidence)
      throws CorpusException {
    String name = trial.charset().name();
    if (asked != null && !isOf(asked, trial.charset()) && trial.beyondAscii() + start > 0) {
      notes.add(
          Sentence.of(
              "%s %s%s, and is read so, not as %s (%s)",
              source, why, name, asked, Setting.ENCODING));
    } else if (asked == null && start == 0 && !trial.charset().equals(StandardCharsets.UTF_8)) {
      String text = Trial.text(bytes, start, trial.charset(), BadBytes.SKIP);
      notes.add(
          Sentence.of(
              "%s is read as %s, as detected%s%s (another: %s NAME)",
              source, name, percent(confidence), words(text), Setting.ENCODING));
    }
    return new Choice(trial, start);
  }

  /** Decodes ASCII, which nearly every encoding has in common. */
  private Choice ofAscii(Trial ascii) throws CorpusException {
    if (asked == null || asked.equals(StandardCharsets.UTF_8)) {
      return new Choice(ascii, 0);
    }
    Trial trial = Trial.of(bytes, 0, asked);
    boolean asciiToo = trial.isClean() && trial.beyondAscii() == 0;
    if (!asciiToo) {
      if (plausibility(ascii.charset()) >= plausibility(asked)) {
        notes.add(
            Sentence.of(
                "%s is plain ASCII, and is read so, not as %s (%s)",
                source, asked, Setting.ENCODING));
        return new Choice(ascii, 0);
      }
    }
    return new Choice(trial, 0);
  }

  private Choice given() throws CorpusException {
    Trial trial = Trial.of(bytes, 0, asked);
    noteControls(trial);
    return new Choice(trial, 0);
  }

  private void noteControls(Trial asAsked) {
    if (asAsked.controls() > 0) {
      notes.add(
          Sentence.of(
              "%s has %,d control characters when it is read as %s (%s)%s",
              source, asAsked.controls(), asked, Setting.ENCODING, suggestion()));
    }
  }

  /** Returns what other encoding the user may mean, if one decodes all of the bytes. */
  private String suggestion() {
    for (EncodingDetector.Candidate candidate : ranked()) {
      if (Trial.of(bytes, 0, candidate.charset()).isClean()) {
        return "; as " + candidate.charset() + " it has none" + words(candidate.sample());
      }
    }
    return "";
  }

  /** Returns UTF-16 or UTF-32, of the byte order that gives a text, or null. */
  private Trial wide() {
    for (String name : List.of("UTF-32LE", "UTF-32BE")) {
      Trial trial = Trial.of(bytes, 0, Charset.forName(name));
      if (mayBe(trial) && trial.characters() > 0) {
        return trial;
      }
    }
    Trial best = null;
    double most = LEAST_PLAUSIBLE;
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Trial trial = Trial.of(bytes, 0, charset);
      if (mayBe(trial) && trial.characters() > 0) {
        double mean = plausibility(charset) / (Math.min(bytes.length, ENOUGH) / 2.0);
        if (mean > most) {
          most = mean;
          best = trial;
        }
      }
    }
    return best;
  }

  /** Returns an encoding that switches its meaning of ASCII's bytes, or null. */
  private Trial switching() {
    if (contains(ESCAPE) || contains(SHIFT_OUT)) {
      for (String name : List.of("ISO-2022-JP", "ISO-2022-JP-2", "ISO-2022-KR", "ISO-2022-CN")) {
        if (Charset.isSupported(name)) {
          Trial trial = Trial.of(bytes, 0, Charset.forName(name));
          if (trial.damaged() <= 1 + MOST_BAD * bytes.length && trial.beyondAscii() > 0) {
            return trial;
          }
        }
      }
    }
    return null;
  }

  private boolean contains(int value) {
    for (byte b : bytes) {
      if (b == value) {
        return true;
      }
    }
    return false;
  }

  private boolean mayBe(Trial wide) {
    return wide.damaged() == 0
        || (wide.characters() >= FEW_WIDE && wide.damaged() <= 1 + MOST_BAD * wide.characters());
  }

  private Choice detected(Trial utf8) throws CorpusException {
    String problem =
        format(
            "byte 0x%02X at offset %d of %s is not valid UTF-8",
            bytes[utf8.firstBad()] & 0xFF, offsets.applyAsLong(utf8.firstBad()), source);
    EncodingDetector.Candidate first = ranked().get(0);
    // Damaged UTF-8 with few characters beyond ASCII competes with the others.
    byte[] sample = EncodingDetector.sample(bytes);
    Plausibility scale = new Plausibility("");
    if (utf8.beyondAscii() > 0
        && scale.of(Trial.text(sample, 0, utf8.charset(), BadBytes.REPLACE), "UTF-8")
            >= scale.of(first.sample(), first.charset().name())) {
      return new Choice(utf8, 0);
    }
    List<EncodingDetector.Candidate> fitting = fitting();
    if (fitting.isEmpty()) {
      throw new CorpusException(
          Sentence.of(
              "%s, and every other encoding gives control characters or has bad bytes, too: it is no text, or a mixture;"
                  + " repair it, or name an encoding with %s",
              problem, Setting.ENCODING));
    }
    EncodingDetector.Candidate best = fitting.get(0);
    EncodingDetector.Candidate second = fitting.size() > 1 ? fitting.get(1) : null;
    long beyondAscii = best.sample().chars().filter(c -> c >= 0x80).count();
    double margin = beyondAscii < FEW ? 1.5 * MARGIN : MARGIN;
    if (first.plausibility() > best.plausibility() + margin
        && Trial.of(bytes, 0, first.charset()).upperControls() == 0) {
      throw uncertain(problem, first, best); // It looks like the first, but has many bad bytes.
    }
    if (best.plausibility() < LEAST_PLAUSIBLE * beyondAscii
        || (second != null && best.plausibility() < second.plausibility() + margin)) {
      throw uncertain(problem, best, second);
    }
    notes.add(
        Sentence.of(
            "%s; read as %s, as detected%s%s (another: %s NAME)",
            problem,
            best.charset(),
            percent(EncodingDetector.confidence(best, ranked())),
            words(best.sample()),
            Setting.ENCODING));
    return new Choice(Trial.of(bytes, 0, best.charset()), 0);
  }

  private static CorpusException uncertain(
      String problem, EncodingDetector.Candidate one, EncodingDetector.Candidate other) {
    return new CorpusException(
        Sentence.of(
            "%s; repair the file, or give its encoding, for instance %s %s%s%s",
            problem,
            Setting.ENCODING,
            one.charset(),
            words(one.sample()),
            other == null ? "" : " or " + other.charset() + words(other.sample())));
  }

  /** Shows a confidence, rounded down: nothing is detected for certain. */
  private static String percent(double confidence) {
    return format(" (confidence %d %%)", Math.min(99, (int) (100 * confidence)));
  }

  /** Returns the plausibility of the first bytes, those of ASCII too, in an encoding. */
  private double plausibility(Charset charset) {
    // NULs, and U+FFFD for bad bytes, count.
    String text = new String(bytes, 0, Math.min(bytes.length, ENOUGH), charset);
    return new Plausibility("").ofAll(text, charset.name());
  }

  /** Returns the two best encodings that give different texts, almost without bad bytes. */
  private List<EncodingDetector.Candidate> fitting() {
    List<EncodingDetector.Candidate> fitting = new ArrayList<>();
    for (EncodingDetector.Candidate candidate : ranked()) {
      if (fitting.isEmpty() || !candidate.sample().equals(fitting.get(0).sample())) {
        Trial trial = Trial.of(bytes, 0, candidate.charset());
        if (trial.upperControls() == 0
            && trial.controls() + trial.bad() <= 1 + MOST_BAD * bytes.length) {
          fitting.add(candidate);
        }
      }
      if (fitting.size() == 2) {
        break;
      }
    }
    return fitting;
  }

  /** Shows two decoded words with letters beyond ASCII, or else other characters. */
  private static String words(String text) {
    Set<String> words = words(text, WORD);
    if (words.isEmpty()) {
      words = words(text, ANY_WORD);
    }
    return words.isEmpty()
        ? ""
        : words.stream().map(w -> '"' + w + '"').collect(Collectors.joining(", ", ": ", ""));
  }

  private static Set<String> words(String text, Pattern pattern) {
    Set<String> words = new LinkedHashSet<>();
    Matcher word = pattern.matcher(text);
    while (words.size() < WORDS && word.find()) {
      String found = word.group();
      if (found
          .chars()
          .anyMatch(c -> c >= 0x80 && (pattern == ANY_WORD || Character.isLetter(c)))) {
        words.add(found);
      }
    }
    return words;
  }

  private String finish(Trial trial, int start) throws CorpusException {
    if (trial.bad() + trial.nuls() > 0) {
      if (badBytes == BadBytes.FAIL) {
        throw new CorpusException(
            Sentence.of(
                "%s; repair it there, or continue with %s replace or %s skip",
                describe(trial), Setting.BAD_BYTES, Setting.BAD_BYTES));
      }
      notes.add(passedOver(describe(trial), trial.bad(), badBytes));
    }
    String text =
        trial.bad() + trial.nuls() == 0
            ? new String(bytes, start, bytes.length - start, trial.charset())
            : Trial.text(bytes, start, trial.charset(), badBytes);
    if (trial.marks() > 0) {
      text = text.replace("\uFEFF", "");
      notes.add(withoutMarks(source, trial.marks()));
    }
    return TextFile.normaliseLineEnds(text);
  }

  /**
   * Returns the note on bytes that are passed over.
   *
   * @param described as by {@link #describe}
   */
  static Sentence passedOver(String described, long bad, BadBytes badBytes) {
    return Sentence.of(
        "%s: %s",
        described, badBytes == BadBytes.SKIP || bad == 0 ? "left out" : "replaced by U+FFFD");
  }

  /** Returns the note on byte-order marks that are left out. */
  static Sentence withoutMarks(String source, long marks) {
    return Sentence.of("%s: %,d byte-order marks (U+FEFF) within the text left out", source, marks);
  }

  private String describe(Trial trial) {
    return describe(
        source,
        trial.charset(),
        trial.bad(),
        trial.firstBad(),
        trial.bad() == 0 ? 0 : bytes[trial.firstBad()],
        trial.nuls(),
        firstNul());
  }

  /**
   * Says what is wrong with a text's bytes.
   *
   * @param bad bytes that the encoding does not allow
   * @param firstBad offset of the first
   * @param nuls characters U+0000
   * @param firstNul offset of the first
   */
  static String describe(
      String source,
      Charset charset,
      long bad,
      long firstBad,
      byte firstByte,
      long nuls,
      long firstNul) {
    List<String> parts = new ArrayList<>();
    if (bad > 0) {
      parts.add(
          format(
              "%,d %s that %s not valid %s, the first 0x%02X at offset %d",
              bad,
              bad == 1 ? "byte" : "bytes",
              bad == 1 ? "is" : "are",
              charset,
              firstByte & 0xFF,
              firstBad));
    }
    if (nuls > 0) {
      parts.add(
          format(
              "%s (zero %s), the first at offset %d",
              nuls == 1 ? "a NUL" : format("%,d NULs", nuls),
              nuls == 1 ? "byte" : "bytes",
              firstNul));
    }
    return source + " has " + String.join(", and ", parts);
  }

  private int firstNul() {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }
}
