package charnn.eval;

import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.engine.Logits;
import charnn.nn.Network;
import charnn.optim.DynamicLearner;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.util.InvalidSettingException;
import charnn.util.RandomStreams;
import charnn.util.Sentence;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Evaluates a model on a text, by one of three protocols: stateful, sliding-window or dynamic
 * evaluation. The result does not depend on the number of workers.
 */
public final class Evaluator {
  private static final int MAX_PIECES = 32;
  private static final int MIN_PIECE = 4096;
  private static final int BURN_IN = 256;

  /** Pieces in a batch: the SIMD engine computes row blocks of eight. */
  private static final int PIECES_PER_TASK = 8;

  /** Length of a segment of batch means. Segments of this length are nearly independent. */
  private static final int SEGMENT = 1024;

  private static final int WINDOWS_PER_TASK = 32;

  /** Characters of spans between two reports of progress. */
  private static final int PROGRESS_INTERVAL = 4096;

  private final Engine engine;
  private final ThreadTeam workers;

  /**
   * @param workers evaluate parts of the text in parallel
   */
  public Evaluator(Engine engine, ThreadTeam workers) {
    this.engine = engine;
    this.workers = workers;
  }

  /**
   * Stateful evaluation: every character but the first is predicted once, from all characters
   * before it.
   *
   * <p>A long text is cut into up to {@value #MAX_PIECES} pieces that are evaluated in parallel.
   * Each but the first has a burn-in of {@value #BURN_IN} characters, which are read and not
   * scored: after it, the state is nearly that of reading from the start. The cut depends only on
   * the length of the text. Where the text was cut, each part is evaluated from zero state.
   *
   * @param text in the model's vocabulary
   * @param progress called by any thread with the number of characters scored so far
   */
  public LossEstimate evaluate(LanguageModel model, Tokens text, LongConsumer progress) {
    return evaluate(model, text, PredictionSink.NONE, progress);
  }

  /**
   * As {@link #evaluate(LanguageModel, Tokens, LongConsumer)}.
   *
   * @param sink receives every prediction
   */
  public LossEstimate evaluate(
      LanguageModel model, Tokens text, PredictionSink sink, LongConsumer progress) {
    return score(model, text, pieces(text), PIECES_PER_TASK, SEGMENT, sink, progress);
  }

  /**
   * Returns the number of parts that {@link #evaluate} evaluates independently of each other. Their
   * estimates added up in order are its result.
   */
  public static int parts(Tokens text) {
    return (pieces(text).length + PIECES_PER_TASK - 1) / PIECES_PER_TASK;
  }

  /**
   * Evaluates a part of a text.
   *
   * @param part from 0 to {@link #parts} - 1
   */
  public LossEstimate evaluatePart(LanguageModel model, Tokens text, int part) {
    Piece[] pieces = pieces(text);
    int first = part * PIECES_PER_TASK;
    int last = Math.min(pieces.length, first + PIECES_PER_TASK);
    return score(
        model,
        text,
        Arrays.copyOfRange(pieces, first, last),
        SEGMENT,
        PredictionSink.NONE,
        scored -> {});
  }

  private static Piece[] pieces(Tokens text) {
    long[] cuts = text.cuts();
    return cuts.length == 0 ? pieces(text.length()) : between(cuts, text.length());
  }

  /** Returns what is between cuts: what is before a cut says nothing of what follows. */
  private static Piece[] between(long[] cuts, long length) {
    long[] starts =
        cuts[0] == 0 ? cuts : LongStream.concat(LongStream.of(0), Arrays.stream(cuts)).toArray();
    Piece[] pieces = new Piece[starts.length];
    for (int i = 0; i < pieces.length; i++) {
      long end = i + 1 < starts.length ? starts[i + 1] : length;
      pieces[i] = new Piece(starts[i], starts[i], end - 1);
    }
    return pieces;
  }

  /**
   * As {@link #evaluate(LanguageModel, Tokens, LongConsumer)}, but only the end of the text is
   * scored.
   *
   * @param from index of the first character whose successor is scored
   */
  public LossEstimate evaluateEnd(
      LanguageModel model, Tokens text, long from, LongConsumer progress) {
    Piece[] pieces =
        Arrays.stream(pieces(text.length()))
            .filter(piece -> piece.end > from)
            .map(piece -> new Piece(piece.from, Math.max(piece.start, from), piece.end))
            .toArray(Piece[]::new);
    return score(model, text, pieces, PIECES_PER_TASK, SEGMENT, PredictionSink.NONE, progress);
  }

  /** Returns the pieces of a text of a length that are evaluated in parallel. */
  private static Piece[] pieces(long length) {
    long predictions = Math.max(0, length - 1);
    Piece[] pieces = new Piece[(int) Math.max(1, Math.min(MAX_PIECES, predictions / MIN_PIECE))];
    for (int i = 0; i < pieces.length; i++) {
      long start = predictions * i / pieces.length;
      long end = predictions * (i + 1) / pieces.length;
      pieces[i] = new Piece(Math.max(0, start - BURN_IN), start, end);
    }
    return pieces;
  }

  /**
   * A part of a text: its first character is read, from zero state, the others are predicted.
   *
   * @param first index of its first character
   * @param last index of its last character
   */
  public record Span(long first, long last) {}

  /**
   * Evaluates parts of a text, such as its lines, independently of each other.
   *
   * @param text in the model's vocabulary
   * @param spans do not overlap
   * @param sink receives every prediction
   * @param progress called by any thread with the number of characters scored so far
   */
  public LossEstimate evaluateSpans(
      LanguageModel model,
      Tokens text,
      List<Span> spans,
      PredictionSink sink,
      LongConsumer progress) {
    // Spans of about the same length fill a batch.
    Piece[] pieces =
        spans.stream()
            .map(span -> new Piece(span.first, span.first, span.last))
            .sorted(Comparator.comparingLong(piece -> piece.end - piece.start))
            .toArray(Piece[]::new);
    AtomicLong done = new AtomicLong();
    PredictionSink counting =
        (index, loss, logits, offset) -> {
          sink.predicted(index, loss, logits, offset);
          long scored = done.incrementAndGet();
          if (scored % PROGRESS_INTERVAL == 0) {
            progress.accept(scored);
          }
        };
    return score(model, text, pieces, WINDOWS_PER_TASK, SEGMENT, counting, scored -> {});
  }

  /**
   * Sliding-window evaluation: scores random windows of a text, each from zero state. Networks
   * without a carried state are evaluated like this.
   *
   * @param text in the model's vocabulary, at least context + 1
   * @param context characters of a window; each is read and its successor predicted
   * @param count of windows
   * @param seed of the windows' offsets
   * @param progress called by any thread with the number of characters scored so far
   * @throws InvalidSettingException if the text is shorter than a window
   */
  public LossEstimate evaluateWindows(
      LanguageModel model, Tokens text, int context, int count, long seed, LongConsumer progress) {
    Setting.CONTEXT.require(context);
    Setting.SCORED_WINDOWS.require(count);
    if (text.length() <= context) {
      throw new InvalidSettingException(
          Sentence.of(
              "the text is too short: %d characters are fewer than a window of %s %d + 1",
              text.length(), Setting.CONTEXT, context));
    }
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.EVALUATION);
    Piece[] windows = new Piece[count];
    for (int i = 0; i < count; i++) {
      long start = RandomStreams.below(random, text.length() - context);
      windows[i] = new Piece(start, start, start + context);
    }
    // Overlapping windows are not independent.
    return score(model, text, windows, WINDOWS_PER_TASK, context, PredictionSink.NONE, progress)
        .withAtMostIndependent(text.length() / context);
  }

  /**
   * Dynamic evaluation: the state is carried, and the network adapts to the text, as {@link
   * DynamicLearner} says. Each window is scored before it is learned.
   *
   * @param text in the network's vocabulary
   * @param progress called with the number of characters scored so far
   */
  public LossEstimate evaluateDynamically(Network network, Tokens text, LongConsumer progress) {
    LossEstimate.Tally tally = new LossEstimate.Tally(SEGMENT);
    new DynamicLearner(engine, network)
        .read(
            text,
            (loss, done) -> {
              tally.add(loss);
              progress.accept(done);
            });
    return tally.estimate();
  }

  /**
   * A piece of text.
   *
   * @param from first character to read, from zero state
   * @param start first character whose successor is scored
   * @param end of the scored ones, exclusive
   */
  private record Piece(long from, long start, long end) {}

  private LossEstimate score(
      LanguageModel model,
      Tokens text,
      Piece[] pieces,
      int perTask,
      int segmentLength,
      PredictionSink sink,
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
                  model,
                  text,
                  Arrays.copyOfRange(pieces, first, last),
                  segmentLength,
                  sink,
                  n -> progress.accept(done.addAndGet(n)));
        });
    LossEstimate sum = LossEstimate.NONE;
    for (LossEstimate estimate : estimates) {
      sum = sum.plus(estimate);
    }
    return sum;
  }

  /** Scores pieces as one batch. */
  private LossEstimate score(
      LanguageModel model,
      Tokens text,
      Piece[] pieces,
      int segmentLength,
      PredictionSink sink,
      LongConsumer progress) {
    int rows = pieces.length;
    int v = model.vocabulary().size();
    long longest = 0;
    LossEstimate.Tally[] tallies = new LossEstimate.Tally[rows];
    for (int r = 0; r < rows; r++) {
      longest = Math.max(longest, pieces[r].end - pieces[r].from);
      tallies[r] = new LossEstimate.Tally(segmentLength);
    }
    Predictor predictor = model.predictor(rows);
    int[] characters = new int[rows];
    float[] logits = new float[rows * v];
    long scored = 0;
    long reported = 0;
    for (long i = 0; i < longest; i++) {
      for (int r = 0; r < rows; r++) {
        characters[r] = text.at(Math.min(pieces[r].from + i, text.length() - 1));
      }
      predictor.step(characters, logits);
      for (int r = 0; r < rows; r++) {
        long at = pieces[r].from + i;
        if (at >= pieces[r].start && at < pieces[r].end) {
          int target = text.at(at + 1);
          double loss = -Logits.logProbability(logits, r * v, v, target);
          tallies[r].add(loss, Logits.argMax(logits, r * v, v) == target);
          sink.predicted(at + 1, loss, logits, r * v);
          scored++;
        }
      }
      if (i % 128 == 127 && scored > reported) {
        progress.accept(scored - reported);
        reported = scored;
      }
    }
    LossEstimate sum = LossEstimate.NONE;
    for (LossEstimate.Tally tally : tallies) {
      sum = sum.plus(tally.estimate());
    }
    return sum;
  }
}
