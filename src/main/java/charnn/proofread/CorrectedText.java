package charnn.proofread;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A text with some edits in place.
 *
 * @param tokens of it
 * @param index in it of each character of the text as it was, and of its end; of one that was taken
 *     out, of what follows
 */
record CorrectedText(char[] tokens, int[] index) {
  /**
   * Makes edits.
   *
   * @param edits of different characters
   */
  static CorrectedText of(char[] text, List<Edit> edits) {
    List<Edit> inOrder =
        edits.stream()
            .sorted(Comparator.comparingInt(Edit::at).thenComparingInt(Edit::removed))
            .toList();
    char[] tokens = new char[text.length + edits.size()];
    int[] index = new int[text.length + 1];
    int n = 0;
    int next = 0; // of the text
    for (Edit edit : inOrder) {
      for (; next < edit.at(); next++) {
        index[next] = n;
        tokens[n++] = text[next];
      }
      char[] inserted = edit.inserted(text);
      for (int i = 0; i < edit.removed(); i++) {
        index[next++] = n + Math.min(i, inserted.length);
      }
      for (char token : inserted) {
        tokens[n++] = token;
      }
    }
    for (; next < text.length; next++) {
      index[next] = n;
      tokens[n++] = text[next];
    }
    index[text.length] = n;
    return new CorrectedText(Arrays.copyOf(tokens, n), index);
  }
}
