package charnn.data;

import java.util.Arrays;

/**
 * One training window: B rows of T characters with the character that follows each. Filled again
 * and again, never reallocated.
 *
 * @param batchSize B
 * @param seqLength T
 * @param inputs [T x B], row b at time t at t * B + b
 * @param targets [T x B], the character after each input, or {@link #IGNORED}
 */
public record Batch(int batchSize, int seqLength, int[] inputs, int[] targets) {
  /** The target of a place that counts neither in the loss nor in its gradient. */
  public static final int IGNORED = -1;

  public Batch(int batchSize, int seqLength) {
    this(batchSize, seqLength, new int[batchSize * seqLength], new int[batchSize * seqLength]);
  }

  /** Returns how many places count: the mean loss is over these. */
  public int counted() {
    int counted = 0;
    for (int target : targets) {
      counted += target == IGNORED ? 0 : 1;
    }
    return counted;
  }

  /**
   * Fills row b with consecutive characters of a text.
   *
   * @param start of the row, in the text; where the text ends, the row continues at its beginning
   */
  public void fillRow(int b, Tokens text, long start) {
    long at = start;
    long length = text.length();
    int token = text.at(at);
    for (int t = 0; t < seqLength; t++) {
      inputs[t * batchSize + b] = token;
      at = at + 1 == length ? 0 : at + 1;
      token = text.at(at);
      targets[t * batchSize + b] = token;
    }
  }

  /**
   * Leaves out what row b was filled with from the first cut on: no character after it is
   * predicted, for what is before it is not what was before in the text.
   *
   * @param cuts of the text, ascending
   * @param length of the text
   */
  void ignoreAfterCut(int b, long start, long[] cuts, long length) {
    long first = distanceToCut(start, cuts, length);
    for (long t = first; t < seqLength; t++) {
      targets[(int) t * batchSize + b] = IGNORED;
    }
  }

  /** Returns how many characters can be predicted from one on, before the first that is cut off. */
  private static long distanceToCut(long start, long[] cuts, long length) {
    int found = Arrays.binarySearch(cuts, start + 1);
    int next = found < 0 ? -found - 1 : found;
    long cut = next < cuts.length ? cuts[next] : cuts[0] + length;
    return cut - start - 1;
  }

  /** Returns whether a text is cut between two characters, or at the later one. */
  static boolean isCut(long from, long to, long[] cuts, long length) {
    return to - from > distanceToCut(from, cuts, length);
  }
}
