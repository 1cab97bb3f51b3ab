package charnn.engine.simd;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.SPECIES;
import static charnn.engine.simd.gemm.Simd.floats;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Read bandwidth: passes over all weights of a network per second, on one thread. It bounds the
 * characters per second of one stream. JMH's {@code -t 2} measures two threads, each with half of
 * the weights.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadBenchmark {
  private static final int AT_ONCE = 4 * LANES;

  /**
   * Floats of each thread: all weights of 2 x 128 with a vocabulary of 87, and half of those of 2 x
   * 512.
   */
  @Param({"207744", "1595136"})
  public int weights;

  private float[] array;

  @Setup
  public void fill() {
    array = floats(weights);
  }

  /** Sums all weights. */
  @Benchmark
  public float read() {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int end = BASE + weights;
    for (int i = BASE; i < end; i += AT_ONCE) {
      a = a.add(FloatVector.fromArray(SPECIES, array, i));
      b = b.add(FloatVector.fromArray(SPECIES, array, i + LANES));
      c = c.add(FloatVector.fromArray(SPECIES, array, i + 2 * LANES));
      d = d.add(FloatVector.fromArray(SPECIES, array, i + 3 * LANES));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }
}
