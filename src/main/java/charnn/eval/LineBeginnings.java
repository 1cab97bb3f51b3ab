package charnn.eval;

import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import java.util.HashMap;
import java.util.Map;

/**
 * The fraction of the validation set's lines whose first two characters begin no line of the
 * training set, as at the end of a sorted list. For comparison, the fraction of the training set's
 * lines whose beginning no other of them has.
 *
 * @param unseen the validation set's fraction; 0 if it has too few lines
 * @param usual the training set's fraction
 */
record LineBeginnings(double unseen, double usual) {
  private static final int LEAST_LINES = 20;
  private static final int MOST_VALIDATION = 100_000; // characters

  /** A long training set is sampled in segments. */
  private static final int SEGMENTS = 32;

  private static final int SEGMENT = 1 << 16;

  /**
   * @param split in reading order
   */
  static LineBeginnings of(TrainValidationSplit split, Vocabulary vocabulary) {
    Tokens training = split.training();
    Map<Integer, Integer> seen = new HashMap<>();
    int segments = training.length() > (long) SEGMENTS * SEGMENT ? SEGMENTS : 1;
    long length = segments == 1 ? training.length() : SEGMENT;
    for (int s = 0; s < segments; s++) {
      long from = training.length() * s / segments;
      count(training.part(from, from + length), vocabulary, seen);
    }
    Map<Integer, Integer> validation = new HashMap<>();
    count(split.validation().first(MOST_VALIDATION), vocabulary, validation);
    int lines = validation.values().stream().mapToInt(count -> count).sum();
    if (lines < LEAST_LINES || seen.isEmpty()) {
      return new LineBeginnings(0, 0);
    }
    int unseen =
        validation.entrySet().stream()
            .filter(entry -> !seen.containsKey(entry.getKey()))
            .mapToInt(Map.Entry::getValue)
            .sum();
    int all = seen.values().stream().mapToInt(count -> count).sum();
    long alone = seen.values().stream().filter(count -> count == 1).count();
    return new LineBeginnings((double) unseen / lines, (double) alone / all);
  }

  /** Counts the beginnings of lines that are not empty. */
  private static void count(Tokens text, Vocabulary vocabulary, Map<Integer, Integer> counts) {
    int lineEnd = vocabulary.indexOf('\n');
    int mark = vocabulary.documentMark();
    boolean begins = true;
    for (long i = 0; i + 1 < text.length(); i++) {
      int token = text.at(i);
      boolean ends = token == lineEnd || token == mark;
      if (begins && !ends) {
        counts.merge(token << Character.SIZE | text.at(i + 1), 1, Integer::sum);
      }
      begins = ends;
    }
  }
}
