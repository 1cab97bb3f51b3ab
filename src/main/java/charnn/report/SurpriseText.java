package charnn.report;

import charnn.eval.ScoredText;
import java.io.PrintStream;

/**
 * Shows a text with the surprise of each character: in colours, or with marks in a line below. A
 * line end is shown as ↵, a tab as →.
 */
public final class SurpriseText {
  private static final String LINE_END = "↵";
  private static final String TAB = "→";
  private static final SurpriseLevel[] SCORED = {
    SurpriseLevel.LOW, SurpriseLevel.MEDIUM, SurpriseLevel.HIGH, SurpriseLevel.EXTREME
  };

  private final Colours colours;
  private final int columns;

  /**
   * @param columns of a line with marks, after which it is broken
   */
  public SurpriseText(Colours colours, int columns) {
    this.colours = colours;
    this.columns = columns;
  }

  /** Returns what the colours or marks mean, a line. */
  public String legend() {
    StringBuilder legend = new StringBuilder("bits of surprise:");
    for (SurpriseLevel level : SCORED) {
      legend.append("  ");
      if (colours != Colours.NONE) {
        legend.append(coloured(" " + level.bits() + " ", level));
      } else if (level.mark() == ' ') {
        legend.append(level.bits()).append(" no mark,");
      } else {
        legend.append(level.mark()).append(' ').append(level.bits());
      }
    }
    return legend.append('\n').toString();
  }

  /**
   * Prints a text, its last line ended.
   *
   * @param out obeys escape sequences if there are colours
   */
  public void print(ScoredText text, PrintStream out) {
    if (colours == Colours.NONE) {
      new Marked(out).print(text);
    } else {
      printColoured(text, out);
    }
  }

  /** Returns a character as it is shown, without the line end itself. */
  static String shown(int codePoint, VisibleText visible) {
    return switch (codePoint) {
      case '\n' -> LINE_END;
      case '\t' -> TAB;
      default -> visible.next(Character.toString(codePoint));
    };
  }

  private void printColoured(ScoredText text, PrintStream out) {
    VisibleText visible = new VisibleText();
    StringBuilder line = new StringBuilder();
    StringBuilder run = new StringBuilder(); // of characters of one level
    SurpriseLevel runLevel = SurpriseLevel.LOW;
    int position = 0;
    int codePoint = '\n';
    for (int at = 0; at < text.text().length(); at += Character.charCount(codePoint)) {
      codePoint = text.text().codePointAt(at);
      SurpriseLevel level = SurpriseLevel.of(text.nats()[position++]);
      if (level != runLevel) {
        line.append(coloured(run.toString(), runLevel));
        run.setLength(0);
        runLevel = level;
      }
      if (codePoint != '\n' || level != SurpriseLevel.UNSCORED) {
        run.append(shown(codePoint, visible));
      }
      if (codePoint == '\n') {
        out.print(line.append(coloured(run.toString(), runLevel)).append('\n'));
        line.setLength(0);
        run.setLength(0);
      }
    }
    if (codePoint != '\n') {
      out.print(line.append(coloured(run.toString(), runLevel)).append('\n'));
    }
  }

  private String coloured(String run, SurpriseLevel level) {
    String escape = level.escape(colours);
    return run.isEmpty() || escape.isEmpty() ? run : "\u001B[" + escape + "m" + run + "\u001B[0m";
  }

  /** Lines of text, below each a line of marks. */
  private final class Marked {
    private final PrintStream out;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder marks = new StringBuilder(); // one for each column of the line

    Marked(PrintStream out) {
      this.out = out;
    }

    void print(ScoredText text) {
      VisibleText visible = new VisibleText();
      int position = 0;
      int codePoint = '\n';
      for (int at = 0; at < text.text().length(); at += Character.charCount(codePoint)) {
        codePoint = text.text().codePointAt(at);
        SurpriseLevel level = SurpriseLevel.of(text.nats()[position++]);
        if (codePoint != '\n' || level != SurpriseLevel.UNSCORED) {
          add(shown(codePoint, visible), level.mark());
        }
        if (codePoint == '\n') {
          end();
        }
      }
      if (codePoint != '\n') {
        end();
      }
    }

    private void add(String shown, char mark) {
      int width = VisibleText.columns(shown);
      if (width > 0 && marks.length() > 0 && marks.length() + width > columns) {
        end();
      }
      line.append(shown);
      marks.append(String.valueOf(mark).repeat(width));
      boolean combines = width == 0 && marks.length() > 0;
      if (combines && mark != ' ') {
        marks.setCharAt(marks.length() - 1, mark);
      }
    }

    private void end() {
      out.print(line.append('\n'));
      if (line.length() > 1) {
        out.print(marks.toString().stripTrailing() + "\n");
      }
      line.setLength(0);
      marks.setLength(0);
    }
  }
}
