package charnn.train;

import charnn.data.Tokens;
import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.model.TrainingState;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.optim.DivergenceException;
import charnn.optim.TrainingStep;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Whole training steps of 2 layers of 128, a vocabulary of 87, batches of 64 x 30; with the gc
 * profiler, what a step allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrainingBenchmark {
  private static final int VOCABULARY = 87;

  @Param({"0", "0.2"})
  public double dropout;

  @Param({"1", "2"})
  public int threads;

  private ThreadTeam workers;
  private TrainingStep trainingStep;
  private long step;

  @Setup
  public void start() {
    workers = new ThreadTeam(threads);
    NetworkSpec architecture = new NetworkSpec(CellType.LSTM, VOCABULARY, 128, 2);
    SplittableRandom random = RandomStreams.random(1);
    char[] text = new char[1 << 18];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) random.nextInt(VOCABULARY);
    }
    trainingStep =
        new TrainingStep(
            EngineType.SIMD.create(workers),
            workers,
            Network.initialised(architecture, 1),
            TrainingState.initial(architecture, 64),
            Hyperparameters.builder()
                .set(Hyperparameters.BATCH_SIZE, 64)
                .set(Hyperparameters.SEQ_LENGTH, 30)
                .set(Hyperparameters.LEARNING_RATE, 0.001)
                .set(Hyperparameters.DROPOUT, dropout)
                .build(),
            Tokens.of(text));
  }

  @Benchmark
  public double step() throws DivergenceException {
    return trainingStep.step(step++, 0.001).loss();
  }

  @TearDown
  public void stop() {
    trainingStep.close();
    workers.close();
  }
}
