package charnn.engine.simd;

import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax with cross-entropy, fused with its derivative, a row at a time. A row of logits lies in
 * panels of {@link Simd#PANEL}, a given distance apart; those of the padding are far below all
 * others.
 */
final class Softmax {
  private final int panels;
  private final int panelDistance;

  /**
   * @param vp logits of a row, with the padding: a multiple of {@link Simd#PANEL}
   * @param panelDistance from the beginning of a panel to that of the next
   */
  Softmax(int vp, int panelDistance) {
    this.panels = vp / PANEL;
    this.panelDistance = panelDistance;
  }

  /**
   * @param at where the row's first panel begins
   */
  void clear(float[] logits, int at) {
    for (int p = 0; p < panels; p++) {
      int from = at + p * panelDistance;
      Arrays.fill(logits, from, from + PANEL, 0);
    }
  }

  /** Returns the largest logit of the row that begins at a place. */
  float max(float[] logits, int at) {
    FloatVector max = FloatVector.fromArray(SPECIES, logits, at);
    for (int p = 0; p < panels; p++) {
      int from = at + p * panelDistance;
      max = max.max(FloatVector.fromArray(SPECIES, logits, from));
      max = max.max(FloatVector.fromArray(SPECIES, logits, from + LANES));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /**
   * Tells whether a character's logit is the row's largest, the first of equal ones.
   *
   * @param max as {@link #max} returns it
   */
  boolean isLargest(float[] logits, int at, int character, float max) {
    if (logits[place(at, character)] != max) {
      return false;
    }
    for (int k = 0; k < character; k++) {
      if (logits[place(at, k)] == max) {
        return false;
      }
    }
    return true;
  }

  private int place(int at, int character) {
    return at + character / PANEL * panelDistance + character % PANEL;
  }

  /**
   * Returns -ln softmax(logits)[target], and overwrites the logits with its derivative times a
   * factor.
   *
   * @param max as {@link #max} returns it
   */
  double lossAndDerivative(float[] logits, int at, int target, float max, float factor) {
    int targetAt = place(at, target);
    float shifted = logits[targetAt] - max;
    for (int p = 0; p < panels; p++) {
      int from = at + p * panelDistance;
      for (int k = from; k < from + PANEL; k += LANES) {
        Functions.expOfNegative(FloatVector.fromArray(SPECIES, logits, k).sub(max))
            .intoArray(logits, k);
      }
    }
    float sum = sum(logits, at);
    float scale = factor / sum;
    for (int p = 0; p < panels; p++) {
      int from = at + p * panelDistance;
      for (int k = from; k < from + PANEL; k += LANES) {
        FloatVector.fromArray(SPECIES, logits, k).mul(scale).intoArray(logits, k);
      }
    }
    logits[targetAt] -= factor;
    return StrictMath.log(sum) - shifted;
  }

  /** Adds up in a fixed order, which a vector's own reduction does not promise. */
  private float sum(float[] values, int at) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int p = 0; p < panels; p++) {
      int from = at + p * panelDistance;
      for (int k = from; k < from + PANEL; k += 4) {
        s0 += values[k];
        s1 += values[k + 1];
        s2 += values[k + 2];
        s3 += values[k + 3];
      }
    }
    return (s0 + s1) + (s2 + s3);
  }
}
