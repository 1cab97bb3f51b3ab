package charnn.engine.reference;

/**
 * exp, sigmoid and tanh in plain float arithmetic: bit-identical on every machine, which {@code
 * Math.exp} does not promise. Absolute error of sigmoid and tanh at most 2e-7; NaN stays NaN,
 * infinities give the limits.
 */
final class Functions {
  private static final float LOG2_E = 1.44269504f;

  /**
   * ln 2 in two parts: the first has so few digits that its product with an exponent is exact (Cody
   * and Waite, 1980).
   */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;
  private static final float MAX_EXPONENT = 88f;

  private Functions() {}

  /**
   * e^x, relative error at most 2e-7 for x from -87 to 88; 0 below, e^88 above. Splits x = k ln 2 +
   * r and takes the Taylor polynomial of degree 7 in r, where |r| is at most ln 2 / 2.
   */
  static float exp(float x) {
    if (!(x > -87f)) {
      return x != x ? x : 0;
    }
    float clamped = Math.min(x, MAX_EXPONENT);
    float scaled = clamped * LOG2_E;
    int k = (int) (scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
    float r = clamped - k * LN2_HIGH - k * LN2_LOW;
    float p = 1 / 5040f;
    p = p * r + 1 / 720f;
    p = p * r + 1 / 120f;
    p = p * r + 1 / 24f;
    p = p * r + 1 / 6f;
    p = p * r + 1 / 2f;
    p = p * r + 1;
    p = p * r + 1;
    return p * Float.intBitsToFloat((k + 127) << 23);
  }

  /** 1 / (1 + e^-x). */
  static float sigmoid(float x) {
    return 1 / (1 + exp(-x));
  }

  /** (e^x - e^-x) / (e^x + e^-x). */
  static float tanh(float x) {
    return 1 - 2 / (exp(2 * x) + 1);
  }
}
