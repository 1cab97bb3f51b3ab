package charnn.report;

import java.io.PrintStream;

/**
 * Streams generated text: what is written appears at once, without a system call for every
 * character.
 */
public final class TextWriter {
  private static final long FLUSH_NANOS = 20_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final StringBuilder pending = new StringBuilder();
  private long flushedNanos = System.nanoTime();
  private int last = '\n';

  /**
   * @param terminal whether a person reads it there, and not a program
   */
  public TextWriter(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Writes a character.
   *
   * @return false once nobody reads any more
   */
  public boolean write(int codePoint) {
    pending.appendCodePoint(codePoint);
    last = codePoint;
    return System.nanoTime() - flushedNanos <= FLUSH_NANOS || flush();
  }

  public void write(String text) {
    text.codePoints().forEach(this::write);
  }

  /** Brings out what is pending; returns false once nobody reads any more. */
  public boolean flush() {
    out.print(pending);
    pending.setLength(0);
    flushedNanos = System.nanoTime();
    return !out.checkError(); // flushes, too
  }

  /** Ends the text with a line's end: what comes behind it, of whatever program, is not its own. */
  public void end() {
    if (last != '\n') {
      pending.append('\n');
    }
    flush();
  }
}
