package charnn.engine.simd;

import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Softmax with cross-entropy, fused with its derivative, a row at a time. */
final class Softmax {
  private Softmax() {}

  /**
   * Returns -ln softmax(logits)[target], and overwrites the logits with its derivative times a
   * factor.
   *
   * @param logits [Vp] from at; those of the padding far below all others
   * @param max the largest of them
   */
  static double lossAndDerivative(
      float[] logits, int at, int vp, int target, float max, float factor) {
    float shifted = logits[at + target] - max;
    for (int k = 0; k < vp; k += LANES) {
      FloatVector e =
          Functions.expOfNegative(FloatVector.fromArray(SPECIES, logits, at + k).sub(max));
      e.intoArray(logits, at + k);
    }
    float sum = sum(logits, at, vp);
    float scale = factor / sum;
    for (int k = 0; k < vp; k += LANES) {
      FloatVector.fromArray(SPECIES, logits, at + k).mul(scale).intoArray(logits, at + k);
    }
    logits[at + target] -= factor;
    return StrictMath.log(sum) - shifted;
  }

  /** Adds up in a fixed order, which a vector's own reduction does not promise. */
  private static float sum(float[] values, int at, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int k = at; k < at + n; k += 4) {
      s0 += values[k];
      s1 += values[k + 1];
      s2 += values[k + 2];
      s3 += values[k + 3];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
