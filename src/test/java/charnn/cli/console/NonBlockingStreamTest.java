package charnn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NonBlockingStreamTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFlushReturnsWhenAllIsWritten() throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    NonBlockingStream stream = new NonBlockingStream(target);
    for (int i = 0; i < 100; i++) {
      stream.write(bytes("line " + i + "\n"));
      stream.flush();
      assertThat(target.toString(StandardCharsets.UTF_8)).endsWith("line " + i + "\n");
    }
    stream.write('x');
    stream.flush();
    assertThat(target.toString(StandardCharsets.UTF_8)).endsWith("\nx");
  }

  @Test
  void aStreamThatBlocksHoldsNobodyUpAndGetsWhatFitsLater() throws Exception {
    CountDownLatch opened = new CountDownLatch(1);
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    OutputStream blocked =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
              opened.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            synchronized (target) {
              target.write(bytes, offset, length);
            }
          }
        };
    NonBlockingStream stream = new NonBlockingStream(blocked);
    stream.write(bytes("first\n"));
    stream.flush(); // waits its patience, once
    for (int i = 0; i < 100_000; i++) {
      stream.write(bytes("a line that nobody reads\n"));
      stream.flush();
    }
    opened.countDown();
    while (true) {
      synchronized (target) {
        if (target.size() > 1 << 15) {
          break;
        }
      }
      Thread.sleep(5);
    }
    assertThat(target.toString(StandardCharsets.UTF_8)).startsWith("first\na line");
    assertThat(target.size()).isLessThan(1 << 17);
  }

  @Test
  void aStreamThatFailsIsNotTriedAgain() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    NonBlockingStream stream =
        new NonBlockingStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                tries.incrementAndGet();
                throw new IOException("closed");
              }
            });
    for (int i = 0; i < 1000; i++) {
      stream.write(bytes("text"));
      stream.flush();
    }
    assertThat(tries).hasValue(1);
  }
}
