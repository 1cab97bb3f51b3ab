package charnn.engine.reference;

import charnn.nn.CellType;

/**
 * Phased LSTM (Neil et al., "Phased LSTM: accelerating recurrent network training for long or
 * event-based sequences", 2016), without peepholes. A time gate k of each unit opens once in a
 * period; while it is closed, the unit keeps its states. With the gates of {@link LstmCell}:
 *
 * <pre>
 *   C = sigmoid(f) c + sigmoid(i) tanh(g)        c' = k C + (1 - k) c
 *   H = sigmoid(o) tanh(C)                       h' = k H + (1 - k) h
 * </pre>
 *
 * <p>The time is the character's index. The clock q has as much of the period as has passed, of
 * which whole periods are left out. Each unit learns its period, shift (in periods) and open ratio:
 *
 * <pre>
 *   period = 1 + e^-p, that is, 1 / period = sigmoid(p)        ratio = sigmoid(a)
 *   q' = q + 1 / period  mod 1        phase = q' - shift  mod 1
 *   k = 2 phase / ratio        if phase &lt; ratio / 2
 *       2 - 2 phase / ratio    if phase &lt; ratio
 *       leak phase             else
 * </pre>
 *
 * <p>The leak is {@link CellType#LEAK} in training, so that a closed unit has a gradient; else 0. A
 * state carried into a window is constant there, the clock like the others.
 */
final class PhasedLstmCell implements Cell {
  private static final int CELL = 1;
  private static final int CLOCK = 2;

  private static final int PERIOD = 4;
  private static final int SHIFT = 5;
  private static final int RATIO = 6;

  private final float leak;

  /**
   * @param leak of the time gate while it is closed
   */
  PhasedLstmCell(float leak) {
    this.leak = leak;
  }

  /** tanh(C). */
  @Override
  public int stashed() {
    return 1;
  }

  @Override
  public void forward(float[] z, float[][] before, float[][] after, float[] stash) {
    int h = before[0].length;
    for (int u = 0; u < h; u++) {
      float g = Functions.tanh(z[u]);
      float f = Functions.sigmoid(z[h + u]);
      float o = Functions.sigmoid(z[2 * h + u]);
      float i = Functions.sigmoid(z[3 * h + u]);
      float frequency = Functions.sigmoid(z[PERIOD * h + u]);
      float ratio = Functions.sigmoid(z[RATIO * h + u]);
      float clock = fraction(before[CLOCK][u] + frequency);
      float phase = fraction(clock - z[SHIFT * h + u]);
      float k = gate(phase, ratio);
      float newCell = f * before[CELL][u] + i * g;
      float tanhC = Functions.tanh(newCell);
      z[u] = g;
      z[h + u] = f;
      z[2 * h + u] = o;
      z[3 * h + u] = i;
      z[PERIOD * h + u] = frequency;
      z[SHIFT * h + u] = phase;
      z[RATIO * h + u] = ratio;
      stash[u] = tanhC;
      after[CELL][u] = k * newCell + (1 - k) * before[CELL][u];
      after[0][u] = k * (o * tanhC) + (1 - k) * before[0][u];
      after[CLOCK][u] = clock;
    }
  }

  private float gate(float phase, float ratio) {
    if (phase < ratio / 2) {
      return 2 * phase / ratio;
    }
    return phase < ratio ? 2 - 2 * phase / ratio : leak * phase;
  }

  /** Returns x mod 1, at least 0 and less than 1. */
  private static float fraction(float x) {
    float fraction = x - (float) Math.floor(x);
    return fraction >= 1 ? 0 : fraction; // a tiny negative number is rounded to 1; NaN stays
  }

  @Override
  public void backward(float[] z, float[][] before, float[] stash, float[][] dStates) {
    int h = before[0].length;
    for (int u = 0; u < h; u++) {
      float g = z[u];
      float f = z[h + u];
      float o = z[2 * h + u];
      float i = z[3 * h + u];
      float frequency = z[PERIOD * h + u];
      float phase = z[SHIFT * h + u];
      float ratio = z[RATIO * h + u];
      float k = gate(phase, ratio);
      float cell = before[CELL][u];
      float newCell = f * cell + i * g;
      float tanhC = stash[u];
      float dHidden = dStates[0][u];
      float dCell = dStates[CELL][u];
      float dNewCell = k * (dCell + dHidden * o * (1 - tanhC * tanhC));
      float dk = dCell * (newCell - cell) + dHidden * (o * tanhC - before[0][u]);
      float slope = phase < ratio / 2 ? 2 / ratio : phase < ratio ? -2 / ratio : leak;
      float dRatio = phase < ratio ? -dk * slope * phase / ratio : 0;
      float dPhase = dk * slope;
      float dClock = dStates[CLOCK][u] + dPhase;
      z[u] = dNewCell * i * (1 - g * g);
      z[h + u] = dNewCell * cell * f * (1 - f);
      z[2 * h + u] = k * dHidden * tanhC * o * (1 - o);
      z[3 * h + u] = dNewCell * g * i * (1 - i);
      z[PERIOD * h + u] = dClock * frequency * (1 - frequency);
      z[SHIFT * h + u] = -dPhase;
      z[RATIO * h + u] = dRatio * ratio * (1 - ratio);
      dStates[0][u] = (1 - k) * dHidden;
      dStates[CELL][u] = (1 - k) * dCell + dNewCell * f;
      dStates[CLOCK][u] = dClock;
    }
  }
}
