package charnn.engine.simd;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;

import charnn.engine.simd.cell.CellKernel;
import charnn.engine.simd.cell.CellTile;
import charnn.engine.simd.gemm.Gemm;
import charnn.engine.simd.gemm.MatrixView;
import charnn.engine.simd.gemm.PackedMatrix;
import charnn.engine.simd.gemm.PackedPanels;
import charnn.engine.simd.gemm.PanelMatrix;
import charnn.engine.simd.gemm.PlainGemv;
import charnn.nn.CellType;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The kernels of one LSTM layer of H units, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {
  private static final CellKernel KERNEL = CellKernel.of(CellType.LSTM, 0);

  /** H. */
  @Param({"128", "512"})
  public int hidden;

  private int panels; // P
  private PackedPanels weights; // [H x 4H]
  private PanelMatrix gates; // [4P][8]
  private MatrixView input; // [P][8]
  private MatrixView preActivations;
  private MatrixView row;
  private MatrixView rowOfGates;
  private CellTile tile; // [P][8]

  /** Values of the usual size; checks the GEMM's result. */
  @Setup
  public void fill() {
    panels = hidden / NR;
    PackedMatrix matrix = new PackedMatrix(panels, 4 * panels);
    Arrays.fill(matrix.values(), 1f / hidden);
    weights = matrix.panels();
    PanelMatrix x = matrix(2);
    Arrays.fill(x.values(), 0.5f);
    input = x.acrossBlocks();
    gates = new PanelMatrix(1, 4 * panels, ROW_BLOCK);
    preActivations = gates.acrossBlocks();
    row = new PanelMatrix(1, panels, 1).acrossBlocks();
    rowOfGates = new PanelMatrix(1, 4 * panels, 1).acrossBlocks();
    PanelMatrix[] own = {matrix(2)};
    PanelMatrix[] stash = {matrix(1)};
    tile =
        new CellTile(
            panels, gates, matrix(2), own, stash, matrix(1), new PanelMatrix[] {matrix(1)});
    gemm();
    for (int i = BASE; i < gates.values().length; i++) {
      if (Math.abs(gates.values()[i] - 0.5f) > 1e-4) {
        throw new IllegalStateException("the GEMM gives " + gates.values()[i] + ", not 0.5");
      }
    }
  }

  /** A matrix of so many time steps. */
  private PanelMatrix matrix(int times) {
    return new PanelMatrix(1, panels, times * ROW_BLOCK);
  }

  /** GEMM of a row block: 64 H^2 FLOP. */
  @Benchmark
  public float[] gemm() {
    gates.clear();
    Gemm.gemm(1, input, weights, null, preActivations);
    return gates.values();
  }

  /** GEMV in vectors: 8 H^2 FLOP. */
  @Benchmark
  public MatrixView gemvInVectors() {
    Gemm.gemv(row, weights, rowOfGates);
    return rowOfGates;
  }

  /** GEMV in plain loops. */
  @Benchmark
  public MatrixView gemvInPlainLoops() {
    PlainGemv.gemv(row, weights, rowOfGates);
    return rowOfGates;
  }

  /** The forward pass of the gates of 8 rows. */
  @Benchmark
  public float[] gatesForward() {
    for (int p = 0; p < panels; p++) {
      KERNEL.forward(tile.at(0, p, 0));
    }
    return gates.values();
  }

  /** The backward pass of the gates of 8 rows. */
  @Benchmark
  public float[] gatesBackward() {
    for (int p = 0; p < panels; p++) {
      KERNEL.backward(tile.at(0, p, 0));
    }
    return gates.values();
  }
}
