package charnn.plan;

import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.registry.EngineType;
import charnn.generate.Sampler;
import charnn.generate.SamplingSettings;
import charnn.model.Hyperparameters;
import charnn.model.TrainingState;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.optim.DivergenceException;
import charnn.optim.TrainingStep;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Measures the speed of training and sampling on this machine, on random text: the text does not
 * matter for the speed.
 *
 * @param kind of engine
 * @param architecture of the network
 * @param hyperparameters batch size, sequence length and dropout; an order that the engine supports
 */
public record Benchmark(
    EngineType kind, NetworkSpec architecture, Hyperparameters hyperparameters) {
  /**
   * @throws IllegalArgumentException if training would need an array longer than Java has
   */
  public Benchmark {
    hyperparameters.requireFits(architecture);
  }

  private static final int TEXT_LENGTH = 1 << 18;
  private static final long WARM_UP_NANOS = 3_000_000_000L;
  private static final long ROUND_NANOS = 1_000_000_000L;
  private static final int ROUNDS = 5;
  private static final int TRAINING_ROUNDS = 11;
  private static final int STREAMS = 64;
  private static final int STEPS_PER_CHECK = 64;

  /** The default of `sample`. */
  private static final double TEMPERATURE = 0.8;

  /**
   * A measured rate.
   *
   * @param median of the rounds, characters per second
   * @param lowest of the rounds
   * @param highest of the rounds
   */
  public record Rate(double median, double lowest, double highest) {
    private static Rate of(double[] rounds) {
      return new Rate(
          Benchmark.median(rounds),
          Arrays.stream(rounds).min().orElseThrow(),
          Arrays.stream(rounds).max().orElseThrow());
    }
  }

  /**
   * Training speed.
   *
   * @param rate characters per second
   * @param peak GEMM throughput in FLOP/s, measured between the rounds; 0 if unknown
   * @param utilization fraction of the peak that training reached (MFU), the median of the rounds
   */
  public record Training(Rate rate, double peak, double utilization) {}

  /** Returns the FLOP of training on one character. */
  public double flopPerCharacter() {
    return architecture.trainingFlop();
  }

  /** Measures training: windows, gradient, clipping and optimizer. */
  public Training training(ThreadTeam workers) {
    long[] step = {0};
    try (TrainingStep trainingStep = trainingStep(workers)) {
      Work work =
          () -> {
            makeStep(trainingStep, step[0]++, hyperparameters.schedule().learningRate());
            return (long) hyperparameters.batchSize() * hyperparameters.seqLength();
          };
      rate(work, WARM_UP_NANOS);
      EngineType.peakGemmFlops(workers);
      double[] rates = new double[TRAINING_ROUNDS];
      double[] peaks = new double[TRAINING_ROUNDS];
      double[] utilizations = new double[TRAINING_ROUNDS];
      double before = EngineType.peakGemmFlops(workers);
      for (int i = 0; i < TRAINING_ROUNDS; i++) {
        rates[i] = rate(work, ROUND_NANOS);
        double after = EngineType.peakGemmFlops(workers);
        peaks[i] = (before + after) / 2;
        utilizations[i] = peaks[i] > 0 ? rates[i] * flopPerCharacter() / peaks[i] : 0;
        before = after;
      }
      return new Training(Rate.of(rates), median(peaks), median(utilizations));
    }
  }

  private TrainingStep trainingStep(ThreadTeam workers) {
    char[] text = new char[TEXT_LENGTH];
    SplittableRandom random = RandomStreams.random(hyperparameters.seed());
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) random.nextInt(architecture.vocabularySize());
    }
    Network network = Network.initialised(architecture, hyperparameters.seed());
    TrainingState state = TrainingState.initial(architecture, hyperparameters.batchSize());
    return new TrainingStep(
        kind.create(workers), workers, network, state, hyperparameters, Tokens.of(text));
  }

  private static void makeStep(TrainingStep trainingStep, long step, double rate) {
    try {
      trainingStep.step(step, rate);
    } catch (DivergenceException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Measures sampling one text. */
  public Rate oneStream(ThreadTeam workers) {
    Network network = Network.initialised(architecture, hyperparameters.seed());
    Streams stream = new Streams(kind.create(workers), network, 1, 0);
    return measure(
        () -> {
          stream.advance();
          return (long) STEPS_PER_CHECK;
        });
  }

  /** Measures sampling 64 texts in parallel. */
  public Rate manyStreams(ThreadTeam workers) {
    Network network = Network.initialised(architecture, hyperparameters.seed());
    int parts = Math.min(STREAMS, workers.count());
    Streams[] streams = new Streams[parts];
    for (int part = 0; part < parts; part++) {
      int from = STREAMS * part / parts;
      int to = STREAMS * (part + 1) / parts;
      streams[part] = new Streams(kind.create(workers), network, to - from, from);
    }
    return measure(
        () -> {
          workers.run(parts, part -> streams[part].advance());
          return (long) STREAMS * STEPS_PER_CHECK;
        });
  }

  /** A batch of texts that are sampled together, as `sample` does. */
  private final class Streams {
    private final InferencePass pass;
    private final int[] characters;
    private final float[] logits;
    private final float[] row = new float[architecture.vocabularySize()];
    private final Sampler[] samplers;

    Streams(Engine engine, Network network, int count, int first) {
      pass = engine.inference(network, count);
      characters = new int[count];
      logits = new float[count * row.length];
      samplers = new Sampler[count];
      for (int s = 0; s < count; s++) {
        samplers[s] =
            SamplingSettings.ofTemperature(TEMPERATURE)
                .sampler(RandomStreams.mix(hyperparameters.seed(), first + s));
      }
    }

    /** Samples some characters. */
    void advance() {
      for (int i = 0; i < STEPS_PER_CHECK; i++) {
        pass.step(characters, logits);
        for (int s = 0; s < characters.length; s++) {
          System.arraycopy(logits, s * row.length, row, 0, row.length);
          characters[s] = samplers[s].next(row);
        }
      }
    }
  }

  /** A unit of work; returns its number of characters. */
  private interface Work {
    long run();
  }

  private static Rate measure(Work work) {
    rate(work, WARM_UP_NANOS);
    double[] rates = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      rates[i] = rate(work, ROUND_NANOS);
    }
    return Rate.of(rates);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double rate(Work work, long nanos) {
    long start = System.nanoTime();
    long characters = 0;
    long elapsed;
    do {
      characters += work.run();
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return characters / (elapsed / 1e9);
  }
}
