package charnn.data.cache;

import charnn.data.CharacterCounts;
import charnn.data.CorpusText;
import charnn.data.DocumentEnds;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** A corpus's text in a file that is mapped into memory. */
final class MappedText implements CorpusText {
  /** Bytes of a segment, as their logarithm: a mapping has less than 2^31. */
  static final int SEGMENT = 30;

  private final CacheFooter footer;
  private final ByteBuffer[] segments;
  private final int bits;
  private Runnable release;

  private MappedText(CacheFooter footer, ByteBuffer[] segments, int bits, Runnable release) {
    this.footer = footer;
    this.segments = segments;
    this.bits = bits;
    this.release = release;
  }

  /**
   * Maps a file.
   *
   * @param bits of a segment
   * @param release is called when the text is closed
   */
  static MappedText map(Path file, CacheFooter footer, int bits, Runnable release)
      throws IOException {
    long bytes = footer.length() * footer.width();
    ByteBuffer[] segments = new ByteBuffer[(int) ((bytes + (1L << bits) - 1) >>> bits)];
    try (FileChannel channel = FileChannel.open(file)) {
      for (int i = 0; i < segments.length; i++) {
        long from = (long) i << bits;
        segments[i] =
            channel
                .map(FileChannel.MapMode.READ_ONLY, from, Math.min(bytes - from, 1L << bits))
                .order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    return new MappedText(footer, segments, bits, release);
  }

  @Override
  public long length() {
    return footer.length();
  }

  @Override
  public Vocabulary vocabulary() {
    int[] sorted = footer.symbols().clone();
    Arrays.sort(sorted);
    return Vocabulary.of(sorted);
  }

  @Override
  public Tokens tokens(Vocabulary vocabulary) {
    return tokens(vocabulary, vocabulary.unknownCharacter());
  }

  @Override
  public Tokens tokens(Vocabulary vocabulary, int unknown) {
    int[] symbols = footer.symbols();
    int[] ids = new int[Math.max(1 << 8, symbols.length)]; // so many as a byte may ask for
    for (int i = 0; i < symbols.length; i++) {
      int id = vocabulary.indexOf(symbols[i]);
      if (id < 0 && unknown < 0) {
        throw new IllegalArgumentException(
            "character " + Vocabulary.describe(symbols[i]) + " is not in the vocabulary");
      }
      ids[i] = id < 0 ? unknown : id;
    }
    return MappedTokens.of(segments, bits, footer.width(), footer.length(), ids);
  }

  @Override
  public CharacterCounts counts() {
    int[] symbols = footer.symbols();
    int[] sorted = symbols.clone();
    Arrays.sort(sorted);
    long[] counts = new long[sorted.length];
    for (int i = 0; i < counts.length; i++) {
      counts[Arrays.binarySearch(sorted, symbols[i])] = footer.counts()[i];
    }
    return new CharacterCounts(sorted, counts);
  }

  @Override
  public DocumentEnds documentEnds(Tokens own, int documentMark) {
    return footer.documentEnds();
  }

  @Override
  public String beginning(int most) {
    return footer.beginning().substring(0, Math.min(most, footer.beginning().length()));
  }

  @Override
  public String sha256() {
    return footer.sha256();
  }

  @Override
  public long inMemory() {
    return 0;
  }

  @Override
  public synchronized void close() {
    if (release != null) {
      release.run();
      release = null;
    }
  }
}
