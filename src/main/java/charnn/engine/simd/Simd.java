package charnn.engine.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The shape of this machine's vectors, and of what is built from them. */
final class Simd {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector. */
  static final int LANES = SPECIES.length();

  /** Columns of a packed matrix's panel. */
  static final int PANEL = 2 * LANES;

  /** Rows of a batch that are computed together. */
  static final int GROUP = 8;

  private Simd() {}

  /** Returns a width padded to whole panels. */
  static int padded(int width) {
    return (width + PANEL - 1) / PANEL * PANEL;
  }
}
