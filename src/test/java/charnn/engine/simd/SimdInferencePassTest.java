package charnn.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain kernels against the vector kernels: bit-identical. */
class SimdInferencePassTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @CsvSource({
    "LSTM, 1, 1, 2",
    "LSTM, 33, 1, 1",
    "LSTM, 50, 2, 3",
    "LSTM, 20, 3, 3",
    "LSTM, 300, 2, 1",
    "RNN, 50, 2, 3",
    "GRU, 1, 1, 2",
    "GRU, 50, 2, 3",
    "MLSTM, 1, 1, 2",
    "MLSTM, 50, 2, 3",
    "MLSTM, 300, 1, 1",
    "PHASED_LSTM, 1, 1, 2",
    "PHASED_LSTM, 50, 2, 3"
  })
  void aNetworkIsBitIdentical(CellType cell, int h, int layers, int streams) {
    NetworkSpec architecture = new NetworkSpec(cell, 29, h, layers);
    Network network = Network.initialised(architecture, 3);
    try (ThreadTeam workers = new ThreadTeam(2)) {
      PackedWeights weights = PackedWeights.ofInference(network, workers);
      SimdInferencePass plain = pass(architecture, weights, streams, workers, new AtomicLong());
      SimdInferencePass vectors = pass(architecture, weights, streams, workers, new AtomicLong());
      SimdInferencePass mixed = pass(architecture, weights, streams, workers, new AtomicLong());
      float[][] logits = new float[3][streams * 29];
      int[] characters = new int[streams];
      for (int step = 0; step < 20; step++) {
        Arrays.setAll(characters, s -> random.nextInt(29));
        plain.step(true, characters, logits[0]);
        vectors.step(false, characters, logits[1]);
        mixed.step(step < 7, characters, logits[2]);
        assertThat(logits[0]).as("step %d", step).isEqualTo(logits[1]).isEqualTo(logits[2]);
      }
    }
  }

  private static SimdInferencePass pass(
      NetworkSpec architecture,
      PackedWeights weights,
      int streams,
      ThreadTeam workers,
      AtomicLong multiplyAdds) {
    return new SimdInferencePass(
        architecture, weights, streams, workers, multiplyAdds, List.of(), null);
  }

  @Test
  void whatAnEngineHasDoneDecidesItsKernelsAndNoOthers() {
    Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 29, 20, 1), 3);
    AtomicLong fresh = new AtomicLong();
    AtomicLong used = new AtomicLong(Long.MAX_VALUE);
    try (ThreadTeam alone = new ThreadTeam(1)) {
      for (AtomicLong multiplyAdds : new AtomicLong[] {used, fresh}) {
        PackedWeights weights = PackedWeights.ofInference(network, alone);
        pass(network.architecture(), weights, 1, alone, multiplyAdds)
            .step(new int[1], new float[29]);
      }
    }
    assertThat(used).as("vectors are not counted").hasValue(Long.MAX_VALUE);
    assertThat(fresh).as("plain kernels are").hasPositiveValue();
  }
}
