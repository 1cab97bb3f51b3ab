package charnn.engine.simd.math;

import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.SPECIES;
import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  /** Enough floats of both signs and all magnitudes, NaN and the infinities among them. */
  private static final int COUNT = 1 << 22;

  private static float[] allSizes() {
    float[] values = new float[COUNT / NR * NR];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat((int) ((long) i * ((1L << 32) / COUNT)));
    }
    return values;
  }

  @Test
  void errorsStayBelowAMillionthOverTheWholeFloatRange() {
    float[] x = allSizes();
    float[] tanh = new float[x.length];
    float[] sigmoid = x.clone();
    Functions.tanh(x, 0, tanh, 0, x.length);
    Functions.sigmoid(sigmoid, 0, x.length);
    double worstTanh = 0;
    double worstSigmoid = 0;
    for (int i = 0; i < x.length; i++) {
      if (Float.isNaN(x[i])) {
        assertThat(tanh[i]).isNaN();
        assertThat(sigmoid[i]).isNaN();
        continue;
      }
      worstTanh = Math.max(worstTanh, Math.abs(tanh[i] - Math.tanh(x[i])));
      worstSigmoid =
          Math.max(worstSigmoid, Math.abs(sigmoid[i] - 1 / (1 + Math.exp(-(double) x[i]))));
    }
    assertThat(worstTanh).isLessThan(1e-6);
    assertThat(worstSigmoid).isLessThan(1e-6);
  }

  @Test
  void argumentsAroundTheClampAreRightToo() {
    float[] x = new float[1 << 16];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - x.length / 2) * (20f / x.length);
    }
    float[] tanh = new float[x.length];
    Functions.tanh(x, 0, tanh, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      assertThat(Math.abs(tanh[i] - Math.tanh(x[i]))).as("tanh %s", x[i]).isLessThan(1e-6);
    }
  }

  @Test
  void infinitiesGivePlusAndMinusOne() {
    float[] x = new float[NR];
    x[0] = Float.POSITIVE_INFINITY;
    x[1] = Float.NEGATIVE_INFINITY;
    float[] tanh = new float[NR];
    Functions.tanh(x, 0, tanh, 0, NR);
    assertThat(tanh[0]).isEqualTo(1);
    assertThat(tanh[1]).isEqualTo(-1);
    Functions.sigmoid(x, 0, NR);
    assertThat(x[0]).isEqualTo(1);
    assertThat(x[1]).isZero();
  }

  @Test
  void theExponentialOfWhatIsNotPositive() {
    float[] x = new float[1 << 16];
    for (int i = 0; i < x.length; i++) {
      x[i] = -100f * i / x.length;
    }
    x[x.length - 1] = Float.NEGATIVE_INFINITY;
    float[] e = new float[x.length];
    for (int i = 0; i < x.length; i += LANES) {
      Functions.expOfNegative(FloatVector.fromArray(SPECIES, x, i)).intoArray(e, i);
    }
    for (int i = 0; i < x.length; i++) {
      double expected = x[i] < -87 ? 0 : Math.exp(x[i]);
      assertThat(Math.abs(e[i] - expected)).as("exp %s", x[i]).isLessThanOrEqualTo(4e-7 * expected);
    }
  }
}
