package charnn.engine.simd.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Vector and tile sizes of this machine. */
public final class Simd {
  public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector. */
  public static final int LANES = SPECIES.length();

  /** NR of BLIS: columns of a packed panel and of every micro-kernel, two vectors. */
  public static final int NR = 2 * LANES;

  /**
   * Whether there are 32 vector registers, not 16: on x86 with AVX-512 only, known by its long
   * vectors; elsewhere (AArch64, RISC-V, POWER) always. Tests force either by the system property
   * {@code charnn.simd.registers}.
   */
  public static final boolean HAS_32_REGISTERS =
      Integer.getInteger("charnn.simd.registers", LANES >= 16 || !isX86() ? 32 : 16) >= 32;

  /**
   * Height of a row block, the unit in which a batch is partitioned; MR of the largest
   * micro-kernel.
   */
  public static final int ROW_BLOCK = 8;

  /**
   * Whether the processor has FMA instructions. All have but x86 ones without AVX2, known by their
   * short vectors; there, Java would compute an FMA through BigDecimal. The micro-kernels for 32
   * registers use nothing else.
   */
  public static final boolean HAS_FMA = LANES >= 8 || !isX86() || HAS_32_REGISTERS;

  /**
   * Base offset: index of the first element used in the engine's arrays. It aligns that element to
   * a cache line: an array has 16 bytes of header, 12 floats are 48 more, and the launcher has Java
   * align objects to 64 bytes. Then no vector crosses a cache line, which would take two loads:
   * GEMM is a quarter faster. Without that alignment it does no harm.
   */
  public static final int BASE = 12;

  private Simd() {}

  /** Returns a zeroed array of {@code count} elements from {@link #BASE} on. */
  public static float[] floats(int count) {
    return new float[BASE + count];
  }

  private static boolean isX86() {
    String architecture = System.getProperty("os.arch");
    return architecture.equals("amd64") || architecture.equals("x86_64");
  }

  /** a b + c, rounded once where the processor can. */
  public static FloatVector multiplyAdd(FloatVector a, FloatVector b, FloatVector c) {
    return HAS_FMA ? a.fma(b, c) : a.mul(b).add(c);
  }

  /** Bit-identical to that of vectors. */
  public static float multiplyAdd(float a, float b, float c) {
    return HAS_FMA ? ScalarFma.multiplyAdd(a, b, c) : a * b + c;
  }

  /** The only use of the scalar FMA, which is slow where it is not an instruction. */
  static final class ScalarFma {
    private ScalarFma() {}

    private static float multiplyAdd(float a, float b, float c) {
      return Math.fma(a, b, c);
    }
  }

  /** Integer vectors; a class of its own, so that the plain kernels need not load them. */
  public static final class Ints {
    /** As many lanes as a vector of floats. */
    public static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;

    private Ints() {}
  }

  /** Returns a width padded to whole panels. */
  public static int padded(int width) {
    return (width + NR - 1) / NR * NR;
  }
}
