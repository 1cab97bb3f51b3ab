package charnn.lab;

import charnn.data.Tokens;
import charnn.generate.Generator;
import charnn.generate.SamplingSettings;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.predict.LanguageModel;
import charnn.report.figure.Figure;
import charnn.util.Range;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code lab reservoir}: an echo state network that writes, beside an RNN that is trained
 * (Lukosevicius, "A practical guide to applying echo state networks", 2012).
 */
final class ReservoirExperiment extends Experiment {
  private static final LabOption<List<Integer>> SIZES =
      LabOption.counts("sizes", 10, 3000, "100,200,400", "Units of the reservoirs.");
  private static final LabOption<List<Double>> RADII =
      LabOption.numbers(
          "radii",
          Range.above(0, 100),
          "0.1,0.3,0.9,1.2,2",
          "Spectral radii of their recurrent weights.");
  private static final LabOption<Double> INPUT =
      LabOption.number("input", Range.above(0, 100), 1, "Largest input weight.");
  private static final LabOption<Double> RIDGE =
      LabOption.number("ridge", Range.above(0, 1e6), 1, "Ridge of the regression.");
  private static final LabOption<Integer> STEPS =
      LabOption.count("steps", 1, 100_000, 1000, "Training steps of the RNN that is trained.");

  private static final int ECHO_UNITS = 200;
  private static final int ECHO_STEPS = 200;
  private static final double LEAST = 1e-8; // distance that is shown
  private static final int SAMPLE = 200; // characters
  private static final double TEMPERATURE = 0.7;

  ReservoirExperiment() {
    super(
        "reservoir",
        "Can a network of random weights write, if only its readout is fitted?",
        List.of(SIZES, RADII, INPUT, RIDGE, STEPS, LabOption.CORPUS));
  }

  @Override
  public void run(Lab lab) throws IOException {
    try (TextTask task = new TextTask(lab.corpus(lab.value(LabOption.CORPUS)))) {
      echo(lab, task);
      losses(lab, task);
    }
  }

  private static Reservoir reservoir(Lab lab, TextTask task, int units, double radius) {
    return new Reservoir(task.vocabulary, units, radius, lab.value(INPUT), lab.seed());
  }

  private static void echo(Lab lab, TextTask task) throws IOException {
    DataTable table = new DataTable("spectral radius", "after 10", "after 50", "after 200");
    XYChart chart =
        Figure.curves(
            "Two starts, one text", "characters read", "distance of the states (a unit's)");
    Figure.logarithmicY(chart);
    double[] steps = IntStream.rangeClosed(0, ECHO_STEPS).asDoubleStream().toArray();
    for (double radius : LabOption.once(lab.value(RADII))) {
      Reservoir reservoir = reservoir(lab, task, ECHO_UNITS, radius);
      double[] distances = distances(reservoir, ECHO_UNITS, task.training, ECHO_STEPS);
      Figure.line(chart, "radius " + radius, steps, distances);
      table.add(radius, distances[10], distances[50], distances[ECHO_STEPS]);
    }
    lab.print("Distance of two states that began differently and read the same text:");
    lab.print("echo", table);
    lab.save("echo", Figure.of(chart));
  }

  /** Returns the root mean square over units of the difference of two states, at each step. */
  static double[] distances(Reservoir reservoir, int units, Tokens text, int steps) {
    INDArray states = Nd4j.rand(DataType.FLOAT, 2, units).muli(2).subi(1);
    double[] distances = new double[steps + 1];
    for (int t = 0; t <= steps; t++) {
      double distance = states.getRow(0).distance2(states.getRow(1)) / Math.sqrt(units);
      distances[t] = Math.max(LEAST, distance);
      states = reservoir.next(states, text.at(t), text.at(t));
    }
    return distances;
  }

  private static void losses(Lab lab, TextTask task) throws IOException {
    DataTable table = new DataTable("network", "units", "loss", "seconds");
    XYChart chart = Figure.curves("Held-out loss", "units", "nats per character");
    LanguageModel[] best = new LanguageModel[2]; // reservoir and RNN
    double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    List<Double> radii = new ArrayList<>(LabOption.once(lab.value(RADII)));
    radii.add(null); // the RNN
    for (Double radius : radii) {
      List<Integer> units = new ArrayList<>();
      List<Double> losses = new ArrayList<>();
      String name = radius == null ? "trained RNN" : "radius " + radius;
      for (int size : lab.value(SIZES)) {
        double start = lab.seconds();
        LanguageModel model =
            radius == null ? trained(lab, task, size) : fitted(lab, task, size, radius);
        double seconds = lab.seconds() - start;
        if (model == null) {
          break;
        }
        double loss = task.loss(model);
        units.add(size);
        losses.add(loss);
        table.add(radius == null ? name : "reservoir, " + name, size, loss, seconds);
        int kind = radius == null ? 1 : 0;
        if (loss < least[kind]) {
          least[kind] = loss;
          best[kind] = model;
        }
      }
      if (!units.isEmpty()) {
        chart.addSeries(name, units, losses);
      }
    }
    lab.print("\nHeld-out loss in nats per character, and time to fit or train:");
    lab.print("losses", table);
    if (!table.rows().isEmpty()) {
      lab.save("losses", Figure.of(chart));
    }
    print(lab, task, "The best reservoir", best[0]);
    print(lab, task, "The best RNN", best[1]);
  }

  /** Returns a trained RNN; null if the time is up before. */
  private static LanguageModel trained(Lab lab, TextTask task, int units) {
    Network network = task.network(CellType.RNN, units, lab.seed());
    task.train(lab, network, lab.value(STEPS));
    return lab.isTimeUp() ? null : task.model(network);
  }

  /** Returns a fitted reservoir; null if the time is up before. */
  private static LanguageModel fitted(Lab lab, TextTask task, int units, double radius) {
    if (lab.isTimeUp()) {
      return null;
    }
    Reservoir reservoir = reservoir(lab, task, units, radius);
    reservoir.fit(lab, task.training, lab.value(RIDGE));
    return lab.isTimeUp() ? null : reservoir;
  }

  private static void print(Lab lab, TextTask task, String name, LanguageModel model) {
    if (model != null) {
      String text =
          new Generator(model, task.workers)
              .text(SAMPLE, SamplingSettings.ofTemperature(TEMPERATURE).sampler(lab.seed()));
      lab.print("\n" + name + " writes:\n" + text.strip());
    }
  }
}
