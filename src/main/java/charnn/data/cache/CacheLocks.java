package charnn.data.cache;

import charnn.util.RegularFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Who encodes a corpus, and who reads it: each corpus has two bytes of one file that is locked. The
 * system frees the locks of a process that ends, however it ends. Closing any channel of a locked
 * file frees its locks on POSIX systems, so that the file is opened once and stays open.
 *
 * <p>Where a file system has no locks, everyone gets them.
 */
final class CacheLocks {
  private static final String FILE = "locks";
  private static final Map<Path, CacheLocks> OPEN = new HashMap<>();

  private final FileChannel channel;
  private final Map<String, FileLock> encoding = new HashMap<>(); // null: without a lock
  private final Map<String, Reading> reading = new HashMap<>();

  /** Who reads a corpus in this process. */
  private static final class Reading {
    final FileLock lock; // null: without one
    int readers;

    Reading(FileLock lock) {
      this.lock = lock;
    }
  }

  private CacheLocks(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Returns the locks of a cache.
   *
   * @param folder of the cache, which is there
   */
  static CacheLocks of(Path folder) throws IOException {
    Path real = folder.toRealPath();
    synchronized (OPEN) {
      CacheLocks locks = OPEN.get(real);
      if (locks == null) {
        Path file = real.resolve(FILE);
        RegularFile.require(file);
        locks =
            new CacheLocks(
                FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS));
        OPEN.put(real, locks);
      }
      return locks;
    }
  }

  /** Returns where a corpus's two bytes are. */
  private static long at(String name) {
    return Long.parseLong(name.substring(0, 15), 16) << 1;
  }

  private FileLock lock(long at, int bytes, boolean shared) throws Taken {
    FileLock lock;
    try {
      lock = channel.tryLock(at, bytes, shared);
    } catch (IOException e) {
      return null; // There are no locks here.
    }
    if (lock == null) {
      throw new Taken();
    }
    return lock;
  }

  private static final class Taken extends Exception {
    private static final long serialVersionUID = 1;
  }

  private static void release(FileLock lock) {
    try {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException e) {
      return; // The end of the process frees it.
    }
  }

  /** Begins to encode a corpus, if nobody else does. */
  synchronized boolean beginEncoding(String name) {
    if (encoding.containsKey(name)) {
      return false;
    }
    try {
      encoding.put(name, lock(at(name), 1, false));
      return true;
    } catch (Taken e) {
      return false;
    }
  }

  synchronized void endEncoding(String name) {
    release(encoding.remove(name));
  }

  /** Begins to read a corpus, if nobody is about to delete it. */
  synchronized boolean beginReading(String name) {
    Reading readers = reading.get(name);
    if (readers == null) {
      try {
        readers = new Reading(lock(at(name) + 1, 1, true));
      } catch (Taken e) {
        return false;
      }
      reading.put(name, readers);
    }
    readers.readers++;
    return true;
  }

  synchronized void endReading(String name) {
    Reading readers = reading.get(name);
    if (--readers.readers == 0) {
      reading.remove(name);
      release(readers.lock);
    }
  }

  /** What is done while nobody encodes or reads a corpus. */
  interface Deletion {
    void run() throws IOException;
  }

  /** Does something if nobody encodes or reads a corpus; returns whether it was done. */
  synchronized boolean whileUnused(String name, Deletion deletion) throws IOException {
    if (encoding.containsKey(name) || reading.containsKey(name)) {
      return false;
    }
    FileLock lock;
    try {
      lock = lock(at(name), 2, false);
    } catch (Taken e) {
      return false;
    }
    try {
      deletion.run();
      return true;
    } finally {
      release(lock);
    }
  }
}
