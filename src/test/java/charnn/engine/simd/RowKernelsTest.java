package charnn.engine.simd;

import static charnn.engine.simd.math.Simd.NR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The plain kernels against the vector kernels, which have their own tests against naive loops:
 * bit-identical, at awkward lengths, with offsets and guard values around the result.
 */
class RowKernelsTest {
  private static final int OFFSET = 5;
  private static final RowKernels PLAIN = new PlainRowKernels();
  private static final RowKernels VECTORS = new VectorRowKernels();

  private final SplittableRandom random = new SplittableRandom(1);

  private float[] random(int length, double range) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-range, range);
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 13, 31, 32, 33, 207, 1024})
  void gemvIsBitIdentical(int k) {
    for (int panels = 0; panels <= 9; panels++) {
      int columns = panels * NR;
      float[] a = random(OFFSET + k, 1);
      float[] b = random(OFFSET + k * columns, 1);
      float[] plain = random(OFFSET + columns + OFFSET, 1);
      float[] vectors = plain.clone();
      PLAIN.gemv(k, a, OFFSET, b, OFFSET, panels, plain, OFFSET);
      VECTORS.gemv(k, a, OFFSET, b, OFFSET, panels, vectors, OFFSET);
      assertThat(plain).as("k %d, %d panels", k, panels).isEqualTo(vectors);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5})
  void activateIsBitIdentical(int panels) {
    int n = panels * NR;
    int gateStride = n + 3;
    float[][] plain = {
      random(OFFSET + 4 * gateStride, 20),
      random(OFFSET + n + 1, 2),
      random(OFFSET + n + 1, 1),
      random(OFFSET + n + 1, 1)
    };
    if (n > 0) {
      plain[0][OFFSET] = Float.NaN;
      plain[0][OFFSET + 1] = Float.POSITIVE_INFINITY;
      plain[0][OFFSET + gateStride + 2] = Float.NEGATIVE_INFINITY;
      plain[1][OFFSET + 3] = 1e30f;
    }
    float[][] vectors = Arrays.stream(plain).map(float[]::clone).toArray(float[][]::new);
    for (float[][] x : new float[][][] {plain, vectors}) {
      (x == plain ? PLAIN : VECTORS)
          .activate(n, x[0], OFFSET, gateStride, x[1], OFFSET, x[2], OFFSET, x[3], OFFSET);
    }
    for (int i = 0; i < plain.length; i++) {
      assertThat(plain[i]).isEqualTo(vectors[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2", "33, 1, 1", "50, 2, 3", "20, 3, 3", "300, 2, 1"})
  void aNetworkIsBitIdentical(int h, int layers, int streams) {
    NetworkSpec architecture = new NetworkSpec(CellType.LSTM, 29, h, layers);
    Network network = Network.initialised(architecture, 3);
    try (ThreadTeam workers = new ThreadTeam(2)) {
      SimdInferencePass plain = new SimdInferencePass(network, streams, workers, new AtomicLong());
      SimdInferencePass vectors =
          new SimdInferencePass(network, streams, workers, new AtomicLong());
      SimdInferencePass mixed = new SimdInferencePass(network, streams, workers, new AtomicLong());
      float[][] logits = new float[3][streams * 29];
      int[] characters = new int[streams];
      for (int step = 0; step < 20; step++) {
        Arrays.setAll(characters, s -> random.nextInt(29));
        plain.step(PLAIN, characters, logits[0]);
        vectors.step(VECTORS, characters, logits[1]);
        mixed.step(step < 7 ? PLAIN : VECTORS, characters, logits[2]);
        assertThat(logits[0]).as("step %d", step).isEqualTo(logits[1]).isEqualTo(logits[2]);
      }
    }
  }

  @Test
  void whatAnEngineHasDoneDecidesItsKernelsAndNoOthers() {
    Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 29, 20, 1), 3);
    AtomicLong fresh = new AtomicLong();
    AtomicLong used = new AtomicLong(Long.MAX_VALUE);
    try (ThreadTeam alone = new ThreadTeam(1)) {
      for (AtomicLong multiplyAdds : new AtomicLong[] {used, fresh}) {
        new SimdInferencePass(network, 1, alone, multiplyAdds).step(new int[1], new float[29]);
      }
    }
    assertThat(used).as("vectors are not counted").hasValue(Long.MAX_VALUE);
    assertThat(fresh).as("plain kernels are").hasPositiveValue();
  }

  @Test
  void rangesOutsideOfAnArrayAreRefused() {
    float[] small = new float[NR];
    for (RowKernels kernels : new RowKernels[] {PLAIN, VECTORS}) {
      assertThatThrownBy(() -> kernels.gemv(2, small, 0, small, 0, 1, small, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> kernels.gemv(1, small, 0, small, 0, 1, small, 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
