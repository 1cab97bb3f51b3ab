package charnn.lab;

import charnn.data.Batch;
import charnn.engine.InferencePass;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.ParameterLayout;
import charnn.nn.RecurrentState;
import charnn.report.figure.Figure;
import charnn.util.Range;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@code lab gradients}: how far back in time the gradient reaches.
 *
 * <p>dL_t / dh_(t-k) is dL_t / dh_t times k Jacobians dh_i / dh_(i-1): it vanishes where their
 * largest singular values are below 1 (Pascanu, Mikolov and Bengio, "On the difficulty of training
 * recurrent neural networks", 2013). An LSTM's cell has a path of its own, dc_t / dc_(t-1) = f_t
 * (Hochreiter and Schmidhuber, "Long short-term memory", 1997; Gers et al., 2000).
 */
final class GradientsExperiment extends Experiment {
  private static final LabOption<Integer> UNITS =
      LabOption.count("units", 2, 256, 64, "Units of the networks' one layer.");
  private static final LabOption<Integer> STEPS =
      LabOption.count("steps", 1, 100_000, 5000, "Training steps.");
  private static final LabOption<Integer> REACH =
      LabOption.count("reach", 20, 200, 60, "Characters that the gradient is followed back.");
  private static final LabOption<List<Double>> SCALES =
      LabOption.numbers(
          "scales", Range.above(0, 20), "0.5,1,1.3,2,4", "Factors of untrained RNNs' R.");

  private static final int ROWS = 64; // positions in the text that a mean is over
  private static final int JACOBIANS = 8; // of them
  private static final int WARM_UP = 100; // characters
  private static final int CLIPPED_STEPS = 300;
  private static final double CLIPPED_RATE = 1;
  private static final float SATURATING = 50;
  private static final double DIFFERENCE = 1e-5;

  GradientsExperiment() {
    super(
        "gradients",
        "How far back in time does the gradient reach, and what do an LSTM's gates change?",
        List.of(UNITS, STEPS, REACH, SCALES, LabOption.CORPUS));
  }

  @Override
  public void run(Lab lab) throws IOException {
    try (TextTask task = new TextTask(lab.corpus(lab.value(LabOption.CORPUS)))) {
      lab.print("Two steps of one unit, w = 0.6, u = 0.9 (RNN):");
      lab.print("example", example());
      Network lstm = cells(lab, task);
      scales(lab, task);
      forgetGates(lab, task, lstm);
    }
  }

  /** Two steps of one unit. */
  static DataTable example() {
    DataTable table = new DataTable("derivative", "chain rule", "numeric difference");
    double u = 0.9;
    double h1 = rnn(u, 0.5, 1);
    double h2 = rnn(u, h1, -0.5);
    double first = (h1 - 0.2) * (1 - h1 * h1) * 0.5;
    double second = (h2 - 0.4) * (1 - h2 * h2);
    double through = second * u * (1 - h1 * h1) * 0.5;
    double one = slope(w -> error(rnn(w, 0.5, 1), 0.2), u);
    double two = slope(w -> error(rnn(w, rnn(w, 0.5, 1), -0.5), 0.4), u);
    double held = slope(w -> error(rnn(w, h1, -0.5), 0.4), u);
    table.add("RNN: dE1/du", first, one);
    table.add("dE2/du with h1 held", second * h1, held);
    table.add("dE2/du through h1", through, two - held);
    table.add("dE/du, their sum", first + second * h1 + through, one + two);
    double[] c1 = lstm(0.5, 0.3, 1);
    double[] c2 = lstm(c1[0], c1[1], -0.5);
    double alone = slope(c -> lstm(lstm(c, 0.3, 1)[0], c1[1], -0.5)[0], 0.5);
    double both = slope(c -> lstm(lstm(c, 0.3, 1)[0], lstm(c, 0.3, 1)[1], -0.5)[0], 0.5);
    table.add("LSTM: dc(t)/dc(t-2) = f(t) f(t-1), h held", c2[2] * c1[2], alone);
    table.add("dc(t)/dc(t-2), through h, too", (c2[2] + byHidden(c1, -0.5)) * c1[2], both);
    return table;
  }

  private static double rnn(double u, double h, double x) {
    return Math.tanh(0.6 * x + u * h);
  }

  private static double error(double h, double y) {
    return (h - y) * (h - y) / 2;
  }

  /** Returns c, h, f and o after a step. */
  private static double[] lstm(double c, double h, double x) {
    double f = sigmoid(1 + 0.3 * x - 0.4 * h);
    double o = sigmoid(-0.2 * x + 0.3 * h);
    double after = f * c + sigmoid(0.4 * x + 0.2 * h) * Math.tanh(0.5 * x + 0.6 * h);
    return new double[] {after, o * Math.tanh(after), f, o};
  }

  /** Returns dc_t / dh_(t-1) dh_(t-1) / dc_(t-1) for the next input x. */
  private static double byHidden(double[] before, double x) {
    double c = before[0];
    double h = before[1];
    double f = sigmoid(1 + 0.3 * x - 0.4 * h);
    double i = sigmoid(0.4 * x + 0.2 * h);
    double g = Math.tanh(0.5 * x + 0.6 * h);
    double byH = -0.4 * f * (1 - f) * c + 0.2 * i * (1 - i) * g + 0.6 * i * (1 - g * g);
    return byH * before[3] * (1 - Math.pow(Math.tanh(c), 2));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double slope(DoubleUnaryOperator f, double x) {
    return (f.applyAsDouble(x + DIFFERENCE) - f.applyAsDouble(x - DIFFERENCE)) / 2 / DIFFERENCE;
  }

  /** Returns the trained LSTM, as far as the time allows. */
  private static Network cells(Lab lab, TextTask task) throws IOException {
    int reach = lab.value(REACH);
    DataTable table =
        new DataTable(
            "network", "loss", "k = 1", "k = 10", "k = " + reach, "decay per step", "Jacobian");
    XYChart before = chart("before training");
    XYChart after = chart("after training");
    Network network = null;
    for (CellType cell : List.of(CellType.RNN, CellType.GRU, CellType.LSTM)) {
      network = task.network(cell, lab.value(UNITS), lab.seed());
      add(table, before, "untrained ", task, network, reach);
      task.train(lab, network, lab.value(STEPS));
      if (lab.isTimeUp()) {
        break;
      }
      add(table, after, "trained ", task, network, reach);
    }
    lab.print("\nNorm of dL(t)/dh(t-k) and dL(t)/dc(t-k), as parts of that at k = 0:");
    lab.print("cells", table);
    lab.save("cells", Figure.of(before, after));
    return network;
  }

  private static void add(
      DataTable table, XYChart chart, String name, TextTask task, Network network, int reach) {
    Double loss = task.loss(network);
    Double jacobian = singularValue(task, network);
    String state = ", h";
    for (double[] norms : norms(task, network, reach)) {
      String title = network.architecture().cell().title() + state;
      table.add(name + title, loss, norms[1], norms[10], norms[reach], rate(norms), jacobian);
      draw(chart, title, norms);
      state = ", c";
      loss = null; // one row has it
      jacobian = null;
    }
  }

  private static XYChart chart(String title) {
    XYChart chart =
        Figure.curves("Gradient of the loss, " + title, "characters back, k", "norm (1 at k = 0)");
    Figure.logarithmicY(chart);
    return chart;
  }

  private static void draw(XYChart chart, String name, double... norms) {
    double[] k = IntStream.range(0, norms.length).asDoubleStream().toArray();
    Figure.line(chart, name, k, norms);
  }

  /**
   * Returns |dL_t / ds_(t-k)| as parts of that of k = 0, the geometric means over {@value #ROWS}
   * positions in the text [S][reach + 1].
   */
  static double[][] norms(TextTask task, Network network, int reach) {
    // A step more: the first states are inputs, and their h does not depend on their c.
    Batch batch = batch(task, WARM_UP, reach + 1);
    int[] targets = Arrays.copyOfRange(batch.targets(), reach * ROWS, batch.targets().length);
    RecurrentState start = read(task, network, WARM_UP);
    INDArray[][] gradients = new SameDiffNetwork(network, batch, start).lossGradients(targets);
    double[][] norms = new double[gradients.length][reach + 1];
    for (int s = 0; s < norms.length; s++) {
      for (int k = 0; k <= reach; k++) {
        INDArray parts = gradients[s][k].norm2(1).divi(gradients[s][0].norm2(1));
        norms[s][k] = Math.exp(Transforms.log(parts).meanNumber().doubleValue());
      }
    }
    return norms;
  }

  /** Returns the held-out text from some characters after each of {@value #ROWS} positions on. */
  private static Batch batch(TextTask task, int after, int length) {
    Batch batch = new Batch(ROWS, length);
    for (int b = 0; b < ROWS; b++) {
      long start = b * task.heldOut.length() / ROWS + after;
      batch.fillRow(b, task.heldOut, start % task.heldOut.length());
    }
    return batch;
  }

  /** Returns the states that a network has after some characters from each position on. */
  private static RecurrentState read(TextTask task, Network network, int characters) {
    int[] inputs = batch(task, 0, characters).inputs();
    InferencePass pass = task.engine.inference(network, ROWS);
    float[] logits = new float[ROWS * task.vocabulary.size()];
    for (int t = 0; t < characters; t++) {
      pass.step(Arrays.copyOfRange(inputs, t * ROWS, (t + 1) * ROWS), logits);
    }
    RecurrentState all = new RecurrentState(network.architecture(), ROWS);
    RecurrentState row = new RecurrentState(network.architecture(), 1);
    for (int b = 0; b < ROWS; b++) {
      pass.save(b, row);
      all.copyRow(b, row, 0);
    }
    return all;
  }

  /** Returns the factor from one norm to the next, the first sixth of them left out. */
  static double rate(double... norms) {
    int last = norms.length - 1;
    return Math.pow(norms[last] / norms[last / 6], 1.0 / (last - last / 6));
  }

  /** Returns the largest singular value of ds_t / ds_(t-1), the geometric mean over positions. */
  static double singularValue(TextTask task, Network network) {
    RecurrentState states = read(task, network, WARM_UP);
    int[] characters = batch(task, WARM_UP, 1).inputs();
    int size = network.architecture().hiddenSize() * states.values().length;
    double sum = 0;
    for (int j = 0; j < JACOBIANS; j++) {
      RecurrentState equal = new RecurrentState(network.architecture(), size);
      for (int row = 0; row < size; row++) {
        equal.copyRow(row, states, j);
      }
      Batch batch = new Batch(size, 1);
      Arrays.fill(batch.inputs(), characters[j]);
      INDArray values = Nd4j.create(DataType.DOUBLE, size);
      INDArray jacobian = new SameDiffNetwork(network, batch, equal).jacobian();
      Nd4j.getBlasWrapper().lapack().gesvd(jacobian.dup('f'), values, null, null);
      sum += Math.log(values.maxNumber().doubleValue());
    }
    return Math.exp(sum / JACOBIANS);
  }

  private static void scales(Lab lab, TextTask task) throws IOException {
    DataTable table =
        new DataTable(
            "R times", "decay per step", "Jacobian", "gradient", "largest norm", "loss", "clipped");
    XYChart chart = chart("RNN with its R times a factor, h");
    IUpdater sgd = Optimizer.of("SGD", CLIPPED_RATE);
    for (double scale : LabOption.once(lab.value(SCALES))) {
      Network network = scaled(task, lab, scale);
      Network clipped = network.copy();
      double[] norms = norms(task, network, lab.value(REACH))[0];
      double singular = singularValue(task, network);
      double most = task.train(lab, network, sgd, Double.POSITIVE_INFINITY, CLIPPED_STEPS);
      task.train(lab, clipped, sgd, 1, CLIPPED_STEPS);
      if (lab.isTimeUp()) {
        break;
      }
      double rate = rate(norms);
      String regime = rate < 0.9 ? "vanishes" : rate > 1.02 ? "explodes" : "holds";
      table.add(scale, rate, singular, regime, most, task.loss(network), task.loss(clipped));
      draw(chart, "R times " + scale, norms);
    }
    lab.print("\nUntrained RNNs with R times a factor, and what clipping is for:");
    lab.print("scales", table);
    lab.save("scales", Figure.of(chart));
  }

  /** Returns an untrained RNN with its recurrent weights times a factor. */
  private static Network scaled(TextTask task, Lab lab, double scale) {
    Network network = task.network(CellType.RNN, lab.value(UNITS), lab.seed());
    ParameterLayout.Layer layer = network.architecture().parameterLayout().layer(0);
    for (int i = layer.recurrent(); i < layer.bias(); i++) {
      network.parameters()[i] *= (float) scale;
    }
    return network;
  }

  private static void forgetGates(Lab lab, TextTask task, Network lstm) throws IOException {
    DataTable table =
        new DataTable(
            "f", "dc, k = 1", "dc, k = 10", "|c| at 100", "|c| at 1,000", "loss", "trained so");
    XYChart chart = chart("LSTM with its forget gate f forced, c");
    for (String gate : List.of("learned", "0", "1")) {
      Network network = lstm.copy();
      Network trained = lstm;
      if (!gate.equals("learned")) {
        trained = task.network(CellType.LSTM, lab.value(UNITS), lab.seed());
        float bias = gate.equals("1") ? SATURATING : -SATURATING;
        forceForgetGate(network, bias);
        forceForgetGate(trained, bias);
        task.train(lab, trained, lab.value(STEPS));
      }
      if (lab.isTimeUp()) {
        break;
      }
      double[] norms = norms(task, network, lab.value(REACH))[1];
      draw(chart, "f " + gate, norms);
      double early = size(read(task, network, 100));
      double late = size(read(task, network, 1000));
      double loss = task.loss(network);
      table.add(gate, norms[1], norms[10], early, late, loss, task.loss(trained));
    }
    lab.print("\nThe trained LSTM, and one that is trained so, with its forget gate f forced:");
    lab.print("forget", table);
    lab.save("forget", Figure.of(chart));
  }

  /** Makes the forget gate 0 or 1, whatever the LSTM reads. */
  static void forceForgetGate(Network lstm, float bias) {
    int h = lstm.architecture().hiddenSize();
    int forget = lstm.architecture().parameterLayout().layer(0).bias() + h;
    Arrays.fill(lstm.parameters(), forget, forget + h, bias);
  }

  /** Returns the mean of |c|. */
  private static double size(RecurrentState state) {
    float[] c = state.values()[1][0];
    return IntStream.range(0, c.length).mapToDouble(i -> Math.abs(c[i])).average().orElseThrow();
  }
}
