package charnn.desk;

import java.io.PrintWriter;
import java.util.List;
import org.jline.terminal.Terminal;

/** Paints frames on a terminal: only the lines that changed. */
final class Painter {
  private static final String BEGIN = "\u001B[?25l"; // without the cursor
  private static final String END = "\u001B[m\u001B[?25h";
  private static final String CLEAR = "\u001B[m\u001B[2J";
  private static final String CLEAR_LINE = "\u001B[m\u001B[K";

  private final Terminal terminal;
  private List<String> shown = List.of();

  Painter(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * @param all whether to paint every line, on a cleared screen
   */
  void paint(View.Frame frame, boolean all) {
    StringBuilder painting = new StringBuilder(BEGIN);
    if (all) {
      painting.append(CLEAR);
      shown = List.of();
    }
    List<String> lines = frame.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (i >= shown.size() || !lines.get(i).equals(shown.get(i))) {
        moveTo(i, 0, painting).append(CLEAR_LINE).append(lines.get(i));
      }
    }
    painting.append(END);
    moveTo(frame.cursorRow(), frame.cursorColumn(), painting);
    PrintWriter out = terminal.writer();
    out.write(painting.toString());
    out.flush();
    shown = lines;
  }

  private static StringBuilder moveTo(int row, int column, StringBuilder painting) {
    return painting.append("\u001B[").append(row + 1).append(';').append(column + 1).append('H');
  }
}
