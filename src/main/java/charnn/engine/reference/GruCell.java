package charnn.engine.reference;

/**
 * Gated recurrent unit (Cho et al., "Learning phrase representations using RNN encoder-decoder for
 * statistical machine translation", 2014), with the reset gate after the recurrent product, as in
 * cuDNN, PyTorch, and Keras with {@code reset_after}. The blocks are a = x W + b of the candidate,
 * reset r, update u, and q = h U + c of the candidate; the state is hidden h:
 *
 * <pre>
 *   n = tanh(a + sigmoid(r) q)        h' = (1 - sigmoid(u)) n + sigmoid(u) h
 * </pre>
 *
 * <p>Backwards, with r and u now activated, and n in the place of a:
 *
 * <pre>
 *   da = dh' (1 - u) (1 - n^2)        dr = da q r (1 - r)        du = dh' (h - n) u (1 - u)
 *   dq = da r                         dh = dh' u
 * </pre>
 */
final class GruCell implements Cell {
  @Override
  public int stashed() {
    return 0;
  }

  @Override
  public void forward(float[] z, float[][] before, float[][] after, float[] stash) {
    float[] hidden = before[0];
    int h = hidden.length;
    for (int i = 0; i < h; i++) {
      float r = Functions.sigmoid(z[h + i]);
      float u = Functions.sigmoid(z[2 * h + i]);
      float n = Functions.tanh(z[i] + r * z[3 * h + i]);
      z[i] = n;
      z[h + i] = r;
      z[2 * h + i] = u;
      after[0][i] = (1 - u) * n + u * hidden[i];
    }
  }

  @Override
  public void backward(float[] z, float[][] before, float[] stash, float[][] dStates) {
    float[] hidden = before[0];
    float[] dHidden = dStates[0];
    int h = hidden.length;
    for (int i = 0; i < h; i++) {
      float n = z[i];
      float r = z[h + i];
      float u = z[2 * h + i];
      float da = dHidden[i] * (1 - u) * (1 - n * n);
      z[i] = da;
      z[h + i] = da * z[3 * h + i] * r * (1 - r);
      z[2 * h + i] = dHidden[i] * (hidden[i] - n) * u * (1 - u);
      z[3 * h + i] = da * r;
      dHidden[i] *= u;
    }
  }
}
