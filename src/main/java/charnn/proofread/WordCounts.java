package charnn.proofread;

import charnn.data.Vocabulary;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each word occurs in a text. A word that does so several times is no error, unless it is
 * one each time: a name, for instance, that the models never read.
 */
final class WordCounts {
  /** Bits that an edit must gain more for each time that the word becomes half as frequent. */
  private static final double BITS = 4;

  /** So many halvings count: a word that is misspelt throughout can be found. */
  private static final int MOST_HALVINGS = 2;

  private final boolean[] isLetter; // [V]
  private final Map<String, Integer> counts = new HashMap<>();

  WordCounts(char[] text, Vocabulary vocabulary) {
    isLetter = new boolean[vocabulary.size()];
    for (int token = 0; token < isLetter.length; token++) {
      isLetter[token] = Character.isLetterOrDigit(vocabulary.codePoint(token));
    }
    for (int from = 0; from < text.length; ) {
      int to = end(text, from);
      if (to > from) {
        counts.merge(new String(text, from, to - from), 1, Integer::sum);
      }
      from = to + 1;
    }
  }

  private int end(char[] text, int from) {
    int to = from;
    while (to < text.length && isLetter[text[to]]) {
      to++;
    }
    return to;
  }

  /**
   * Returns how many bits an edit must gain more, 0 to 8, where what it makes is rarer in the text
   * than what stands there occurs elsewhere:
   *
   * <pre>
   *   4 log2((n + 1) / (m + 1))   n: other occurrences of the word, m: occurrences of the other one
   * </pre>
   *
   * <p>Of several words, the rarest counts.
   */
  double cost(char[] tokens, Edit edit) {
    int from = edit.at();
    while (from > 0 && isLetter[tokens[from - 1]]) {
      from--;
    }
    int next = edit.at() + edit.removed();
    int to = end(tokens, next);
    String before = new String(tokens, from, edit.at() - from);
    String after = new String(tokens, next, to - next);
    String stands = new String(tokens, from, to - from);
    String edited = before + new String(edit.inserted(tokens)) + after;
    double rarer = (double) rarest(stands, 0) / rarest(edited, 1);
    return BITS * Math.min(MOST_HALVINGS, Math.max(0, StrictMath.log(rarer) / StrictMath.log(2)));
  }

  /** Returns the count of the rarest word, plus some; 1 without a word. */
  private int rarest(String text, int plus) {
    char[] tokens = text.toCharArray();
    int rarest = Integer.MAX_VALUE;
    for (int from = 0; from < tokens.length; ) {
      int to = end(tokens, from);
      if (to > from) {
        int count = counts.getOrDefault(new String(tokens, from, to - from), 0) + plus;
        rarest = Math.min(rarest, Math.max(1, count));
      }
      from = to + 1;
    }
    return rarest == Integer.MAX_VALUE ? 1 : rarest;
  }
}
