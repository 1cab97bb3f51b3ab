package charnn.lab;

import charnn.data.ContiguousBatches;
import charnn.data.Corpus;
import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.predict.LanguageModel;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** A text to predict character by character, whose last tenth is held out. */
final class TextTask implements AutoCloseable {
  static final int BATCH_SIZE = 16;
  static final int SEQ_LENGTH = 64;
  private static final int LEAST = 10_000; // characters
  private static final double RATE = 5e-3;
  private static final double RATE_LEFT = 0.05; // of it, at the end

  final ThreadTeam workers;
  final Engine engine;
  final Vocabulary vocabulary;
  final Tokens training;
  final Tokens heldOut;

  TextTask(Corpus corpus) {
    this(corpus, Vocabulary.ofText(corpus.text()));
  }

  /**
   * A text without the characters that a vocabulary does not have.
   *
   * @throws charnn.util.InvalidSettingException if it is too short
   */
  TextTask(Corpus corpus, Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    Tokens tokens = Tokens.of(vocabulary.encode(vocabulary.withoutUnknown(corpus.text())));
    String rule = "the corpus must have %,d or more characters that the network knows, got %,d";
    LabOption.require(tokens.length() >= LEAST, rule, LEAST, tokens.length());
    TrainValidationSplit split = TrainValidationSplit.of(tokens, 0.1);
    training = split.training();
    heldOut = split.validation();
    workers = new ThreadTeam(Runtime.getRuntime().availableProcessors());
    engine = EngineType.fastest().create(workers);
  }

  /** Returns an untrained network of one layer. */
  Network network(CellType cell, int units, long seed) {
    return Network.initialised(new NetworkSpec(cell, vocabulary.size(), units, 1), seed);
  }

  /** Trains a network with Adam and a falling rate, as far as the time allows. */
  void train(Lab lab, Network network, int steps) {
    double decay = StrictMath.pow(RATE_LEFT, 1.0 / steps);
    ExponentialSchedule rate = new ExponentialSchedule(ScheduleType.ITERATION, RATE, decay);
    train(lab, network, Adam.builder().learningRateSchedule(rate).build(), 1, steps);
  }

  /**
   * Trains a network, as far as the time allows.
   *
   * @param maxNorm that the gradient is clipped to; infinite: not at all
   * @return the largest norm of a gradient, before it was clipped
   */
  double train(Lab lab, Network network, IUpdater optimizer, double maxNorm, int steps) {
    double largest = 0;
    try (EngineTraining run = training(lab, network, optimizer, maxNorm)) {
      for (int step = 1; step <= steps && !lab.isTimeUp(); step++) {
        double loss = run.step().loss();
        largest = Math.max(largest, run.gradientNorm());
        String name = network.architecture().describe();
        lab.progress("training %s: step %,d of %,d, loss %.3f", name, step, steps, loss);
      }
    }
    return largest;
  }

  /** Returns a training on the batches that are the same for each network. */
  EngineTraining training(Lab lab, Network network, IUpdater optimizer, double maxNorm) {
    ContiguousBatches text = new ContiguousBatches(training, BATCH_SIZE, SEQ_LENGTH, lab.seed());
    return new EngineTraining(engine, network, text, BATCH_SIZE, SEQ_LENGTH, optimizer, maxNorm);
  }

  LanguageModel model(Network network) {
    return new SingleModel(engine, network, vocabulary);
  }

  /** Returns a model's loss on the held-out part, in nats per character. */
  double loss(LanguageModel model) {
    return new Evaluator(engine, workers).evaluate(model, heldOut, n -> {}).score().loss();
  }

  double loss(Network network) {
    return loss(model(network));
  }

  @Override
  public void close() {
    workers.close();
  }
}
