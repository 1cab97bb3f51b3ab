package charnn.engine.simd.gemm;

import static charnn.engine.simd.math.Simd.BASE;
import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.ROW_BLOCK;
import static charnn.engine.simd.math.Simd.floats;

import charnn.util.ThreadTeam;
import java.util.Arrays;

/** Measures this machine's peak GEMM throughput: large single-precision GEMMs on all workers. */
public final class PeakGemm {
  private static final int ROW_BLOCKS = 32;
  private static final int K = 256;
  private static final int COLUMNS = 512;
  private static final int ROUNDS = 2;
  private static final int REPEATS = 150;

  private PeakGemm() {}

  /** Returns FLOP/s, of the better of two rounds; takes a fifth to half a second. */
  public static double measure(ThreadTeam workers) {
    float[] a = floats(ROW_BLOCKS * ROW_BLOCK * K);
    float[] b = floats(K * COLUMNS);
    float[][] c = new float[workers.count()][];
    Arrays.setAll(c, worker -> floats(ROW_BLOCKS * ROW_BLOCK * COLUMNS));
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      workers.run(
          workers.count(),
          worker -> {
            for (int i = 0; i < REPEATS; i++) {
              Gemm.gemm(
                  ROW_BLOCKS,
                  K / NR,
                  a,
                  BASE,
                  ROW_BLOCK * K,
                  ROW_BLOCK * NR,
                  b,
                  BASE,
                  COLUMNS / NR,
                  c[worker],
                  BASE,
                  ROW_BLOCK * COLUMNS,
                  ROW_BLOCK * NR);
            }
          });
      double seconds = (System.nanoTime() - start) / 1e9;
      double flop = 2.0 * workers.count() * REPEATS * ROW_BLOCKS * ROW_BLOCK * K * COLUMNS;
      best = Math.max(best, flop / seconds);
    }
    return best;
  }
}
