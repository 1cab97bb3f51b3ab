package charnn.engine.simd;

import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.floats;

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
 * How often a thread can read all weights of a network: more characters than that it cannot write
 * to one stream. JMH's {@code -t 2} tells of two threads, each with half of the weights.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadBenchmark {
  private static final int AT_ONCE = 4 * LANES;

  /**
   * Of each thread, floating-point numbers: all weights of 2 x 128 with an alphabet of 87, and half
   * of those of 2 x 512.
   */
  @Param({"207744", "1595136"})
  public int weights;

  private float[] array;

  @Setup
  public void fill() {
    array = floats(weights);
  }

  /** Adds all weights up. */
  @Benchmark
  public float read() {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int end = ORIGIN + weights;
    for (int i = ORIGIN; i < end; i += AT_ONCE) {
      a = a.add(FloatVector.fromArray(SPECIES, array, i));
      b = b.add(FloatVector.fromArray(SPECIES, array, i + LANES));
      c = c.add(FloatVector.fromArray(SPECIES, array, i + 2 * LANES));
      d = d.add(FloatVector.fromArray(SPECIES, array, i + 3 * LANES));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }
}
