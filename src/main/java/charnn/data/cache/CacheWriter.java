package charnn.data.cache;

import static charnn.util.Formats.format;

import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.CorpusSink;
import charnn.data.CorpusText;
import charnn.data.DocumentEnds;
import charnn.data.PlacedText;
import charnn.data.SpecialSymbols;
import charnn.data.Vocabulary;
import charnn.util.Formats;
import charnn.util.Sentence;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * Encodes texts into a file of the cache, beside its final name. Closed before it is finished,
 * nothing of it is left.
 */
final class CacheWriter implements CorpusSink, Closeable {
  /** UTF-16 units at the beginning that are kept. */
  private static final int BEGINNING = 1000;

  /** So many bytes are written before the free space is judged by them, ... */
  private static final long JUDGED_AFTER = 1 << 24;

  /** ...and so many are left to others. */
  private static final long SPARE = 1 << 26;

  private static final int SLICE = 1 << 13;

  private final CorpusCache cache;
  private final CacheLocks locks;
  private final CacheKey key;
  private final Path beside;
  private final BooleanSupplier lasts;
  private final DoubleSupplier fraction;
  private final SymbolFile file;
  private final SymbolTable symbols = new SymbolTable();
  private DocumentEnds.Builder documentEnds = new DocumentEnds.Builder();
  private final StringBuilder beginning = new StringBuilder();
  private final char[] units = new char[SLICE];
  private MessageDigest sha256 = Corpus.sha256();
  private String firstFile; // null: nothing was begun
  private long length;
  private char last;
  private boolean isSpaceChecked;
  private boolean isFinished;

  /**
   * @param locks in which the key's encoding has begun
   * @param lasts whether the inputs are still as the key says
   * @param fraction returns how much of the inputs is read; 0 if that is not known
   */
  CacheWriter(
      CorpusCache cache,
      CacheLocks locks,
      CacheKey key,
      BooleanSupplier lasts,
      DoubleSupplier fraction)
      throws IOException {
    this.cache = cache;
    this.locks = locks;
    this.key = key;
    this.lasts = lasts;
    this.fraction = fraction;
    this.beside = cache.beside(key.name());
    Files.deleteIfExists(beside); // what a killed process left
    file =
        new SymbolFile(
            FileChannel.open(
                beside,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    Unfinished.add(beside);
  }

  private void delete() {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      return; // The next one that encodes deletes it.
    }
  }

  @Override
  public void begin(PlacedText.Place place) throws CorpusException {
    if (firstFile == null) {
      firstFile = place.file();
    }
    if (length > 0) {
      append(last == '\n' ? "\n" : "\n\n");
    }
  }

  @Override
  public void append(String characters) throws CorpusException {
    if (characters.isEmpty()) {
      return;
    }
    sha256.update(characters.getBytes(StandardCharsets.UTF_8));
    if (beginning.length() < BEGINNING) {
      beginning.append(
          characters, 0, Math.min(characters.length(), BEGINNING - beginning.length()));
    }
    last = characters.charAt(characters.length() - 1);
    try {
      for (int from = 0; from < characters.length(); ) {
        int to = Math.min(characters.length(), from + SLICE);
        if (to < characters.length() && Character.isHighSurrogate(characters.charAt(to - 1))) {
          to--;
        }
        characters.getChars(from, to, units, 0);
        encode(to - from);
        from = to;
      }
      if (!isSpaceChecked && file.bytes() >= JUDGED_AFTER) {
        requireSpace();
      }
    } catch (IOException e) {
      throw failed(e);
    }
    if (symbols.size() > Vocabulary.MAX_SIZE && key.settings().minCount() <= 1) {
      throw Corpus.tooManyCharacters(firstFile, symbols.size());
    }
  }

  private void encode(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      char unit = units[i];
      int symbol = symbols.count(unit);
      if (symbol < 0) {
        boolean isPair =
            Character.isHighSurrogate(unit)
                && i + 1 < count
                && Character.isLowSurrogate(units[i + 1]);
        int codePoint = isPair ? Character.toCodePoint(unit, units[++i]) : unit;
        symbol = symbols.add(codePoint);
        if (codePoint == SpecialSymbols.DOCUMENT) {
          documentEnds.add(length + 1);
        }
      }
      file.write(symbol);
      length++;
    }
  }

  /** Checks early that all will fit. */
  private void requireSpace() throws IOException {
    double read = fraction.getAsDouble();
    if (read <= 0) {
      return; // It is not known how much is to come.
    }
    isSpaceChecked = true;
    double left = file.bytes() / Math.min(1, read) - file.bytes();
    long free = Files.getFileStore(beside).getUsableSpace();
    if (left + SPARE > free) {
      throw new CorpusException(
          format(
              "encoded, the corpus needs about %.1f GB in %s, where %.1f GB are free;"
                  + " free some, for instance with charnn corpus clean, or name a folder on another disk with CHARNN_CACHE",
              (left + file.bytes()) / 1e9, cache.folder(), (free + file.bytes()) / 1e9));
    }
  }

  private CorpusException failed(IOException e) {
    return e instanceof CorpusException said
        ? said
        : new CorpusException(
            format(
                "cannot write the encoded corpus to %s: %s; free some space, or name another folder with CHARNN_CACHE",
                cache.folder(), Formats.reason(e)),
            e);
  }

  @Override
  public Mark mark() {
    long[] counts = symbols.counts();
    long before = length;
    char lastBefore = last;
    int beginningBefore = beginning.length();
    MessageDigest digest = copy(sha256);
    DocumentEnds.Builder endsBefore = documentEnds.copy();
    return () -> {
      symbols.back(counts);
      length = before;
      last = lastBefore;
      beginning.setLength(beginningBefore);
      sha256 = copy(digest);
      documentEnds = endsBefore.copy();
      try {
        file.truncate(length);
      } catch (IOException e) {
        throw failed(e);
      }
    };
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Java's own SHA-256 can be cloned", e);
    }
  }

  @Override
  public CorpusText finish(List<Corpus.Source> sources, List<Sentence> notes)
      throws CorpusException {
    if (symbols.size() < 2) {
      throw Corpus.tooFewCharacters(sources.get(0).name());
    }
    CacheFooter footer =
        new CacheFooter(
            key.state(sources.size()),
            key.inputs(),
            file.width(),
            length,
            symbols.codePoints(),
            symbols.counts(),
            documentEnds.build(),
            HexFormat.of().formatHex(sha256.digest()),
            beginning.toString(),
            sources,
            notes);
    try (FileChannel channel = file.flush()) {
      footer.write(channel);
      channel.force(true);
    } catch (IOException e) {
      throw failed(e);
    }
    try {
      return lasts.getAsBoolean() ? kept(footer) : passing(footer);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private CorpusText kept(CacheFooter footer) throws IOException {
    Path place = cache.file(key.name());
    while (!locks.beginReading(key.name())) {
      CorpusCache.sleep(); // It is being deleted.
    }
    try {
      Files.move(
          beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      isFinished = true;
      return MappedText.map(place, footer, MappedText.SEGMENT, () -> locks.endReading(key.name()));
    } catch (IOException | RuntimeException e) {
      locks.endReading(key.name());
      throw e;
    }
  }

  /** Returns a text that is there as long as this process, for it would not be found again. */
  private CorpusText passing(CacheFooter footer) throws IOException {
    CorpusText text = MappedText.map(beside, footer, MappedText.SEGMENT, () -> {});
    delete(); // Where a mapped file cannot be deleted, as on Windows, the next one deletes it.
    isFinished = true;
    return text;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      isFinished = false;
    }
    if (!isFinished) {
      delete();
    }
    Unfinished.remove(beside);
    locks.endEncoding(key.name());
  }
}
