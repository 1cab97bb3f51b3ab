package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Copies rows of panels. */
public final class Panels {
  private Panels() {}

  /**
   * Copies a contiguous row to panels with a stride.
   *
   * @param stride from a panel's row in {@code to} to the next panel's
   */
  public static void scatter(
      float[] from, int fromOffset, int panels, float[] to, int toOffset, int stride) {
    for (int p = 0; p < panels; p++) {
      int source = fromOffset + p * NR;
      int target = toOffset + p * stride;
      FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
      FloatVector.fromArray(SPECIES, from, source + LANES).intoArray(to, target + LANES);
    }
  }
}
