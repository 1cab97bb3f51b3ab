package charnn.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.Corpus;
import charnn.data.DocumentEnds;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symbols in a file, and what is read of it through a mapping. */
class SymbolsTest {
  @TempDir private Path folder;

  private static CacheFooter footer(int width, long length, int[] symbols, long[] counts) {
    return new CacheFooter(
        "0a",
        "book.txt",
        width,
        length,
        symbols,
        counts,
        new DocumentEnds(new long[] {3, 1L << 40}),
        "00".repeat(32),
        "It begins",
        List.of(
            new Corpus.Source("book.txt", "/books/book.txt", 1L << 40, "01".repeat(32)),
            new Corpus.Source("é", null, 0, "ff".repeat(32))),
        List.of(
            Sentence.of(
                "%s; and so for %s more: %,d, 0x%02X, %.1f",
                Sentence.of("%s keeps %s", Setting.KEEP_BOILERPLATE, "it"),
                "2",
                12_345,
                254,
                0.5)));
  }

  @ParameterizedTest
  @CsvSource({"200, 4", "256, 4", "257, 5", "3000, 12", "65536, 16", "65600, 17"})
  void everySymbolIsReadAsItWasWritten(int different, int bits) throws IOException {
    Path file = folder.resolve("symbols");
    SplittableRandom random = new SplittableRandom(different);
    int[] codePoints = new int[different];
    for (int i = 0; i < different; i++) {
      codePoints[i] = 0x10000 + 2 * i; // in the order of first appearance, as below
    }
    long[] counts = new long[different];
    int length = 700_000;
    int[] written = new int[length];
    CacheFooter footer;
    try (SymbolFile symbols =
        new SymbolFile(
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE))) {
      // The 257th comes late, when much must be rewritten.
      for (int i = 0; i < length; i++) {
        int most = i < 600_000 ? Math.min(different, 256) : different;
        written[i] = random.nextInt(most);
        counts[written[i]]++;
        symbols.write(written[i]);
      }
      assertThat(symbols.width()).isEqualTo(different > 65_536 ? 4 : different > 256 ? 2 : 1);
      assertThat(symbols.bytes()).isEqualTo((long) length * symbols.width());
      footer = footer(symbols.width(), length, codePoints, counts);
      footer.write(symbols.flush());
    }
    CacheFooter read = CacheFooter.read(file);
    assertThat(read.state()).isEqualTo(footer.state());
    assertThat(read.inputs()).isEqualTo(footer.inputs());
    assertThat(read.width()).isEqualTo(footer.width());
    assertThat(read.length()).isEqualTo(footer.length());
    assertThat(read.symbols()).isEqualTo(footer.symbols());
    assertThat(read.counts()).isEqualTo(footer.counts());
    assertThat(read.sha256()).isEqualTo(footer.sha256());
    assertThat(read.beginning()).isEqualTo(footer.beginning());
    assertThat(read.sources()).isEqualTo(footer.sources());
    assertThat(read.notes()).hasToString(footer.notes().toString());
    int known = Math.min(different, Vocabulary.MAX_SIZE);
    Vocabulary vocabulary = Vocabulary.of(java.util.Arrays.copyOf(codePoints, known));
    MappedText text = MappedText.map(file, read, bits, () -> {});
    assertThat(text.counts().codePoints()).isEqualTo(codePoints);
    assertThat(text.counts().counts()).isEqualTo(counts);
    Tokens tokens =
        known < different ? text.tokens(vocabulary, known) : text.tokens(text.vocabulary());
    assertThat(tokens.length()).isEqualTo(length);
    for (int i = 0; i < length; i++) {
      int expected = Math.min(known, written[i]);
      if (tokens.at(i) != expected) {
        assertThat(tokens.at(i)).as("at " + i).isEqualTo(expected);
      }
    }
  }

  @Test
  void aVocabularyMayLackASymbol() throws IOException {
    Path file = folder.resolve("symbols");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {0, 1, 2, 1}));
      footer(1, 4, new int[] {'b', 'a', 'z'}, new long[] {1, 2, 1}).write(channel);
    }
    MappedText text = MappedText.map(file, CacheFooter.read(file), 30, () -> {});
    Vocabulary vocabulary = Vocabulary.of('a', 'b');
    assertThat(text.tokens(vocabulary, 2).toArray()).isEqualTo(new char[] {1, 0, 2, 0});
    assertThatThrownBy(() -> text.tokens(vocabulary))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("character 'z' (U+007A) is not in the vocabulary");
    assertThat(text.tokens(Vocabulary.of('a', 'b', 'q', 'z')).toArray())
        .isEqualTo(new char[] {1, 0, 3, 0});
  }

  @Test
  void aFileThatIsNotWholeIsRefused() throws IOException {
    Path file = folder.resolve("symbols");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {0, 1}));
      footer(1, 2, new int[] {'b', 'a'}, new long[] {1, 1}).write(channel);
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> CacheFooter.read(file)).isInstanceOf(IOException.class);
    }
    for (int at = 2; at < bytes.length; at++) { // the symbols have no checksum
      byte[] changed = bytes.clone();
      changed[at] ^= 0x40;
      Files.write(file, changed);
      assertThatThrownBy(() -> CacheFooter.read(file)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aTableForgetsWhatCameAfterAMark() {
    SymbolTable table = new SymbolTable();
    assertThat(table.count('a')).isNegative();
    assertThat(table.add('a')).isZero();
    assertThat(table.add(0x1F600)).isEqualTo(1);
    long[] before = table.counts();
    assertThat(table.add('b')).isEqualTo(2);
    assertThat(table.add(0x1F601)).isEqualTo(3);
    assertThat(table.count('a')).isZero();
    table.back(before);
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.counts()).containsExactly(1, 1);
    assertThat(table.count('b')).isNegative();
    assertThat(table.add(0x1F601)).isEqualTo(2);
    assertThat(table.codePoints()).containsExactly('a', 0x1F600, 0x1F601);
  }
}
