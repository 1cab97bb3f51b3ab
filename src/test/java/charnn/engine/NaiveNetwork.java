package charnn.engine;

import charnn.data.Batch;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import java.util.Arrays;

/**
 * A naive network in double precision, unit by unit from the published formulas of each cell: the
 * reference for the engines. It shares no code with them.
 */
public final class NaiveNetwork {
  private final NetworkSpec architecture;
  private final double[] p;
  private final double[][][] states; // [layers][S][H]
  private final double leak;
  private final double[][] held; // [layers][H] what c, or h without c, is held at; NaN: nothing

  /**
   * @param leak of time gates; 0 but in training
   */
  public NaiveNetwork(NetworkSpec architecture, double[] parameters, double leak) {
    this.architecture = architecture;
    this.leak = leak;
    this.p = parameters;
    this.states =
        new double[architecture.layers()][architecture.cell().states()][architecture.hiddenSize()];
    this.held = new double[architecture.layers()][architecture.hiddenSize()];
    for (double[] layer : held) {
      Arrays.fill(layer, Double.NaN);
    }
  }

  /** Holds a unit's cell state, or its hidden state if there is no other, at a value. */
  public void hold(int layer, int unit, double value) {
    held[layer][unit] = value;
  }

  /** Returns the states of a layer [S][H]. */
  public double[][] states(int layer) {
    return states[layer];
  }

  private double held(ParameterLayout.Layer layer, int unit, double value) {
    double at = held[architecture.parameterLayout().layers().indexOf(layer)][unit];
    return Double.isNaN(at) ? value : at;
  }

  public NaiveNetwork(Network network) {
    this(network.architecture(), toDoubles(network.parameters()), 0);
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
    if (architecture.documents() && character == architecture.vocabularySize() - 1) {
      for (int l = 0; l < states.length; l++) {
        states[l] = new double[architecture.cell().states()][architecture.hiddenSize()];
      }
    }
    ParameterLayout layout = architecture.parameterLayout();
    double[] x = new double[architecture.vocabularySize()];
    x[character] = 1;
    for (int l = 0; l < architecture.layers(); l++) {
      ParameterLayout.Layer layer = layout.layer(l);
      double[][] before = states[l];
      states[l] =
          switch (architecture.cell()) {
            case LSTM -> lstm(layer, x, before);
            case GRU -> gru(layer, x, before);
            case RNN -> rnn(layer, x, before);
            case MLSTM -> mlstm(layer, x, before);
            case PHASED_LSTM -> phasedLstm(layer, x, before);
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

  /** Returns W x for a column of W. */
  private double input(ParameterLayout.Layer layer, double[] x, int column) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * p[layer.weights() + i + column * x.length];
    }
    return sum;
  }

  /** Returns R h for a column of R. */
  private double recurrent(ParameterLayout.Layer layer, double[] h, int column) {
    double sum = 0;
    for (int i = 0; i < h.length; i++) {
      sum += h[i] * p[layer.recurrent() + i + column * h.length];
    }
    return sum;
  }

  /** Returns W x + R h + b, where all have the same columns. */
  private double preActivation(
      ParameterLayout.Layer layer, double[] x, double[] hBefore, int column) {
    return input(layer, x, column) + recurrent(layer, hBefore, column) + p[layer.bias() + column];
  }

  private double[][] lstm(ParameterLayout.Layer layer, double[] x, double[][] before) {
    int n = architecture.hiddenSize();
    double[] newH = new double[n];
    double[] newC = new double[n];
    for (int u = 0; u < n; u++) {
      double g = preActivation(layer, x, before[0], u);
      double f = preActivation(layer, x, before[0], n + u);
      double o = preActivation(layer, x, before[0], 2 * n + u);
      double i = preActivation(layer, x, before[0], 3 * n + u);
      newC[u] = held(layer, u, sigmoid(f) * before[1][u] + sigmoid(i) * Math.tanh(g));
      newH[u] = sigmoid(o) * Math.tanh(newC[u]);
    }
    return new double[][] {newH, newC};
  }

  private double[][] rnn(ParameterLayout.Layer layer, double[] x, double[][] before) {
    double[] newH = new double[architecture.hiddenSize()];
    for (int u = 0; u < newH.length; u++) {
      newH[u] = held(layer, u, Math.tanh(preActivation(layer, x, before[0], u)));
    }
    return new double[][] {newH};
  }

  /** W: candidate, reset, update. R: reset, update, candidate. b: as W, then the candidate's c. */
  private double[][] gru(ParameterLayout.Layer layer, double[] x, double[][] before) {
    int n = architecture.hiddenSize();
    double[] h = before[0];
    double[] newH = new double[n];
    for (int u = 0; u < n; u++) {
      double r = sigmoid(input(layer, x, n + u) + recurrent(layer, h, u) + p[layer.bias() + n + u]);
      double z =
          sigmoid(
              input(layer, x, 2 * n + u)
                  + recurrent(layer, h, n + u)
                  + p[layer.bias() + 2 * n + u]);
      double fromState = recurrent(layer, h, 2 * n + u) + p[layer.bias() + 3 * n + u];
      double candidate = Math.tanh(input(layer, x, u) + p[layer.bias() + u] + r * fromState);
      newH[u] = held(layer, u, (1 - z) * candidate + z * h[u]);
    }
    return new double[][] {newH};
  }

  /** W: the LSTM's gates, then that of m. R: that of m, then the gates. b: the gates. */
  private double[][] mlstm(ParameterLayout.Layer layer, double[] x, double[][] before) {
    int n = architecture.hiddenSize();
    double[] m = new double[n];
    for (int u = 0; u < n; u++) {
      m[u] = input(layer, x, 4 * n + u) * recurrent(layer, before[0], u);
    }
    double[] newH = new double[n];
    double[] newC = new double[n];
    for (int u = 0; u < n; u++) {
      double[] gates = new double[4];
      for (int gate = 0; gate < 4; gate++) {
        int column = gate * n + u;
        gates[gate] =
            input(layer, x, column) + recurrent(layer, m, n + column) + p[layer.bias() + column];
      }
      double c = sigmoid(gates[1]) * before[1][u] + sigmoid(gates[3]) * Math.tanh(gates[0]);
      newC[u] = held(layer, u, c);
      newH[u] = sigmoid(gates[2]) * Math.tanh(newC[u]);
    }
    return new double[][] {newH, newC};
  }

  /** b: the LSTM's gates, then each unit's p (period 1 + e^-p), shift and logit of the ratio. */
  private double[][] phasedLstm(ParameterLayout.Layer layer, double[] x, double[][] before) {
    int n = architecture.hiddenSize();
    double[][] proposed = lstm(layer, x, before);
    double[][] after = new double[3][n];
    for (int u = 0; u < n; u++) {
      double period = 1 + Math.exp(-p[layer.bias() + 4 * n + u]);
      double ratio = sigmoid(p[layer.bias() + 6 * n + u]);
      after[2][u] = modulo1(before[2][u] + 1 / period);
      double phase = modulo1(after[2][u] - p[layer.bias() + 5 * n + u]);
      double k =
          phase < ratio / 2
              ? 2 * phase / ratio
              : phase < ratio ? 2 - 2 * phase / ratio : leak * phase;
      after[0][u] = k * proposed[0][u] + (1 - k) * before[0][u];
      after[1][u] = held(layer, u, k * proposed[1][u] + (1 - k) * before[1][u]);
    }
    return after;
  }

  private static double modulo1(double x) {
    return x - Math.floor(x);
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
   * Returns the mean loss over the batch, as training has it. Each row starts from the state after
   * some characters before it.
   */
  public static double meanLoss(
      NetworkSpec architecture, double[] parameters, int[][] before, Batch batch) {
    double sum = 0;
    for (int b = 0; b < batch.batchSize(); b++) {
      NaiveNetwork naive = new NaiveNetwork(architecture, parameters, CellType.LEAK);
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
