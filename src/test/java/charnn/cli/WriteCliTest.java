package charnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.console.Console;
import charnn.desk.DeskTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** {@code charnn write} on a virtual terminal: keys are sent to it, and its screen is read. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class WriteCliTest {
  private static final String TALE =
      "Once upon a time there was a miller who had a daughter, and she had a goose.\n".repeat(20);
  private static final String SHIFT_TAB = "\u001B[Z";
  private static final String ALT_LEFT = "\u001B[1;3D";
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_Q = "\u0011";
  private static final String CTRL_Z = "\u001A";

  @TempDir private static Path folder;
  private final ExecutorService background = Executors.newSingleThreadExecutor();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private ScreenTerminal.VirtualTerminal virtual;
  private Future<Integer> running;
  private Callable<Void> closing = () -> null; // called before the terminal is closed

  @BeforeAll
  static void train() throws IOException {
    Path tale = Files.writeString(folder.resolve("tale.txt"), TALE);
    String options =
        "train --steps 60 --hidden 32 --layers 1 --batch-size 8 --seq-length 16 --seed 1";
    new InProcess(folder).line(options + " --name tale --corpus " + tale);
  }

  @AfterEach
  void end() {
    background.shutdownNow();
  }

  /** Starts the command in a window, and waits until keys are for it. */
  private void start(int columns, int rows, String... args) throws Exception {
    launch(columns, rows, args);
    await(rows - 1, line -> line.contains(".txt"));
  }

  private void launch(int columns, int rows, String... args) throws IOException {
    virtual = ScreenTerminal.withTerminal("test", "xterm-256color", columns, rows);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(new ByteArrayOutputStream(), false, UTF_8),
            new PrintStream(err, true, UTF_8),
            true,
            true,
            false,
            columns,
            folder);
    WriteCommand command = new WriteCommand(console, () -> new DeskTerminal(terminal()));
    running = background.submit(() -> new CommandLine(command).execute(args));
  }

  /** Returns the virtual terminal, with what happens when it is closed. */
  private Terminal terminal() {
    Terminal terminal = virtual.terminal();
    return (Terminal)
        Proxy.newProxyInstance(
            Terminal.class.getClassLoader(),
            new Class<?>[] {Terminal.class},
            (proxy, method, args) -> {
              if (method.getName().equals("close")) {
                closing.call();
              }
              try {
                return method.invoke(terminal, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void send(String keys) throws IOException {
    virtual.terminal().processInputBytes(keys.getBytes(UTF_8));
  }

  private String row(int row) {
    int columns = virtual.screen().getColumns();
    long[] cells = new long[columns * virtual.screen().getRows()];
    virtual.screen().dump(cells, null);
    StringBuilder text = new StringBuilder();
    for (int i = row * columns; i < (row + 1) * columns; i++) {
      int codePoint = ScreenTerminal.cellCodePoint(cells[i]);
      if (codePoint != 0) { // the right half of a wide character
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString().stripTrailing();
  }

  private String status() {
    return row(virtual.screen().getRows() - 1);
  }

  private boolean isGrey(int row, int column) {
    int columns = virtual.screen().getColumns();
    long[] cells = new long[columns * virtual.screen().getRows()];
    virtual.screen().dump(cells, null);
    return ScreenTerminal.cellHasForeground(cells[row * columns + column]);
  }

  private int cursorColumn() {
    int[] cursor = new int[2];
    long[] cells = new long[virtual.screen().getColumns() * virtual.screen().getRows()];
    virtual.screen().dump(cells, cursor);
    return cursor[0];
  }

  /** Waits until a row of the screen is as expected. */
  private void await(int row, Predicate<String> expected) throws Exception {
    while (!expected.test(row(row))) {
      assertThat(running.isDone()).as(err.toString(UTF_8)).isFalse();
      Thread.sleep(5);
    }
  }

  private int leave(String key) throws Exception {
    send(key);
    return running.get();
  }

  private String message() {
    return err.toString(UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"80, 24", "200, 50", "20, 5"})
  void wordsAreProposedAndTaken(int columns, int rows) throws Exception {
    Path file = folder.resolve("taken" + columns + ".txt");
    start(columns, rows, file.toString(), "--temperature", "0", "--words", "1");
    send("Once");
    await(0, line -> line.startsWith("Once ") && isGrey(0, 6) && cursorColumn() == 4);
    String proposed = row(0);
    assertThat(isGrey(0, 3)).isFalse();
    assertThat(cursorColumn()).isEqualTo(4);
    send("\t");
    await(0, line -> line.startsWith(proposed) && !isGrey(0, 6));
    assertThat(leave(CTRL_Q)).isZero();
    assertThat(Files.readString(file)).isEqualTo(proposed);
    assertThat(message()).contains("the text is in " + file);
  }

  @Test
  void whatWasTakenIsTakenBack() throws Exception {
    Path file = folder.resolve("back.txt");
    start(80, 24, file.toString(), "--temperature", "0");
    send("Once");
    await(0, line -> line.startsWith("Once ") && isGrey(0, 6));
    send(SHIFT_TAB);
    await(0, line -> !isGrey(0, 6));
    send(CTRL_Z);
    await(0, line -> isGrey(0, 6));
    leave(CTRL_Q);
    assertThat(Files.readString(file)).isEqualTo("Once");
  }

  @Test
  void wideCharactersTakeTheirColumns() throws Exception {
    Path file = folder.resolve("wide.txt");
    start(20, 5, file.toString());
    send("水火 一二三四五六七八九");
    await(1, line -> line.startsWith("八九"));
    assertThat(row(0)).isEqualTo("水火 一二三四五六七");
    leave(CTRL_Q);
    assertThat(Files.readString(file)).isEqualTo("水火 一二三四五六七八九");
  }

  @Test
  void theTextIsThatOfTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("old.txt"), "The old text.\r\n水火\r\n");
    start(80, 24, file.toString());
    await(1, line -> line.equals("水火"));
    assertThat(status()).contains("old.txt", "saved", "temperature 0.5", "Ctrl-Q leave");
    send("x" + ALT_LEFT);
    await(23, line -> line.contains("temperature 0.4"));
    leave(CTRL_Q);
    assertThat(Files.readString(file)).isEqualTo("The old text.\r\n水火\r\nx");
  }

  @Test
  void theTextIsWrappedAnewInAnotherWindow() throws Exception {
    Path file = Files.writeString(folder.resolve("window.txt"), "one two three four\n");
    start(80, 24, file.toString());
    await(0, line -> line.equals("one two three four"));
    virtual.terminal().setSize(Size.of(11, 6));
    virtual.screen().setSize(Size.of(11, 6));
    Signal.raise(new Signal("WINCH"));
    await(1, line -> line.equals("three four"));
    assertThat(row(0)).isEqualTo("one two");
    leave(CTRL_Q);
  }

  @Test
  void nothingIsLostByControlC() throws Exception {
    Path file = folder.resolve("interrupted.txt");
    start(80, 24, file.toString());
    send("Once upon");
    assertThat(leave(CTRL_C)).isEqualTo(130);
    assertThat(Files.readString(file)).isEqualTo("Once upon");
  }

  @Test
  void nothingIsLostWhenTheTerminalIsClosed() throws Exception {
    Path file = folder.resolve("closed.txt");
    start(80, 24, file.toString());
    send("Once upon");
    await(0, line -> line.startsWith("Once upon"));
    virtual.terminal().close();
    running.get();
    assertThat(Files.readString(file)).isEqualTo("Once upon");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are others there")
  void aSignalIsHandledUntilTheTextIsKept() throws Exception {
    Signal hangup = new Signal("HUP");
    Signal window = new Signal("WINCH");
    AtomicBoolean escaped = new AtomicBoolean();
    CountDownLatch dispatched = new CountDownLatch(1);
    SignalHandler ofHangup = Signal.handle(hangup, signal -> escaped.set(true));
    SignalHandler ofWindow = Signal.handle(window, signal -> dispatched.countDown());
    try {
      closing =
          () -> {
            Signal.raise(hangup);
            Signal.raise(window); // dispatched behind it
            dispatched.await();
            return null;
          };
      Path file = folder.resolve("signal.txt");
      start(80, 24, file.toString());
      send("Once upon");
      assertThat(leave(CTRL_Q)).isZero();
      assertThat(escaped).isFalse();
      assertThat(Files.readString(file)).isEqualTo("Once upon");
    } finally {
      Signal.handle(hangup, ofHangup);
      Signal.handle(window, ofWindow);
    }
  }

  @Test
  void theTextIsSavedWhileItIsWritten() throws Exception {
    Path file = folder.resolve("while.txt");
    start(80, 24, file.toString());
    send("Once upon");
    while (!Files.exists(file)) {
      Thread.sleep(5);
    }
    assertThat(Files.readString(file)).isNotEmpty();
    await(23, line -> line.contains("saved"));
    assertThat(Files.readString(file)).isEqualTo("Once upon");
    leave(CTRL_Q);
  }

  @Test
  void theTerminalIsThenAsItWas() throws Exception {
    LineDisciplineTerminal terminal;
    Path file = folder.resolve("modes.txt");
    start(80, 24, file.toString());
    terminal = virtual.terminal();
    assertThat(terminal.getAttributes().getLocalFlag(Attributes.LocalFlag.ISIG)).isFalse();
    leave(CTRL_Q);
    assertThat(row(0)).isEmpty();
    assertThat(status()).isEmpty();
    assertThat(message()).contains("nothing was written");
    assertThat(file).doesNotExist();
  }

  @Test
  void withoutATerminalItIsWrongUsage() {
    InProcess.Result result = new InProcess(folder).line("write story.txt");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("write needs a terminal", "continue --prompt-file");
    assertThat(folder.resolve("story.txt")).doesNotExist();
  }

  /** It would propose what comes before. */
  @Test
  void aModelThatReadsBackwardsIsRefused() throws Exception {
    String models = "--models-dir=" + folder.resolve("turned");
    new InProcess(folder)
        .line(
            "train --direction backward --hidden 4 --steps 2 --corpus "
                + folder.resolve("tale.txt")
                + " "
                + models);
    launch(80, 24, models, folder.resolve("new.txt").toString());
    assertThat(running.get()).isNotZero();
    assertThat(folder.resolve("new.txt")).doesNotExist();
  }

  @Test
  void whatIsNoTextIsRefused() throws Exception {
    Path zip = Files.write(folder.resolve("archive.zip"), new byte[] {'P', 'K', 3, 4, 0, 0});
    launch(80, 24, zip.toString());
    assertThat(running.get()).isNotZero();
    assertThat(Files.readAllBytes(zip)).hasSize(6);
  }
}
