package charnn.report;

import static charnn.util.Formats.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The loss over the steps, drawn with characters: the training loss as a line, the validation loss
 * as circles on it. The vertical axis is logarithmic, because most is learned in the first steps.
 *
 * <p>A braille character is a grid of 2 x 4 dots, and so a curve has as many points as eight
 * terminals of its size. Where a terminal shows ASCII only, a line is of full stops.
 */
public final class LossCurve {
  /** In a narrower place, there is nothing to see. */
  public static final int FEWEST_COLUMNS = 24;

  private static final int FEWEST_ROWS = 4;
  private static final int LABEL = 7; // columns of the vertical axis, with the line
  private static final int BRAILLE = 0x2800;

  /** The bits of a braille character's dots: [column][row]. */
  private static final int[][] DOTS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

  private static final String TRAINING = "\u001B[36m";
  private static final String VALIDATION = "\u001B[33m";
  private static final String PLAIN = "\u001B[0m";

  /**
   * How a curve is drawn.
   *
   * @param ascii whether with ASCII only
   * @param colours whether in colours
   */
  public record Style(boolean ascii, boolean colours) {}

  private final Style style;
  private final int width; // in characters
  private final int height;
  private final int across; // dots of a character
  private final int down;

  private double least; // logarithms of the losses
  private double most;
  private double first; // steps
  private double last;

  private LossCurve(Style style, int columns, int rows) {
    this.style = style;
    width = columns - LABEL;
    height = rows;
    across = style.ascii ? 1 : 2;
    down = style.ascii ? 1 : 4;
  }

  /**
   * Draws the rows of a run.
   *
   * @param metrics as in metrics.csv
   * @param columns of the drawing
   * @param rows of it: those of the curve, a line for its steps and one that says what is what
   * @return its lines; none if there is too little room, or fewer than two points
   */
  public static List<String> of(NumberTable metrics, Style style, int columns, int rows) {
    return columns < FEWEST_COLUMNS || rows - 2 < FEWEST_ROWS
        ? List.of()
        : new LossCurve(style, columns, rows - 2).draw(metrics);
  }

  private List<String> draw(NumberTable metrics) {
    double[] steps = metrics.column("step");
    double[] training = metrics.column("loss");
    double[] validation = metrics.column("held_out_loss");
    if (steps.length < 2) {
      return List.of();
    }
    first = steps[0];
    last = Math.max(first + 1, steps[steps.length - 1]);
    double[] means = means(steps, training);
    double[] all =
        DoubleStream.concat(Arrays.stream(means), Arrays.stream(validation))
            .filter(LossCurve::isDrawn)
            .map(Math::log)
            .toArray();
    if (Arrays.stream(training).filter(LossCurve::isDrawn).count() < 2) {
      return List.of();
    }
    least = Arrays.stream(all).min().orElseThrow();
    most = Math.max(least + 1e-3, Arrays.stream(all).max().orElseThrow());
    int[][] cells = new int[height][width];
    drawLine(means, cells);
    boolean[][] circles = new boolean[height][width];
    for (int i = 0; i < steps.length; i++) {
      if (isDrawn(validation[i])) {
        circles[y(validation[i]) / down][x(steps[i]) / across] = true;
      }
    }
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < height; row++) {
      lines.add(label(row) + line(cells[row], circles[row]));
    }
    lines.add(stepsLine());
    lines.add(
        VisibleText.fit(
            " ".repeat(LABEL)
                + (style.ascii ? ". " : "⠒ ")
                + "training loss  o validation loss  over steps",
            LABEL + width));
    return lines;
  }

  private int x(double step) {
    return (int) Math.round((step - first) / (last - first) * (width * across - 1));
  }

  private int y(double loss) {
    return (int) Math.round((most - Math.log(loss)) / (most - least) * (height * down - 1));
  }

  private static boolean isDrawn(double loss) {
    return loss > 0 && Double.isFinite(loss);
  }

  /** Returns the mean loss in each column of dots; NaN where there is none. */
  private double[] means(double[] steps, double[] losses) {
    double[] sums = new double[width * across];
    int[] counts = new int[sums.length];
    for (int i = 0; i < steps.length; i++) {
      if (isDrawn(losses[i])) {
        sums[x(steps[i])] += losses[i];
        counts[x(steps[i])]++;
      }
    }
    for (int x = 0; x < sums.length; x++) {
      sums[x] = counts[x] == 0 ? Double.NaN : sums[x] / counts[x];
    }
    return sums;
  }

  /** Joins the means from left to right. */
  private void drawLine(double[] means, int[][] cells) {
    int before = -1;
    for (int x = 0; x < means.length; x++) {
      if (Double.isNaN(means[x])) {
        continue;
      }
      int from = before < 0 ? x : before;
      int fromY = y(means[from]);
      int length = Math.max(1, Math.max(x - from, Math.abs(y(means[x]) - fromY)));
      for (int i = 0; i <= length; i++) {
        int atX = from + Math.round((float) (x - from) * i / length);
        int atY = fromY + Math.round((float) (y(means[x]) - fromY) * i / length);
        cells[atY / down][atX / across] |= DOTS[atX % across][atY % down];
      }
      before = x;
    }
  }

  private String label(int row) {
    boolean isLabelled = row == 0 || row == height - 1 || row == height / 2;
    double loss = Math.exp(most - (most - least) * row / (height - 1));
    String number = isLabelled ? format("%5.3f", loss) : "";
    String fitting = number.length() > LABEL - 2 ? number.substring(0, LABEL - 2) : number;
    return " ".repeat(LABEL - 2 - fitting.length()) + fitting + (style.ascii ? " |" : " │");
  }

  private String line(int[] cells, boolean[] circles) {
    StringBuilder line = new StringBuilder();
    String colour = "";
    for (int column = 0; column < cells.length; column++) {
      String wanted = circles[column] ? VALIDATION : cells[column] != 0 ? TRAINING : colour;
      if (style.colours && !wanted.equals(colour)) {
        line.append(wanted);
        colour = wanted;
      }
      line.append(
          circles[column]
              ? 'o'
              : cells[column] == 0 ? ' ' : style.ascii ? '.' : (char) (BRAILLE | cells[column]));
    }
    String text = line.toString().stripTrailing();
    return colour.isEmpty() ? text : text + PLAIN;
  }

  private String stepsLine() {
    String from = format("%,.0f", first);
    String to = format("%,.0f", last);
    int space = width - from.length() - to.length();
    return " ".repeat(LABEL) + (space < 1 ? "" : from + " ".repeat(space)) + to;
  }
}
