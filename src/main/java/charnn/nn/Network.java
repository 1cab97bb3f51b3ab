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
        for (int gate = 0; gate < recurrent.cell().gates(); gate++) {
          int from = layer.bias() + gate * h;
          Arrays.fill(parameters, from, from + h, recurrent.cell().initialBias(gate));
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
            architecture.cell(), larger.size(), architecture.hiddenSize(), architecture.layers());
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
      for (int j = 0; j < first.spec().columns(); j++) {
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
   * layer are at most 1, so that no sum is larger than that of the magnitudes of a unit's weights.
   */
  public boolean isFinite() {
    for (ParameterLayout.Layer layer : architecture.parameterLayout().layers()) {
      int inputs = layer.spec().inputSize();
      int recurrentInputs = layer.spec().recurrentInputs();
      for (int j = 0; j < layer.spec().columns(); j++) {
        double sum =
            magnitude(layer.weights() + j * inputs, inputs)
                + magnitude(layer.recurrent() + j * recurrentInputs, recurrentInputs)
                + Math.abs(parameters[layer.bias() + j]);
        if (!(sum <= MAX_SUM)) {
          return false;
        }
      }
    }
    return true;
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
