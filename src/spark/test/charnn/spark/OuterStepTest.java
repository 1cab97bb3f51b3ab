package charnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OuterStepTest {
  private static final int COUNT = 37;

  private static float[] random(SplittableRandom random) {
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = (float) (random.nextDouble() - 0.5);
    }
    return values;
  }

  @Test
  void theMeanOfOneReplicaIsThatReplicaExactly() {
    SplittableRandom random = new SplittableRandom(1);
    float[] parameters = random(random);
    float[] replica = random(random);
    new OuterStep(1, 0, COUNT).apply(parameters, List.of(replica));
    assertThat(parameters).isEqualTo(replica);
  }

  /**
   * SGD with Nesterov momentum as PyTorch documents it, on the mean change, in double precision.
   */
  @Test
  void momentumIsNesterovs() {
    SplittableRandom random = new SplittableRandom(2);
    float[] parameters = random(random);
    double[] expected = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      expected[i] = parameters[i];
    }
    double[] buffer = new double[COUNT];
    OuterStep outer = new OuterStep(0.7, 0.9, COUNT);
    for (int round = 0; round < 5; round++) {
      List<float[]> replicas = List.of(random(random), random(random), random(random));
      for (int i = 0; i < COUNT; i++) {
        double mean = 0;
        for (float[] replica : replicas) {
          mean += replica[i] / 3.0;
        }
        double gradient = expected[i] - mean;
        buffer[i] = 0.9 * buffer[i] + gradient;
        expected[i] -= 0.7 * (gradient + 0.9 * buffer[i]);
      }
      outer.apply(parameters, replicas);
    }
    for (int i = 0; i < COUNT; i++) {
      assertThat((double) parameters[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  @Test
  void aRateWithoutMomentumGoesPartOfTheWay() {
    float[] parameters = {1, 2};
    new OuterStep(0.5, 0, 2).apply(parameters, List.of(new float[] {3, 2}, new float[] {5, 4}));
    assertThat(parameters).containsExactly(2.5f, 2.5f);
  }
}
