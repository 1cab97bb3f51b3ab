package charnn.engine.simd.cell;

import charnn.engine.simd.math.Functions;

/**
 * Phased LSTM. The formulas are in {@code charnn.engine.reference.PhasedLstmCell}; the blocks are
 * g, f, o, i of the LSTM, and the frequency, shift and ratio of the time gate. The forward pass
 * leaves the phase in the shift's place. Stashes tanh(C).
 *
 * <p>Only the activations are vectors: the time gate is not what takes the time.
 */
final class PhasedLstmKernel implements CellKernel {
  private static final int FREQUENCY = 4;
  private static final int SHIFT = 5;
  private static final int RATIO = 6;

  private final float leak;

  /**
   * @param leak of the time gate while it is closed
   */
  PhasedLstmKernel(float leak) {
    this.leak = leak;
  }

  @Override
  public int stashes() {
    return 1;
  }

  /** dh (1 - k), dc and the gradient with respect to the clock. */
  @Override
  public int carried() {
    return 3;
  }

  @Override
  public void forward(CellTile tile) {
    int n = tile.n;
    float[] z = tile.z;
    Functions.tanh(z, tile.gate(0), z, tile.gate(0), n);
    for (int gate : new int[] {1, 2, 3, FREQUENCY, RATIO}) {
      Functions.sigmoid(z, tile.gate(gate), n);
    }
    float[] tanhCell = tile.stash(0);
    for (int u = 0; u < n; u++) {
      tanhCell[tile.stashOffset + u] = newCell(tile, u);
    }
    Functions.tanh(tanhCell, tile.stashOffset, tanhCell, tile.stashOffset, n);
    for (int u = 0; u < n; u++) {
      advance(tile, u);
    }
  }

  @Override
  public void forwardPlain(CellTile tile) {
    float[] z = tile.z;
    for (int u = 0; u < tile.n; u++) {
      z[tile.gate(0) + u] = Functions.tanh(z[tile.gate(0) + u]);
      for (int gate : new int[] {1, 2, 3, FREQUENCY, RATIO}) {
        z[tile.gate(gate) + u] = Functions.sigmoid(z[tile.gate(gate) + u]);
      }
      tile.stash(0)[tile.stashOffset + u] = Functions.tanh(newCell(tile, u));
      advance(tile, u);
    }
  }

  /** C = f c + i g. */
  private static float newCell(CellTile tile, int u) {
    float[] z = tile.z;
    return z[tile.gate(1) + u] * tile.own(0)[tile.ownBefore + u]
        + z[tile.gate(3) + u] * z[tile.gate(0) + u];
  }

  /** Moves the clock, and the states as far as the gate is open. */
  private void advance(CellTile tile, int u) {
    float[] z = tile.z;
    float[] cell = tile.own(0);
    float[] clock = tile.own(1);
    float[] hidden = tile.hidden();
    float time = fraction(clock[tile.ownBefore + u] + z[tile.gate(FREQUENCY) + u]);
    float phase = fraction(time - z[tile.gate(SHIFT) + u]);
    float k = open(phase, z[tile.gate(RATIO) + u]);
    float newHidden = z[tile.gate(2) + u] * tile.stash(0)[tile.stashOffset + u];
    float c = k * newCell(tile, u) + (1 - k) * cell[tile.ownBefore + u];
    float h = k * newHidden + (1 - k) * hidden[tile.hiddenBefore + u];
    z[tile.gate(SHIFT) + u] = phase;
    cell[tile.ownAfter + u] = c;
    clock[tile.ownAfter + u] = time;
    hidden[tile.hiddenAfter + u] = h;
  }

  /** Returns k. */
  private float open(float phase, float ratio) {
    if (phase < ratio / 2) {
      return 2 * phase / ratio;
    }
    return phase < ratio ? 2 - 2 * phase / ratio : leak * phase;
  }

  /** Returns dk / dphase. */
  private float slope(float phase, float ratio) {
    if (phase < ratio / 2) {
      return 2 / ratio;
    }
    return phase < ratio ? -2 / ratio : leak;
  }

  /** Returns x mod 1, at least 0 and less than 1. */
  private static float fraction(float x) {
    float fraction = x - (float) Math.floor(x);
    return fraction >= 1 ? 0 : fraction; // a tiny negative number is rounded to 1; NaN stays
  }

  @Override
  public void backward(CellTile tile) {
    float[] z = tile.z;
    for (int u = 0; u < tile.n; u++) {
      float g = z[tile.gate(0) + u];
      float f = z[tile.gate(1) + u];
      float o = z[tile.gate(2) + u];
      float i = z[tile.gate(3) + u];
      float frequency = z[tile.gate(FREQUENCY) + u];
      float phase = z[tile.gate(SHIFT) + u];
      float ratio = z[tile.gate(RATIO) + u];
      float k = open(phase, ratio);
      float slope = slope(phase, ratio);
      float cell = tile.own(0)[tile.ownBefore + u];
      float newCell = f * cell + i * g;
      float tanhC = tile.stash(0)[tile.stashOffset + u];
      float hidden = tile.hidden()[tile.hiddenBefore + u];
      int carried = tile.carriedOffset + u;
      float dHidden = tile.dHidden()[tile.dHiddenOffset + u] + tile.carried(0)[carried];
      float dCell = tile.carried(1)[carried];
      float dNewCell = k * (dCell + dHidden * o * (1 - tanhC * tanhC));
      float dk = dCell * (newCell - cell) + dHidden * (o * tanhC - hidden);
      float dPhase = dk * slope;
      float dRatio = phase < ratio ? -dPhase * phase / ratio : 0;
      float dClock = tile.carried(2)[carried] + dPhase;
      z[tile.gate(0) + u] = dNewCell * i * (1 - g * g);
      z[tile.gate(1) + u] = dNewCell * cell * f * (1 - f);
      z[tile.gate(2) + u] = k * dHidden * tanhC * o * (1 - o);
      z[tile.gate(3) + u] = dNewCell * g * i * (1 - i);
      z[tile.gate(FREQUENCY) + u] = dClock * frequency * (1 - frequency);
      z[tile.gate(SHIFT) + u] = -dPhase;
      z[tile.gate(RATIO) + u] = dRatio * ratio * (1 - ratio);
      tile.carried(0)[carried] = (1 - k) * dHidden;
      tile.carried(1)[carried] = (1 - k) * dCell + dNewCell * f;
      tile.carried(2)[carried] = dClock;
    }
  }
}
