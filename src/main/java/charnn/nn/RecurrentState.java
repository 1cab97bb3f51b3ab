package charnn.nn;

import java.util.Arrays;

/**
 * What an LSTM remembers between two windows: hidden state h and cell state c of every layer, for B
 * rows. Changed in place.
 *
 * @param batchSize B
 * @param hidden [layers][B x H], row b of layer l at hidden[l][b * H]
 * @param cell [layers][B x H]
 */
public record RecurrentState(int batchSize, float[][] hidden, float[][] cell) {
  /** A state of zeros. */
  public RecurrentState(NetworkSpec architecture, int batchSize) {
    this(
        batchSize,
        new float[architecture.layers()][batchSize * architecture.hiddenSize()],
        new float[architecture.layers()][batchSize * architecture.hiddenSize()]);
  }

  /** Forgets everything. */
  public void reset() {
    for (int l = 0; l < hidden.length; l++) {
      Arrays.fill(hidden[l], 0);
      Arrays.fill(cell[l], 0);
    }
  }

  /** Forgets everything of one row. */
  public void reset(int row) {
    for (int l = 0; l < hidden.length; l++) {
      int h = hidden[l].length / batchSize;
      Arrays.fill(hidden[l], row * h, (row + 1) * h, 0);
      Arrays.fill(cell[l], row * h, (row + 1) * h, 0);
    }
  }

  /** Returns a state of the same values that changes no more with this one. */
  public RecurrentState copy() {
    return new RecurrentState(batchSize, clone(hidden), clone(cell));
  }

  private static float[][] clone(float[][] values) {
    return Arrays.stream(values).map(float[]::clone).toArray(float[][]::new);
  }

  /** Takes over the values of another state of the same shape. */
  public void copyFrom(RecurrentState other) {
    for (int l = 0; l < hidden.length; l++) {
      System.arraycopy(other.hidden[l], 0, hidden[l], 0, hidden[l].length);
      System.arraycopy(other.cell[l], 0, cell[l], 0, cell[l].length);
    }
  }

  public boolean isFinite() {
    return Arrays.stream(hidden).allMatch(RecurrentState::isFinite)
        && Arrays.stream(cell).allMatch(RecurrentState::isFinite);
  }

  /** Tells whether nothing is remembered. */
  public boolean isZero() {
    for (int l = 0; l < hidden.length; l++) {
      for (int i = 0; i < hidden[l].length; i++) {
        if (hidden[l][i] != 0 || cell[l][i] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Tells whether none of the values is NaN or infinite. */
  public static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
