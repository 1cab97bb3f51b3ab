package charnn.data.cache;

import static charnn.util.Formats.format;

import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.util.Formats;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * Large corpora, encoded once, for all trainings that read the same inputs in the same way.
 *
 * @param folder of the cache, made when it is needed
 * @param above bytes; smaller corpora are kept in memory. 0: none is; {@link Long#MAX_VALUE}: all
 *     are
 */
public record CorpusCache(Path folder, long above) {
  /** Where nothing else is asked for: 32 MB. */
  public static final long ABOVE = 1 << 25;

  private static final String SUFFIX = ".corpus";
  private static final String BESIDE = ".corpus.tmp";
  private static final long WAIT_MILLIS = 100;

  /** Nothing goes to a cache. */
  public static CorpusCache none() {
    return new CorpusCache(null, Long.MAX_VALUE);
  }

  /** Returns whether any corpus may go to the cache. */
  public boolean isUsed() {
    return above < Long.MAX_VALUE;
  }

  Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  Path beside(String name) {
    return folder.resolve(name + BESIDE);
  }

  /**
   * Returns a corpus that was encoded before; empty if there is none of this key. It is held until
   * its text is closed.
   */
  public Optional<Corpus> find(CacheKey key) {
    if (!isUsed() || !Files.isRegularFile(file(key.name()))) {
      return Optional.empty();
    }
    Path file = file(key.name());
    try {
      CacheLocks locks = CacheLocks.of(folder);
      if (!locks.beginReading(key.name())) {
        return Optional.empty(); // It is being deleted.
      }
      boolean isFound = false;
      try {
        CacheFooter footer = CacheFooter.read(file);
        isFound = footer.state().equals(key.state(footer.sources().size()));
        if (!isFound) {
          return Optional.empty();
        }
        touch(file);
        MappedText text =
            MappedText.map(file, footer, MappedText.SEGMENT, () -> locks.endReading(key.name()));
        return Optional.of(
            new Corpus(
                text,
                footer.sources(),
                key.settings().of(footer.sources().size()),
                footer.notes()));
      } finally {
        if (!isFound) {
          locks.endReading(key.name());
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // It is encoded again.
    }
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      return; // Another user's: it only looks older than it is.
    }
  }

  /**
   * Begins to encode a corpus. Waits while another process encodes the same one; empty if that made
   * it.
   *
   * @param lasts asked at the end: whether the inputs are still as the key says
   * @param fraction returns how much of the inputs is read; 0 if that is not known
   * @param waiting called before waiting
   */
  Optional<CacheWriter> begin(
      CacheKey key, BooleanSupplier lasts, DoubleSupplier fraction, Runnable waiting)
      throws CorpusException {
    try {
      Files.createDirectories(folder);
      CacheLocks locks = CacheLocks.of(folder);
      removeLeftovers(locks);
      for (boolean isFirst = true; !locks.beginEncoding(key.name()); isFirst = false) {
        if (isFirst) {
          waiting.run();
        }
        sleep();
      }
      boolean isBegun = false;
      try {
        Optional<Corpus> made = find(key);
        if (made.isPresent()) {
          made.get().content().close();
          return Optional.empty();
        }
        CacheWriter writer = new CacheWriter(this, locks, key, lasts, fraction);
        isBegun = true;
        return Optional.of(writer);
      } finally {
        if (!isBegun) {
          locks.endEncoding(key.name());
        }
      }
    } catch (CorpusException e) {
      throw e;
    } catch (IOException e) {
      throw new CorpusException(
          format(
              "cannot write to the cache of corpora, %s: %s; name another folder with CHARNN_CACHE",
              folder, Formats.reason(e)),
          e);
    }
  }

  static void sleep() {
    try {
      Thread.sleep(WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Deletes what killed processes left half-made. */
  private void removeLeftovers(CacheLocks locks) throws IOException {
    for (Path left : files(BESIDE)) {
      locks.whileUnused(nameOf(left, BESIDE), () -> Files.deleteIfExists(left));
    }
  }

  private List<Path> files(String suffix) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + suffix)) {
      for (Path file : all) {
        if (nameOf(file, suffix).matches("[0-9a-f]{32}")) {
          files.add(file);
        }
      }
    } catch (NoSuchFileException e) {
      return files;
    }
    files.sort(Comparator.comparing(Path::toString));
    return files;
  }

  private static String nameOf(Path file, String suffix) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - suffix.length());
  }

  /**
   * A file of the cache.
   *
   * @param name by which it can be deleted
   * @param bytes its size
   * @param characters of the corpus; 0 if it is half-made or damaged
   * @param used when it was last used
   * @param inputs from which it was made; empty if it is half-made or damaged
   * @param file itself
   */
  public record Entry(
      String name, long bytes, long characters, Instant used, String inputs, Path file) {}

  /** Returns what the cache holds, the largest first. */
  public List<Entry> entries() throws CorpusException {
    List<Entry> entries = new ArrayList<>();
    try {
      for (Path file : files(SUFFIX)) {
        add(entries, file, SUFFIX);
      }
      for (Path file : files(BESIDE)) {
        add(entries, file, BESIDE);
      }
    } catch (IOException e) {
      throw new CorpusException(
          format("cannot read the cache of corpora, %s: %s", folder, Formats.reason(e)), e);
    }
    entries.sort(Comparator.comparingLong(Entry::bytes).reversed());
    return entries;
  }

  private static void add(List<Entry> entries, Path file, String suffix) throws IOException {
    try {
      long bytes = Files.size(file);
      Instant used = Files.getLastModifiedTime(file).toInstant();
      long characters = 0;
      String inputs = "";
      try {
        CacheFooter footer = CacheFooter.read(file);
        characters = footer.length();
        inputs = footer.inputs();
      } catch (NoSuchFileException e) {
        throw e;
      } catch (IOException e) {
        characters = 0; // It is shown without.
      }
      entries.add(new Entry(nameOf(file, suffix), bytes, characters, used, inputs, file));
    } catch (NoSuchFileException e) {
      return; // It was finished or deleted meanwhile.
    }
  }

  /**
   * Deletes a file of the cache.
   *
   * @return whether it was deleted; if not, it is in use
   */
  public boolean delete(Entry entry) throws CorpusException {
    try {
      return CacheLocks.of(folder)
          .whileUnused(entry.name(), () -> Files.deleteIfExists(entry.file()));
    } catch (IOException e) {
      throw new CorpusException(format("cannot delete %s: %s", entry.file(), Formats.reason(e)), e);
    }
  }
}
