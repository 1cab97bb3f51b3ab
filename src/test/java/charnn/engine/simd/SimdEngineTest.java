package charnn.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.EngineContract;
import charnn.engine.Networks;
import charnn.engine.SequencePass;
import charnn.engine.Workers;
import charnn.engine.scalar.ScalarEngine;
import charnn.model.Architecture;
import charnn.model.Network;
import charnn.model.RnnState;
import charnn.text.Batch;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimdEngineTest extends EngineContract {
  @Override
  protected Engine engine(Workers workers) {
    return new SimdEngine(workers);
  }

  /**
   * Several panels and groups, and more steps than are projected at once, none of them full. The
   * longer the window, the more roundings add up.
   */
  @ParameterizedTest
  @CsvSource({"true,5,1e-5", "false,5,1e-5", "true,19,5e-5", "false,19,5e-5"})
  void gradientsAreTheScalarEnginesWithDropout(boolean locked, int t, double tolerance) {
    Network network = Networks.random(87, 70, 2, 71);
    Batch batch = Networks.randomBatch(17, t, 87, 72);
    Dropout dropout = new Dropout(0.3, locked, 7);
    try (Workers workers = new Workers(2)) {
      float[] gradient = gradient(new SimdEngine(workers), network, batch, dropout);
      float[] expected = gradient(new ScalarEngine(workers), network, batch, dropout);
      for (Architecture.Layer layer : network.architecture().parameterLayout()) {
        int from = layer.weights();
        int to = layer.bias() + layer.columns();
        assertThat(
                Networks.relativeError(
                    Arrays.copyOfRange(gradient, from, to), Arrays.copyOfRange(expected, from, to)))
            .isLessThan(tolerance);
      }
    }
  }

  /** Returns the gradient of a second window, with the state carried from the first. */
  private static float[] gradient(Engine engine, Network network, Batch batch, Dropout dropout) {
    RnnState state = new RnnState(network.architecture(), batch.batchSize());
    float[] gradient = new float[network.parameters().length];
    try (SequencePass pass =
        engine.sequences(network, batch.batchSize(), batch.seqLength(), dropout)) {
      pass.backward(batch, state, 3, gradient);
      pass.backward(batch, state, 4, gradient);
    }
    return gradient;
  }
}
