package charnn.engine.simd;

import static charnn.engine.simd.Simd.PANEL;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.Dropout;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutVectorsTest {
  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.01, 0.2, 0.5, 0.75, 0.999})
  void dropsWhatTheScalarFormDrops(double probability) {
    Dropout dropout = new Dropout(probability, false, 77);
    int hp = Simd.padded(200);
    int rows = 20;
    float[] hidden = new float[rows * PANEL + 3];
    Arrays.fill(hidden, 2);
    int[] keys = new int[rows];
    float[][] expected = new float[rows][hp];
    for (int time = 0; time < rows; time++) {
      keys[time] = dropout.key(dropout.rowKey(9, 1, 4), time);
      dropout.mask(9, 1, 4, time, hp, expected[time], 0);
    }
    DropoutVectors vectors = new DropoutVectors(dropout, hp);
    for (int panel = 0; panel < hp / PANEL; panel++) {
      float[] factors = new float[rows * PANEL + 6];
      float[] dropped = new float[rows * PANEL + 8];
      vectors.drop(keys, rows, panel, hidden, 3, factors, 5, dropped, 7);
      for (int time = 0; time < rows; time++) {
        for (int u = 0; u < PANEL; u++) {
          float factor = expected[time][panel * PANEL + u];
          int at = time * PANEL + u;
          assertThat(factors[5 + at])
              .as("time %d, panel %d, unit %d", time, panel, u)
              .isEqualTo(factor);
          assertThat(dropped[7 + at]).isEqualTo(2 * factor);
        }
      }
      assertThat(factors[4]).isZero();
      assertThat(factors[5 + rows * PANEL]).isZero();
      assertThat(dropped[6]).isZero();
      assertThat(dropped[7 + rows * PANEL]).isZero();
    }
  }
}
