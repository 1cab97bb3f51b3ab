package charnn.lab;

import charnn.data.QuotedSpeech;
import charnn.data.Vocabulary;
import charnn.report.figure.Figure;
import charnn.util.Range;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.knowm.xchart.XYChart;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@code lab bidirectional}: what the future of a sequence is worth. A bidirectional network has
 * two recurrent layers (Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997): y_t
 * = softmax(W [h_t; g_t] + b), where h_t comes from x_1 to x_t, and g_t from x_T back to x_t. The
 * forward network has h_t only, and as many parameters.
 */
final class BidirectionalExperiment extends Experiment {
  private static final LabOption<Integer> UNITS =
      LabOption.count("units", 4, 512, 64, "Hidden units of the forward network.");
  private static final LabOption<Integer> WINDOW =
      LabOption.count("window", 3, 500, 41, "Characters of a window.");
  private static final LabOption<Integer> STEPS =
      LabOption.count("steps", 1, 100_000, 700, "Training steps.");
  private static final LabOption<Integer> BATCH =
      LabOption.count("batch-size", 1, 4096, 256, "Windows of a step.");
  private static final LabOption<Double> RATE =
      LabOption.number("learning-rate", Range.above(0, 1), 0.01, "Learning rate of Adam.");

  private static final String[] CURVE = {"task", "network", "step", "accuracy", "loss"};
  private static final int REPORTS = 10; // points of a curve
  private static final int HELD_OUT = 10; // one tenth of the text, the last
  private static final int TESTED = 500; // windows
  private static final int EXAMPLES = 10;

  /**
   * A text, with a class to predict for each of its characters.
   *
   * @param characters from 0 to V - 2
   * @param targets from 0 to K - 1
   * @param gap whether only the character in the middle of a window is predicted, and hidden
   * @param window characters of a window, T
   */
  record Task(String name, int[] characters, int[] targets, boolean gap, int window) {
    private int inputs() {
      return Arrays.stream(characters).max().orElseThrow() + 2; // The last is a hidden character.
    }

    private int outputs() {
      return Arrays.stream(targets).max().orElseThrow() + 1;
    }

    private int heldOutFrom() {
      return characters.length - characters.length / HELD_OUT;
    }

    /** Returns where the held-out windows begin. */
    int[] heldOut() {
      int last = characters.length - window - heldOutFrom();
      int count = Math.min(TESTED, last + 1);
      return IntStream.range(0, count)
          .map(i -> heldOutFrom() + (int) ((long) last * i / count))
          .toArray();
    }

    /** Returns windows [B, V, T], their targets [B, K, T], and the mask [B, T] of what counts. */
    DataSet windows(int... from) {
      int hidden = inputs() - 1;
      INDArray inputs = zeros(from.length, hidden + 1, window);
      INDArray outputs = zeros(from.length, outputs(), window);
      INDArray mask = zeros(from.length, window);
      for (int t = 0; t < window; t++) {
        boolean counts = !gap || t == window / 2;
        for (int i = 0; i < from.length; i++) {
          inputs.putScalar(i, gap && counts ? hidden : characters[from[i] + t], t, 1);
          outputs.putScalar(i, targets[from[i] + t], t, 1);
          mask.putScalar(i, t, counts ? 1 : 0);
        }
      }
      return new DataSet(inputs, outputs, null, mask);
    }

    /** Returns an array in the order that DL4J reads without copying. */
    private static INDArray zeros(long... shape) {
      return Nd4j.create(DataType.FLOAT, shape, 'f');
    }

    /** Returns the parameters of a network: LSTMs and the output layer. */
    private int parameters(int directions, int units) {
      return directions * 4 * units * (inputs() + units + 1) + outputs() * (directions * units + 1);
    }

    /** Returns the most units in each direction that have no more parameters than those forward. */
    int units(int directions, int forward) {
      int units = forward;
      while (parameters(directions, units) > parameters(1, forward)) {
        units--;
      }
      return units;
    }

    MultiLayerNetwork network(int directions, int units, double learningRate, long seed) {
      LSTM lstm = new LSTM.Builder().nIn(inputs()).nOut(units).build();
      var output = new RnnOutputLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX);
      Nd4j.getRandom().setSeed(seed);
      MultiLayerNetwork network =
          new MultiLayerNetwork(
              new NeuralNetConfiguration.Builder()
                  .seed(seed)
                  .updater(new Adam(learningRate))
                  .list()
                  .layer(directions == 1 ? lstm : new Bidirectional(lstm))
                  .layer(output.nIn(directions * units).nOut(outputs()).build())
                  .setInputType(InputType.recurrent(inputs())) // gives all layers its format
                  .build());
      network.init();
      return network;
    }

    /** Makes a training step of networks on the same windows of what is not held out. */
    void train(
        ThreadTeam workers,
        List<MultiLayerNetwork> networks,
        int batchSize,
        SplittableRandom random) {
      DataSet batch = windows(random.ints(batchSize, 0, heldOutFrom() - window + 1).toArray());
      workers.run(networks.size(), i -> networks.get(i).fit(batch));
    }
  }

  /** Returns the accuracy on windows, and the mean loss in nats. */
  static double[] score(MultiLayerNetwork network, DataSet windows) {
    INDArray output = network.output(windows.getFeatures());
    INDArray mask = windows.getLabelsMaskArray();
    Evaluation evaluation = new Evaluation((int) output.size(1));
    evaluation.eval(windows.getLabels(), output, mask);
    INDArray losses = Transforms.log(output).muli(windows.getLabels()).sum(1).negi().muli(mask);
    double nats = losses.sumNumber().doubleValue() / mask.sumNumber().doubleValue();
    return new double[] {evaluation.accuracy(), nats};
  }

  /**
   * One of the networks of a task.
   *
   * @param curve held-out accuracy and loss over the steps
   */
  record Model(Task task, int directions, int units, MultiLayerNetwork network, DataTable curve) {
    static Model of(Task task, int directions, Lab lab) {
      int units = task.units(directions, lab.value(UNITS));
      MultiLayerNetwork network = task.network(directions, units, lab.value(RATE), lab.seed());
      return new Model(task, directions, units, network, new DataTable(CURVE));
    }

    String name() {
      return directions == 1 ? "forward" : "bidirectional";
    }

    void measure(int step, DataSet heldOut) {
      double[] score = score(network, heldOut);
      curve.add(task.name, name(), step, score[0], score[1]);
    }
  }

  BidirectionalExperiment() {
    super(
        "bidirectional",
        "What is the future of a sequence worth to a network that may read it?",
        List.of(LabOption.CORPUS, UNITS, WINDOW, STEPS, BATCH, RATE));
  }

  @Override
  public void run(Lab lab) throws IOException {
    // The ends of lines say nothing; those of paragraphs stay.
    String text =
        lab.corpus(lab.value(LabOption.CORPUS)).text().replaceAll("(?<=\\S)\n(?=\\S)", " ");
    QuotedSpeech speech = QuotedSpeech.of(text);
    String bare = speech.text();
    int window = lab.value(WINDOW);
    int least = 2 * HELD_OUT * window;
    String few =
        "the corpus must have %,d or more characters, %s windows, got %,d: give another %s or a"
            + " smaller %s";
    LabOption.require(
        bare.length() >= least, few, least, 2 * HELD_OUT, bare.length(), LabOption.CORPUS, WINDOW);
    LabOption.require(
        !speech.spoken().isEmpty(),
        "the corpus has no speech in double quotation marks: give another %s",
        LabOption.CORPUS);
    int[] spoken = // a value for each code point
        IntStream.range(0, bare.length())
            .filter(i -> !Character.isLowSurrogate(bare.charAt(i)))
            .map(i -> speech.spoken().get(i) ? 1 : 0)
            .toArray();
    Vocabulary vocabulary = Vocabulary.ofText(text);
    int[] characters = encoded(vocabulary, text);
    Task gap = new Task("restoring a lost character", characters, characters, true, window);
    int[] read = encoded(Vocabulary.ofText(bare), bare);
    Task marking = new Task("marking speech", read, spoken, false, window);
    DataTable table = new DataTable("task", "network", "units", "parameters", "accuracy", "loss");
    DataTable curves = new DataTable(CURVE);
    List<XYChart> charts = new ArrayList<>();
    DataTable examples = null;
    for (Task task : List.of(gap, marking)) {
      List<Model> models = trained(lab, task);
      if (models.get(0).curve.rows().size() < 2) {
        break; // The time was over before they had learned anything.
      }
      XYChart chart = Figure.curves(task.name, "step", "held-out accuracy");
      for (Model model : models) {
        List<Object[]> rows = model.curve.rows();
        rows.forEach(curves::add);
        Object[] last = rows.get(rows.size() - 1);
        String units = (model.directions == 1 ? "" : "2 x ") + model.units;
        long parameters = model.network.numParams();
        table.add(task.name, model.name(), units, parameters, last[3], last[4]);
        Figure.points(chart, model.name(), model.curve.column(2), model.curve.column(3));
      }
      charts.add(chart);
      examples = task.gap ? examples(vocabulary, models) : examples;
      lab.print("bidirectional", table);
      lab.save("curves", curves);
      lab.save("bidirectional", Figure.of(charts.toArray(XYChart[]::new)));
    }
    if (examples != null) {
      lab.print("");
      lab.print("examples", examples);
    }
  }

  /** Trains both networks of a task on the same windows, as far as the time allows. */
  private static List<Model> trained(Lab lab, Task task) {
    List<Model> models = List.of(Model.of(task, 1, lab), Model.of(task, 2, lab));
    List<MultiLayerNetwork> networks = models.stream().map(Model::network).toList();
    DataSet heldOut = task.windows(task.heldOut());
    SplittableRandom random = lab.random();
    int steps = lab.value(STEPS);
    int between = Math.max(1, steps / REPORTS);
    boolean isOver = lab.isTimeUp();
    try (ThreadTeam workers = new ThreadTeam(2)) {
      for (int step = 0; step <= steps && !isOver; step++) {
        if (step > 0) {
          lab.progress("%s: step %,d of %,d", task.name, step, steps);
          task.train(workers, networks, lab.value(BATCH), random);
        }
        isOver = lab.isTimeUp();
        if (step % between == 0 || step == steps || isOver) {
          int made = step;
          workers.run(2, i -> models.get(i).measure(made, heldOut));
        }
      }
    }
    return models;
  }

  private static int[] encoded(Vocabulary vocabulary, String text) {
    return CharBuffer.wrap(vocabulary.encode(text)).chars().toArray();
  }

  /** Returns some held-out windows with a gap, and what each network fills it with. */
  private static DataTable examples(Vocabulary vocabulary, List<Model> models) {
    Task gap = models.get(0).task;
    int middle = gap.window / 2;
    int[] heldOut = gap.heldOut();
    DataTable table = new DataTable("held-out window", "lost", "forward", "bidirectional");
    for (int e = 0; e < EXAMPLES; e++) {
      int from = heldOut[e * heldOut.length / EXAMPLES];
      INDArray features = gap.windows(from).getFeatures();
      List<String> filled =
          models.stream()
              .map(model -> model.network.output(features).slice(0).getColumn(middle))
              .map(output -> quoted(vocabulary.codePoint(output.argMax().getInt(0))))
              .toList();
      int[] window =
          Arrays.stream(gap.characters, from, from + gap.window)
              .map(vocabulary::codePoint)
              .map(c -> c == '\n' ? ' ' : c)
              .toArray();
      String lost = quoted(window[middle]);
      window[middle] = '_';
      table.add(new String(window, 0, window.length), lost, filled.get(0), filled.get(1));
    }
    return table;
  }

  private static String quoted(int character) {
    return character == ' ' || character == '\n' ? "space" : Character.toString(character);
  }
}
