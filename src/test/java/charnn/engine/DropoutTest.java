package charnn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DropoutTest {
  @Test
  void dropsWithItsProbabilityAndKeepsTheMean() {
    Dropout dropout = new Dropout(0.3, false, 7);
    float[] mask = new float[100];
    int dropped = 0;
    double sum = 0;
    for (int time = 0; time < 100; time++) {
      dropout.mask(1, 0, 0, time, mask.length, mask, 0);
      for (float factor : mask) {
        dropped += factor == 0 ? 1 : 0;
        sum += factor;
        assertThat(factor == 0 || factor == (float) (1 / 0.7)).isTrue();
      }
    }
    // Ten thousand draws: five standard deviations are 0.023.
    assertThat(dropped / 1e4).isCloseTo(0.3, within(0.023));
    assertThat(sum / 1e4).isCloseTo(1, within(0.033));
  }

  @Test
  void everyStepLayerRowAndTimeHasItsOwnMask() {
    Dropout dropout = new Dropout(0.5, false, 7);
    float[] reference = mask(dropout, 1, 1, 1, 1);
    assertThat(mask(dropout, 1, 1, 1, 1)).isEqualTo(reference);
    assertThat(mask(dropout, 2, 1, 1, 1)).isNotEqualTo(reference);
    assertThat(mask(dropout, 1, 2, 1, 1)).isNotEqualTo(reference);
    assertThat(mask(dropout, 1, 1, 2, 1)).isNotEqualTo(reference);
    assertThat(mask(dropout, 1, 1, 1, 2)).isNotEqualTo(reference);
    assertThat(mask(new Dropout(0.5, false, 8), 1, 1, 1, 1)).isNotEqualTo(reference);
  }

  @Test
  void lockedHasOneMaskForAllTimes() {
    Dropout dropout = new Dropout(0.5, true, 7);
    float[] reference = mask(dropout, 1, 1, 1, 1);
    assertThat(mask(dropout, 1, 1, 1, 2)).isEqualTo(reference);
    assertThat(mask(dropout, 2, 1, 1, 1)).isNotEqualTo(reference);
    assertThat(mask(dropout, 1, 2, 1, 1)).isNotEqualTo(reference);
    assertThat(mask(dropout, 1, 1, 2, 1)).isNotEqualTo(reference);
  }

  private static float[] mask(Dropout dropout, long step, int layer, int row, int time) {
    float[] mask = new float[64];
    dropout.mask(step, layer, row, time, mask.length, mask, 0);
    return mask;
  }
}
