package charnn.nn;

import static charnn.util.Formats.format;

import charnn.data.Vocabulary;
import charnn.util.RandomStreams;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A network: its architecture and its parameters, which training changes in place.
 *
 * @param parameters in the order of {@link ParameterLayout}; shared, not copied
 */
public record Network(NetworkSpec architecture, float[] parameters) {
  /** The difference of two sums is finite, too, however it is rounded. */
  private static final double MAX_SUM = Float.MAX_VALUE / 4;

  /**
   * @throws IllegalArgumentException if the number of parameters is not the architecture's
   */
  public Network {
    if (parameters.length != architecture.parameterCount()) {
      throw new IllegalArgumentException(
          format(
              "%s has %d parameters, got %d",
              architecture, architecture.parameterCount(), parameters.length));
    }
  }

  /**
   * Returns a network to start training from: weights from a normal distribution of variance 2 /
   * (fan-in + fan-out) as in Glorot and Bengio, "Understanding the difficulty of training deep
   * feedforward neural networks" (2010), where a gate's columns count as its fan-out; biases of
   * gates as the cell type says, of the output layer 0.
   */
  public static Network initialised(NetworkSpec architecture, long seed) {
    float[] parameters = new float[architecture.parameterCount()];
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.INITIALISATION);
    for (ParameterLayout.Layer layer : architecture.parameterLayout().layers()) {
      LayerSpec spec = layer.spec();
      int fans = spec.inputSize() + spec.outputSize();
      fillNormal(parameters, layer.weights(), layer.recurrent(), fans, random);
      if (spec instanceof LayerSpec.Recurrent recurrent) {
        int h = recurrent.units();
        fillNormal(parameters, layer.recurrent(), layer.bias(), h + h, random);
        for (int i = 0; i < spec.biasColumns(); i++) {
          int gate = recurrent.cell().bias().first() + i / h;
          parameters[layer.bias() + i] = recurrent.cell().initialBias(gate, random);
        }
      }
    }
    return new Network(architecture, parameters);
  }

  private static void fillNormal(
      float[] parameters, int from, int to, int fans, SplittableRandom random) {
    double deviation = StrictMath.sqrt(2.0 / fans);
    for (int i = from; i < to; i++) {
      parameters[i] = (float) (deviation * normal(random));
    }
  }

  /** Box and Muller's transform, with StrictMath: the same bits on every machine. */
  private static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }

  /**
   * Returns a network of the same width and depth for a larger vocabulary: characters that were
   * known keep their weights; new ones get fresh ones, and are as unlikely as the least likely
   * known.
   *
   * @param vocabulary that this network was trained with
   * @param larger has all its characters, and others
   * @param seed of the new weights
   */
  public Network grown(Vocabulary vocabulary, Vocabulary larger, long seed) {
    NetworkSpec grown =
        new NetworkSpec(
            architecture.cell(),
            larger.size(),
            architecture.hiddenSize(),
            architecture.layers(),
            larger.documentMark() >= 0);
    Network network = initialised(grown, seed);
    ParameterLayout.Layer oldFirst = architecture.parameterLayout().layer(0);
    ParameterLayout.Layer first = grown.parameterLayout().layer(0);
    ParameterLayout.Layer oldOutput = architecture.parameterLayout().output();
    ParameterLayout.Layer output = grown.parameterLayout().output();
    float[] target = network.parameters;
    // All between the first layer's input weights and the output layer is as it was.
    System.arraycopy(
        parameters,
        oldFirst.recurrent(),
        target,
        first.recurrent(),
        oldOutput.weights() - oldFirst.recurrent());
    float leastLikely = Float.POSITIVE_INFINITY;
    for (int character = 0; character < vocabulary.size(); character++) {
      leastLikely = Math.min(leastLikely, parameters[oldOutput.bias() + character]);
    }
    Arrays.fill(target, output.bias(), output.bias() + larger.size(), leastLikely);
    int h = grown.hiddenSize();
    for (int old = 0; old < vocabulary.size(); old++) {
      int character = larger.indexOf(vocabulary.codePoint(old));
      for (int j = 0; j < first.spec().inputColumns(); j++) {
        target[first.weights() + j * larger.size() + character] =
            parameters[oldFirst.weights() + j * vocabulary.size() + old];
      }
      System.arraycopy(
          parameters, oldOutput.weights() + old * h, target, output.weights() + character * h, h);
      target[output.bias() + character] = parameters[oldOutput.bias() + old];
    }
    return network;
  }

  /**
   * Returns whether all that the network computes is finite, as the model file demands. Inputs of a
   * layer and hidden states are at most 1, so that no sum is larger than that of the magnitudes of
   * a unit's weights. Of a multiplicative cell, the intermediate state is at most the product of
   * two such sums.
   */
  public boolean isFinite() {
    for (ParameterLayout.Layer layer : architecture.parameterLayout().layers()) {
      boolean multiplicative =
          layer.spec() instanceof LayerSpec.Recurrent recurrent
              && recurrent.cell().isMultiplicative();
      double most = multiplicative ? mostIntermediate(layer) : 1;
      for (int column = 0; column < layer.spec().columns(); column++) {
        double sum = input(layer, column) + most * recurrent(layer, column) + bias(layer, column);
        if (!(sum <= MAX_SUM)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the most that a unit of the intermediate state can be; 1 if that is less. */
  private double mostIntermediate(ParameterLayout.Layer layer) {
    int h = layer.spec().outputSize();
    double most = 1;
    for (int unit = 0; unit < h; unit++) {
      most =
          Math.max(most, recurrent(layer, unit) * input(layer, layer.spec().columns() - h + unit));
    }
    return most;
  }

  /** Returns the sum of the magnitudes of the input weights of a column of z. */
  private double input(ParameterLayout.Layer layer, int column) {
    int j = column - layer.spec().firstInputColumn();
    int inputs = layer.spec().inputSize();
    return j < 0 || j >= layer.spec().inputColumns()
        ? 0
        : magnitude(layer.weights() + j * inputs, inputs);
  }

  private double recurrent(ParameterLayout.Layer layer, int column) {
    int j = column - layer.spec().firstRecurrentColumn();
    int inputs = layer.spec().recurrentInputs();
    return j < 0 || j >= layer.spec().recurrentColumns()
        ? 0
        : magnitude(layer.recurrent() + j * inputs, inputs);
  }

  private double bias(ParameterLayout.Layer layer, int column) {
    int j = column - layer.spec().firstBiasColumn();
    return j < 0 || j >= layer.spec().biasColumns() ? 0 : Math.abs(parameters[layer.bias() + j]);
  }

  private double magnitude(int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += Math.abs(parameters[i]);
    }
    return sum;
  }

  /** Returns a network with the same values that changes no more with this one. */
  public Network copy() {
    return new Network(architecture, parameters.clone());
  }
}
