package charnn.desk;

import java.io.IOError;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;

/**
 * The modes of a terminal at the desk: its second screen, every key passed on at once (Ctrl-C and
 * Ctrl-Z, too), pasted text in brackets, no wrapping. Closing restores what was before.
 */
final class TerminalModes implements AutoCloseable {
  private static final String ENTER = "\u001B[?1049h\u001B[?2004h\u001B[?7l\u001B[m\u001B[2J";
  private static final String LEAVE = "\u001B[m\u001B[?7h\u001B[?2004l\u001B[?25h\u001B[?1049l";

  private final Terminal terminal;
  private final Attributes before;

  private TerminalModes(Terminal terminal, Attributes before) {
    this.terminal = terminal;
    this.before = before;
  }

  static TerminalModes enter(Terminal terminal) {
    Attributes before = terminal.enterRawMode();
    TerminalModes modes = new TerminalModes(terminal, before);
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlag(LocalFlag.ISIG, false);
    raw.setInputFlag(InputFlag.IXON, false);
    terminal.setAttributes(raw);
    modes.write(ENTER);
    return modes;
  }

  private void write(String sequences) {
    terminal.writer().write(sequences);
    terminal.writer().flush();
  }

  @Override
  public void close() {
    try {
      write(LEAVE);
      terminal.setAttributes(before);
    } catch (IllegalStateException | IOError e) {
      return; // The terminal was closed.
    }
  }
}
