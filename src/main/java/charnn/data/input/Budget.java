package charnn.data.input;

import static charnn.util.Formats.format;

import charnn.data.CorpusException;
import java.util.function.LongSupplier;

/** Counts what comes out of one file that the user named, or that a folder holds. */
final class Budget {
  private final String place;
  private final Limits limits;
  private final LongSupplier size;
  private long bytes;
  private int entries;

  /**
   * @param place of the file, for messages
   * @param size of the file in bytes; of a pipe, what is read so far
   */
  Budget(String place, Limits limits, LongSupplier size) {
    this.place = place;
    this.limits = limits;
    this.size = size;
  }

  /**
   * Counts bytes that were unpacked.
   *
   * @throws CorpusException if no text unpacks to so many
   */
  void unpacked(int count) throws CorpusException {
    bytes += count;
    if (bytes > limits.free() + limits.ratio() * size.getAsLong()) {
      throw new CorpusException(
          format(
              "%s unpacks to more than %,d times its size, as no text does; if it is meant, unpack it and name the files",
              place, limits.ratio()));
    }
  }

  /**
   * Counts an entry of an archive.
   *
   * @throws CorpusException if there are too many
   */
  void entry() throws CorpusException {
    if (++entries > limits.entries()) {
      throw tooMany();
    }
  }

  CorpusException tooMany() {
    return new CorpusException(
        format(
            "%s has more than %,d entries; unpack it, and name the folder",
            place, limits.entries()));
  }

  int mostEntries() {
    return limits.entries();
  }
}
