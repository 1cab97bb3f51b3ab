package charnn.engine.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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

  /**
   * Whether the processor multiplies and adds in one instruction. All have it but x86 ones without
   * AVX2, known by their short vectors; there, Java would compute a fused product through
   * BigDecimal.
   */
  static final boolean FUSED = LANES >= 8 || !isX86();

  /**
   * Index of the first number in the engine's arrays. An array's numbers begin 16 bytes behind its
   * own beginning; where objects lie at multiples of 64 bytes, which the launcher asks Java for, 12
   * floats more bring them to the start of a cache line. Then no vector lies across two lines,
   * which would take two reads: products are a quarter faster. Elsewhere it does no harm.
   */
  static final int ORIGIN = 12;

  private Simd() {}

  /** Returns an array for so many numbers from {@link #ORIGIN} on. */
  static float[] floats(int count) {
    return new float[ORIGIN + count];
  }

  private static boolean isX86() {
    String architecture = System.getProperty("os.arch");
    return architecture.equals("amd64") || architecture.equals("x86_64");
  }

  /** a b + c, rounded once where the processor can. */
  static FloatVector multiplyAdd(FloatVector a, FloatVector b, FloatVector c) {
    return FUSED ? a.fma(b, c) : a.mul(b).add(c);
  }

  /** As that of vectors, to the bit. */
  static float multiplyAdd(float a, float b, float c) {
    return FUSED ? Fused.multiplyAdd(a, b, c) : a * b + c;
  }

  /** The one place of the fused scalar product, which is slow where it is not an instruction. */
  static final class Fused {
    private Fused() {}

    private static float multiplyAdd(float a, float b, float c) {
      return Math.fma(a, b, c);
    }
  }

  /** Integers of a float's size, apart because what computes without vectors need not load them. */
  static final class Ints {
    /** As many as in a vector of floats. */
    static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;

    private Ints() {}
  }

  /** Returns a width padded to whole panels. */
  static int padded(int width) {
    return (width + PANEL - 1) / PANEL * PANEL;
  }
}
