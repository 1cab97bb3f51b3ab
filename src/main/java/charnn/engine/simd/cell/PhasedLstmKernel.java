package charnn.engine.simd.cell;

import charnn.engine.simd.math.Functions;

/**
 * Phased LSTM. The formulas are in {@code charnn.engine.reference.PhasedLstmCell}; the blocks are
 * g, f, o, i of the LSTM, and the frequency, shift and ratio of the time gate. The forward pass
 * leaves the phase in the shift's place. Stashes tanh(C).
 *
 * <p>Only the activations are vectors. The loops take arrays and offsets: C2 keeps local variables
 * in registers.
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
    Functions.sigmoid(z, tile.gate(1), n);
    Functions.sigmoid(z, tile.gate(2), n);
    Functions.sigmoid(z, tile.gate(3), n);
    Functions.sigmoid(z, tile.gate(FREQUENCY), n);
    Functions.sigmoid(z, tile.gate(RATIO), n);
    float[] tanhCell = tile.stash(0);
    newCell(
        n,
        z,
        tile.zOffset,
        tile.gateStride,
        tile.own(0),
        tile.ownBefore,
        tanhCell,
        tile.stashOffset);
    Functions.tanh(tanhCell, tile.stashOffset, tanhCell, tile.stashOffset, n);
    advance(tile);
  }

  @Override
  public void forwardPlain(CellTile tile) {
    int n = tile.n;
    float[] z = tile.z;
    float[] tanhCell = tile.stash(0);
    for (int u = tile.zOffset; u < tile.zOffset + n; u++) {
      z[u] = Functions.tanh(z[u]);
      for (int gate = 1; gate <= RATIO; gate++) {
        int i = u + gate * tile.gateStride;
        z[i] = gate == SHIFT ? z[i] : Functions.sigmoid(z[i]);
      }
    }
    newCell(
        n,
        z,
        tile.zOffset,
        tile.gateStride,
        tile.own(0),
        tile.ownBefore,
        tanhCell,
        tile.stashOffset);
    for (int u = tile.stashOffset; u < tile.stashOffset + n; u++) {
      tanhCell[u] = Functions.tanh(tanhCell[u]);
    }
    advance(tile);
  }

  /** C = f c + i g. */
  private static void newCell(
      int n,
      float[] z,
      int zOffset,
      int gateStride,
      float[] cell,
      int cellOffset,
      float[] to,
      int toOffset) {
    for (int u = 0; u < n; u++) {
      int g = zOffset + u;
      to[toOffset + u] = z[g + gateStride] * cell[cellOffset + u] + z[g + 3 * gateStride] * z[g];
    }
  }

  private void advance(CellTile tile) {
    advance(
        tile.n,
        leak,
        tile.z,
        tile.zOffset,
        tile.gateStride,
        tile.stash(0),
        tile.stashOffset,
        tile.own(0),
        tile.own(1),
        tile.ownBefore,
        tile.ownAfter,
        tile.hidden(),
        tile.hiddenBefore,
        tile.hiddenAfter);
  }

  /** Moves the clock, and the states as far as the gate is open. */
  private static void advance(
      int n,
      float leak,
      float[] z,
      int zOffset,
      int gateStride,
      float[] tanhCell,
      int tanhOffset,
      float[] cell,
      float[] clock,
      int ownBefore,
      int ownAfter,
      float[] hidden,
      int hiddenBefore,
      int hiddenAfter) {
    for (int u = 0; u < n; u++) {
      int g = zOffset + u;
      float time = fraction(clock[ownBefore + u] + z[g + FREQUENCY * gateStride]);
      float phase = fraction(time - z[g + SHIFT * gateStride]);
      float k = open(phase, z[g + RATIO * gateStride], leak);
      float before = cell[ownBefore + u];
      float newCell = z[g + gateStride] * before + z[g + 3 * gateStride] * z[g];
      float newHidden = z[g + 2 * gateStride] * tanhCell[tanhOffset + u];
      z[g + SHIFT * gateStride] = phase;
      clock[ownAfter + u] = time;
      cell[ownAfter + u] = k * newCell + (1 - k) * before;
      hidden[hiddenAfter + u] = k * newHidden + (1 - k) * hidden[hiddenBefore + u];
    }
  }

  /** Returns k. */
  private static float open(float phase, float ratio, float leak) {
    if (phase < ratio / 2) {
      return 2 * phase / ratio;
    }
    return phase < ratio ? 2 - 2 * phase / ratio : leak * phase;
  }

  /** Returns dk / dphase. */
  private static float slope(float phase, float ratio, float leak) {
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
    backward(
        tile.n,
        leak,
        tile.z,
        tile.zOffset,
        tile.gateStride,
        tile.stash(0),
        tile.stashOffset,
        tile.own(0),
        tile.ownBefore,
        tile.hidden(),
        tile.hiddenBefore,
        tile.dHidden(),
        tile.dHiddenOffset,
        tile.carried(0),
        tile.carried(1),
        tile.carried(2),
        tile.carriedOffset);
  }

  private static void backward(
      int n,
      float leak,
      float[] z,
      int zOffset,
      int gateStride,
      float[] tanhCell,
      int tanhOffset,
      float[] cells,
      int cellOffset,
      float[] hiddens,
      int hiddenOffset,
      float[] dHiddens,
      int dHiddenOffset,
      float[] carriedHidden,
      float[] carriedCell,
      float[] carriedClock,
      int carriedOffset) {
    for (int u = 0; u < n; u++) {
      int at = zOffset + u;
      float g = z[at];
      float f = z[at + gateStride];
      float o = z[at + 2 * gateStride];
      float i = z[at + 3 * gateStride];
      float frequency = z[at + FREQUENCY * gateStride];
      float phase = z[at + SHIFT * gateStride];
      float ratio = z[at + RATIO * gateStride];
      float k = open(phase, ratio, leak);
      float cell = cells[cellOffset + u];
      float newCell = f * cell + i * g;
      float tanhC = tanhCell[tanhOffset + u];
      int carried = carriedOffset + u;
      float dHidden = dHiddens[dHiddenOffset + u] + carriedHidden[carried];
      float dCell = carriedCell[carried];
      float dNewCell = k * (dCell + dHidden * o * (1 - tanhC * tanhC));
      float dk = dCell * (newCell - cell) + dHidden * (o * tanhC - hiddens[hiddenOffset + u]);
      float dPhase = dk * slope(phase, ratio, leak);
      float dRatio = phase < ratio ? -dPhase * phase / ratio : 0;
      float dClock = carriedClock[carried] + dPhase;
      z[at] = dNewCell * i * (1 - g * g);
      z[at + gateStride] = dNewCell * cell * f * (1 - f);
      z[at + 2 * gateStride] = k * dHidden * tanhC * o * (1 - o);
      z[at + 3 * gateStride] = dNewCell * g * i * (1 - i);
      z[at + FREQUENCY * gateStride] = dClock * frequency * (1 - frequency);
      z[at + SHIFT * gateStride] = -dPhase;
      z[at + RATIO * gateStride] = dRatio * ratio * (1 - ratio);
      carriedHidden[carried] = (1 - k) * dHidden;
      carriedCell[carried] = (1 - k) * dCell + dNewCell * f;
      carriedClock[carried] = dClock;
    }
  }
}
