package charnn.data;

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
}
