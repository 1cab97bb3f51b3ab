package charnn.lab;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFile;
import charnn.model.Model;
import charnn.nn.CellType;
import charnn.nn.LayerSpec;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code lab parameters}: how many parameters a network has, and how an LSTM becomes smaller.
 *
 * <p>With d inputs and n units: RNN n (d + n + 1); LSTM 4 n (d + n + 1); GRU with the reset gate
 * after the recurrent product, as cuDNN has it, 3 n (d + n) + 4 n; dense layer n (d + 1). Pruning:
 * Han et al., "Learning both weights and connections for efficient neural networks", 2015.
 */
final class ParametersExperiment extends Experiment {
  private static final LabOption<String> CELL =
      LabOption.choice("cell", List.of("rnn", "lstm", "gru"), "lstm", "Cell of your own network.");
  private static final LabOption<Integer> INPUTS =
      LabOption.count("inputs", 1, 10_000, 80, "Its inputs.");
  private static final LabOption<Integer> UNITS =
      LabOption.count("units", 1, 2048, 512, "Units of each of its recurrent layers.");
  private static final LabOption<Integer> LAYERS =
      LabOption.count("layers", 1, 8, 1, "Its recurrent layers.");
  private static final LabOption<Integer> OUTPUTS =
      LabOption.count("outputs", 1, 10_000, 80, "Its outputs.");
  private static final LabOption<List<Path>> CORPUS =
      LabOption.files(
          "corpus", "Text whose last tenth smaller models are measured on (default: the tales).");

  private static final int TIME_STEPS = 10;

  ParametersExperiment() {
    super(
        "parameters",
        "How many parameters does a network have, and what does a smaller LSTM lose?",
        List.of(CELL, INPUTS, UNITS, LAYERS, OUTPUTS, CORPUS));
  }

  @Override
  public void run(Lab lab) throws IOException {
    DataTable table = new DataTable("layer", "by formula", "counted", "without biases");
    for (int steps : new int[] {5, TIME_STEPS}) {
      count(table, steps, new Part("RNN", 20, 128), new Part("softmax", 128, 10));
    }
    count(
        table,
        TIME_STEPS,
        new Part("embedding", 1000, 16),
        new Part("LSTM", 16, 32),
        new Part("dense", 32, 256),
        new Part("dense", 256, 1));
    int units = lab.value(UNITS);
    List<Part> own = new ArrayList<>();
    for (int l = 0; l < lab.value(LAYERS); l++) {
      String cell = lab.value(CELL).toUpperCase(Locale.ROOT);
      own.add(new Part(cell, l == 0 ? lab.value(INPUTS) : units, units));
    }
    own.add(new Part("softmax", units, lab.value(OUTPUTS)));
    count(table, TIME_STEPS, own.toArray(Part[]::new));
    lab.print("counts", table);
    Model model = ModelFile.read(lab.bundledModel());
    try (TextTask task = new TextTask(lab.corpus(lab.value(CORPUS)), model.vocabulary())) {
      smaller(lab, task, model.network());
    }
  }

  /** A layer of n units with d inputs. */
  record Part(String kind, int d, int n) {
    long formula() {
      return switch (kind) {
        case "RNN" -> (long) n * (d + n + 1);
        case "LSTM" -> 4L * n * (d + n + 1);
        case "GRU" -> 3L * n * (d + n) + 4L * n;
        case "embedding" -> (long) d * n;
        default -> (long) n * (d + 1);
      };
    }

    private Layer dl4j() {
      return switch (kind) {
        case "RNN" -> new SimpleRnn.Builder().nIn(d).nOut(n).build();
        case "LSTM" -> new LSTM.Builder().nIn(d).nOut(n).build();
        case "embedding" -> new EmbeddingSequenceLayer.Builder().nIn(d).nOut(n).build();
        case "softmax" -> new RnnOutputLayer.Builder().nIn(d).nOut(n).build();
        default -> new DenseLayer.Builder().nIn(d).nOut(n).build();
      };
    }

    private LayerSpec charnn() {
      return kind.equals("GRU")
          ? new LayerSpec.Recurrent(CellType.GRU, d, n)
          : new LayerSpec.Output(d, n);
    }
  }

  /** Adds a network's layers, counted by DL4J, or by charnn where DL4J has no layer of the kind. */
  static void count(DataTable table, int timeSteps, Part... parts) {
    boolean hasDl4jLayers = Arrays.stream(parts).noneMatch(part -> part.kind.equals("GRU"));
    NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder().list();
    for (int l = 0; hasDl4jLayers && l < parts.length; l++) {
      layers.layer(parts[l].dl4j());
    }
    MultiLayerNetwork network = null;
    if (hasDl4jLayers) {
      layers.setInputType(InputType.recurrent(parts[0].d, timeSteps));
      network = new MultiLayerNetwork(layers.build());
      network.init();
    }
    long[] sums = new long[3];
    for (int l = 0; l < parts.length; l++) {
      LayerSpec spec = parts[l].charnn();
      long counted = network == null ? spec.parameterCount() : network.getLayer(l).numParams();
      INDArray bias = network == null ? null : network.getLayer(l).getParam("b");
      long biases = network == null ? spec.biasColumns() : bias == null ? 0 : bias.length();
      String name = format("%s %,d -> %,d", parts[l].kind, parts[l].d, parts[l].n);
      table.add(name, parts[l].formula(), counted, counted - biases);
      sums[0] += parts[l].formula();
      sums[1] += counted;
      sums[2] += counted - biases;
    }
    table.add(format("all, %,d time steps", timeSteps), sums[0], sums[1], sums[2]);
  }

  /** A smaller form of a network. */
  record Smaller(String name, Network network, long parameters, double bytes) {}

  private static void smaller(Lab lab, TextTask task, Network whole) throws IOException {
    DataTable table = new DataTable("the bundled model", "parameters", "bytes", "loss");
    XYChart chart =
        Figure.curves("Smaller models, not trained again", "kilobytes", "nats per character");
    NetworkSpec spec = whole.architecture();
    int all = spec.parameterCount();
    measure(
        lab,
        task,
        table,
        chart,
        "as it is",
        n -> new Smaller("as it is", whole, all, 4.0 * all),
        1);
    measure(
        lab,
        task,
        table,
        chart,
        "fewer units",
        share -> withFewerUnits(whole, share),
        0.9,
        0.75,
        0.5);
    measure(
        lab, task, table, chart, "pruned", share -> pruned(whole, share), 0.3, 0.5, 0.7, 0.8, 0.9);
    measure(
        lab, task, table, chart, "quantised", bits -> quantised(whole, (int) bits), 8, 6, 5, 4, 3);
    NetworkSpec gru =
        new NetworkSpec(CellType.GRU, spec.vocabularySize(), spec.hiddenSize(), spec.layers());
    table.add("GRU of as many units", gru.parameterCount(), 4L * gru.parameterCount(), null);
    lab.print("");
    lab.print("smaller", table);
    lab.save("smaller", Figure.of(chart));
  }

  private static void measure(
      Lab lab,
      TextTask task,
      DataTable table,
      XYChart chart,
      String kind,
      DoubleFunction<Smaller> form,
      double... sizes) {
    List<Double> kilobytes = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (double size : sizes) {
      if (lab.isTimeUp()) {
        break;
      }
      Smaller smaller = form.apply(size);
      lab.progress("measuring %s", smaller.name);
      losses.add(task.loss(smaller.network));
      kilobytes.add(smaller.bytes / 1e3);
      table.add(
          smaller.name,
          smaller.parameters,
          Math.round(smaller.bytes),
          losses.get(losses.size() - 1));
    }
    if (!losses.isEmpty()) {
      chart.addSeries(kind, kilobytes, losses);
    }
  }

  /**
   * Returns a network without the units of the smallest outgoing weights. These become 0, which
   * computes what the smaller network would.
   */
  static Smaller withFewerUnits(Network network, double share) {
    NetworkSpec spec = network.architecture();
    int h = spec.hiddenSize();
    int kept = (int) Math.max(1, h * share);
    float[] parameters = network.parameters().clone();
    for (int l = 0; l < spec.layers(); l++) {
      ParameterLayout.Layer layer = spec.parameterLayout().layer(l);
      ParameterLayout.Layer next = spec.parameterLayout().layer(l + 1);
      int[] rows = // the first weights out of unit 0, to the units of R and of the next W
          IntStream.concat(
                  IntStream.range(0, layer.spec().recurrentColumns())
                      .map(column -> layer.recurrent() + column * h),
                  IntStream.range(0, next.spec().inputColumns())
                      .map(column -> next.weights() + column * h))
              .toArray();
      IntStream.range(0, h)
          .boxed()
          .sorted(
              Comparator.comparingDouble(
                  unit ->
                      Arrays.stream(rows).mapToDouble(i -> Math.abs(parameters[i + unit])).sum()))
          .limit(h - kept)
          .forEach(unit -> Arrays.stream(rows).forEach(i -> parameters[i + unit] = 0));
    }
    int count =
        new NetworkSpec(spec.cell(), spec.vocabularySize(), kept, spec.layers()).parameterCount();
    String name = format("%.0f %% of the units", 100 * share);
    return new Smaller(name, new Network(spec, parameters), count, 4.0 * count);
  }

  /** Returns a network with a share of its parameters 0, the smallest. */
  static Smaller pruned(Network network, double share) {
    float[] parameters = network.parameters().clone();
    double[] sizes =
        IntStream.range(0, parameters.length)
            .mapToDouble(i -> Math.abs(parameters[i]))
            .sorted()
            .toArray();
    int left = 0;
    for (int i = 0; i < parameters.length; i++) {
      boolean isKept = Math.abs(parameters[i]) >= sizes[(int) (share * sizes.length)];
      parameters[i] = isKept ? parameters[i] : 0;
      left += isKept ? 1 : 0;
    }
    // Of each that is left the number and its row, in 16 bits.
    double bytes = Math.min(4.0 * parameters.length, 6.0 * left);
    String name = format("%.0f %% pruned", 100 * share);
    return new Smaller(name, new Network(network.architecture(), parameters), left, bytes);
  }

  /** Returns a network with weights of so many bits, times a scale for those into each unit. */
  static Smaller quantised(Network network, int bits) {
    float[] parameters = network.parameters().clone();
    double bytes = 0;
    for (ParameterLayout.Layer layer : network.architecture().parameterLayout().layers()) {
      LayerSpec spec = layer.spec();
      for (int i = layer.weights(); i < layer.bias(); ) {
        int rows = i < layer.recurrent() ? spec.inputSize() : spec.recurrentInputs();
        float most = 0;
        for (int k = i; k < i + rows; k++) {
          most = Math.max(most, Math.abs(parameters[k]));
        }
        float scale = Math.max(Float.MIN_NORMAL, most / ((1 << bits - 1) - 1));
        for (int end = i + rows; i < end; i++) {
          parameters[i] = Math.round(parameters[i] / scale) * scale;
        }
        bytes += rows * bits / 8.0 + 4;
      }
      bytes += 4.0 * spec.biasColumns();
    }
    Network quantised = new Network(network.architecture(), parameters);
    return new Smaller(format("%d bits a weight", bits), quantised, parameters.length, bytes);
  }
}
