package charnn.engine.reference;

import java.util.Arrays;

/**
 * The vanilla recurrent network (Elman, "Finding structure in time", 1990) with a tanh. It has one
 * gate, which is the hidden state:
 *
 * <pre>
 *   h' = tanh(z)        dz = dh' (1 - h'^2)
 * </pre>
 */
final class RnnCell implements Cell {
  @Override
  public int stashed() {
    return 0;
  }

  @Override
  public void forward(float[] z, float[][] before, float[][] after, float[] stash) {
    for (int u = 0; u < z.length; u++) {
      z[u] = Functions.tanh(z[u]);
      after[0][u] = z[u];
    }
  }

  @Override
  public void backward(float[] z, float[][] before, float[] stash, float[][] dStates) {
    float[] dHidden = dStates[0];
    for (int u = 0; u < z.length; u++) {
      z[u] = dHidden[u] * (1 - z[u] * z[u]);
    }
    Arrays.fill(dHidden, 0);
  }
}
