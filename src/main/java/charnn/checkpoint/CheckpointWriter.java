package charnn.checkpoint;

import static charnn.util.Formats.format;

import charnn.model.Model;
import charnn.model.TrainingState;
import charnn.util.Formats;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes snapshots to disk on a thread of its own, in the order in which they are given, so that
 * training does not wait for the disk. What cannot be written is kept, holds nothing else up, and
 * is tried again with the next one.
 */
public final class CheckpointWriter implements AutoCloseable {
  /**
   * What is to be written.
   *
   * @param state null in a file that is only to sample from
   */
  private record Snapshot(Path file, Model model, TrainingState state) {}

  private final Map<Path, Snapshot> waiting = new LinkedHashMap<>(); // guarded by this
  private final Map<Path, IOException> failures = new HashMap<>(); // since the last try; by this
  private final Set<Path> failing = new HashSet<>(); // already reported; the thread's own
  private final Queue<String> warnings;
  private final AtomicBoolean folderRemade = new AtomicBoolean();
  private final Thread thread = new Thread(this::work, "charnn-checkpoints");
  private boolean writing; // guarded by this
  private boolean closed; // guarded by this

  /**
   * @param warnings called on the writer's thread with what the user should know
   */
  public CheckpointWriter(Queue<String> warnings) {
    this.warnings = warnings;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Writes a snapshot soon. One of the same file that still waits is replaced.
   *
   * @param model whose parameters change no more
   * @param state likewise; null in a file that is only to sample from
   * @param superseded another file whose waiting snapshot is dropped; or null
   */
  public synchronized void write(Path file, Model model, TrainingState state, Path superseded) {
    waiting.remove(superseded);
    waiting.put(file, new Snapshot(file, model, state));
    failures.clear();
    notifyAll();
  }

  /** Gives up a snapshot that still waits. */
  public synchronized void drop(Path file) {
    waiting.remove(file);
    failures.remove(file);
  }

  /** Returns whether all that was given is written, or has failed. */
  public synchronized boolean isIdle() {
    return !writing && next() == null;
  }

  /** Tells, once, whether the folder had to be made again. */
  public boolean takeFolderRemade() {
    return folderRemade.getAndSet(false);
  }

  /**
   * Tries to write all that waits, each at least once, and returns when that is done.
   *
   * @param required the files that matter; none: all
   * @throws IOException if one of them could not be written
   */
  public synchronized void flush(Path... required) throws IOException {
    boolean interrupted = false;
    for (boolean again = true; writing || next() != null || again; ) {
      if (!writing && again) {
        failures.clear();
        again = false;
        notifyAll();
        continue;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    for (Map.Entry<Path, IOException> failure : failures.entrySet()) {
      if (required.length == 0 || Arrays.asList(required).contains(failure.getKey())) {
        throw failure.getValue();
      }
    }
  }

  /** Returns the first snapshot that has not failed, or null. */
  private Snapshot next() {
    for (Snapshot snapshot : waiting.values()) {
      if (!failures.containsKey(snapshot.file)) {
        return snapshot;
      }
    }
    return null;
  }

  /** Runs until closed, whatever happens: others wait for this thread. */
  private void work() {
    for (Snapshot snapshot = await(); snapshot != null; snapshot = await()) {
      IOException failure = attempt(snapshot);
      synchronized (this) {
        writing = false;
        if (failure != null) {
          failures.put(snapshot.file, failure);
        } else {
          waiting.remove(snapshot.file, snapshot); // Another may have taken its place meanwhile.
        }
        notifyAll();
      }
      try {
        warn(snapshot, failure);
      } catch (OutOfMemoryError e) {
        continue; // A warning is less than what is still to be saved.
      }
    }
  }

  /**
   * Returns what is to be written next, null at the end. An interrupt of this thread ends nothing.
   */
  private synchronized Snapshot await() {
    while (next() == null && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        continue;
      }
    }
    Snapshot snapshot = next();
    writing = snapshot != null;
    return snapshot;
  }

  /** Reports a file's failure once, and its end. */
  private void warn(Snapshot snapshot, IOException failure) {
    if (failure != null && failing.add(snapshot.file)) {
      warnings.add(
          format(
              "cannot save %s: %s; what was saved before is kept, training continues and tries again",
              snapshot.file, reason(failure)));
    } else if (failure == null && failing.remove(snapshot.file)) {
      warnings.add(
          format(
              "saving works again: %s is of step %,d",
              snapshot.file, snapshot.model.progress().step()));
    }
  }

  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "its folder is gone";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission to write there";
    }
    return Formats.reason(e);
  }

  private IOException attempt(Snapshot snapshot) {
    try {
      Thread.interrupted(); // An interrupt would close the file.
      Path folder = snapshot.file.toAbsolutePath().getParent();
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        folderRemade.set(true);
        warnings.add(folder + " had vanished, with all that was in it; made again");
      }
      ModelFile.writeOwned(snapshot.file, snapshot.model, snapshot.state);
      return null;
    } catch (IOException e) {
      return e;
    } catch (RuntimeException | Error e) {
      return new IOException(e.toString(), e); // The thread must live: others wait for it.
    }
  }

  /** Waits until what still waits is written, or has failed; an interrupt does not cut it short. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
