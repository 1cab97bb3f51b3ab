package charnn.engine;

import charnn.data.Batch;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;

/**
 * A naive LSTM in double precision, gate by gate from the formulas in the package's description:
 * the reference for the engines. It shares no code with them.
 */
public final class NaiveLstm {
  private final NetworkSpec architecture;
  private final double[] p;
  private final double[][] h; // [layers][H]
  private final double[][] c; // [layers][H]

  public NaiveLstm(NetworkSpec architecture, double[] parameters) {
    this.architecture = architecture;
    this.p = parameters;
    this.h = new double[architecture.layers()][architecture.hiddenSize()];
    this.c = new double[architecture.layers()][architecture.hiddenSize()];
  }

  public NaiveLstm(Network network) {
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
      int n = architecture.hiddenSize();
      double[] newH = new double[n];
      double[] newC = new double[n];
      for (int u = 0; u < n; u++) {
        double g = Math.tanh(preActivation(layer, x, h[l], u));
        double f = sigmoid(preActivation(layer, x, h[l], n + u));
        double o = sigmoid(preActivation(layer, x, h[l], 2 * n + u));
        double i = sigmoid(preActivation(layer, x, h[l], 3 * n + u));
        newC[u] = f * c[l][u] + i * g;
        newH[u] = o * Math.tanh(newC[u]);
      }
      h[l] = newH;
      c[l] = newC;
      x = newH;
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
      NaiveLstm lstm = new NaiveLstm(architecture, parameters);
      for (int character : before[b]) {
        lstm.step(character);
      }
      for (int t = 0; t < batch.seqLength(); t++) {
        int index = t * batch.batchSize() + b;
        sum += loss(lstm.step(batch.inputs()[index]), batch.targets()[index]);
      }
    }
    return sum / (batch.batchSize() * batch.seqLength());
  }
}
