package charnn.nn;

import java.util.Arrays;

/**
 * What a network remembers between two windows: the state vectors of every layer, for B rows.
 * Changed in place.
 *
 * @param batchSize B
 * @param values [S][layers][B x H], the hidden state h first; row b of layer l at [s][l][b * H]
 */
public record RecurrentState(int batchSize, float[][][] values) {
  /** A state of zeros. */
  public RecurrentState(NetworkSpec architecture, int batchSize) {
    this(
        batchSize,
        new float[architecture.cell().states()][architecture.layers()]
            [batchSize * architecture.hiddenSize()]);
  }

  /** Returns the hidden state h of every layer, its output [layers][B x H]. */
  public float[][] hidden() {
    return values[0];
  }

  /** Sets all states to zero. */
  public void reset() {
    for (float[][] state : values) {
      for (float[] layer : state) {
        Arrays.fill(layer, 0);
      }
    }
  }

  /** Sets all states of one row to zero. */
  public void reset(int row) {
    for (float[][] state : values) {
      for (float[] layer : state) {
        int h = layer.length / batchSize;
        Arrays.fill(layer, row * h, (row + 1) * h, 0);
      }
    }
  }

  /** Returns a state of the same values that changes no more with this one. */
  public RecurrentState copy() {
    return new RecurrentState(
        batchSize, Arrays.stream(values).map(RecurrentState::clone).toArray(float[][][]::new));
  }

  private static float[][] clone(float[][] values) {
    return Arrays.stream(values).map(float[]::clone).toArray(float[][]::new);
  }

  /** Takes over the values of a row of another state of the same network. */
  public void copyRow(int row, RecurrentState from, int fromRow) {
    for (int s = 0; s < values.length; s++) {
      for (int l = 0; l < values[s].length; l++) {
        int h = values[s][l].length / batchSize;
        System.arraycopy(from.values[s][l], fromRow * h, values[s][l], row * h, h);
      }
    }
  }

  /** Takes over the values of another state of the same shape. */
  public void copyFrom(RecurrentState other) {
    for (int s = 0; s < values.length; s++) {
      for (int l = 0; l < values[s].length; l++) {
        System.arraycopy(other.values[s][l], 0, values[s][l], 0, values[s][l].length);
      }
    }
  }

  public boolean isFinite() {
    return Arrays.stream(values).flatMap(Arrays::stream).allMatch(RecurrentState::isFinite);
  }

  /** Returns whether all states are zero. */
  public boolean isZero() {
    return Arrays.stream(values).flatMap(Arrays::stream).allMatch(RecurrentState::isZero);
  }

  private static boolean isZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether none of the values is NaN or infinite. */
  public static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
