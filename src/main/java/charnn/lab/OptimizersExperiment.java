package charnn.lab;

import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.report.figure.Figure;
import charnn.util.Formats;
import charnn.util.Range;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.learning.config.IUpdater;

/** {@code lab optimizers}: four optimizers on one network, in a valley and at a saddle. */
final class OptimizersExperiment extends Experiment {
  private static final LabOption<List<Double>> RATES =
      LabOption.numbers(
          "learning-rates",
          Range.above(0, 1000),
          "0.001,0.003,0.01,0.03,0.1,0.3,1,3,10",
          "Learning rates.");
  private static final LabOption<Integer> STEPS =
      LabOption.count("steps", 100, 1_000_000, 1000, "Training steps at each rate.");
  private static final LabOption<Integer> UNITS =
      LabOption.count("units", 1, 1024, 64, "Hidden units of the LSTM.");

  private static final List<String> OPTIMIZERS =
      List.of("SGD", "Nesterov momentum", "RMSprop", "Adam");
  private static final String[] CURVE = {"step", "loss", "seconds", "optimizer"};
  private static final double MAX_NORM = 5;
  private static final int POINTS = 100; // of a loss curve, or some more
  private static final int MAX_PATH = 2000; // steps

  OptimizersExperiment() {
    super(
        "optimizers",
        "How do SGD, momentum, RMSprop and Adam differ, each at its best learning rate?",
        List.of(LabOption.CORPUS, RATES, STEPS, UNITS));
  }

  @Override
  public void run(Lab lab) throws IOException {
    network(lab);
    surfaces(lab);
  }

  /** Trains the same LSTM on the same batches by each optimizer at each rate. */
  private static void network(Lab lab) throws IOException {
    double[] rates = lab.value(RATES).stream().mapToDouble(rate -> rate).toArray();
    Object[][] grid = new Object[rates.length][1 + OPTIMIZERS.size()];
    DataTable table = new DataTable("best rate", "loss", "held out", "seconds", "optimizer");
    DataTable curves = new DataTable(CURVE);
    String loss = "loss (nats per character)";
    XYChart overRates = Figure.curves("Loss at the end", "learning rate (logarithmic)", loss);
    XYChart overSteps = Figure.curves("Each at its best rate", "step", loss);
    XYChart overTime = Figure.curves("Each at its best rate", "seconds", loss);
    overRates.getStyler().setXAxisLogarithmic(true);
    try (TextTask task = new TextTask(lab.corpus(lab.value(LabOption.CORPUS)))) {
      for (int o = 0; o < OPTIMIZERS.size(); o++) {
        String optimizer = OPTIMIZERS.get(o);
        double[] last = new double[rates.length];
        Training best = null;
        for (int r = 0; r < rates.length; r++) {
          Training training = Training.of(lab, task, optimizer, rates[r]);
          boolean learned = training.last() < Math.log(task.vocabulary.size()); // is no guessing
          last[r] = learned ? training.last() : Double.NaN;
          grid[r][0] = Formats.number(rates[r]);
          grid[r][1 + o] = learned ? last[r] : null;
          best = learned && (best == null || last[r] < best.last()) ? training : best;
        }
        if (best != null && !lab.isTimeUp()) { // else its best rate may not have been tried
          double[] seconds = best.curve.column(2);
          double heldOut = task.loss(best.network);
          table.add(best.rate, best.last(), heldOut, seconds[seconds.length - 1], optimizer);
          best.curve.rows().forEach(curves::add);
          Figure.points(overRates, optimizer, rates, last, o);
          Figure.line(overSteps, optimizer, best.curve.column(0), best.curve.column(1));
          Figure.line(overTime, optimizer, seconds, best.curve.column(1));
        }
      }
    }
    DataTable rateTable = new DataTable("rate", "SGD", "Nesterov", "RMSprop", "Adam");
    Stream.of(grid).forEach(rateTable::add);
    lab.print("Loss at the end of training, at each learning rate:");
    lab.print("rates", rateTable);
    lab.print("\nEach at its best rate:");
    lab.print("best", table);
    lab.save("curves", curves);
    lab.save("rates", Figure.of(overRates));
    lab.save("steps", Figure.of(overSteps));
    lab.save("seconds", Figure.of(overTime));
  }

  /**
   * A training.
   *
   * @param curve mean losses of equal parts of it, in nats per character, and when they ended;
   *     empty if it was cut short
   */
  private record Training(double rate, Network network, DataTable curve) {
    static Training of(Lab lab, TextTask task, String optimizer, double rate) {
      Network network = task.network(CellType.LSTM, lab.value(UNITS), lab.seed());
      DataTable curve = new DataTable(CURVE);
      int steps = lab.value(STEPS);
      int part = steps / POINTS;
      double began = lab.seconds();
      IUpdater updater = Optimizer.of(optimizer, rate);
      try (EngineTraining training = task.training(lab, network, updater, MAX_NORM)) {
        double sum = 0;
        for (int step = 1; step <= steps && !lab.isTimeUp(); step++) {
          lab.progress("%s at rate %s: step %,d", optimizer, rate, step);
          sum += training.step().loss();
          if (step % part == 0) {
            curve.add(step, sum / part, lab.seconds() - began, optimizer);
            sum = 0;
          }
        }
      }
      return new Training(rate, network, lab.isTimeUp() ? new DataTable(CURVE) : curve);
    }

    /** Returns the mean loss of the last tenth; not a number if it was cut short. */
    double last() {
      double[] losses = curve.column(1);
      return Arrays.stream(losses).skip(losses.length * 9 / 10).average().orElse(Double.NaN);
    }
  }

  /**
   * f(x, y) = floor(x) + {@value #STEEPNESS} y^2 / 2.
   *
   * @param slope the derivative of the floor
   */
  record Surface(DoubleUnaryOperator floor, DoubleUnaryOperator slope) {
    static final double STEEPNESS = 20;

    /** A valley along y = 0, whose deepest place is (1, 0). */
    static final Surface VALLEY = new Surface(x -> (x - 1) * (x - 1) / 2, x -> x - 1);

    /** A saddle at (0, 0), with minima of -1/4 at (-1, 0) and (1, 0). */
    static final Surface SADDLE =
        new Surface(x -> x * x * x * x / 4 - x * x / 2, x -> x * x * x - x);

    double value(float[] at) {
      return floor.applyAsDouble(at[0]) + STEEPNESS * at[1] * at[1] / 2;
    }

    float[] gradient(float[] at) {
      return new float[] {(float) slope.applyAsDouble(at[0]), (float) (STEEPNESS * at[1])};
    }

    /** Returns y of one half of a contour line; not a number where the line has no such x. */
    double[] contour(double level, int sign, double[] x) {
      return DoubleStream.of(x)
          .map(at -> sign * Math.sqrt(2 * (level - floor.applyAsDouble(at)) / STEEPNESS))
          .toArray();
    }
  }

  /**
   * Returns the points from the start on until the value stays below a goal; {@value #MAX_PATH} + 1
   * of them if it does not.
   */
  static List<float[]> descend(Surface surface, IUpdater config, float[] start, double goal) {
    Optimizer optimizer = new Optimizer(config, 2);
    List<float[]> path = new ArrayList<>(List.of(start));
    float[] at = start.clone();
    int settled = 0;
    for (int step = 1; step <= MAX_PATH; step++) {
      settled = surface.value(at) < goal ? settled : step;
      optimizer.update(at, surface.gradient(at));
      path.add(at.clone());
    }
    return path.subList(0, settled + 1);
  }

  private static void surfaces(Lab lab) throws IOException {
    DataTable table = new DataTable("best rate", "steps", "surface", "optimizer");
    draw(lab, Surface.VALLEY, "valley", new float[] {-1.3f, 0.5f}, 0.001, table);
    draw(lab, Surface.SADDLE, "saddle", new float[] {1e-3f, 0.5f}, -0.2, table);
    lab.print("\nSteps until the optimizer stays near a minimum, each at its best rate:");
    lab.print("surfaces", table);
  }

  /** Draws the path of each optimizer at the rate, of ten in a decade, that needs fewest steps. */
  private static void draw(
      Lab lab, Surface surface, String name, float[] start, double goal, DataTable table)
      throws IOException {
    XYChart chart = Figure.curves("The " + name + ": each at its best rate", "x", "y");
    chart.getStyler().setXAxisMin(-1.5).setXAxisMax(1.5);
    chart.getStyler().setYAxisMin(-0.75).setYAxisMax(0.75);
    chart.getStyler().setMarkerSize(4);
    double[] x = IntStream.rangeClosed(-165, 165).mapToDouble(i -> i / 100.0).toArray();
    for (int k = 0; k < 18; k++) {
      double level = surface.floor.applyAsDouble(1) + Math.pow(2, k / 2 - 3); // above the minimum
      double[] y = surface.contour(level, k % 2 * 2 - 1, x);
      Figure.thin(chart, "level " + k, x, y, Color.LIGHT_GRAY);
    }
    for (String optimizer : OPTIMIZERS) {
      if (lab.isTimeUp()) {
        break;
      }
      lab.progress("%s: %s", name, optimizer);
      List<float[]> best = null;
      double bestRate = 0;
      for (int tenth = -40; tenth <= 0; tenth++) {
        double rate = Math.pow(10, tenth / 10.0);
        List<float[]> path = descend(surface, Optimizer.of(optimizer, rate), start, goal);
        bestRate = best == null || path.size() < best.size() ? rate : bestRate;
        best = bestRate == rate ? path : best;
      }
      table.add(bestRate, best.size() > MAX_PATH ? null : best.size() - 1, name, optimizer);
      double[] pathX = best.stream().mapToDouble(at -> at[0]).toArray();
      double[] pathY = best.stream().mapToDouble(at -> at[1]).toArray();
      Figure.points(chart, optimizer, pathX, pathY, OPTIMIZERS.indexOf(optimizer));
    }
    lab.save(name, Figure.of(chart));
  }
}
