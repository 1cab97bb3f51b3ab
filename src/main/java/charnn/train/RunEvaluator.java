package charnn.train;

import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.generate.Generator;
import charnn.generate.SamplingSettings;
import charnn.model.Model;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.predict.LanguageModel;
import charnn.predict.SingleModel;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;

/** Evaluates a run's model on its validation set, samples from it, and measures the time. */
final class RunEvaluator {
  private static final int SAMPLE_LENGTH = 300;
  private static final double SAMPLE_TEMPERATURE = 0.8;

  /** Scores a model on the validation set. */
  @FunctionalInterface
  interface Scoring {
    /**
     * Returns the score.
     *
     * @param progress called by any thread with the number of characters scored so far
     */
    LossMetrics score(LanguageModel model, LongConsumer progress) throws IOException;
  }

  private final Scoring scoring;
  private final Engine engine;
  private final ThreadTeam workers;
  private final Vocabulary vocabulary;
  private final long length;
  private final DoubleSupplier seconds;
  private final BooleanSupplier interrupted;

  private volatile double lastQuarter; // seconds at which the last quarter began

  /**
   * @param scoring of the validation set
   * @param engine samples
   * @param length of the validation set in characters
   * @param seconds of the run so far
   * @param interrupted asked now and then, by any thread
   */
  RunEvaluator(
      Scoring scoring,
      Engine engine,
      ThreadTeam workers,
      Vocabulary vocabulary,
      long length,
      DoubleSupplier seconds,
      BooleanSupplier interrupted) {
    this.scoring = scoring;
    this.engine = engine;
    this.workers = workers;
    this.vocabulary = vocabulary;
    this.length = length;
    this.seconds = seconds;
    this.interrupted = interrupted;
  }

  /**
   * An evaluation.
   *
   * @param score on the validation set
   * @param again seconds that another one would take; the first is slow, because of the JIT
   *     compiler
   */
  record Timed(LossMetrics score, double again) {}

  /**
   * Evaluates the network.
   *
   * @throws CancellationException if interrupted in the middle
   */
  Timed evaluate(Network network) throws IOException {
    double begun = seconds.getAsDouble();
    lastQuarter = begun;
    LossMetrics score =
        scoring.score(new SingleModel(engine, network, vocabulary), this::evaluatedSoFar);
    double took = seconds.getAsDouble() - begun;
    // The JIT has compiled the evaluation by its last quarter: another one will take 4 quarters.
    return new Timed(score, Math.min(took, 4 * (begun + took - lastQuarter)));
  }

  /** Called by any thread. */
  private void evaluatedSoFar(long characters) {
    if (4 * characters < 3L * length) {
      lastQuarter = seconds.getAsDouble();
    }
    if (interrupted.getAsBoolean()) {
      throw new CancellationException();
    }
  }

  /** Returns a sample to read, the same however often the run was interrupted. */
  String sample(Model model) {
    long seed =
        RandomStreams.mix(
            model.hyperparameters().seed(), RandomStreams.SAMPLES, model.progress().step());
    String sample =
        new Generator(new SingleModel(engine, model), workers)
            .text(SAMPLE_LENGTH, SamplingSettings.ofTemperature(SAMPLE_TEMPERATURE).sampler(seed));
    return model.hyperparameters().direction().turned(sample);
  }
}
