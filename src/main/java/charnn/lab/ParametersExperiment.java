package charnn.lab;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFile;
import charnn.model.Model;
import charnn.nn.CellType;
import charnn.nn.LayerSpec;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.report.figure.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.knowm.xchart.XYChart;

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

  private static final int TIME_STEPS = 10;

  ParametersExperiment() {
    super(
        "parameters",
        "How many parameters does a network have, and what does a smaller LSTM lose?",
        List.of(CELL, INPUTS, UNITS, LAYERS, OUTPUTS, LabOption.CORPUS));
  }

  @Override
  public void run(Lab lab) throws IOException {
    Model model = ModelFile.read(lab.bundledModel());
    try (TextTask task =
        new TextTask(lab.corpus(lab.value(LabOption.CORPUS)), model.vocabulary())) {
      lab.print("counts", counts(lab));
      smaller(lab, task, model.network());
    }
  }

  private static DataTable counts(Lab lab) {
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
    return table;
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

    /** Returns its weights and its biases, of DL4J's layer, or charnn's where DL4J has none. */
    private long[] counted(int timeSteps) {
      if (kind.equals("GRU")) {
        LayerSpec gru = new LayerSpec.Recurrent(CellType.GRU, d, n);
        return new long[] {gru.parameterCount() - gru.biasColumns(), gru.biasColumns()};
      }
      Layer layer =
          switch (kind) {
            case "RNN" -> new SimpleRnn.Builder().nIn(d).nOut(n).build();
            case "LSTM" -> new LSTM.Builder().nIn(d).nOut(n).build();
            case "embedding" -> new EmbeddingSequenceLayer.Builder().nIn(d).nOut(n).build();
            default -> new DenseLayer.Builder().nIn(d).nOut(n).build();
          };
      InputType input = InputType.recurrent(d, timeSteps);
      MultiLayerNetwork network =
          new MultiLayerNetwork(
              new NeuralNetConfiguration.Builder().list(layer).setInputType(input).build());
      network.init();
      long biases = network.paramTable().containsKey("0_b") ? network.getParam("0_b").length() : 0;
      return new long[] {network.numParams() - biases, biases};
    }
  }

  /** Adds a network's layers. */
  static void count(DataTable table, int timeSteps, Part... parts) {
    long[] sums = new long[3];
    for (Part part : parts) {
      long[] counted = part.counted(timeSteps);
      long[] counts = {part.formula(), counted[0] + counted[1], counted[0]};
      String name = format("%s %,d -> %,d", part.kind, part.d, part.n);
      table.add(name, counts[0], counts[1], counts[2]);
      Arrays.setAll(sums, i -> sums[i] + counts[i]);
    }
    table.add(format("all, %,d time steps", timeSteps), sums[0], sums[1], sums[2]);
  }

  /**
   * A smaller form of a network.
   *
   * @param parameters of one that computes the same
   * @param count how many the smaller one has
   */
  record Smaller(String kind, String name, float[] parameters, long count, double bytes) {}

  private static void smaller(Lab lab, TextTask task, Network whole) throws IOException {
    NetworkSpec spec = whole.architecture();
    int all = spec.parameterCount();
    List<Smaller> forms = new ArrayList<>();
    forms.add(new Smaller("as it is", "as it is", whole.parameters(), all, 4.0 * all));
    Stream.of(0.9, 0.75, 0.5).map(share -> withFewerUnits(whole, share)).forEach(forms::add);
    Stream.of(0.3, 0.5, 0.7, 0.8, 0.9).map(share -> pruned(whole, share)).forEach(forms::add);
    Stream.of(8, 6, 5, 4, 3).map(bits -> quantised(whole, bits)).forEach(forms::add);
    DataTable table = new DataTable("the bundled model", "parameters", "bytes", "loss");
    Map<String, DataTable> curves = new LinkedHashMap<>();
    for (Smaller form : forms) {
      if (lab.isTimeUp()) {
        break;
      }
      lab.progress("measuring %s", form.name);
      double loss = task.loss(new Network(spec, form.parameters));
      table.add(form.name, form.count, Math.round(form.bytes), loss);
      curves
          .computeIfAbsent(form.kind, kind -> new DataTable("kilobytes", "loss"))
          .add(form.bytes / 1e3, loss);
    }
    if (curves.isEmpty()) {
      lab.print("\nNo loss was measured in the time.");
      return;
    }
    XYChart chart =
        Figure.curves("Smaller models, not trained again", "kilobytes", "nats per character");
    curves.forEach(
        (kind, points) -> Figure.points(chart, kind, points.column(0), points.column(1)));
    NetworkSpec gru =
        new NetworkSpec(CellType.GRU, spec.vocabularySize(), spec.hiddenSize(), spec.layers());
    table.add("GRU of as many units", gru.parameterCount(), 4L * gru.parameterCount(), null);
    lab.print("");
    lab.print("smaller", table);
    lab.save("smaller", Figure.of(chart));
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
      int r = layer.recurrent();
      int[] outgoing = // of unit (i - r) mod h: columns of R and of the next W have h rows
          IntStream.concat(
                  IntStream.range(r, layer.bias()),
                  IntStream.range(next.weights(), next.recurrent()))
              .toArray();
      double[] sizes = new double[h];
      for (int i : outgoing) {
        sizes[(i - r) % h] += Math.abs(parameters[i]);
      }
      double least = Arrays.stream(sizes).sorted().toArray()[h - kept];
      for (int i : outgoing) {
        parameters[i] = sizes[(i - r) % h] < least ? 0 : parameters[i];
      }
    }
    int count =
        new NetworkSpec(spec.cell(), spec.vocabularySize(), kept, spec.layers()).parameterCount();
    String name = format("%.0f %% of the units", 100 * share);
    return new Smaller("fewer units", name, parameters, count, 4.0 * count);
  }

  /** Returns a network with a share of its parameters 0, the smallest. */
  static Smaller pruned(Network network, double share) {
    float[] parameters = network.parameters().clone();
    double[] sizes = new double[parameters.length];
    Arrays.setAll(sizes, i -> Math.abs(parameters[i]));
    double least = Arrays.stream(sizes).sorted().toArray()[(int) (share * sizes.length)];
    int left = 0;
    for (int i = 0; i < sizes.length; i++) {
      parameters[i] = sizes[i] < least ? 0 : parameters[i];
      left += sizes[i] < least ? 0 : 1;
    }
    // Of each that is left the number and its row, in 16 bits; without where columns begin.
    double bytes = Math.min(4.0 * parameters.length, 6.0 * left);
    String name = format("%.0f %% pruned", 100 * share);
    return new Smaller("pruned", name, parameters, left, bytes);
  }

  /** Returns a network with weights of so many bits, times a scale for those into each unit. */
  static Smaller quantised(Network network, int bits) {
    float[] parameters = network.parameters().clone();
    double bytes = 0;
    for (ParameterLayout.Layer layer : network.architecture().parameterLayout().layers()) {
      LayerSpec spec = layer.spec();
      for (int i = layer.weights(); i < layer.bias(); ) {
        int end = i + (i < layer.recurrent() ? spec.inputSize() : spec.recurrentInputs());
        double most =
            IntStream.range(i, end).mapToDouble(k -> Math.abs(parameters[k])).max().orElseThrow();
        float scale = Math.max(Float.MIN_NORMAL, (float) most / ((1 << bits - 1) - 1));
        bytes += (end - i) * bits / 8.0 + 4;
        for (; i < end; i++) {
          parameters[i] = Math.round(parameters[i] / scale) * scale;
        }
      }
      bytes += 4.0 * spec.biasColumns();
    }
    String name = format("%d bits a weight", bits);
    return new Smaller("quantised", name, parameters, parameters.length, bytes);
  }
}
