package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.floats;

import charnn.engine.Workers;
import java.util.Arrays;

/**
 * Measures what this machine can do at best: the rate of large single-precision matrix products on
 * all workers at once.
 */
public final class PeakRate {
  private static final int GROUPS = 32;
  private static final int K = 256;
  private static final int COLUMNS = 512;
  private static final int ROUNDS = 2;
  private static final int PRODUCTS = 150;

  private PeakRate() {}

  /**
   * Returns floating-point operations per second, the better of two rounds; takes a fifth to half a
   * second.
   */
  public static double measure(Workers workers) {
    float[] a = floats(GROUPS * GROUP * K);
    float[] b = floats(K * COLUMNS);
    float[][] c = new float[workers.count()][];
    Arrays.setAll(c, worker -> floats(GROUPS * GROUP * COLUMNS));
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      workers.run(
          workers.count(),
          worker -> {
            for (int i = 0; i < PRODUCTS; i++) {
              MatrixProduct.add(
                  GROUPS,
                  K / PANEL,
                  a,
                  ORIGIN,
                  GROUP * K,
                  GROUP * PANEL,
                  b,
                  ORIGIN,
                  COLUMNS / PANEL,
                  c[worker],
                  ORIGIN,
                  GROUP * COLUMNS,
                  GROUP * PANEL);
            }
          });
      double seconds = (System.nanoTime() - start) / 1e9;
      double operations = 2.0 * workers.count() * PRODUCTS * GROUPS * GROUP * K * COLUMNS;
      best = Math.max(best, operations / seconds);
    }
    return best;
  }
}
