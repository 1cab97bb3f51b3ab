package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;

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
    PackedPanels b = new PackedMatrix(K / NR, COLUMNS / NR).panels();
    MatrixView a = new PanelMatrix(ROW_BLOCKS, K / NR, ROW_BLOCK).acrossBlocks();
    MatrixView[] c = new MatrixView[workers.count()];
    Arrays.setAll(c, worker -> new PanelMatrix(ROW_BLOCKS, COLUMNS / NR, ROW_BLOCK).acrossBlocks());
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      workers.run(
          workers.count(),
          worker -> {
            for (int i = 0; i < REPEATS; i++) {
              Gemm.gemm(ROW_BLOCKS, a, b, null, c[worker]);
            }
          });
      double seconds = (System.nanoTime() - start) / 1e9;
      double flop = 2.0 * workers.count() * REPEATS * ROW_BLOCKS * ROW_BLOCK * K * COLUMNS;
      best = Math.max(best, flop / seconds);
    }
    return best;
  }
}
