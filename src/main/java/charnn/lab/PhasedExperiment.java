package charnn.lab;

import static charnn.util.Formats.number;

import charnn.report.figure.Figure;
import charnn.util.Range;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@code lab phased}: the phased LSTM (Neil, Pfeiffer and Liu, "Phased LSTM: accelerating recurrent
 * network training for long or event-based sequences", 2016) beside the LSTM on that paper's first
 * task: has a sampled sine wave a period of 5 to 6 ms, or another one of 1 to 100 ms?
 */
final class PhasedExperiment extends Experiment {
  /** Of a closed gate, for each period that has passed. */
  static final double LEAK = 0.001;

  private static final LabOption<List<Double>> TAUS =
      LabOption.numbers("tau", Range.of(0.1, 1000), "8,8,3", "Periods of the gates drawn, in ms.");
  private static final LabOption<List<Double>> RATIOS =
      LabOption.numbers("r-on", Range.above(0, 1), "0.5,0.1,0.5", "Their open ratios.");
  private static final LabOption<List<Double>> SHIFTS =
      LabOption.numbers("s", Range.of(0, 1000), "0,2,1", "Their shifts, in ms.");
  private static final LabOption<Integer> UNITS =
      LabOption.count("units", 1, 500, 32, "Units of a network.");
  private static final LabOption<Integer> SAMPLES =
      LabOption.count("samples", 5, 500, 40, "Samples of a sequence.");
  private static final LabOption<Integer> BATCH =
      LabOption.count("batch-size", 1, 1000, 64, "Sequences in a training step.");
  private static final LabOption<Integer> EPOCHS =
      LabOption.count("epochs", 1, 1000, 40, "Epochs of 25 training steps, on new sequences.");
  private static final LabOption<Double> INTERVAL =
      LabOption.number("interval", Range.above(0, 10), 1, "Time between regular samples, in ms.");
  private static final LabOption<Double> RATIO =
      LabOption.number("open-ratio", Range.above(0, 1), 0.3, "Open ratio of the network's gates.");

  private static final String[] SAMPLINGS = {"asynchronous", "regular"};
  private static final String[] COLUMNS = {"sampling", "epoch", "sequences", "LSTM", "phased LSTM"};
  private static final double DRAWN = 16; // ms
  private static final int STEPS = 25; // of an epoch
  private static final int TESTED = 500; // sequences
  private static final double LEARNING_RATE = 0.01;
  private static final double MS = 10; // to which times are scaled as inputs

  /** Units of the learned times in a ms: an optimizer changes them by 0.001 ms in a step. */
  private static final double TENTHS = 10;

  private static final double CLIP = 5; // norm of the gradient

  PhasedExperiment() {
    super(
        "phased",
        "Does a gate that opens by the clock help with samples at irregular times?",
        List.of(TAUS, RATIOS, SHIFTS, UNITS, SAMPLES, INTERVAL, BATCH, EPOCHS, RATIO));
  }

  @Override
  public void run(Lab lab) throws IOException {
    drawGates(lab);
    DataTable results = new DataTable(COLUMNS);
    DataTable curves = new DataTable(COLUMNS);
    XYChart chart = Figure.curves("Accuracy on 500 other sequences", "epoch", "accuracy");
    for (int sampling = 0; sampling < SAMPLINGS.length; sampling++) {
      DataTable curve = train(lab, sampling);
      List<Object[]> rows = curve.rows();
      if (!rows.isEmpty()) {
        rows.forEach(curves::add);
        results.add(rows.get(rows.size() - 1));
        Figure.line(chart, "LSTM, " + SAMPLINGS[sampling], curve.column(1), curve.column(3));
        Figure.line(chart, "phased LSTM, " + SAMPLINGS[sampling], curve.column(1), curve.column(4));
      }
    }
    if (results.rows().isEmpty()) {
      lab.print("Nothing was measured: no epoch of training ended in the time.");
      return;
    }
    lab.save("curves", curves);
    lab.save("accuracy", Figure.of(chart));
    lab.print("accuracy", results);
  }

  /** Trains both networks on the same waves, as far as the time allows, and returns its epochs. */
  private static DataTable train(Lab lab, int sampling) throws IOException {
    SplittableRandom random = lab.random(sampling);
    Nd4j.getRandom().setSeed(random.nextLong());
    int samples = lab.value(SAMPLES);
    int batch = lab.value(BATCH);
    double interval = sampling == 0 ? 0 : lab.value(INTERVAL);
    Map<String, INDArray> test = waves(interval, TESTED, samples, random);
    Network[] networks = {
      new Network(false, lab.value(UNITS), samples, lab.value(RATIO)),
      new Network(true, lab.value(UNITS), samples, lab.value(RATIO))
    };
    double[] before = networks[1].periods();
    double[] accuracy = new double[2];
    DataTable curve = new DataTable(COLUMNS);
    try (ThreadTeam workers = new ThreadTeam(2)) {
      for (int step = 1; step <= STEPS * lab.value(EPOCHS) && !lab.isTimeUp(); step++) {
        lab.progress("%s samples, step %,d", SAMPLINGS[sampling], step);
        Map<String, INDArray> waves = waves(interval, batch, samples, random);
        workers.run(2, i -> networks[i].training.step(waves));
        if (step % STEPS == 0) {
          workers.run(2, i -> accuracy[i] = networks[i].accuracy(test));
          curve.add(SAMPLINGS[sampling], step / STEPS, step * batch, accuracy[0], accuracy[1]);
        }
      }
    }
    if (sampling == 0 && !curve.rows().isEmpty()) {
      XYChart chart = Figure.curves("Periods of the units, sorted", "unit", "period in ms");
      double[] units = IntStream.range(0, before.length).asDoubleStream().toArray();
      Figure.points(chart, "before the training", units, before);
      Figure.points(chart, "after it", units, networks[1].periods());
      lab.save("periods", Figure.of(chart));
    }
    return curve;
  }

  private static void drawGates(Lab lab) throws IOException {
    List<Double> taus = lab.value(TAUS);
    List<Double> ratios = lab.value(RATIOS);
    List<Double> shifts = lab.value(SHIFTS);
    boolean equallyMany = taus.size() == ratios.size() && taus.size() == shifts.size();
    String rule = "%s, %s and %s must be equally many";
    LabOption.require(equallyMany, rule, TAUS, RATIOS, SHIFTS);
    XYChart chart = Figure.curves("The time gates of units", "time t in ms", "gate value k");
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < taus.size(); i++) {
      double tau = taus.get(i);
      double r = ratios.get(i);
      double s = shifts.get(i);
      String name = "tau " + number(tau) + " ms, r " + number(r) + ", s " + number(s) + " ms";
      if (!drawn.add(name)) {
        continue; // as equal curves would have one name
      }
      int first = 3 * (int) Math.floor(-s / tau);
      int last = 3 * (int) Math.ceil((DRAWN - s) / tau);
      double[] corners = // where it begins to open, is open, and is closed
          IntStream.rangeClosed(first, last)
              .mapToDouble(j -> s + tau * (Math.floorDiv(j, 3) + Math.floorMod(j, 3) * r / 2))
              .map(t -> Math.max(0, Math.min(DRAWN, t)))
              .toArray();
      SameDiff graph = SameDiff.create();
      SDVariable times = graph.constant(Nd4j.createFromArray(corners));
      SDVariable k = gate(times, graph.constant(tau), r, graph.constant(s));
      Figure.line(chart, name, corners, k.eval().toDoubleVector());
    }
    lab.save("gate", Figure.of(chart));
  }

  /**
   * Returns how far a gate is open: with phi = (t - s) / tau mod 1, k = 2 phi / r while phi is
   * below r / 2, 2 - 2 phi / r while it is below r, and {@link #LEAK} phi after that.
   *
   * @param t times [...][1], like the periods tau and the shifts s of units [1][units]
   * @param r share of a period for which the gate is open
   */
  static SDVariable gate(SDVariable t, SDVariable tau, double r, SDVariable s) {
    SameDiff graph = t.getSameDiff();
    SDVariable cycles = t.sub(s).div(tau);
    SDVariable phi = cycles.sub(graph.math().floor(cycles));
    SDVariable open = graph.nn().relu(graph.math().abs(phi.mul(2 / r).sub(1)).rsub(1), 0);
    SDVariable closed = graph.nn().relu(graph.math().sign(phi.sub(r)), 0); // 1, or else 0
    return open.add(closed.mul(phi).mul(LEAK));
  }

  /**
   * Returns sine waves, every second one with a period of 5 to 6 ms, which is labelled 1.
   *
   * @param interval between two samples, in ms; 0: at random times in 15 to 125 ms
   */
  static Map<String, INDArray> waves(
      double interval, int count, int samples, SplittableRandom random) {
    float[][] values = new float[samples][count];
    float[][] times = new float[samples][count]; // ms
    float[][] labels = new float[count][1];
    for (int i = 0; i < count; i++) {
      labels[i][0] = i % 2;
      double period = random.nextDouble(5, 6);
      while (i % 2 == 0 && period >= 5 && period <= 6) {
        period = Math.pow(100, random.nextDouble());
      }
      double phase = random.nextDouble(2 * Math.PI);
      double duration = interval == 0 ? random.nextDouble(15, 125) : samples * interval;
      double start = random.nextDouble(Math.max(1, 125 - duration));
      double[] at =
          interval == 0
              ? random.doubles(samples, start, start + duration).sorted().toArray()
              : IntStream.range(0, samples).mapToDouble(t -> start + t * interval).toArray();
      for (int t = 0; t < samples; t++) {
        values[t][i] = (float) StrictMath.sin(2 * Math.PI * at[t] / period + phase);
        times[t][i] = (float) at[t];
      }
    }
    return Map.of(
        "values", Nd4j.createFromArray(values).reshape(samples * count, 1),
        "times", Nd4j.createFromArray(times).reshape(samples * count, 1),
        "labels", Nd4j.createFromArray(labels));
  }

  /**
   * An LSTM (Hochreiter and Schmidhuber, "Long short-term memory", 1997) that reads values and
   * times, and whose last hidden state gives the class. If it is phased, k is the time gate; if
   * not, it is 1:
   *
   * <pre>
   *   C = sigmoid(f) c + sigmoid(i) tanh(g)        c' = c + k (C - c)
   *   H = sigmoid(o) tanh(C)                       h' = h + k (H - h)
   * </pre>
   */
  static final class Network {
    final SameDiff graph = SameDiff.create();
    private final SDVariable logit;
    private SDVariable tau; // null if it is not phased
    final GraphTraining training;

    Network(boolean phased, int units, int samples, double ratio) {
      SDVariable values = graph.placeHolder("values", DataType.FLOAT, -1, 1);
      SDVariable times = graph.placeHolder("times", DataType.FLOAT, -1, 1);
      SDVariable labels = graph.placeHolder("labels", DataType.FLOAT, -1, 1);
      SDVariable recurrent = weights(units, 4 * units);
      SDVariable x = graph.concat(1, values, times.div(MS));
      SDVariable bias = graph.var(Nd4j.zeros(1, 4 * units));
      SDVariable[] z = steps(x.mmul(weights(2, 4 * units)).add(bias), samples, 4 * units);
      SDVariable[] k = null;
      if (phased) {
        INDArray periods = Transforms.exp(Nd4j.rand(1, units).muli(3)); // from 1 to 20 ms
        tau = graph.var(periods.mul(TENTHS)).div(TENTHS);
        SDVariable s = graph.var(Nd4j.rand(1, units).muli(periods).muli(TENTHS)).div(TENTHS);
        k = steps(gate(times, tau, ratio, s), samples, units);
      }
      SDVariable c = graph.constant(Nd4j.zeros(1, units));
      SDVariable h = c;
      for (int t = 0; t < samples; t++) {
        SDVariable[] gates = graph.split(h.mmul(recurrent).add(z[t]), 4, 1);
        SDVariable g = graph.math().tanh(gates[0]);
        SDVariable input = graph.nn().sigmoid(gates[1]).mul(g);
        SDVariable cell = graph.nn().sigmoid(gates[2].add(1)).mul(c).add(input);
        SDVariable hidden = graph.nn().sigmoid(gates[3]).mul(graph.math().tanh(cell));
        c = phased ? cell.sub(c).mul(k[t]).add(c) : cell;
        h = phased ? hidden.sub(h).mul(k[t]).add(h) : hidden;
      }
      logit = h.mmul(weights(units, 1)).add(graph.var(Nd4j.zeros(1, 1)));
      graph.nn().softplus(logit).sub(logit.mul(labels)).mean().markAsLoss();
      training = new GraphTraining(graph, new Adam(LEARNING_RATE), CLIP);
    }

    private SDVariable weights(int rows, int columns) {
      return graph.var(Nd4j.randn(rows, columns).divi(Math.sqrt(rows)));
    }

    /** Returns [steps][sequences][width]. */
    private SDVariable[] steps(SDVariable x, int steps, int width) {
      return graph.unstack(x.reshape(steps, -1, width), 0, steps);
    }

    double accuracy(Map<String, INDArray> waves) {
      INDArray chosen = graph.outputSingle(waves, logit.name()).gt(0);
      INDArray right = chosen.eq(waves.get("labels").castTo(DataType.BOOL));
      return right.castTo(DataType.DOUBLE).meanNumber().doubleValue();
    }

    /** Returns the periods of the units, in ms, in ascending order. */
    double[] periods() {
      return Arrays.stream(tau.eval().toDoubleVector()).sorted().toArray();
    }
  }
}
