package charnn.report.history;

import static charnn.util.Formats.format;

import charnn.report.NumberTable;
import charnn.report.figure.Figure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/** Figures of how runs were trained, for papers. */
public final class HistoryFigure {
  /** So many points of a curve are drawn. */
  private static final int MOST_POINTS = 2000;

  private static final int SHORT_NAME = 30;

  /** Characters that a line of a legend has room for. */
  private static final int MOST_LEGEND = 75;

  private static final BasicStroke THIN = new BasicStroke(1.2f);
  private static final BasicStroke THICK = new BasicStroke(2.2f);
  private static final float[][] DASHES = {null, {8, 4}, {2, 3}, {10, 3, 2, 3}};

  /** What is drawn. */
  public enum Chart {
    LOSS("Loss", "nats per character"),
    ACCURACY("Accuracy", "% of characters"),
    LEARNING_RATE("Learning rate", "learning rate"),
    GRADIENT("Norm of the gradient", "L2 norm before clipping"),
    WEIGHTS("Size of the weights", "root mean square"),
    UPDATES("Size of the updates", "root mean square of a step's change");

    private final String title;
    private final String unit;

    Chart(String title, String unit) {
      this.title = title;
      this.unit = unit;
    }

    /** Returns the chart as it is called on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * How it is drawn.
   *
   * @param over what
   * @param logX whether that axis is logarithmic
   * @param logY whether the other is
   */
  public record Axes(RunHistory.Axis over, boolean logX, boolean logY) {}

  private HistoryFigure() {}

  /** Returns the charts side by side, without those of which the runs recorded nothing. */
  public static Figure of(List<ReportedRun> runs, List<Chart> charts, Axes axes) {
    return Figure.of(
        charts.stream().map(chart -> chart(runs, chart, axes)).toArray(XYChart[]::new));
  }

  private static XYChart chart(List<ReportedRun> runs, Chart what, Axes axes) {
    XYChart chart = Figure.curves(what.title, axes.over.title(), what.unit);
    chart.getStyler().setYAxisTickLabelsFormattingFunction(HistoryFigure::tick);
    chart.getStyler().setXAxisLogarithmic(axes.logX);
    if (axes.logX) {
      chart.getStyler().setPlotGridVerticalLinesVisible(false);
    }
    if (axes.logY) {
      Figure.logarithmicY(chart);
    }
    for (int i = 0; i < runs.size(); i++) {
      RunHistory run = runs.get(i).history();
      Color colour = Figure.COLOURS[i % Figure.COLOURS.length];
      Curves curves =
          new Curves(chart, axes, run, runs.size() == 1 ? "" : shortened(run.name()) + ": ");
      NumberTable metrics = run.metrics();
      switch (what) {
        case LOSS -> {
          curves.add("training", metrics, RunHistory.LOSS, 1, pale(colour), THIN);
          curves.add("validation", metrics, RunHistory.VALIDATION_LOSS, 1, colour, THICK);
        }
        case ACCURACY -> {
          curves.add("training", metrics, RunHistory.ACCURACY, 100, pale(colour), THIN);
          curves.add("validation", metrics, RunHistory.VALIDATION_ACCURACY, 100, colour, THICK);
        }
        case LEARNING_RATE -> curves.add("rate", metrics, RunHistory.RATE, 1, colour, THICK);
        case GRADIENT -> curves.add("gradient", run.layers(), "gradient_norm", 1, colour, THIN);
        default -> {
          String quantity = what == Chart.WEIGHTS ? "weights_" : "update_";
          List<String> layers = run.layerNames();
          for (int l = 0; l < layers.size(); l++) {
            boolean isAlone = runs.size() == 1;
            curves.add(
                layers.get(l).equals("output") ? "output layer" : "layer " + layers.get(l),
                run.layers(),
                quantity + layers.get(l),
                1,
                isAlone ? Figure.COLOURS[l % Figure.COLOURS.length] : colour,
                dashed(isAlone ? 0 : l));
          }
        }
      }
    }
    if (what == Chart.LOSS && !chart.getSeriesCollection().isEmpty()) {
      yardsticks(runs, chart, axes);
    }
    int characters =
        chart.getSeriesCollection().stream().mapToInt(series -> series.getName().length()).sum();
    if (characters > MOST_LEGEND) {
      chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
      chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
    }
    return chart;
  }

  /** Returns a number without the noise of its last digits. */
  private static String tick(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    return value != 0 && Math.abs(value) < 1e-4 ? rounded.toString() : rounded.toPlainString();
  }

  private static void yardsticks(List<ReportedRun> runs, XYChart chart, Axes axes) {
    double from = Double.POSITIVE_INFINITY;
    double to = Double.NEGATIVE_INFINITY;
    for (XYSeries series : chart.getSeriesCollection()) {
      double[] x = series.getXData();
      from = Math.min(from, x[0]);
      to = Math.max(to, x[x.length - 1]);
    }
    for (ReportedRun run : runs) {
      for (ReportedRun.Yardstick yardstick : run.yardsticks()) {
        List<String> those =
            runs.stream()
                .filter(other -> other.yardsticks().contains(yardstick))
                .map(other -> shortened(other.history().name()))
                .toList();
        String prefix = those.size() == runs.size() ? "" : String.join(", ", those) + ": ";
        String name = format("%s%s %.3f", prefix, yardstick.name(), yardstick.loss());
        if (to > from && !has(chart, name)) {
          Figure.reference(
              chart,
              name,
              new double[] {from, to},
              new double[] {yardstick.loss(), yardstick.loss()});
        }
      }
    }
  }

  private static boolean has(XYChart chart, String name) {
    return chart.getSeriesCollection().stream().anyMatch(series -> series.getName().equals(name));
  }

  private static BasicStroke dashed(int index) {
    return new BasicStroke(
        1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES[index % DASHES.length], 0);
  }

  private static Color pale(Color colour) {
    return new Color(
        (colour.getRed() + 255) / 2, (colour.getGreen() + 255) / 2, (colour.getBlue() + 255) / 2);
  }

  private static String shortened(String name) {
    int characters = name.codePointCount(0, name.length());
    return characters <= SHORT_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, SHORT_NAME)) + "…";
  }

  /** The curves of one run in a chart. */
  private record Curves(XYChart chart, Axes axes, RunHistory run, String prefix) {
    void add(
        String name,
        NumberTable rows,
        String column,
        double factor,
        Color colour,
        BasicStroke line) {
      NumberTable drawn = rows.thinned(MOST_POINTS, RunHistory.VALIDATION_LOSS);
      double[] x = run.along(axes.over, drawn.column(RunHistory.STEP));
      double[] y = Arrays.stream(drawn.column(column)).map(v -> factor * v).toArray();
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < x.length; i++) {
        boolean isDrawn =
            Double.isFinite(x[i])
                && Double.isFinite(y[i])
                && (x[i] > 0 || !axes.logX)
                && (y[i] > 0 || !axes.logY);
        if (isDrawn) {
          points.add(new double[] {x[i], y[i]});
        }
      }
      if (points.size() < 2) {
        return;
      }
      String unique = prefix + name;
      for (int n = 2; has(chart, unique); n++) {
        unique = prefix + name + " (" + n + ")";
      }
      XYSeries series =
          Figure.line(
              chart,
              unique,
              points.stream().mapToDouble(point -> point[0]).toArray(),
              points.stream().mapToDouble(point -> point[1]).toArray());
      series.setLineColor(colour);
      series.setLineStyle(line);
    }
  }
}
