package charnn.desk;

import charnn.predict.LanguageModel;
import java.io.IOError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/**
 * A writing desk in a terminal: a text is typed, and its next words are proposed in grey after the
 * cursor. One thread does everything but reading keys, proposing and saving, which have threads of
 * their own and put {@link Event}s into a queue.
 */
public final class Desk {
  /** How the desk was left. */
  public enum Outcome {
    LEFT,
    /** By Ctrl-C, a signal, or because the terminal was closed. */
    INTERRUPTED
  }

  /** The bytes of a key's sequence arrive within this time. */
  private static final long KEY_MILLIS = 500;

  private static final long END_MILLIS = 500; // that a thread may take to end
  private static final long NEWS_SECONDS = 8; // that news are shown

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Autosave autosave;
  private final Proposals proposals;
  private final Session session;

  /**
   * How to propose.
   *
   * @param temperature at first
   * @param words of a proposal
   * @param seed of all proposals
   */
  public record Settings(double temperature, int words, long seed) {}

  /**
   * @param store with the text to begin with
   * @param normalization of the text that the model was trained on
   */
  public Desk(
      TextStore store,
      LanguageModel model,
      UnaryOperator<String> normalization,
      Settings settings) {
    Document document = new Document(store.text());
    autosave = new Autosave(document, store, this::saved);
    proposals =
        new Proposals(
            new Proposer(model, normalization, settings.seed),
            answer -> events.add(new Event.Proposed(answer)));
    session =
        new Session(document, autosave, proposals::request, settings.temperature, settings.words);
    saved(store.warning());
  }

  /** Has news shown for some seconds; null: none. */
  private void saved(String news) {
    events.add(new Event.Saved(news));
    if (news != null) {
      CompletableFuture.delayedExecutor(NEWS_SECONDS, TimeUnit.SECONDS)
          .execute(() -> events.add(new Event.NewsRead(news)));
    }
  }

  /**
   * The process is asked to end; from any thread. The text is saved before this returns, whatever
   * the desk's own thread waits for.
   */
  public void interrupt() {
    autosave.save();
    events.add(new Event.Ending());
  }

  /** The window may have another size; from any thread. */
  public void resized() {
    events.add(new Event.Resized());
  }

  /** Lets the user write until he leaves. The terminal is then as it was. For one call. */
  public Outcome run(DeskTerminal place) throws InterruptedException {
    Terminal terminal = place.terminal();
    Thread keys = new Thread(() -> readKeys(place.keys()), "charnn-keys");
    keys.setDaemon(true);
    TerminalModes modes = TerminalModes.enter(terminal);
    try (autosave;
        proposals) {
      autosave.start();
      proposals.start();
      keys.start();
      work(terminal);
    } finally {
      autosave.save();
      keys.interrupt();
      keys.join(END_MILLIS); // It would read on, and set modes that it needs.
      modes.close();
    }
    return session.outcome();
  }

  /**
   * Returns where the text is after {@link #run}: its file, or, if it cannot be saved there,
   * another one.
   *
   * @throws IOException if it can be saved nowhere
   */
  public Path keep() throws IOException {
    return autosave.save() ? autosave.file() : autosave.rescue();
  }

  /** Returns why the text could not be saved to its file; null if it could. */
  public String failure() {
    return autosave.failure();
  }

  /** Returns what the user should know of where the text was saved, and of what was there. */
  public List<String> news() {
    return autosave.news();
  }

  /** Returns why proposals ended; null if they did not. */
  public Throwable proposalFailure() {
    return session.failure();
  }

  /** Returns whether the file has been written, or was there from the beginning. */
  public boolean hasFile() {
    return !autosave.isNew();
  }

  private void work(Terminal terminal) throws InterruptedException {
    Painter painter = new Painter(terminal);
    resize(terminal);
    while (session.outcome() == null) {
      session.update();
      View.Frame frame = session.frame();
      boolean all = session.takeRedraw();
      try {
        painter.paint(frame, all);
      } catch (IllegalStateException | IOError e) {
        session.handle(new Event.Hangup()); // The terminal was closed.
        return;
      }
      Event event =
          session.isPending() ? events.poll(KEY_MILLIS, TimeUnit.MILLISECONDS) : events.take();
      if (event == null) {
        session.flush();
      }
      // All that has happened, before it is painted.
      for (; event != null && session.outcome() == null; event = events.poll()) {
        if (event instanceof Event.Resized) {
          resize(terminal);
        } else {
          session.handle(event);
        }
      }
    }
  }

  private void resize(Terminal terminal) {
    try {
      Size size = terminal.getSize();
      if (size.getColumns() > 0 && size.getRows() > 0) {
        session.resize(size.getColumns(), size.getRows());
      }
    } catch (IOError e) {
      return; // The terminal was closed; the thread that reads keys notices, too.
    }
  }

  private void readKeys(BlockReader keys) {
    try {
      for (byte[] block = keys.read(); block.length > 0; block = keys.read()) {
        events.add(new Event.Bytes(block));
      }
    } catch (IOException | IOError | RuntimeException e) {
      return; // The terminal is gone, or the desk was left.
    } finally {
      events.add(new Event.Hangup());
    }
  }
}
