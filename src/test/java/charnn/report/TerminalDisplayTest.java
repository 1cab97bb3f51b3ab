package charnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TerminalDisplayTest {
  private static final String CLEAR = "\r\u001B[K";

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final AtomicInteger columns = new AtomicInteger(10);
  private final TerminalDisplay lines =
      new TerminalDisplay(new PrintStream(terminal, true, UTF_8), columns::get);

  private String shown() {
    String shown = terminal.toString(UTF_8);
    terminal.reset();
    return shown;
  }

  private static String drawn(String status) {
    return "\u001B[?7l" + status + "\u001B[?7h";
  }

  @Test
  void theStatusStaysBelowTheLinesInOneRow() {
    lines.updateStatus(() -> "0123456789012345");
    assertThat(shown()).isEqualTo(CLEAR + drawn("012345678"));
    lines.printLine("lasting, and longer than the terminal is wide");
    assertThat(shown())
        .isEqualTo(
            CLEAR
                + "lasting, and longer than the terminal is wide"
                + System.lineSeparator()
                + drawn("012345678"));
    lines.close();
    assertThat(shown()).isEqualTo(CLEAR);
  }

  @Test
  void aLineIsBrokenBetweenWords() {
    columns.set(24);
    lines.printLine("lasting, and longer than the terminal is wide");
    assertThat(shown().lines())
        .containsExactly(
            "", CLEAR.substring(1) + "lasting, and longer than", "  the terminal is wide");
  }

  @Test
  void theStatusIsMadeOnlyWhenItIsTimeTo() {
    lines.updateStatus(() -> "first");
    shown();
    lines.updateStatus(
        () -> {
          throw new AssertionError("made");
        });
    assertThat(shown()).isEmpty();
  }

  @Test
  void aTerminalMayBecomeNarrower() {
    columns.set(5);
    lines.updateStatus(() -> "日本語です");
    assertThat(shown()).isEqualTo(CLEAR + drawn("日本"));
  }

  @Test
  void nothingInALineIsObeyed() {
    lines.printLine("a\u001B[2J\u202E\nb");
    assertThat(shown()).isEqualTo(CLEAR + "a␛[2J‹U+202E› b" + System.lineSeparator());
  }

  @Test
  void aPictureStandsAboveTheStatusAndIsDrawnAnewWithIt() {
    List<String> picture = new ArrayList<>();
    TerminalDisplay display =
        new TerminalDisplay(
            new PrintStream(terminal, true, UTF_8),
            columns::get,
            () -> 24,
            (width, height) -> {
              assertThat(width).isEqualTo(10);
              assertThat(height).isEqualTo(24);
              return List.copyOf(picture);
            });
    String end = System.lineSeparator();
    picture.addAll(List.of("one", "two"));
    display.updateStatus(() -> "status");
    assertThat(shown()).isEqualTo(CLEAR + drawn("one" + end + "two" + end + "status"));
    picture.remove(1);
    display.printLine("line");
    String clear = "\r\u001B[2A\u001B[J";
    assertThat(shown()).isEqualTo(clear + "line" + end + drawn("one" + end + "status"));
    display.close();
    assertThat(shown()).isEqualTo("\r\u001B[1A\u001B[J");
    display.printLine("later");
    assertThat(shown()).isEqualTo(CLEAR + "later" + end);
  }
}
