package charnn.report;

import java.io.PrintStream;

/** Streams generated text. Characters appear within 20 ms, without a system call for each. */
public final class TextWriter {
  private static final long FLUSH_NANOS = 20_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final StringBuilder pending = new StringBuilder();
  private long flushedNanos = System.nanoTime();
  private int last = '\n';

  /**
   * @param terminal whether the output is a terminal
   */
  public TextWriter(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Writes a character.
   *
   * @return false once the reader has left
   */
  public boolean write(int codePoint) {
    pending.appendCodePoint(codePoint);
    last = codePoint;
    return System.nanoTime() - flushedNanos <= FLUSH_NANOS || flush();
  }

  public void write(String text) {
    text.codePoints().forEach(this::write);
  }

  /** Flushes; returns false once the reader has left. */
  public boolean flush() {
    out.print(pending);
    pending.setLength(0);
    flushedNanos = System.nanoTime();
    return !out.checkError(); // flushes, too
  }

  /** Ends the text with a newline, if it has none. */
  public void end() {
    if (last != '\n') {
      pending.append('\n');
    }
    flush();
  }
}
