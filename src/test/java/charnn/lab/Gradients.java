package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares SameDiff's gradients with numeric ones. */
final class Gradients {
  private static final double STEP = 1e-5;

  private Gradients() {}

  /**
   * Compares, for each parameter, the derivative in a random direction.
   *
   * @param parameters in double precision
   * @param inputs of a graph whose loss is called loss
   */
  static void check(
      SameDiff graph, Map<String, INDArray> parameters, Map<String, INDArray> inputs) {
    Map<String, INDArray> gradients = graph.calculateGradients(inputs, parameters.keySet());
    SplittableRandom random = new SplittableRandom(1);
    parameters.forEach(
        (name, values) -> {
          INDArray direction = values.like();
          for (int i = 0; i < direction.length(); i++) {
            direction.putScalar(i, random.nextDouble(-1, 1));
          }
          values.addi(direction.mul(STEP));
          double above = graph.output(inputs, "loss").get("loss").getDouble(0);
          values.subi(direction.mul(2 * STEP));
          double below = graph.output(inputs, "loss").get("loss").getDouble(0);
          values.addi(direction.mul(STEP));
          assertThat(gradients.get(name).mul(direction).sumNumber().doubleValue())
              .as(name)
              .isEqualTo((above - below) / (2 * STEP), Offset.offset(1e-8));
        });
  }
}
