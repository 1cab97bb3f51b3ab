package charnn.data.web;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The bytes of a response, for a reader that does not wait for ever: Java's client has no limit on
 * the time in which nothing comes.
 */
final class Body implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
  private static final Object END = new Object();

  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
  private volatile boolean closed;

  @Override
  public void onSubscribe(Flow.Subscription made) {
    subscription.set(made);
    if (closed) {
      made.cancel();
    } else {
      made.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrived.add(buffers);
  }

  @Override
  public void onError(Throwable e) {
    arrived.add(e);
  }

  @Override
  public void onComplete() {
    arrived.add(END);
  }

  /**
   * Returns the next bytes; null at the end.
   *
   * @throws HttpTimeoutException if nothing comes for too long
   * @throws IOException if the connection is cut
   */
  @SuppressWarnings("unchecked") // Nothing else is put in.
  List<ByteBuffer> next(Duration stall) throws IOException, InterruptedException {
    Object next = arrived.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new HttpTimeoutException("nothing came for " + stall.toSeconds() + " s");
    }
    if (next instanceof Throwable e) {
      throw new IOException("the connection was cut", e);
    }
    if (next == END) {
      return null;
    }
    subscription.get().request(1);
    return (List<ByteBuffer>) next;
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription made = subscription.get();
    if (made != null) {
      made.cancel();
    }
  }
}
