package charnn.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FunctionsTest {
  @Test
  void errorsStaySmallOverTheWholeFloatRange() {
    double sigmoid = 0;
    double tanh = 0;
    double exp = 0;
    // Every 1,009th of all floats, both signs.
    for (long bits = 0; bits <= 0xFFFFFFFFL; bits += 1009) {
      float x = Float.intBitsToFloat((int) bits);
      if (!Float.isFinite(x)) {
        continue;
      }
      sigmoid = Math.max(sigmoid, Math.abs(Functions.sigmoid(x) - 1 / (1 + Math.exp(-(double) x))));
      tanh = Math.max(tanh, Math.abs(Functions.tanh(x) - Math.tanh(x)));
      if (x > -87 && x < 88) {
        exp = Math.max(exp, Math.abs(Functions.exp(x) / Math.exp(x) - 1));
      }
    }
    assertThat(sigmoid).isLessThan(2e-7);
    assertThat(tanh).isLessThan(2e-7);
    assertThat(exp).isLessThan(2e-7);
  }

  @Test
  void infinitiesGiveTheLimitsAndNaNStaysNaN() {
    assertThat(Functions.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Functions.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(Functions.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Functions.sigmoid(Float.NEGATIVE_INFINITY)).isLessThan(1e-37f);
    assertThat(Functions.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(Functions.exp(Float.NaN)).isNaN();
    assertThat(Functions.tanh(Float.NaN)).isNaN();
    assertThat(Functions.sigmoid(Float.NaN)).isNaN();
  }
}
