package charnn.engine.simd;
import charnn.engine.simd.cell.Gates;
import charnn.engine.simd.gemm.Gemm;

import static charnn.engine.simd.math.Simd.ROW_BLOCK;
import static charnn.engine.simd.math.Simd.BASE;
import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.floats;

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
  private static final RowKernels PLAIN = new PlainRowKernels();
  private static final RowKernels VECTORS = new VectorRowKernels();

  /** H. */
  @Param({"128", "512"})
  public int hidden;

  private float[] weights; // [H x 4H] packed
  private float[] input; // [8 x H]
  private float[] gates; // [8 x 4H]
  private float[] cell; // [8 x H]
  private float[] tanhCell; // [8 x H]
  private float[] output; // [8 x H]

  /** Values of the usual size; checks the GEMM's result. */
  @Setup
  public void fill() {
    weights = floats(hidden * 4 * hidden);
    input = floats(ROW_BLOCK * hidden);
    gates = floats(ROW_BLOCK * 4 * hidden);
    cell = floats(ROW_BLOCK * hidden);
    tanhCell = floats(ROW_BLOCK * hidden);
    output = floats(ROW_BLOCK * hidden);
    Arrays.fill(weights, 1f / hidden);
    Arrays.fill(input, 0.5f);
    gemm();
    for (int i = BASE; i < gates.length; i++) {
      if (Math.abs(gates[i] - 0.5f) > 1e-4) {
        throw new IllegalStateException("the GEMM gives " + gates[i] + ", not 0.5");
      }
    }
  }

  /** GEMM of a row block: 64 H^2 FLOP. */
  @Benchmark
  public float[] gemm() {
    Arrays.fill(gates, 0);
    Gemm.gemm(
        1,
        hidden / NR,
        input,
        BASE,
        0,
        ROW_BLOCK * NR,
        weights,
        BASE,
        4 * hidden / NR,
        gates,
        BASE,
        0,
        ROW_BLOCK * NR);
    return gates;
  }

  /** GEMV in vectors: 8 H^2 FLOP. */
  @Benchmark
  public float[] gemvInVectors() {
    VECTORS.gemv(hidden, input, BASE, weights, BASE, 4 * hidden / NR, gates, BASE);
    return gates;
  }

  /** GEMV in plain loops. */
  @Benchmark
  public float[] gemvInPlainLoops() {
    PLAIN.gemv(hidden, input, BASE, weights, BASE, 4 * hidden / NR, gates, BASE);
    return gates;
  }

  /** The forward pass of the gates of 8 rows. */
  @Benchmark
  public float[] gatesForward() {
    Gates.forward(
        ROW_BLOCK * hidden,
        gates,
        BASE,
        ROW_BLOCK * hidden,
        cell,
        BASE,
        BASE,
        tanhCell,
        BASE,
        output,
        BASE);
    return output;
  }

  /** The backward pass of the gates of 8 rows. */
  @Benchmark
  public float[] gatesBackward() {
    Gates.backward(
        ROW_BLOCK * hidden,
        gates,
        BASE,
        ROW_BLOCK * hidden,
        cell,
        BASE,
        tanhCell,
        BASE,
        input,
        BASE,
        output,
        BASE);
    return output;
  }
}
