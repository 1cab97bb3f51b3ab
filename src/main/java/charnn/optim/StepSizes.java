package charnn.optim;

import java.util.List;

/**
 * How large a training step was.
 *
 * @param gradientNorm L2 norm of the gradient with respect to all parameters, before clipping
 * @param layers the recurrent layers from the bottom up, and last the output layer
 */
public record StepSizes(double gradientNorm, List<Layer> layers) {
  public StepSizes {
    layers = List.copyOf(layers);
  }

  /**
   * Root mean squares over the weights W and R of a layer; its biases are left out.
   *
   * @param gradient before clipping
   * @param weights after the step
   * @param update what the step changed the weights by
   */
  public record Layer(double gradient, double weights, double update) {}
}
