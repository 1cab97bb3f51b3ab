package charnn.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.report.Colours;
import charnn.report.ProgressDisplay;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import sun.misc.Signal;
import sun.misc.SignalHandler;

class ConsoleTest {
  private static final String LYING = "a\u202E\u200B\u001B[2Jb";
  private static final String SHOWN = "a‹U+202E›‹U+200B›␛[2Jb";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console(boolean terminal, boolean obeysEscapes) {
    return new Console(
        InputStream.nullInputStream(),
        new PrintStream(out, false, UTF_8),
        new PrintStream(err, true, UTF_8),
        terminal,
        terminal,
        terminal,
        obeysEscapes,
        () -> Colours.PALETTE,
        80,
        Path.of(""),
        name -> null);
  }

  @Test
  void aTerminalShowsWhatItWouldObey() {
    Console console = console(true, true);
    console.out().print(LYING + "\n");
    console.out().flush();
    console.err().println(LYING);
    console.log(LYING);
    assertThat(out.toString(UTF_8)).isEqualTo(SHOWN + "\n");
    assertThat(err.toString(UTF_8).lines()).containsExactly(SHOWN, "charnn: " + SHOWN);
  }

  @Test
  void aFileGetsTheProductAsItIs() {
    Console console = console(false, true);
    console.out().print(LYING);
    console.out().flush();
    assertThat(out.toString(UTF_8)).isEqualTo(LYING);
  }

  @Test
  void progressUsesEscapesOnlyWhereTheyAreKnown() {
    progress(console(true, true));
    assertThat(err.toString(UTF_8)).contains("\u001B[K");
    err.reset();
    progress(console(true, false));
    progress(console(false, true));
    assertThat(err.toString(UTF_8)).isEqualTo((SHOWN + System.lineSeparator()).repeat(2));
    assertThat(console(true, false).outColours()).isFalse();
    assertThat(console(true, false).colours()).isEqualTo(Colours.NONE);
    assertThat(console(false, true).colours()).isEqualTo(Colours.NONE);
    assertThat(console(true, true).colours()).isEqualTo(Colours.PALETTE);
  }

  @Test
  void aLongMessageIsBrokenBetweenWordsOnATerminalOnly() {
    String message = "123 456 789 ".repeat(8) + "end";
    console(false, true).log(message);
    assertThat(err.toString(UTF_8).lines()).containsExactly("charnn: " + message);
    err.reset();
    console(true, true).log(message);
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "charnn: " + "123 456 789 ".repeat(6).strip(), "  " + "123 456 789 ".repeat(2) + "end");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are others there")
  void anInterruptThatEndsTheProcessEndsTheLineOfATerminal() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Signal interrupt = new Signal("INT");
    SignalHandler before = Signal.handle(interrupt, signal -> ended.countDown());
    try {
      Interrupts.atTheEnd(console(false, true)::endLine);
      Interrupts.atTheEnd(console(true, true)::endLine);
      Signal.raise(interrupt);
      assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      Signal.handle(interrupt, before);
    }
    assertThat(err.toString(UTF_8)).isEqualTo(System.lineSeparator());
  }

  private static void progress(Console console) {
    try (ProgressDisplay lines = console.progressDisplay()) {
      lines.printLine(LYING);
      lines.updateStatus(() -> "status");
    }
  }
}
