package charnn.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Batch;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.EngineContract;
import charnn.engine.Networks;
import charnn.engine.TrainingPass;
import charnn.engine.reference.ReferenceEngine;
import charnn.engine.simd.SimdTrainingPass.Parallelism;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.ParameterLayout;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimdEngineTest extends EngineContract {
  @Override
  protected Engine engine(ThreadTeam workers) {
    return new SimdEngine(workers);
  }

  /**
   * Several panels and row blocks, and more time steps than one GEMM projects, none of them full.
   * The longer the window, the more rounding errors add up. The weights are small, because a tanh
   * RNN of 70 units with larger ones is chaotic.
   */
  @ParameterizedTest
  @CsvSource({
    "true,5,1e-5,false",
    "false,5,1e-5,false",
    "true,19,5e-5,false",
    "false,19,5e-5,false",
    "false,19,5e-5,true"
  })
  void gradientsAreTheScalarEnginesWithDropout(
      boolean locked, int t, double tolerance, boolean documents) {
    Network plain = Networks.random(cell(), 87, 70, 2, 71);
    for (int i = 0; i < plain.parameters().length; i++) {
      plain.parameters()[i] *= 0.3f;
    }
    Network network = documents ? Networks.withDocuments(plain) : plain;
    Batch batch =
        documents ? Networks.batchOfDocuments(17, t, 87, 72) : Networks.randomBatch(17, t, 87, 72);
    Dropout dropout = new Dropout(0.3, locked, 7);
    try (ThreadTeam workers = new ThreadTeam(2)) {
      float[] gradient = gradient(new SimdEngine(workers), network, batch, dropout);
      float[] expected = gradient(new ReferenceEngine(workers), network, batch, dropout);
      for (ParameterLayout.Layer layer : network.architecture().parameterLayout().layers()) {
        int from = layer.weights();
        int to = layer.end();
        assertThat(
                Networks.relativeError(
                    Arrays.copyOfRange(gradient, from, to), Arrays.copyOfRange(expected, from, to)))
            .isLessThan(tolerance);
      }
    }
  }

  /**
   * Hidden units give bit-identical results to batch rows, for any number of threads: with units of
   * less than a panel, of some panels, and more workers than panels; in windows shorter and longer
   * than what one GEMM projects; with documents that begin at any time.
   */
  @ParameterizedTest
  @CsvSource({
    "5,3,1,1,1,0,false",
    "87,70,2,17,19,0.3,false",
    "11,130,3,9,8,0,false",
    "30,200,1,24,5,0.5,false",
    "87,70,2,17,19,0.3,true",
    "11,130,3,9,8,0,true"
  })
  void parallelismOverHiddenUnitsIsBitIdentical(
      int v, int h, int layers, int b, int t, double dropped, boolean documents) {
    Network plain = Networks.random(cell(), v, h, layers, 81);
    Network network = documents ? Networks.withDocuments(plain) : plain;
    Batch batch =
        documents ? Networks.batchOfDocuments(b, t, v, 82) : Networks.randomBatch(b, t, v, 82);
    Dropout dropout = new Dropout(dropped, true, 7);
    Result expected = result(Parallelism.BATCH_ROWS, 1, network, batch, dropout);
    for (Parallelism parallelism :
        List.of(Parallelism.HIDDEN_UNITS_FORWARD, Parallelism.HIDDEN_UNITS)) {
      for (int threads : new int[] {1, 2, 3, 8}) {
        Result result = result(parallelism, threads, network, batch, dropout);
        assertThat(result.scores).isEqualTo(expected.scores);
        assertThat(result.gradient).isEqualTo(expected.gradient);
        assertThat(result.state.values()).isDeepEqualTo(expected.state.values());
      }
    }
  }

  private record Result(List<LossMetrics> scores, float[] gradient, RecurrentState state) {}

  /** Two windows, with the state carried. */
  private static Result result(
      Parallelism parallelism, int threads, Network network, Batch batch, Dropout dropout) {
    int b = batch.batchSize();
    RecurrentState state = new RecurrentState(network.architecture(), b);
    float[] gradient = new float[network.parameters().length];
    try (ThreadTeam workers = new ThreadTeam(threads);
        TrainingPass pass =
            new SimdTrainingPass(network, b, batch.seqLength(), dropout, workers, parallelism)) {
      List<LossMetrics> scores =
          List.of(
              pass.lossAndGradient(batch, state, 3, gradient),
              pass.lossAndGradient(batch, state, 4, gradient));
      return new Result(scores, gradient, state);
    }
  }

  /** Returns the gradient of a second window, with the state carried from the first. */
  private static float[] gradient(Engine engine, Network network, Batch batch, Dropout dropout) {
    RecurrentState state = new RecurrentState(network.architecture(), batch.batchSize());
    float[] gradient = new float[network.parameters().length];
    try (TrainingPass pass =
        engine.training(network, batch.batchSize(), batch.seqLength(), dropout)) {
      pass.lossAndGradient(batch, state, 3, gradient);
      pass.lossAndGradient(batch, state, 4, gradient);
    }
    return gradient;
  }
}
