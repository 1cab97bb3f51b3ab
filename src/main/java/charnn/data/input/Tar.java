package charnn.data.input;

import charnn.data.CorpusException;
import charnn.data.NoTextException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads tar archives from beginning to end. */
final class Tar {
  private Tar() {}

  /**
   * Reads an archive's files; links are none.
   *
   * @param place of the archive, for messages
   */
  static void read(Place place, InputStream in, Budget budget, EntryReader to) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
    InputStream unpacked =
        new FilterInputStream(new UnpackedStream(place.shown(), tar, budget)) {
          @Override
          public void close() {} // The next entry is still to be read.
        };
    for (TarArchiveEntry entry = next(place, tar); entry != null; entry = next(place, tar)) {
      budget.entry();
      if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
        boolean isSparse = entry.isSparse();
        to.entry(
            entry.getName(),
            () -> {
              if (isSparse) {
                throw new NoTextException(
                    place.shown() + " has a sparse file, which is no text", "a sparse file");
              }
              return unpacked;
            });
      }
    }
  }

  private static TarArchiveEntry next(Place place, TarArchiveInputStream tar)
      throws CorpusException {
    try {
      return tar.getNextEntry();
    } catch (IOException | RuntimeException e) {
      throw UnpackedStream.damaged(place.shown(), e);
    }
  }
}
