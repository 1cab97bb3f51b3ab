package charnn.nn;

import static charnn.util.Formats.format;

import charnn.data.Vocabulary;
import charnn.util.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network: its architecture and its parameters, which training changes in place.
 *
 * @param parameters in the order that {@link NetworkSpec} describes; shared, not copied
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
   * feedforward neural networks" (2010), where a gate's columns count as its fan-out; forget biases
   * 1 (Jozefowicz et al., "An empirical exploration of recurrent network architectures", 2015);
   * other biases 0.
   */
  public static Network initialised(NetworkSpec architecture, long seed) {
    float[] parameters = new float[architecture.parameterCount()];
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.INITIALISATION);
    int h = architecture.hiddenSize();
    for (NetworkSpec.Layer layer : architecture.parameterLayout()) {
      boolean output = layer.recurrent() < 0;
      int weightsEnd = output ? layer.bias() : layer.recurrent();
      int fanOut = output ? layer.columns() : h;
      fillNormal(parameters, layer.weights(), weightsEnd, layer.inputSize() + fanOut, random);
      if (!output) {
        fillNormal(parameters, layer.recurrent(), layer.bias(), h + h, random);
        Arrays.fill(parameters, layer.bias() + h, layer.bias() + 2 * h, 1f);
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
        new NetworkSpec(larger.size(), architecture.hiddenSize(), architecture.layers());
    Network network = initialised(grown, seed);
    List<NetworkSpec.Layer> from = architecture.parameterLayout();
    List<NetworkSpec.Layer> to = grown.parameterLayout();
    NetworkSpec.Layer oldFirst = from.get(0);
    NetworkSpec.Layer first = to.get(0);
    NetworkSpec.Layer oldOutput = from.get(from.size() - 1);
    NetworkSpec.Layer output = to.get(to.size() - 1);
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
      for (int j = 0; j < 4 * h; j++) {
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
   * Tells whether all that the network computes is finite, as the model file demands. Inputs of a
   * layer are at most 1, so that no sum is larger than that of the magnitudes of a unit's weights.
   */
  public boolean isFinite() {
    for (NetworkSpec.Layer layer : architecture.parameterLayout()) {
      int recurrentInputs = layer.recurrent() < 0 ? 0 : architecture.hiddenSize();
      for (int j = 0; j < layer.columns(); j++) {
        double sum =
            magnitude(layer.weights() + j * layer.inputSize(), layer.inputSize())
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
