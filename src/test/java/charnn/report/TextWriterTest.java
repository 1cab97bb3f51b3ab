package charnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TextWriterTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, false, UTF_8);

  @Test
  void aPipeGetsControlCharactersAsTheyAre() {
    TextWriter writer = new TextWriter(out, false);
    writer.write("a\u001B[31mb\tc\nd\r\u0007");
    writer.flush();
    assertThat(written.toString(UTF_8)).isEqualTo("a\u001B[31mb\tc\nd\r\u0007");
  }

  @Test
  void charactersBeyond16BitsComeWhole() {
    TextWriter writer = new TextWriter(out, false);
    assertThat(writer.write(0x1F600)).isTrue();
    writer.write("é😁");
    assertThat(writer.flush()).isTrue();
    assertThat(written.toString(UTF_8)).isEqualTo("😀é😁");
  }

  @Test
  void aTerminalGetsALineEndAfterTheText() {
    TextWriter writer = new TextWriter(out, true);
    writer.write("text");
    writer.end();
    assertThat(written.toString(UTF_8)).isEqualTo("text\n");
  }

  @Test
  void aTerminalGetsNoSecondLineEnd() {
    TextWriter writer = new TextWriter(out, true);
    writer.write("text\n");
    writer.end();
    assertThat(written.toString(UTF_8)).isEqualTo("text\n");
  }

  @Test
  void nothingIsAddedToAnEmptyText() {
    new TextWriter(out, true).end();
    new TextWriter(out, false).end();
    assertThat(written.size()).isZero();
  }

  @Test
  void aPipeGetsALineEndAfterTheText() {
    TextWriter writer = new TextWriter(out, false);
    writer.write("text");
    writer.end();
    assertThat(written.toString(UTF_8)).isEqualTo("text\n");
  }

  @Test
  void whatIsFlushedIsNotWrittenAgain() {
    TextWriter writer = new TextWriter(out, false);
    writer.write('a');
    writer.flush();
    assertThat(written.toString(UTF_8)).isEqualTo("a");
    writer.write('b');
    writer.flush();
    assertThat(written.toString(UTF_8)).isEqualTo("ab");
  }

  @Test
  void aReaderThatHasClosedStopsTheText() {
    TextWriter writer = new TextWriter(new PrintStream(new Closed(), false, UTF_8), false);
    writer.write('a');
    assertThat(writer.flush()).isFalse();
  }

  private static final class Closed extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}
