package charnn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockReaderTest {
  @Test
  void allThatHasArrivedIsOneBlock() throws IOException {
    byte[] sent = new byte[1 << 20];
    new Random(1).nextBytes(sent);
    InputStream in = new ByteArrayInputStream(sent);
    BlockReader reader = new BlockReader(in, in);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    int blocks = 0;
    for (byte[] block = reader.read(); block.length > 0; block = reader.read()) {
      read.writeBytes(block);
      blocks++;
    }
    assertThat(read.toByteArray()).isEqualTo(sent);
    assertThat(blocks).isEqualTo(16);
  }

  @Test
  void aKeyDoesNotWaitForAnother() throws IOException {
    InputStream rest =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("nothing has arrived: this would wait");
          }
        };
    InputStream first = new ByteArrayInputStream(new byte[] {'a', (byte) 0xFF});
    BlockReader reader = new BlockReader(first, rest);
    assertThat(reader.read()).containsExactly('a');
    assertThat(reader.read()).containsExactly(0xFF);
    assertThat(reader.read()).isEmpty();
  }
}
