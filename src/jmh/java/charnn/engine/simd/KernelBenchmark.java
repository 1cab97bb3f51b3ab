package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.PANEL;

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
    weights = new float[hidden * 4 * hidden];
    input = new float[GROUP * hidden];
    gates = new float[GROUP * 4 * hidden];
    cell = new float[GROUP * hidden];
    tanhCell = new float[GROUP * hidden];
    output = new float[GROUP * hidden];
    Arrays.fill(weights, 1f / hidden);
    Arrays.fill(input, 0.5f);
    product();
    for (float sum : gates) {
      if (Math.abs(sum - 0.5f) > 1e-4) {
        throw new IllegalStateException("the product is " + sum + ", not 0.5");
      }
    }
  }

  /** 8 rows: 64 H^2 floating-point operations. */
  @Benchmark
  public float[] product() {
    Arrays.fill(gates, 0);
    MatrixProduct.add(
        1,
        hidden,
        input,
        0,
        0,
        hidden,
        PANEL,
        weights,
        0,
        4 * hidden / PANEL,
        gates,
        0,
        0,
        4 * hidden,
        PANEL);
    return gates;
  }

  /** One row in vectors: 8 H^2 floating-point operations. */
  @Benchmark
  public float[] rowInVectors() {
    VECTORS.addVector(hidden, input, 0, weights, 0, 4 * hidden / PANEL, gates, 0);
    return gates;
  }

  /** One row in plain loops. */
  @Benchmark
  public float[] rowInPlainLoops() {
    PLAIN.addVector(hidden, input, 0, weights, 0, 4 * hidden / PANEL, gates, 0);
    return gates;
  }

  /** The gates of 8 rows. */
  @Benchmark
  public float[] gatesForward() {
    Gates.forward(
        GROUP * hidden,
        gates,
        0,
        GROUP * hidden,
        cell,
        0,
        0,
        tanhCell,
        0,
        output,
        0);
    return output;
  }

  /** The way back through the gates of 8 rows. */
  @Benchmark
  public float[] gatesBackward() {
    Gates.backward(
        GROUP * hidden, gates, 0, GROUP * hidden, cell, 0, tanhCell, 0, input, 0, output, cell, 0);
    return cell;
  }
}
