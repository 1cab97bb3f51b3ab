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

  /**
   * Returns the state of one row for several rows.
   *
   * @throws IllegalArgumentException if there is more than one row
   */
  public RecurrentState repeated(int rows) {
    if (batchSize != 1) {
      throw new IllegalArgumentException(
          "the state of one row can be repeated, not of " + batchSize);
    }
    float[][][] repeated = new float[values.length][][];
    for (int s = 0; s < values.length; s++) {
      repeated[s] = new float[values[s].length][];
      for (int l = 0; l < values[s].length; l++) {
        int h = values[s][l].length;
        repeated[s][l] = new float[rows * h];
        for (int row = 0; row < rows; row++) {
          System.arraycopy(values[s][l], 0, repeated[s][l], row * h, h);
        }
      }
    }
    return new RecurrentState(rows, repeated);
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
