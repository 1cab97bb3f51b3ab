package charnn.proofread;

import charnn.engine.Logits;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * How probable some continuations of a text are, to a model; of many texts at once, which makes
 * batches full.
 */
final class Continuations {
  /** Texts of a task, which are read in one batch. */
  private static final int TEXTS_PER_TASK = 16;

  private final LanguageModel model;
  private final float[] first;
  private final ThreadTeam workers;

  /**
   * A text, and what may come next; in the direction in which the model reads.
   *
   * @param text token ids, read from zero state; may be empty
   * @param next continuations, token ids
   */
  record Reading(char[] text, List<char[]> next) {}

  /**
   * @param first ln p of a character after an empty text [V]
   * @param workers read in parallel
   */
  Continuations(LanguageModel model, float[] first, ThreadTeam workers) {
    this.model = model;
    this.first = first;
    this.workers = workers;
  }

  /**
   * Returns ln p of each continuation of each text. It does not depend on the other texts but for
   * the rounding of the engine.
   *
   * @param progress called by any thread with the number of texts that are done
   */
  double[][] logProbabilities(List<Reading> readings, LongConsumer progress) {
    double[][] all = new double[readings.size()][];
    workers.run(
        (readings.size() + TEXTS_PER_TASK - 1) / TEXTS_PER_TASK,
        task -> {
          int from = task * TEXTS_PER_TASK;
          int to = Math.min(readings.size(), from + TEXTS_PER_TASK);
          double[][] some = read(readings.subList(from, to));
          System.arraycopy(some, 0, all, from, some.length);
          progress.accept(to);
        });
    return all;
  }

  private double[][] read(List<Reading> readings) {
    int v = model.vocabulary().size();
    int rows = readings.size();
    Predictor predictor = model.predictor(rows);
    TextState zero = predictor.save(0);
    float[] logits = new float[rows * v];
    int[] characters = new int[rows];
    int longest = readings.stream().mapToInt(reading -> reading.text.length).max().orElseThrow();
    for (int i = 0; i < longest; i++) {
      for (int row = 0; row < rows; row++) {
        char[] text = readings.get(row).text;
        int at = i - (longest - text.length); // all end together
        if (at == 0) {
          predictor.load(row, zero);
        }
        characters[row] = at < 0 ? 0 : text[at];
      }
      predictor.step(characters, logits);
    }
    List<Row> continued = new ArrayList<>();
    double[][] sums = new double[rows][];
    for (int row = 0; row < rows; row++) {
      Reading reading = readings.get(row);
      boolean isFirst = reading.text.length == 0;
      TextState state = isFirst ? zero : predictor.save(row);
      sums[row] = new double[reading.next.size()];
      for (int n = 0; n < sums[row].length; n++) {
        char[] next = reading.next.get(n);
        if (next.length > 0) {
          sums[row][n] =
              isFirst ? first[next[0]] : Logits.logProbability(logits, row * v, v, next[0]);
        }
        if (next.length > 1) {
          continued.add(new Row(state, next, sums[row], n));
        }
      }
    }
    proceed(continued);
    return sums;
  }

  /**
   * A continuation whose first character is scored.
   *
   * @param state before it
   * @param sums has its ln p at an index
   */
  private record Row(TextState state, char[] next, double[] sums, int index) {}

  private void proceed(List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    int v = model.vocabulary().size();
    Predictor predictor = model.predictor(rows.size());
    int longest = 0;
    for (int row = 0; row < rows.size(); row++) {
      predictor.load(row, rows.get(row).state);
      longest = Math.max(longest, rows.get(row).next.length);
    }
    float[] logits = new float[rows.size() * v];
    int[] characters = new int[rows.size()];
    for (int i = 0; i + 1 < longest; i++) {
      Arrays.fill(characters, 0);
      for (int row = 0; row < rows.size(); row++) {
        char[] next = rows.get(row).next;
        characters[row] = i < next.length ? next[i] : 0;
      }
      predictor.step(characters, logits);
      for (int row = 0; row < rows.size(); row++) {
        Row one = rows.get(row);
        if (i + 1 < one.next.length) {
          one.sums[one.index] += Logits.logProbability(logits, row * v, v, one.next[i + 1]);
        }
      }
    }
  }
}
