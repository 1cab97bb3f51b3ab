package charnn.engine.reference;

import java.util.Arrays;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, "Long short-term memory", 1997; forget gate
 * of Gers et al., "Learning to forget", 2000; no peepholes). The gates are candidate g, forget f,
 * output o and input i, the states hidden h and cell c:
 *
 * <pre>
 *   c' = sigmoid(f) c + sigmoid(i) tanh(g)        h' = sigmoid(o) tanh(c')
 * </pre>
 *
 * <p>Backwards, with g, f, o and i now activated:
 *
 * <pre>
 *   dc' += dh' o (1 - tanh(c')^2)
 *   dg = dc' i (1 - g^2)         df = dc' c f (1 - f)         do = dh' tanh(c') o (1 - o)
 *   di = dc' g i (1 - i)         dc = dc' f
 * </pre>
 */
final class LstmCell implements Cell {
  private final int firstGate;

  LstmCell() {
    this(0);
  }

  /**
   * @param firstGate the block of z where the four gates begin
   */
  LstmCell(int firstGate) {
    this.firstGate = firstGate;
  }

  /** tanh(c'). */
  @Override
  public int stashed() {
    return 1;
  }

  @Override
  public void forward(float[] z, float[][] before, float[][] after, float[] stash) {
    float[] cell = before[1];
    float[] newHidden = after[0];
    float[] newCell = after[1];
    int h = cell.length;
    int first = firstGate * h;
    for (int u = 0; u < h; u++) {
      float g = Functions.tanh(z[first + u]);
      float f = Functions.sigmoid(z[first + h + u]);
      float o = Functions.sigmoid(z[first + 2 * h + u]);
      float i = Functions.sigmoid(z[first + 3 * h + u]);
      float c = f * cell[u] + i * g;
      float tanhC = Functions.tanh(c);
      z[first + u] = g;
      z[first + h + u] = f;
      z[first + 2 * h + u] = o;
      z[first + 3 * h + u] = i;
      newCell[u] = c;
      stash[u] = tanhC;
      newHidden[u] = o * tanhC;
    }
  }

  @Override
  public void backward(float[] z, float[][] before, float[] stash, float[][] dStates) {
    float[] cell = before[1];
    float[] dHidden = dStates[0];
    float[] dCell = dStates[1];
    int h = cell.length;
    int first = firstGate * h;
    for (int u = 0; u < h; u++) {
      float g = z[first + u];
      float f = z[first + h + u];
      float o = z[first + 2 * h + u];
      float i = z[first + 3 * h + u];
      float tanhC = stash[u];
      float dh = dHidden[u];
      float dc = dCell[u] + dh * o * (1 - tanhC * tanhC);
      z[first + u] = dc * i * (1 - g * g);
      z[first + h + u] = dc * cell[u] * f * (1 - f);
      z[first + 2 * h + u] = dh * tanhC * o * (1 - o);
      z[first + 3 * h + u] = dc * g * i * (1 - i);
      dCell[u] = dc * f;
    }
    Arrays.fill(dHidden, 0);
  }
}
