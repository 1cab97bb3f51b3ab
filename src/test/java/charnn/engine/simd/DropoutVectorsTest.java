package charnn.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.Dropout;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutVectorsTest {
  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.01, 0.2, 0.5, 0.75, 0.999})
  void dropsWhatTheScalarFormDrops(double probability) {
    Dropout dropout = new Dropout(probability, 77);
    int hp = Simd.padded(200);
    float[] hidden = new float[hp + 3];
    Arrays.fill(hidden, 2);
    float[] factors = new float[hp + 5];
    float[] dropped = new float[hp + 5];
    float[] expected = new float[hp];
    for (int time = 0; time < 20; time++) {
      dropout.factors(9, 1, 4, time, hp, expected, 0);
      DropoutVectors vectors = new DropoutVectors(dropout, hp);
      for (int panel = 0; panel < hp / Simd.PANEL; panel++) {
        int at = panel * Simd.PANEL;
        vectors.drop(dropout.key(9, 1, 4, time), panel, hidden, 3 + at, factors, dropped, 5 + at);
      }
      for (int u = 0; u < hp; u++) {
        assertThat(factors[5 + u]).as("time %d, unit %d", time, u).isEqualTo(expected[u]);
        assertThat(dropped[5 + u]).isEqualTo(2 * expected[u]);
      }
    }
  }
}
