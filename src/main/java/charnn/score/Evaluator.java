package charnn.score;

import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.Logits;
import charnn.engine.Workers;
import charnn.model.Network;
import charnn.model.Score;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Scores a text, the state carried through it. All characters but the very first are predicted,
 * each once.
 *
 * <p>A long text is cut into up to {@value #MAX_PIECES} pieces that are read side by side. Each but
 * the first is read from {@value #LEAD_IN} characters before its first scored one, so that its
 * state is by then what reading from the beginning would have given, but for traces. The cut
 * depends on the text's length alone.
 */
public final class Evaluator {
  private static final int MAX_PIECES = 32;
  private static final int MIN_PIECE = 4096;
  private static final int LEAD_IN = 256;
  private static final int PIECES_PER_TASK = 4;

  private final Engine engine;
  private final Workers workers;

  /**
   * @param workers for the pieces; the result does not depend on their number
   */
  public Evaluator(Engine engine, Workers workers) {
    this.engine = engine;
    this.workers = workers;
  }

  /**
   * Scores a text.
   *
   * @param text indices in the network's alphabet
   * @param progress told from time to time how many characters have been scored, by any thread
   */
  public Score evaluate(Network network, char[] text, LongConsumer progress) {
    int predictions = Math.max(0, text.length - 1);
    int pieces = Math.max(1, Math.min(MAX_PIECES, predictions / MIN_PIECE));
    int tasks = (pieces + PIECES_PER_TASK - 1) / PIECES_PER_TASK;
    Score[] scores = new Score[tasks];
    AtomicLong done = new AtomicLong();
    workers.run(
        tasks,
        task -> {
          int first = task * PIECES_PER_TASK;
          int count = Math.min(PIECES_PER_TASK, pieces - first);
          int[] starts = new int[count + 1];
          for (int i = 0; i <= count; i++) {
            starts[i] = (int) ((long) predictions * (first + i) / pieces);
          }
          scores[task] =
              scorePieces(network, text, starts, n -> progress.accept(done.addAndGet(n)));
        });
    Score sum = Score.NONE;
    for (Score score : scores) {
      sum = sum.plus(score);
    }
    return sum;
  }

  /**
   * Scores neighbouring pieces side by side.
   *
   * @param starts piece i predicts the characters after those at starts[i] to starts[i + 1] - 1
   */
  private Score scorePieces(Network network, char[] text, int[] starts, LongConsumer progress) {
    int rows = starts.length - 1;
    int v = network.architecture().alphabetSize();
    int longest = 0;
    int[] from = new int[rows];
    for (int r = 0; r < rows; r++) {
      from[r] = Math.max(0, starts[r] - LEAD_IN);
      longest = Math.max(longest, starts[r + 1] - from[r]);
    }
    InferencePass pass = engine.inference(network, rows);
    int[] characters = new int[rows];
    float[] logits = new float[rows * v];
    double loss = 0;
    long correct = 0;
    long scored = 0;
    long told = 0;
    for (int i = 0; i < longest; i++) {
      for (int r = 0; r < rows; r++) {
        characters[r] = text[Math.min(from[r] + i, text.length - 1)];
      }
      pass.step(characters, logits);
      for (int r = 0; r < rows; r++) {
        int at = from[r] + i;
        if (at >= starts[r] && at < starts[r + 1]) {
          int target = text[at + 1];
          loss -= Logits.logProbability(logits, r * v, v, target);
          correct += Logits.argMax(logits, r * v, v) == target ? 1 : 0;
          scored++;
        }
      }
      if (i % 128 == 127 && scored > told) {
        progress.accept(scored - told);
        told = scored;
      }
    }
    return new Score(loss, correct, scored);
  }
}
