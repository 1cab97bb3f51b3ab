package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Batch;
import charnn.data.ContiguousBatches;
import charnn.data.Tokens;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.TrainingPass;
import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTrainingTest {
  private static final double RATE = 0.5;
  private static final int SIZE = 2; // sequences in a batch
  private static final int LENGTH = 5;

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 100, Double.POSITIVE_INFINITY})
  void aStepOfSgdIsTheRateTimesTheClippedGradient(double maxNorm) {
    char[] characters = new char[200];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) (i * i % 7);
    }
    Tokens text = Tokens.of(characters);
    Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 7, 4, 1), 1);
    float[] before = network.parameters().clone();
    float[] gradient = new float[before.length];
    try (ThreadTeam workers = new ThreadTeam(1)) {
      Engine engine = EngineType.SCALAR.create(workers);
      Batch batch = new Batch(SIZE, LENGTH);
      new ContiguousBatches(text, SIZE, LENGTH, 1).nextBatch(0, batch);
      double loss;
      try (TrainingPass pass = engine.training(network, SIZE, LENGTH, Dropout.NONE)) {
        RecurrentState state = new RecurrentState(network.architecture(), SIZE);
        loss = pass.lossAndGradient(batch, state, 0, gradient).loss();
      }
      ContiguousBatches source = new ContiguousBatches(text, SIZE, LENGTH, 1);
      try (EngineTraining training =
          new EngineTraining(
              engine, network, source, SIZE, LENGTH, Optimizer.of("SGD", RATE), maxNorm)) {
        assertThat(training.step().loss()).isEqualTo(loss);
        double norm =
            Math.sqrt(
                IntStream.range(0, gradient.length)
                    .mapToDouble(i -> (double) gradient[i] * gradient[i])
                    .sum());
        assertThat(norm).isBetween(0.01, 100.0); // so that one of the norms clips it
        assertThat(training.gradientNorm()).isCloseTo(norm, Offset.offset(1e-6));
        double clip = Math.min(1, maxNorm / norm);
        for (int i = 0; i < gradient.length; i++) {
          assertThat((double) network.parameters()[i])
              .isCloseTo(before[i] - RATE * clip * gradient[i], Offset.offset(1e-6));
        }
      }
    }
  }
}
