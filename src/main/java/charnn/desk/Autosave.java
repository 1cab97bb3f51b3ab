package charnn.desk;

import charnn.util.Formats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Saves a document a second after it changed, on a thread of its own. Saving takes a tenth of the
 * time at most: a very long text on a slow disk is saved less often. What failed is tried again. A
 * text that was edited is saved again, too, if another program changed or deleted its file.
 */
final class Autosave implements AutoCloseable {
  private static final long MILLIS = 1000;
  private static final int REST = 10; // times as long as saving took
  private static final long NONE = -1; // no version

  private final Document document;
  private final Store store;
  private final Consumer<String> listener;
  private final Object saving = new Object(); // held while saving
  private volatile long savedVersion;
  private volatile String failure; // null: none
  private boolean closed; // guarded by this
  private volatile long tookMillis;

  /**
   * @param listener called after something was saved, or could not be, with what the user should
   *     know of it; null: nothing
   */
  Autosave(Document document, Store store, Consumer<String> listener) {
    this.document = document;
    this.store = store;
    this.listener = listener;
    savedVersion = document.version();
  }

  /** Starts the thread. */
  void start() {
    Thread thread = new Thread(this::work, "charnn-autosave");
    thread.setDaemon(true);
    thread.start();
  }

  Path file() {
    return store.file();
  }

  /** Returns whether the file has all of the text. */
  boolean isSaved() {
    return savedVersion == document.version();
  }

  /** Returns whether there is no file of this text yet. */
  boolean isNew() {
    return !store.hasFile();
  }

  /** Returns what the user should know of where the text was saved. */
  List<String> news() {
    return store.news();
  }

  /** Returns why the text could not be saved; null if it could. */
  String failure() {
    return failure;
  }

  /** The document changed. */
  synchronized void changed() {
    notifyAll();
  }

  /**
   * Saves the text, unless its file has all of it already; returns whether the file has it then.
   */
  boolean save() {
    String news = null;
    synchronized (saving) {
      if (isSaved() && store.isIntact()) {
        return true;
      }
      savedVersion = NONE;
      long start = System.nanoTime();
      try {
        Document.Snapshot snapshot = document.snapshot();
        news = store.save(snapshot.text());
        savedVersion = snapshot.version();
        failure = null;
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        failure = reason(e); // The thread must live, and the user must know.
      }
      tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
    listener.accept(news);
    return failure == null;
  }

  /**
   * Saves all of the text to the folder for temporary files; returns where.
   *
   * @throws IOException if it cannot be saved there either
   */
  Path rescue() throws IOException {
    try {
      return store.rescue(document.snapshot().text());
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new IOException("the text could not be rescued: " + reason(e), e);
    }
  }

  private static String reason(Throwable e) {
    return e instanceof IOException io
        ? Formats.reason(io)
        : e instanceof OutOfMemoryError
            ? "there is not enough memory"
            : "an internal error in charnn (" + e.getClass().getSimpleName() + ")";
  }

  private void work() {
    try {
      while (awaitChange()) {
        if (!isSaved()) {
          Thread.sleep(Math.max(MILLIS, REST * tookMillis));
          save();
        } else {
          watch();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Saves the text if its file was changed or deleted, but for a text that is only read here. */
  void watch() {
    if (document.version() > 0 && store.isTouched()) {
      save();
    }
  }

  /** Waits until the text changed, or the file may have; returns false if this was closed. */
  private synchronized boolean awaitChange() throws InterruptedException {
    if (!closed && isSaved()) {
      wait(MILLIS);
    }
    return !closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
