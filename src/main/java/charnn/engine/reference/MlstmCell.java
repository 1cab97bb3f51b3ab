package charnn.engine.reference;

/**
 * Multiplicative LSTM (Krause et al., "Multiplicative LSTM for sequence modelling", 2016; the
 * factored second-order network of Sutskever et al., "Generating text with recurrent neural
 * networks", 2011). An intermediate state m, whose weights of h depend on the input, takes the
 * place of h in the LSTM's recurrent product. With y = h R_m in the first block, and x = x W_m in
 * the last:
 *
 * <pre>
 *   m = x y        z = x W + m R + b        then as in {@link LstmCell}
 * </pre>
 *
 * <p>Backwards, from dm = dz R^T:
 *
 * <pre>
 *   dx = dm y        dy = dm x        and dh += dy R_m^T
 * </pre>
 */
final class MlstmCell implements Cell {
  private final LstmCell lstm = new LstmCell(1);

  @Override
  public int stashed() {
    return lstm.stashed();
  }

  @Override
  public void intermediate(float[] z, float[] m) {
    int last = z.length - m.length;
    for (int u = 0; u < m.length; u++) {
      m[u] = z[last + u] * z[u];
    }
  }

  @Override
  public void forward(float[] z, float[][] before, float[][] after, float[] stash) {
    lstm.forward(z, before, after, stash);
  }

  @Override
  public void backward(float[] z, float[][] before, float[] stash, float[][] dStates) {
    lstm.backward(z, before, stash, dStates);
  }

  @Override
  public void intermediateBackward(float[] z, float[] dm) {
    int last = z.length - dm.length;
    for (int u = 0; u < dm.length; u++) {
      float y = z[u];
      z[u] = dm[u] * z[last + u];
      z[last + u] = dm[u] * y;
    }
  }
}
