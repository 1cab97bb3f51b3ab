package charnn.engine.simd.math;

import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax with cross-entropy, fused with its gradient, a row at a time. A row of logits is in
 * panels of {@link Simd#NR} with a stride; the logits of padding columns are far below all others.
 */
public final class Softmax {
  private final int panels;
  private final int panelStride;

  /**
   * @param vp logits of a row, with the padding: a multiple of {@link Simd#NR}
   * @param panelStride from a panel's row to the next panel's
   */
  public Softmax(int vp, int panelStride) {
    this.panels = vp / NR;
    this.panelStride = panelStride;
  }

  /**
   * Sets a row to zero.
   *
   * @param offset of the row in its first panel, here and below
   */
  public void clear(float[] logits, int offset) {
    for (int p = 0; p < panels; p++) {
      int from = offset + p * panelStride;
      Arrays.fill(logits, from, from + NR, 0);
    }
  }

  /** Returns the largest logit of a row. */
  public float max(float[] logits, int offset) {
    FloatVector max = FloatVector.fromArray(SPECIES, logits, offset);
    for (int p = 0; p < panels; p++) {
      int from = offset + p * panelStride;
      max = max.max(FloatVector.fromArray(SPECIES, logits, from));
      max = max.max(FloatVector.fromArray(SPECIES, logits, from + LANES));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /**
   * Returns whether a token's logit is the row's argmax, the first of equal ones.
   *
   * @param max as {@link #max} returns it
   */
  public boolean isLargest(float[] logits, int offset, int character, float max) {
    if (logits[index(offset, character)] != max) {
      return false;
    }
    for (int k = 0; k < character; k++) {
      if (logits[index(offset, k)] == max) {
        return false;
      }
    }
    return true;
  }

  private int index(int offset, int character) {
    return offset + character / NR * panelStride + character % NR;
  }

  /**
   * Returns -ln softmax(logits)[target], and overwrites the logits with its gradient times a
   * factor: (softmax - one-hot target) factor.
   *
   * @param max as {@link #max} returns it
   */
  public double lossAndGradient(float[] logits, int offset, int target, float max, float factor) {
    int targetOffset = index(offset, target);
    float shifted = logits[targetOffset] - max;
    for (int p = 0; p < panels; p++) {
      int from = offset + p * panelStride;
      for (int k = from; k < from + NR; k += LANES) {
        Functions.expOfNegative(FloatVector.fromArray(SPECIES, logits, k).sub(max))
            .intoArray(logits, k);
      }
    }
    float sum = sum(logits, offset);
    float scale = factor / sum;
    for (int p = 0; p < panels; p++) {
      int from = offset + p * panelStride;
      for (int k = from; k < from + NR; k += LANES) {
        FloatVector.fromArray(SPECIES, logits, k).mul(scale).intoArray(logits, k);
      }
    }
    logits[targetOffset] -= factor;
    return StrictMath.log(sum) - shifted;
  }

  /** Sums a row in a fixed order, which a vector reduction does not promise. */
  private float sum(float[] values, int offset) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int p = 0; p < panels; p++) {
      int from = offset + p * panelStride;
      for (int k = from; k < from + NR; k += 4) {
        s0 += values[k];
        s1 += values[k + 1];
        s2 += values[k + 2];
        s3 += values[k + 3];
      }
    }
    return (s0 + s1) + (s2 + s3);
  }
}
