package charnn.report.explore;

import static charnn.util.Formats.format;

import charnn.explore.ContextLoss;
import charnn.explore.GateStatistics;
import charnn.explore.TrainedCells;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Small drawings in SVG, whose colours are those of the page's style. */
final class Drawing {
  private static final int LEFT = 44;
  private static final int BOTTOM = 24;
  private static final int TOP = 8;
  private static final int RIGHT = 20;

  private final int width;
  private final int height;
  private final StringBuilder svg = new StringBuilder();

  private Drawing(int width, int height, String label) {
    this.width = width;
    this.height = height;
    svg.append(
        format("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", width, height, label));
  }

  private double x(double part) {
    return LEFT + part * (width - LEFT - RIGHT);
  }

  private double y(double part) {
    return height - BOTTOM - part * (height - BOTTOM - TOP);
  }

  private void horizontal(double part, String label) {
    svg.append(
        format(
            "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"%d\""
                + " y=\"%.1f\" text-anchor=\"end\">%s</text>",
            x(0), x(1), y(part), y(part), LEFT - 6, y(part) + 4, label));
  }

  private void below(double part, String label) {
    svg.append(
        format(
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
            x(part), height - 6, label));
  }

  private void line(String kind, int count, IntToDoubleFunction xs, IntToDoubleFunction ys) {
    svg.append(format("<polyline class=\"%s\" points=\"", kind));
    for (int i = 0; i < count; i++) {
      svg.append(format("%.1f,%.1f ", x(xs.applyAsDouble(i)), y(ys.applyAsDouble(i))));
    }
    svg.append("\"/>");
  }

  private void dot(String kind, double x, double y, double radius, String title) {
    svg.append(
        format(
            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>",
            kind, x(x), y(y), radius, title));
  }

  private String done() {
    return svg.append("</svg>").toString();
  }

  /** Draws how much of the time each unit's gate is closed (across) and open (up). */
  static String saturation(GateStatistics.OfGate gate) {
    Drawing drawing =
        new Drawing(
            260, 220, format("How often each unit's %s gate is closed and open", gate.name()));
    for (int tenths = 0; tenths <= 10; tenths += 5) {
      drawing.horizontal(tenths / 10.0, tenths * 10 + " %");
      drawing.below(tenths / 10.0, tenths * 10 + " %");
    }
    for (int unit = 0; unit < gate.open().length; unit++) {
      drawing.dot(
          "unit",
          gate.closed()[unit],
          gate.open()[unit],
          2,
          format(
              "%d:%d closed %.0f %%, open %.0f %%",
              gate.layer() + 1, unit + 1, 100 * gate.closed()[unit], 100 * gate.open()[unit]));
    }
    drawing.svg.append(
        format(
            "<text class=\"axis\" x=\"%d\" y=\"%d\">open</text><text class=\"axis\" x=\"%d\" y=\"%d\""
                + " text-anchor=\"end\">closed</text>",
            LEFT + 4, TOP + 12, 260 - RIGHT, 220 - BOTTOM - 6));
    return drawing.done();
  }

  /** Draws how many cells remember for how long. */
  static String lengths(double... ascending) {
    int bins = 1;
    int[] counts = new int[32];
    for (double length : ascending) {
      int bin = Math.max(0, (int) Math.floor(Math.log(length) / Math.log(2)) + 1);
      counts[bin]++;
      bins = Math.max(bins, bin + 1);
    }
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    Drawing drawing = new Drawing(560, 180, "How many cells remember for how long");
    drawing.horizontal(0, "0");
    drawing.horizontal(1, String.valueOf(most));
    for (int bin = 0; bin < bins; bin++) {
      double from = (bin + 0.08) / bins;
      double to = (bin + 0.92) / bins;
      double top = (double) counts[bin] / most;
      String range =
          bin == 0 ? "&lt; 1" : bin == 1 ? "1–2" : format("%d–%d", 1 << (bin - 1), 1 << bin);
      drawing.svg.append(
          format(
              "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\""
                  + " height=\"%.1f\"><title>%s characters: %d cells</title></rect>",
              drawing.x(from),
              drawing.y(top),
              drawing.x(to) - drawing.x(from),
              drawing.y(0) - drawing.y(top),
              range,
              counts[bin]));
      drawing.below((bin + 0.5) / bins, range);
    }
    return drawing.done();
  }

  /** Draws the loss over the length of the context. */
  static String context(ContextLoss context) {
    List<ContextLoss.Point> points = context.points();
    double most = points.stream().mapToDouble(ContextLoss.Point::nats).max().orElse(1);
    double least = points.stream().mapToDouble(ContextLoss.Point::nats).min().orElse(0);
    double low = Math.floor(least * 5) / 5;
    double high = Math.max(low + 0.2, Math.ceil(most * 5) / 5);
    Drawing drawing = new Drawing(640, 260, "Loss over the length of the context");
    for (int i = 0; i <= 4; i++) {
      drawing.horizontal(i / 4.0, format("%.2f", low + i * (high - low) / 4));
    }
    int last = points.size() - 1;
    IntToDoubleFunction xs = i -> (double) i / last;
    IntToDoubleFunction ys = i -> (points.get(i).nats() - low) / (high - low);
    drawing.line("curve", points.size(), xs, ys);
    for (int i = 0; i <= last; i++) {
      ContextLoss.Point point = points.get(i);
      drawing.dot(
          "point",
          xs.applyAsDouble(i),
          ys.applyAsDouble(i),
          3.5,
          format("%,d characters: %.3f nats", point.context(), point.nats()));
      drawing.below(xs.applyAsDouble(i), format("%,d", point.context()));
    }
    return drawing.done();
  }

  /** Draws norms by distance, on a logarithmic axis. */
  static String influence(double... norms) {
    double high = Math.ceil(Math.log10(norms[0]) + 1e-9);
    double least = norms[0];
    for (double norm : norms) {
      least = norm > 0 ? Math.min(least, norm) : least;
    }
    double low = Math.max(high - 6, Math.min(high - 1, Math.floor(Math.log10(least))));
    Drawing drawing = new Drawing(640, 240, "Mean norm of the gradient by distance");
    for (int power = (int) low; power <= (int) high; power++) {
      drawing.horizontal((power - low) / (high - low), format("1e%d", power));
    }
    IntToDoubleFunction xs = i -> (double) i / (norms.length - 1);
    drawing.line(
        "curve",
        norms.length,
        xs,
        i -> Math.max(0, (Math.log10(Math.max(norms[i], 1e-30)) - low) / (high - low)));
    for (int d = 0; d <= norms.length; d += 50) {
      drawing.below(Math.min(1, xs.applyAsDouble(d)), format("%d", d));
    }
    return drawing.done();
  }

  /** Draws a property's correlations over training. */
  static String overTraining(TrainedCells training, TrainedCells.Line line) {
    Drawing drawing = new Drawing(300, 160, "Correlation over training");
    List<Long> steps = training.steps();
    double last = steps.get(steps.size() - 1);
    drawing.horizontal(0, "0");
    drawing.horizontal(0.5, "0.5");
    drawing.horizontal(1, "1");
    IntToDoubleFunction xs = i -> steps.get(i) / last;
    drawing.line("chance", 2, i -> i, i -> line.chance());
    drawing.line("best", steps.size(), xs, i -> Math.min(1, line.best().get(i)));
    drawing.line("curve", steps.size(), xs, i -> Math.min(1, Math.abs(line.cell().get(i))));
    for (int i = 0; i < steps.size(); i++) {
      drawing.dot(
          "point",
          xs.applyAsDouble(i),
          Math.min(1, Math.abs(line.cell().get(i))),
          2.5,
          format(
              "step %,d: r = %.2f, best of any cell %.2f",
              steps.get(i), line.cell().get(i), line.best().get(i)));
    }
    for (double tick : ticks(last)) {
      drawing.below(tick / last, format("%,.0f", tick));
    }
    return drawing.done();
  }

  private static List<Double> ticks(double last) {
    List<Double> ticks = new ArrayList<>(List.of(0.0));
    double step = Math.pow(10, Math.floor(Math.log10(last)));
    step = last / step < 2 ? step / 2 : last / step < 5 ? step : 2 * step;
    for (double tick = step; tick <= last * 1.001; tick += step) {
      ticks.add(tick);
    }
    return ticks.size() > 4
        ? List.of(0.0, ticks.get(ticks.size() / 2), ticks.get(ticks.size() - 1))
        : ticks;
  }
}
