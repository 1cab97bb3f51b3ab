package charnn.eval;

import charnn.data.Batch;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.Logits;
import charnn.engine.TrainingPass;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import charnn.util.InvalidSettingException;
import charnn.util.RandomStreams;
import charnn.util.Sentence;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Scores a text by one of three protocols; none depends on the number of workers. */
public final class Evaluator {
  private static final int MAX_PIECES = 32;
  private static final int MIN_PIECE = 4096;
  private static final int LEAD_IN = 256;

  /** Read side by side: the fast engine computes rows by eight, fewer take as long. */
  private static final int PIECES_PER_TASK = 8;

  /** Stretches as long as this are nearly independent of each other. */
  private static final int STRETCH = 1024;

  /** Of dynamic evaluation: characters of a window, and the rate and clip of its steps. */
  private static final int LEARNED = 32;

  private static final double LEARNING_RATE = 0.5;
  private static final double MAX_GRADIENT_NORM = 1;

  private static final int WINDOWS_PER_TASK = 32;

  private final Engine engine;
  private final ThreadTeam workers;

  /**
   * @param workers share the text
   */
  public Evaluator(Engine engine, ThreadTeam workers) {
    this.engine = engine;
    this.workers = workers;
  }

  /**
   * Scores a text, the state carried through it: all characters but the very first are predicted,
   * each once, from all that stands before.
   *
   * <p>A long text is cut into up to {@value #MAX_PIECES} pieces that are read side by side. Each
   * but the first is read from {@value #LEAD_IN} characters before its first scored one, so that
   * its state is by then what reading from the beginning would have given, but for traces. The cut
   * depends on the text's length alone.
   *
   * @param text indices in the network's vocabulary
   * @param progress told from time to time how many characters have been scored, by any thread
   */
  public LossEstimate evaluate(Network network, char[] text, LongConsumer progress) {
    int predictions = Math.max(0, text.length - 1);
    Piece[] pieces = new Piece[Math.max(1, Math.min(MAX_PIECES, predictions / MIN_PIECE))];
    for (int i = 0; i < pieces.length; i++) {
      int start = (int) ((long) predictions * i / pieces.length);
      int end = (int) ((long) predictions * (i + 1) / pieces.length);
      pieces[i] = new Piece(Math.max(0, start - LEAD_IN), start, end);
    }
    return score(network, text, pieces, PIECES_PER_TASK, STRETCH, progress);
  }

  /**
   * Scores random windows of a text, each read from zero state: as networks are scored that cannot
   * carry a state.
   *
   * @param text indices in the network's vocabulary, at least context + 1
   * @param context characters of a window, each of which is read and its successor predicted
   * @param count of windows
   * @param seed of their places
   * @param progress told from time to time how many characters have been scored, by any thread
   * @throws InvalidSettingException if the text is shorter than a window
   */
  public LossEstimate evaluateWindows(
      Network network, char[] text, int context, int count, long seed, LongConsumer progress) {
    Setting.CONTEXT.require(context);
    Setting.SCORED_WINDOWS.require(count);
    if (text.length <= context) {
      throw new InvalidSettingException(
          Sentence.of(
              "the text is too short: %d characters are fewer than a window of %s %d + 1",
              text.length, Setting.CONTEXT, context));
    }
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.EVALUATION);
    Piece[] windows = new Piece[count];
    for (int i = 0; i < count; i++) {
      int start = random.nextInt(text.length - context);
      windows[i] = new Piece(start, start, start + context);
    }
    // More windows than fit beside each other overlap, and tell no more.
    return score(network, text, windows, WINDOWS_PER_TASK, context, progress)
        .withAtMost(text.length / context);
  }

  /**
   * Scores a text, the state carried through it, with a network that goes on learning: each window
   * of {@value #LEARNED} characters is scored first, then a copy of the network makes a step of
   * gradient descent on it. It tells how well a model follows a text whose names and manners it
   * meets for the first time (Krause et al., "Dynamic evaluation of neural sequence models", 2018).
   *
   * @param text indices in the network's vocabulary
   * @param progress told from time to time how many characters have been scored
   */
  public LossEstimate evaluateDynamically(Network network, char[] text, LongConsumer progress) {
    Network learning = network.copy();
    float[] gradient = new float[learning.parameters().length];
    RecurrentState state = new RecurrentState(network.architecture(), 1);
    LossEstimate.Tally tally = new LossEstimate.Tally(STRETCH);
    int predictions = Math.max(0, text.length - 1);
    int at = 0;
    while (at < predictions) {
      int length = Math.min(LEARNED, predictions - at);
      int passes = (predictions - at) / length;
      try (TrainingPass pass = engine.training(learning, 1, length, Dropout.NONE)) {
        Batch window = new Batch(1, length);
        for (int i = 0; i < passes; i++, at += length) {
          window.fillRow(0, text, at);
          tally.add(pass.lossAndGradient(window, state, 0, gradient));
          descend(learning.parameters(), gradient);
          progress.accept(at + length);
        }
      }
    }
    return tally.estimate();
  }

  /** Makes a step of gradient descent, clipped. */
  private static void descend(float[] parameters, float[] gradient) {
    double squares = 0;
    for (float g : gradient) {
      squares += (double) g * g;
    }
    float rate = (float) (LEARNING_RATE * Math.min(1, MAX_GRADIENT_NORM / Math.sqrt(squares)));
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= rate * gradient[i];
    }
  }

  /**
   * A piece of text.
   *
   * @param from where reading begins, from zero state
   * @param start the first character whose successor is scored
   * @param end behind the last
   */
  private record Piece(int from, int start, int end) {}

  private LossEstimate score(
      Network network,
      char[] text,
      Piece[] pieces,
      int perTask,
      int stretch,
      LongConsumer progress) {
    LossEstimate[] estimates = new LossEstimate[(pieces.length + perTask - 1) / perTask];
    AtomicLong done = new AtomicLong();
    workers.run(
        estimates.length,
        task -> {
          int first = task * perTask;
          int last = Math.min(pieces.length, first + perTask);
          estimates[task] =
              score(
                  network,
                  text,
                  Arrays.copyOfRange(pieces, first, last),
                  stretch,
                  n -> progress.accept(done.addAndGet(n)));
        });
    LossEstimate sum = LossEstimate.NONE;
    for (LossEstimate estimate : estimates) {
      sum = sum.plus(estimate);
    }
    return sum;
  }

  /** Scores pieces side by side. */
  private LossEstimate score(
      Network network, char[] text, Piece[] pieces, int stretch, LongConsumer progress) {
    int rows = pieces.length;
    int v = network.architecture().vocabularySize();
    int longest = 0;
    LossEstimate.Tally[] tallies = new LossEstimate.Tally[rows];
    for (int r = 0; r < rows; r++) {
      longest = Math.max(longest, pieces[r].end - pieces[r].from);
      tallies[r] = new LossEstimate.Tally(stretch);
    }
    InferencePass pass = engine.inference(network, rows);
    int[] characters = new int[rows];
    float[] logits = new float[rows * v];
    long scored = 0;
    long told = 0;
    for (int i = 0; i < longest; i++) {
      for (int r = 0; r < rows; r++) {
        characters[r] = text[Math.min(pieces[r].from + i, text.length - 1)];
      }
      pass.step(characters, logits);
      for (int r = 0; r < rows; r++) {
        int at = pieces[r].from + i;
        if (at >= pieces[r].start && at < pieces[r].end) {
          int target = text[at + 1];
          tallies[r].add(
              -Logits.logProbability(logits, r * v, v, target),
              Logits.argMax(logits, r * v, v) == target);
          scored++;
        }
      }
      if (i % 128 == 127 && scored > told) {
        progress.accept(scored - told);
        told = scored;
      }
    }
    LossEstimate sum = LossEstimate.NONE;
    for (LossEstimate.Tally tally : tallies) {
      sum = sum.plus(tally.estimate());
    }
    return sum;
  }
}
