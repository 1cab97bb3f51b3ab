package charnn.train;

import static charnn.text.Messages.format;

import charnn.model.Model;
import charnn.model.ModelFile;
import charnn.model.TrainingState;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes snapshots to disk on a thread of its own, in the order in which they are given, so that
 * training does not wait for the disk. What cannot be written is kept and tried again with the next
 * one.
 */
final class CheckpointWriter implements AutoCloseable {
  /**
   * What is to be written.
   *
   * @param state null in a file that is only to sample from
   */
  private record Snapshot(Path file, Model model, TrainingState state) {}

  private final Queue<Snapshot> waiting = new ArrayDeque<>(); // guarded by this
  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean folderRemade = new AtomicBoolean();
  private final Thread thread = new Thread(this::work, "charnn-checkpoints");
  private boolean failing; // whether the user has been told; used by the thread only
  private boolean writing; // guarded by this
  private boolean closed; // guarded by this
  private IOException failure; // of the last attempt, or null; guarded by this

  CheckpointWriter() {
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Writes a snapshot soon. One of the same file that still waits is dropped.
   *
   * @param model whose parameters change no more
   * @param state likewise; null in a file that is only to sample from
   * @param superseded another file whose waiting snapshot is dropped as well
   */
  synchronized void write(Path file, Model model, TrainingState state, Path superseded) {
    waiting.removeIf(old -> old.file.equals(file) || old.file.equals(superseded));
    waiting.add(new Snapshot(file, model, state));
    failure = null;
    notifyAll();
  }

  /** Tells whether all that was given is written, or has failed. */
  synchronized boolean isIdle() {
    return !writing && (waiting.isEmpty() || failure != null);
  }

  /** Returns what is to be told the user, or null. */
  String takeWarning() {
    return warnings.poll();
  }

  /** Tells, once, whether the folder had to be made again. */
  boolean takeFolderRemade() {
    return folderRemade.getAndSet(false);
  }

  /**
   * Waits until all is written.
   *
   * @throws IOException if something could not be written, also at another attempt
   */
  synchronized void flush() throws IOException {
    failure = null;
    notifyAll();
    boolean interrupted = false;
    while (writing || !waiting.isEmpty() && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void work() {
    while (true) {
      Snapshot snapshot;
      synchronized (this) {
        while (waiting.isEmpty() || failure != null) {
          if (closed) {
            return;
          }
          try {
            wait();
          } catch (InterruptedException e) {
            return;
          }
        }
        snapshot = waiting.peek();
        writing = true;
      }
      IOException failed = attempt(snapshot);
      synchronized (this) {
        writing = false;
        if (failed == null) {
          // Another of the same file may have taken its place meanwhile.
          remove(snapshot);
        }
        failure = failed;
        warn(snapshot);
        notifyAll();
      }
    }
  }

  /** Tells of a failure once, and of its end. */
  private void warn(Snapshot snapshot) {
    if (failure != null && !failing) {
      warnings.add(
          format(
              "cannot save %s: %s; what was saved before is kept, training goes on and tries again",
              snapshot.file, reason(failure)));
    } else if (failure == null && failing) {
      warnings.add(format("saving works again: %s is of step %,d", snapshot.file, step(snapshot)));
    }
    failing = failure != null;
  }

  private static long step(Snapshot snapshot) {
    return snapshot.model.progress().step();
  }

  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "its folder is gone";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission to write there";
    }
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  private void remove(Snapshot snapshot) {
    for (Iterator<Snapshot> each = waiting.iterator(); each.hasNext(); ) {
      if (each.next() == snapshot) {
        each.remove();
      }
    }
  }

  private IOException attempt(Snapshot snapshot) {
    try {
      Path folder = snapshot.file.toAbsolutePath().getParent();
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        folderRemade.set(true);
        warnings.add(folder + " had vanished, with all that was in it; made again");
      }
      ModelFile.write(snapshot.file, snapshot.model, snapshot.state);
      return null;
    } catch (IOException e) {
      return e;
    } catch (RuntimeException | Error e) {
      return new IOException(e.toString(), e); // The thread must live: others wait for it.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
