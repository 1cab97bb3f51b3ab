package charnn.engine;

import charnn.data.Batch;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;

/**
 * A naive network in double precision, unit by unit from the published formulas of each cell: the
 * reference for the engines. It shares no code with them.
 */
public final class NaiveNetwork {
  private final NetworkSpec architecture;
  private final double[] p;
  private final double[][][] states; // [layers][S][H]

  public NaiveNetwork(NetworkSpec architecture, double[] parameters) {
    this.architecture = architecture;
    this.p = parameters;
    this.states =
        new double[architecture.layers()][architecture.cell().states()][architecture.hiddenSize()];
  }

  public NaiveNetwork(Network network) {
    this(network.architecture(), toDoubles(network.parameters()));
  }

  public static double[] toDoubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** Reads a character and returns the logits of the next one. */
  public double[] step(int character) {
    ParameterLayout layout = architecture.parameterLayout();
    double[] x = new double[architecture.vocabularySize()];
    x[character] = 1;
    for (int l = 0; l < architecture.layers(); l++) {
      ParameterLayout.Layer layer = layout.layer(l);
      double[] z = new double[layer.spec().columns()];
      for (int j = 0; j < z.length; j++) {
        z[j] = preActivation(layer, x, states[l][0], j);
      }
      states[l] =
          switch (architecture.cell()) {
            case LSTM -> lstm(z, states[l][1]);
            case RNN -> rnn(z);
          };
      x = states[l][0];
    }
    ParameterLayout.Layer output = layout.output();
    double[] logits = new double[architecture.vocabularySize()];
    for (int k = 0; k < logits.length; k++) {
      logits[k] = p[output.bias() + k];
      for (int i = 0; i < x.length; i++) {
        logits[k] += x[i] * p[output.weights() + i + k * x.length];
      }
    }
    return logits;
  }

  private double preActivation(
      ParameterLayout.Layer layer, double[] x, double[] hBefore, int column) {
    double z = p[layer.bias() + column];
    for (int i = 0; i < x.length; i++) {
      z += x[i] * p[layer.weights() + i + column * x.length];
    }
    for (int i = 0; i < hBefore.length; i++) {
      z += hBefore[i] * p[layer.recurrent() + i + column * hBefore.length];
    }
    return z;
  }

  private static double[][] lstm(double[] z, double[] c) {
    int n = c.length;
    double[] newH = new double[n];
    double[] newC = new double[n];
    for (int u = 0; u < n; u++) {
      newC[u] = sigmoid(z[n + u]) * c[u] + sigmoid(z[3 * n + u]) * Math.tanh(z[u]);
      newH[u] = sigmoid(z[2 * n + u]) * Math.tanh(newC[u]);
    }
    return new double[][] {newH, newC};
  }

  private static double[][] rnn(double[] z) {
    double[] newH = new double[z.length];
    for (int u = 0; u < z.length; u++) {
      newH[u] = Math.tanh(z[u]);
    }
    return new double[][] {newH};
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Returns -ln softmax(logits)[target]. */
  public static double loss(double[] logits, int target) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum) - logits[target];
  }

  /**
   * Returns the mean loss over the batch. Each row starts from the state after some characters
   * before it.
   */
  public static double meanLoss(
      NetworkSpec architecture, double[] parameters, int[][] before, Batch batch) {
    double sum = 0;
    for (int b = 0; b < batch.batchSize(); b++) {
      NaiveNetwork naive = new NaiveNetwork(architecture, parameters);
      for (int character : before[b]) {
        naive.step(character);
      }
      for (int t = 0; t < batch.seqLength(); t++) {
        int index = t * batch.batchSize() + b;
        sum += loss(naive.step(batch.inputs()[index]), batch.targets()[index]);
      }
    }
    return sum / (batch.batchSize() * batch.seqLength());
  }
}
