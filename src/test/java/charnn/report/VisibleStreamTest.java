package charnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class VisibleStreamTest {
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(new VisibleStream(terminal), true, UTF_8);

  @Test
  void aTerminalIsShownWhatItWouldObey() {
    out.print("a\u001B[31mb\tc\nd\r\u0007\u202E\n");
    assertThat(terminal.toString(UTF_8)).isEqualTo("a␛[31mb\tc\nd␍␇‹U+202E›\n");
  }

  @Test
  void charactersThatComeInPiecesAreWhole() {
    String text = "é日😀\u202E👩\u200D👧";
    for (byte b : text.getBytes(UTF_8)) {
      out.write(b);
    }
    assertThat(terminal.toString(UTF_8)).isEqualTo("é日😀‹U+202E›👩\u200D👧");
  }

  @Test
  void bytesThatAreNoTextDoNotReachTheTerminal() {
    out.write(0x9B); // a control of the upper half, to a terminal that is not in UTF-8
    out.print("31m");
    assertThat(terminal.toString(UTF_8)).isEqualTo("\uFFFD31m");
  }

  @Test
  void aTerminalThatIsGoneStopsTheText() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Input/output error");
          }
        };
    PrintStream text =
        new PrintStream(new VisibleStream(new PrintStream(gone, false, UTF_8)), true, UTF_8);
    text.print("a");
    assertThat(text.checkError()).isTrue();
  }
}
