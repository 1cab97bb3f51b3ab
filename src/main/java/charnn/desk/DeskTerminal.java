package charnn.desk;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal that a desk stands in. */
public final class DeskTerminal implements AutoCloseable {
  private final Terminal terminal;
  private final BlockReader keys;

  /**
   * @param terminal closed with this
   */
  public DeskTerminal(Terminal terminal) {
    this(terminal, terminal.input());
  }

  /**
   * @param arrived knows how many bytes the terminal has sent, and reads them
   */
  private DeskTerminal(Terminal terminal, InputStream arrived) {
    this.terminal = terminal;
    keys = new BlockReader(terminal.input(), arrived);
  }

  /**
   * Opens the terminal at standard input and output of this process. Its modes are set by the
   * program {@code stty}: charnn has no native library of its own. Signals are left alone.
   */
  public static DeskTerminal open() throws IOException {
    try {
      return new DeskTerminal(
          TerminalBuilder.builder()
              .system(true)
              .systemOutput(TerminalBuilder.SystemOutput.SysOut)
              .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
              .dumb(false)
              .graphemeCluster(false) // JLine would ask the terminal, and wait for the answer.
              .encoding(StandardCharsets.UTF_8)
              .stdinEncoding(StandardCharsets.UTF_8)
              .stdoutEncoding(StandardCharsets.UTF_8)
              .nativeSignals(false)
              .build(),
          new FileInputStream(FileDescriptor.in)); // JLine's streams do not know it.
    } catch (IllegalStateException e) {
      throw new IOException(
          "this terminal cannot be used: its modes are set with the programs stty and tty, as on Linux and macOS",
          e);
    }
  }

  Terminal terminal() {
    return terminal;
  }

  BlockReader keys() {
    return keys;
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException | IOError e) {
      return; // It was closed before.
    }
  }
}
