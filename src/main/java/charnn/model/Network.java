package charnn.model;

import static charnn.text.Messages.format;

import charnn.text.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A network: its architecture and its parameters, which training changes in place.
 *
 * @param parameters in the order that {@link Architecture} describes; shared, not copied
 */
public record Network(Architecture architecture, float[] parameters) {
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
  public static Network initialised(Architecture architecture, long seed) {
    float[] parameters = new float[architecture.parameterCount()];
    SplittableRandom random = Seeds.random(seed, Seeds.INITIALISATION);
    int h = architecture.hiddenSize();
    for (Architecture.Layer layer : architecture.parameterLayout()) {
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

  /** Returns a network with the same values that changes no more with this one. */
  public Network copy() {
    return new Network(architecture, parameters.clone());
  }
}
