package charnn.engine.simd.math;

import static charnn.engine.simd.gemm.Simd.HAS_FMA;
import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.SPECIES;
import static charnn.engine.simd.gemm.Simd.multiplyAdd;

import charnn.engine.simd.gemm.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** tanh, sigmoid and exp of vectors. */
public final class Functions {
  /**
   * tanh's argument is clamped to this. tanh is 1 to within 3.3e-7 there, and the quotient,
   * rounded, is exactly 1.
   */
  private static final float TANH_CLAMP = 7.815f;

  // tanh x = x P(x^2) / Q(x^2): a least-squares fit on [0, 8], reweighted until its largest error
  // was smallest (1.3e-7; rounded to floats, 4.2e-7).
  private static final float P0 = 0.9999993628359105f;
  private static final float P1 = 0.12913667460222045f;
  private static final float P2 = 0.002938854663083221f;
  private static final float P3 = 1.1310492302914424e-05f;
  private static final float Q1 = 0.4624676641304521f;
  private static final float Q2 = 0.023763940365201894f;
  private static final float Q3 = 0.00023703214295946905f;
  private static final float Q4 = 2.423922958545223e-07f;

  private static final float LOG2_E = 1.44269504f;

  /**
   * ln 2 in two parts: the first has so few digits that its product with an exponent is exact (Cody
   * and Waite, 1980).
   */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** Added to and subtracted from a float, it rounds it to a whole number. */
  private static final float ROUND = 1.5f * (1 << 23);

  private Functions() {}

  /** to[i] = tanh from[i]. Absolute error at most 1e-6; NaN stays NaN, infinities give 1 and -1. */
  public static void tanh(float[] from, int fromOffset, float[] to, int toOffset, int n) {
    scaledTanh(from, fromOffset, to, toOffset, n, 1, 1, 0);
  }

  /** x[i] = 1 / (1 + e^-x[i]) = tanh(x[i] / 2) / 2 + 1 / 2, with the error of tanh. */
  public static void sigmoid(float[] x, int offset, int n) {
    scaledTanh(x, offset, x, offset, n, 0.5f, 0.5f, 0.5f);
  }

  /**
   * to[i] = outer tanh(inner from[i]) + shift, for n values.
   *
   * <p>Unrolled by two vectors. That makes the method too large for the compiler to inline: inlined
   * several times into one caller, it would exceed the compiler's limit in the middle of a loop,
   * whose vectors would then be boxed. For the same reason there are as few operations as possible,
   * constants are broadcast before the loop, and FMA is called directly: the compiler would not
   * inline the last calls of {@link Simd#multiplyAdd}.
   *
   * <p>The argument is clamped as an integer: the bits of floats without their signs are ordered as
   * the floats are, and a minimum of floats, or a comparison and a blend, takes more instructions.
   * The magnitude is raised so that infinity becomes the largest integer. NaN has bits beyond those
   * of infinity, overflows to a negative integer, and stays NaN.
   *
   * @param n a multiple of {@link Simd#NR}
   */
  private static void scaledTanh(
      float[] from,
      int fromOffset,
      float[] to,
      int toOffset,
      int n,
      float inner,
      float outer,
      float shift) {
    FloatVector scale = FloatVector.broadcast(SPECIES, inner);
    int raiseBits = Integer.MAX_VALUE - Float.floatToIntBits(Float.POSITIVE_INFINITY);
    IntVector magnitude = IntVector.broadcast(Simd.Ints.SPECIES, Integer.MAX_VALUE);
    IntVector raise = IntVector.broadcast(Simd.Ints.SPECIES, raiseBits);
    IntVector clamp =
        IntVector.broadcast(Simd.Ints.SPECIES, Float.floatToIntBits(TANH_CLAMP) + raiseBits);
    FloatVector p0 = FloatVector.broadcast(SPECIES, P0);
    FloatVector p1 = FloatVector.broadcast(SPECIES, P1);
    FloatVector p2 = FloatVector.broadcast(SPECIES, P2);
    FloatVector p3 = FloatVector.broadcast(SPECIES, P3);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector q1 = FloatVector.broadcast(SPECIES, Q1);
    FloatVector q2 = FloatVector.broadcast(SPECIES, Q2);
    FloatVector q3 = FloatVector.broadcast(SPECIES, Q3);
    FloatVector q4 = FloatVector.broadcast(SPECIES, Q4);
    FloatVector factor = FloatVector.broadcast(SPECIES, outer);
    FloatVector summand = FloatVector.broadcast(SPECIES, shift);
    for (int i = 0; i < n; i += NR) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fromOffset + i).mul(scale);
      FloatVector y = FloatVector.fromArray(SPECIES, from, fromOffset + i + LANES).mul(scale);
      IntVector j = x.reinterpretAsInts();
      IntVector k = y.reinterpretAsInts();
      IntVector a = j.and(magnitude).add(raise);
      IntVector b = k.and(magnitude).add(raise);
      x = a.min(clamp).add(j.sub(a)).reinterpretAsFloats();
      y = b.min(clamp).add(k.sub(b)).reinterpretAsFloats();
      FloatVector u = x.mul(x);
      FloatVector v = y.mul(y);
      FloatVector p = HAS_FMA ? u.fma(p3, p2) : u.mul(p3).add(p2);
      FloatVector r = HAS_FMA ? v.fma(p3, p2) : v.mul(p3).add(p2);
      p = HAS_FMA ? p.fma(u, p1) : p.mul(u).add(p1);
      r = HAS_FMA ? r.fma(v, p1) : r.mul(v).add(p1);
      p = (HAS_FMA ? p.fma(u, p0) : p.mul(u).add(p0)).mul(x);
      r = (HAS_FMA ? r.fma(v, p0) : r.mul(v).add(p0)).mul(y);
      FloatVector q = HAS_FMA ? u.fma(q4, q3) : u.mul(q4).add(q3);
      FloatVector s = HAS_FMA ? v.fma(q4, q3) : v.mul(q4).add(q3);
      q = HAS_FMA ? q.fma(u, q2) : q.mul(u).add(q2);
      s = HAS_FMA ? s.fma(v, q2) : s.mul(v).add(q2);
      q = HAS_FMA ? q.fma(u, q1) : q.mul(u).add(q1);
      s = HAS_FMA ? s.fma(v, q1) : s.mul(v).add(q1);
      q = HAS_FMA ? q.fma(u, one) : q.mul(u).add(one);
      s = HAS_FMA ? s.fma(v, one) : s.mul(v).add(one);
      p = p.div(q);
      r = r.div(s);
      p = HAS_FMA ? p.fma(factor, summand) : p.mul(factor).add(summand);
      r = HAS_FMA ? r.fma(factor, summand) : r.mul(factor).add(summand);
      p.intoArray(to, toOffset + i);
      r.intoArray(to, toOffset + i + LANES);
    }
  }

  /** Bit-identical to that of vectors. */
  public static float tanh(float x) {
    return scaledTanh(x, 1, 1, 0);
  }

  /** Bit-identical to that of vectors. */
  public static float sigmoid(float x) {
    return scaledTanh(x, 0.5f, 0.5f, 0.5f);
  }

  private static float scaledTanh(float from, float inner, float outer, float shift) {
    float x = Math.max(Math.min(from * inner, TANH_CLAMP), -TANH_CLAMP);
    float u = x * x;
    float p = multiplyAdd(u, P3, P2);
    p = multiplyAdd(p, u, P1);
    p = multiplyAdd(p, u, P0) * x;
    float q = multiplyAdd(u, Q4, Q3);
    q = multiplyAdd(q, u, Q2);
    q = multiplyAdd(q, u, Q1);
    q = multiplyAdd(q, u, 1);
    return multiplyAdd(p / q, outer, shift);
  }

  /**
   * e^x for x from minus infinity to 0, relative error at most 3e-7; 0 below -87. Splits x = k ln 2
   * + r and takes the Taylor polynomial of degree 7 in r, where |r| is at most ln 2 / 2.
   */
  public static FloatVector expOfNegative(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, -87f);
    FloatVector k = x.mul(LOG2_E).add(ROUND).sub(ROUND);
    FloatVector r = x.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
    FloatVector p = r.mul(1 / 5040f).add(1 / 720f);
    p = multiplyAdd(p, r, FloatVector.broadcast(SPECIES, 1 / 120f));
    p = multiplyAdd(p, r, FloatVector.broadcast(SPECIES, 1 / 24f));
    p = multiplyAdd(p, r, FloatVector.broadcast(SPECIES, 1 / 6f));
    p = multiplyAdd(p, r, FloatVector.broadcast(SPECIES, 1 / 2f));
    p = multiplyAdd(p, r, FloatVector.broadcast(SPECIES, 1f));
    p = multiplyAdd(p, r, FloatVector.broadcast(SPECIES, 1f));
    // 2^k: the exponent k + 127, from the low bits of a large float, shifted to the exponent bits.
    FloatVector power =
        k.add(ROUND + 127)
            .reinterpretAsInts()
            .lanewise(VectorOperators.LSHL, 23)
            .reinterpretAsFloats();
    return p.mul(power).blend(0f, tiny);
  }
}
