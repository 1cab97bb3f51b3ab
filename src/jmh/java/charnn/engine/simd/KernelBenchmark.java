package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.floats;

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

  private float[] weights; // [H x 4H] in panels
  private float[] input; // [8 x H]
  private float[] gates; // [8 x 4H]
  private float[] cell; // [8 x H]
  private float[] tanhCell; // [8 x H]
  private float[] output; // [8 x H]

  /** Values of the usual size, and the products' right answer. */
  @Setup
  public void fill() {
    weights = floats(hidden * 4 * hidden);
    input = floats(GROUP * hidden);
    gates = floats(GROUP * 4 * hidden);
    cell = floats(GROUP * hidden);
    tanhCell = floats(GROUP * hidden);
    output = floats(GROUP * hidden);
    Arrays.fill(weights, 1f / hidden);
    Arrays.fill(input, 0.5f);
    product();
    for (int i = ORIGIN; i < gates.length; i++) {
      if (Math.abs(gates[i] - 0.5f) > 1e-4) {
        throw new IllegalStateException("the product is " + gates[i] + ", not 0.5");
      }
    }
  }

  /** 8 rows: 64 H^2 floating-point operations. */
  @Benchmark
  public float[] product() {
    Arrays.fill(gates, 0);
    MatrixProduct.add(
        1,
        hidden / PANEL,
        input,
        ORIGIN,
        0,
        GROUP * PANEL,
        weights,
        ORIGIN,
        4 * hidden / PANEL,
        gates,
        ORIGIN,
        0,
        GROUP * PANEL);
    return gates;
  }

  /** One row in vectors: 8 H^2 floating-point operations. */
  @Benchmark
  public float[] rowInVectors() {
    VECTORS.addVector(hidden, input, ORIGIN, weights, ORIGIN, 4 * hidden / PANEL, gates, ORIGIN);
    return gates;
  }

  /** One row in plain loops. */
  @Benchmark
  public float[] rowInPlainLoops() {
    PLAIN.addVector(hidden, input, ORIGIN, weights, ORIGIN, 4 * hidden / PANEL, gates, ORIGIN);
    return gates;
  }

  /** The gates of 8 rows. */
  @Benchmark
  public float[] gatesForward() {
    Gates.forward(
        GROUP * hidden,
        gates,
        ORIGIN,
        GROUP * hidden,
        cell,
        ORIGIN,
        ORIGIN,
        tanhCell,
        ORIGIN,
        output,
        ORIGIN);
    return output;
  }

  /** The way back through the gates of 8 rows. */
  @Benchmark
  public float[] gatesBackward() {
    Gates.backward(
        GROUP * hidden,
        gates,
        ORIGIN,
        GROUP * hidden,
        cell,
        ORIGIN,
        tanhCell,
        ORIGIN,
        input,
        ORIGIN,
        output,
        ORIGIN);
    return output;
  }
}
