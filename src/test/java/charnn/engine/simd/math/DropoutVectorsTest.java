package charnn.engine.simd.math;

import static charnn.engine.simd.gemm.Simd.NR;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.Dropout;
import charnn.engine.simd.gemm.Simd;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutVectorsTest {
  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.01, 0.2, 0.5, 0.75, 0.999})
  void hasTheMasksOfTheScalarForm(double probability) {
    Dropout dropout = new Dropout(probability, false, 77);
    int hp = Simd.padded(200);
    int rows = 20;
    float[] hidden = new float[rows * NR + 3];
    Arrays.fill(hidden, 2);
    int[] keys = new int[rows];
    float[][] expected = new float[rows][hp];
    for (int time = 0; time < rows; time++) {
      keys[time] = dropout.key(dropout.rowKey(9, 1, 4), time);
      dropout.mask(9, 1, 4, time, hp, expected[time], 0);
    }
    DropoutVectors vectors = new DropoutVectors(dropout, hp);
    for (int panel = 0; panel < hp / NR; panel++) {
      float[] mask = new float[rows * NR + 6];
      float[] dropped = new float[rows * NR + 8];
      vectors.drop(keys, rows, panel, hidden, 3, mask, 5, dropped, 7);
      for (int time = 0; time < rows; time++) {
        for (int u = 0; u < NR; u++) {
          float factor = expected[time][panel * NR + u];
          int offset = time * NR + u;
          assertThat(mask[5 + offset])
              .as("time %d, panel %d, unit %d", time, panel, u)
              .isEqualTo(factor);
          assertThat(dropped[7 + offset]).isEqualTo(2 * factor);
        }
      }
      assertThat(mask[4]).isZero();
      assertThat(mask[5 + rows * NR]).isZero();
      assertThat(dropped[6]).isZero();
      assertThat(dropped[7 + rows * NR]).isZero();
    }
  }
}
