package charnn.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * Writes to a stream that may block, such as a pipe that nobody reads, on a thread of its own.
 * While the stream accepts bytes, a flush returns when all are written. After a stall of {@value
 * #PATIENCE_MILLIS} ms, nothing waits for it any more, and bytes beyond a buffer of {@value
 * #CAPACITY} are dropped.
 */
final class NonBlockingStream extends OutputStream {
  private static final int CAPACITY = 1 << 16;
  private static final long PATIENCE_MILLIS = 500;

  private final OutputStream out;
  private ByteArrayOutputStream pending = new ByteArrayOutputStream(); // guarded by this
  private boolean writing; // guarded by this
  private boolean stalled; // guarded by this

  NonBlockingStream(OutputStream out) {
    this.out = out;
    Thread thread = new Thread(this::work, "charnn-messages");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (pending.size() + length <= CAPACITY) {
      pending.write(bytes, offset, length);
      notifyAll();
    }
  }

  @Override
  public synchronized void flush() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!stalled && (writing || pending.size() > 0)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        stalled = true;
        return;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void work() {
    try {
      while (true) {
        byte[] bytes = take();
        out.write(bytes);
        out.flush();
        synchronized (this) {
          writing = false;
          stalled = false;
          notifyAll();
        }
      }
    } catch (IOException | InterruptedException e) {
      synchronized (this) {
        stalled = true; // Nobody will ever read it.
        notifyAll();
      }
    }
  }

  private synchronized byte[] take() throws InterruptedException {
    while (pending.size() == 0) {
      wait();
    }
    byte[] bytes = pending.toByteArray();
    pending = new ByteArrayOutputStream();
    writing = true;
    return bytes;
  }
}
