package charnn.engine.simd;

import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Rows of panels. */
final class Panels {
  private Panels() {}

  /** Copies a row of panels that lie side by side to places that are some distance apart. */
  static void spread(float[] from, int fromAt, int panels, float[] to, int toAt, int distance) {
    for (int p = 0; p < panels; p++) {
      int source = fromAt + p * PANEL;
      int target = toAt + p * distance;
      FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
      FloatVector.fromArray(SPECIES, from, source + LANES).intoArray(to, target + LANES);
    }
  }
}
