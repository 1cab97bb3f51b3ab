package charnn.data.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import charnn.data.BadBytes;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.DocumentUnit;
import charnn.data.InMemoryText;
import charnn.data.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes are read, what comes is a corpus, or the one exception with a message for people.
 * Inputs are random bytes, texts in many encodings, and packed files and documents, damaged in
 * random places.
 *
 * <p>Of a seed, input i is always the same. The properties charnn.fuzz.inputs, .first and .seed
 * choose how many are tried, from which on, and of which seed.
 */
class ReaderFuzzTest {
  private static final int INPUTS = Integer.getInteger("charnn.fuzz.inputs", 1500);
  private static final int FIRST = Integer.getInteger("charnn.fuzz.first", 0);
  private static final long SEED = Long.getLong("charnn.fuzz.seed", 1);

  private static final String[] ENCODINGS = {
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "UTF-16",
    "UTF-32LE",
    "UTF-32BE",
    "ISO-8859-1",
    "ISO-8859-2",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1255",
    "windows-1256",
    "KOI8-R",
    "Shift_JIS",
    "EUC-JP",
    "ISO-2022-JP",
    "ISO-2022-KR",
    "EUC-KR",
    "GBK",
    "GB18030",
    "Big5",
    "EUC-TW",
    "IBM437",
    "IBM866",
    "x-MacRoman",
    "windows-874"
  };

  private static final String[] WORDS = {
    "a",
    "the king",
    "Müller",
    "Łódź",
    "ночь",
    "и",
    "νύξ",
    "夜",
    "こんにちは",
    "カタカナ",
    "한국",
    "漢字",
    "ﬁ",
    "Å",
    "İ",
    "😀",
    "١٢",
    "שלום",
    "\u200B",
    "\uFEFF",
    "½",
    "\u0000",
    "\u0007",
    "é",
    "ệ",
    "\uDBFF\uDFFF",
    "\uD800"
  };

  private static final String[] LINES = {
    "*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***",
    "*** END OF THE PROJECT GUTENBERG EBOOK A TALE ***",
    "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
    "End of Project Gutenberg's A Tale, by Nobody",
    "This is not a log",
    "% *** END ***",
    "---",
    "<html><body>",
    "<p>",
    "</p>",
    "<br/>",
    "<svg>",
    "<?xml version='1.0' encoding='koi8-r'?>",
    "<table><tr><td>",
    "&amp;&#x110000;&eacute",
    "<meta charset=big5>",
    "<script>",
    "<![CDATA[",
    "{\\rtf1",
    "%PDF-1.7",
    "PK\u0003\u0004"
  };

  /** What the files of some kinds begin with. */
  private static final String[] STARTS = {
    "\u001F\u008B\u0008",
    "BZh9",
    "\u00FD7zXZ\u0000",
    "(\u00B5/\u00FD",
    "PK\u0003\u0004",
    "%PDF-1.4\n",
    "\u0089PNG\r\n\u001A\n",
    "\u00FF\u00D8\u00FF",
    "\u00FF\u00FE",
    "\u00FE\u00FF",
    "\u00EF\u00BB\u00BF",
    "\u00FF\u00FE\u0000\u0000",
    "\u0000\u0000\u00FE\u00FF",
    "7z\u00BC\u00AF'\u001C",
    "Rar!\u001A\u0007",
    "\u007FELF",
    "MZ",
    "\u001B$B",
    "<html",
    "<?xml",
    "<svg"
  };

  private final List<byte[]> seeds = new ArrayList<>();

  private void makeSeeds() throws IOException {
    byte[] text = "Once upon a time there was a miller.\n".repeat(5).getBytes(UTF_8);
    for (String ending : new String[] {"gz", "bz2", "xz", "zst"}) {
      byte[] packed = Packed.compressed(ending, text);
      seeds.add(packed);
      seeds.add(Packed.compressed("gz", packed));
      seeds.add(Packed.compressed(ending, Packed.tar("a.txt", text, "b/c.html", "<p>One<p>two")));
    }
    byte[] tar = Packed.tar("x".repeat(150) + ".txt", text, "link", null, "../up.txt", text);
    seeds.add(tar);
    byte[] zip = Packed.zip("a.txt", text, "../../b.txt", text, "c.tar", tar, "d/", "");
    seeds.add(zip);
    seeds.add(Packed.zip("outer.zip", zip, "e.gz", Packed.gzip(text)));
    seeds.add(Packed.epub("<p>Chapter one.</p>", "<p>Chapter <b>two</b>.</p>"));
    seeds.add(Packed.zip("word/document.xml", "<w:p>A letter</w:p>"));
    seeds.add(Packed.pdf("A page.\nAnother line.", "A second page."));
    seeds.add(Packed.encryptedPdf("", "A page."));
  }

  @Test
  void anyInputIsReadOrRefused() throws IOException {
    makeSeeds();
    int read = 0;
    long slowest = 0;
    int slow = 0;
    for (int i = FIRST; i < FIRST + INPUTS; i++) {
      long begun = System.nanoTime();
      SplittableRandom random = new SplittableRandom(SEED * 0x9E3779B97F4A7C15L + i);
      byte[] input = input(random);
      try {
        read += isRead(input, random) ? 1 : 0;
      } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
        fail("seed " + SEED + ", input " + i + " of " + input.length + " bytes: " + e, e);
      }
      if (System.nanoTime() - begun > slowest) {
        slowest = System.nanoTime() - begun;
        slow = i;
      }
    }
    if (INPUTS > 100_000) {
      System.out.printf(
          "%,d inputs, of which %,d were read; the slowest, %d, took %d ms%n",
          INPUTS, read, slow, slowest / 1_000_000);
    }
    assertThat(read).isBetween(INPUTS / 10, INPUTS - INPUTS / 10);
  }

  private static boolean isRead(byte[] input, SplittableRandom random) throws IOException {
    DecodingSettings settings = settings(random);
    int large = random.nextInt(3) == 0 ? random.nextInt(400) : 1 << 20;
    InputReader reader =
        new InputReader(
            Include.ALL,
            new ByteArrayInputStream(input),
            settings,
            new Limits(100, 1 << 20, 50, large, 1 << 24),
            new InMemoryText.Writer(),
            new InputProgress(0, CorpusReading.UNSEEN));
    try {
      Corpus corpus = reader.read(List.of(CorpusInput.of("-")));
      String text = corpus.text();
      assertThat(text.indexOf('\0')).as("a NUL").isNegative();
      assertThat(text.indexOf('\r')).as("a carriage return").isNegative();
      char[] encoded = Vocabulary.ofText(text).encode(text);
      assertThat(encoded).hasSize(text.codePointCount(0, text.length()));
      assertThat(corpus.sources()).isNotEmpty();
      corpus.notes().forEach(note -> assertThat(note.toString()).isNotBlank());
      return true;
    } catch (CorpusException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("Exception", "java.");
      return false;
    }
  }

  private static DecodingSettings settings(SplittableRandom random) {
    String encoding = random.nextInt(8) == 0 ? ENCODINGS[random.nextInt(ENCODINGS.length)] : null;
    String form =
        switch (random.nextInt(3)) {
          case 0 -> null;
          case 1 -> DecodingSettings.NFKC;
          default -> DecodingSettings.NFC;
        };
    DocumentUnit documents =
        switch (random.nextInt(8)) {
          case 0 -> DocumentUnit.FILE_IF_SEVERAL;
          case 1 -> new DocumentUnit(DocumentUnit.Kind.LINE, null);
          case 2 -> new DocumentUnit(DocumentUnit.Kind.BLANK_LINE, null);
          case 3 -> new DocumentUnit(DocumentUnit.Kind.SEPARATOR, "-+|(?<=a)\\n|$");
          default -> null;
        };
    int rules = random.nextInt(8) == 0 ? random.nextInt(DecodingSettings.RULES + 1) : 2;
    return new DecodingSettings(encoding, random.nextInt(4) == 0, form, rules)
        .withCharacters(form, random.nextInt(4) == 0, 0)
        .withBadBytes(BadBytes.values()[random.nextInt(BadBytes.values().length)])
        .withDocuments(documents);
  }

  private byte[] input(SplittableRandom random) throws IOException {
    byte[] bytes =
        switch (random.nextInt(10)) {
          case 0 -> randomBytes(random);
          case 1 -> joined(start(random), randomBytes(random));
          case 2, 3, 4 -> seeds.get(random.nextInt(seeds.size()));
          default -> text(random);
        };
    int damages = random.nextInt(4) == 0 ? 0 : random.nextInt(6);
    for (int i = 0; i < damages; i++) {
      bytes = damaged(bytes, random);
    }
    return random.nextInt(30) == 0 ? Packed.gzip(bytes) : bytes;
  }

  private static byte[] randomBytes(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(1 + (1 << random.nextInt(10)))];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] start(SplittableRandom random) {
    return STARTS[random.nextInt(STARTS.length)].getBytes(ISO_8859_1);
  }

  private static byte[] joined(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }

  private static byte[] text(SplittableRandom random) throws IOException {
    StringBuilder text = new StringBuilder();
    int words = random.nextInt(60);
    int kinds = 1 + random.nextInt(WORDS.length);
    for (int i = 0; i < words; i++) {
      text.append(
          random.nextInt(12) == 0
              ? "\n" + LINES[random.nextInt(LINES.length)] + "\n"
              : WORDS[random.nextInt(kinds)]);
      text.append(random.nextInt(8) == 0 ? random.nextInt(3) == 0 ? "\r\n" : "\n" : " ");
    }
    String encoding = ENCODINGS[random.nextInt(4) == 0 ? random.nextInt(ENCODINGS.length) : 0];
    byte[] bytes = text.toString().getBytes(Charset.forName(encoding));
    return random.nextInt(10) == 0 ? joined(start(random), bytes) : bytes;
  }

  /** Changes, cuts off, leaves out, doubles or inserts some bytes. */
  private static byte[] damaged(byte[] bytes, SplittableRandom random) throws IOException {
    if (bytes.length == 0) {
      return bytes;
    }
    int from = random.nextInt(bytes.length);
    int to = from + random.nextInt(Math.min(64, bytes.length - from) + 1);
    byte[] before = java.util.Arrays.copyOf(bytes, from);
    byte[] part = java.util.Arrays.copyOfRange(bytes, from, to);
    byte[] after = java.util.Arrays.copyOfRange(bytes, to, bytes.length);
    return switch (random.nextInt(7)) {
      case 0 -> before;
      case 1 -> joined(before, after);
      case 2 -> joined(before, part, part, after);
      case 3 -> joined(before, part, randomBytes(random), after);
      case 4 -> joined(before, part, start(random), after);
      default -> {
        byte[] changed = bytes.clone();
        changed[from] =
            (byte)
                (random.nextBoolean() ? random.nextInt() : changed[from] ^ 1 << random.nextInt(8));
        yield changed;
      }
    };
  }
}
