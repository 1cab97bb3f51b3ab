package charnn.lab;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Layers of networks in SameDiff. Unless said otherwise, they compute with [B T, width]: a row for
 * each of the T characters of each of B texts, text by text.
 */
final class Layers {
  /** Added to the score of what must not be attended to: its weight is then 0 exactly. */
  static final double MASKED = -1e9;

  final SameDiff graph = SameDiff.create();
  private final DataType type;
  private final Map<String, INDArray> parameters;
  private final SplittableRandom random;

  /**
   * @param type of all numbers
   * @param parameters by their names; those that are not there are drawn and added. Graphs that are
   *     made with the same ones share their values
   */
  Layers(DataType type, Map<String, INDArray> parameters, SplittableRandom random) {
    this.type = type;
    this.parameters = parameters;
    this.random = random;
  }

  SDVariable input(String name, long... shape) {
    return graph.placeHolder(name, type, shape);
  }

  INDArray array(double[] values, long... shape) {
    return Nd4j.createFromArray(values).castTo(type).reshape('c', shape);
  }

  /** Returns a row for each id, with a 1 at its index; a row of zeros for what is below 0. */
  INDArray oneHot(int[] ids, int size) {
    double[] rows = new double[ids.length * size];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] >= 0) {
        rows[i * size + ids[i]] = 1;
      }
    }
    return array(rows, ids.length, size);
  }

  /** Returns a matrix, at first uniform within sqrt(6 / (rows + columns)) (Glorot, 2010). */
  SDVariable weights(String name, int rows, int columns) {
    double most = Math.sqrt(6.0 / (rows + columns));
    return parameter(name, () -> random.nextDouble(-most, most), rows, columns);
  }

  private SDVariable parameter(String name, DoubleSupplier initial, long... shape) {
    if (graph.hasVariable(name)) {
      return graph.getVariable(name);
    }
    long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return graph.var(
        name,
        parameters.computeIfAbsent(
            name, n -> array(DoubleStream.generate(initial).limit(count).toArray(), shape).dup()));
  }

  /** Returns x W + b. */
  SDVariable linear(String name, SDVariable x, int in, int out) {
    return x.mmul(weights(name, in, out)).add(parameter(name + ".bias", () -> 0, out));
  }

  /** Returns the embedding of each character plus, if asked for, that of its position. */
  SDVariable embedding(
      String name, SDVariable oneHot, int size, int t, int width, boolean positional) {
    SDVariable x = oneHot.mmul(weights(name, size, width));
    return positional
        ? x.reshape(-1, t, width).add(weights(name + ".positions", t, width)).reshape(-1, width)
        : x;
  }

  /**
   * Returns the state of GRU cells after x (Cho et al., "Learning phrase representations using RNN
   * encoder-decoder", 2014): h + z (n - h), with n = tanh([x, r h] W), [z, r] = sigmoid([x, h] U).
   * The vectors of the characters are their biases.
   *
   * @param x [B, in]
   * @param h [B, units]
   */
  SDVariable gru(String name, SDVariable x, int in, SDVariable h, int units) {
    int both = in + units;
    SDVariable gates = graph.concat(1, x, h).mmul(weights(name + ".gates", both, 2 * units));
    SDVariable[] zr = graph.split(graph.nn().sigmoid(gates), 2, 1);
    SDVariable reset = graph.concat(1, x, zr[1].mul(h));
    SDVariable n = graph.math().tanh(reset.mmul(weights(name + ".candidate", both, units)));
    return h.add(zr[0].mul(n.sub(h)));
  }

  /** Normalizes each row (Ba, Kiros and Hinton, "Layer normalization", 2016). */
  SDVariable norm(String name, SDVariable x, int width) {
    SDVariable gain = parameter(name + ".gain", () -> 1, width);
    return graph.nn().layerNorm(x, gain, parameter(name + ".bias", () -> 0, width), true, 1);
  }

  /** Returns x + max(0, norm(x) W + b) V + c, with four times as many units between. */
  SDVariable feedForward(String name, SDVariable x, int width) {
    SDVariable y = norm(name + ".forward", x, width);
    y = graph.nn().relu(linear(name + ".inner", y, width, 4 * width), 0);
    return x.add(linear(name + ".outer", y, 4 * width, width));
  }

  /**
   * Returns attention with several heads (Vaswani et al., "Attention is all you need", 2017):
   * concat_h(softmax(Q_h K_h' / sqrt(k) + mask) V_h) O, with Q = x A, K = y B and V = y C, each cut
   * into heads of width k. Its weights [B, heads, T, S] are called NAME.weights.
   *
   * @param d width of x [B T, d], of the queries, and of y [B S, d], of keys and values
   * @param mask of a shape that fits the weights: 0, or {@link #MASKED}
   */
  SDVariable attention(
      String name, int heads, int d, SDVariable x, int t, SDVariable y, int s, SDVariable mask) {
    SDVariable q = heads(name + ".q", x, t, heads, d).mul(1 / Math.sqrt(d / heads));
    SDVariable k = heads(name + ".k", y, s, heads, d);
    SDVariable v = heads(name + ".v", y, s, heads, d);
    SDVariable scores = graph.mmul(q, k, false, true, false).add(mask);
    SDVariable sum = graph.mmul(graph.nn().softmax(name + ".weights", scores, -1), v);
    return sum.permute(0, 2, 1, 3).reshape(-1, d).mmul(weights(name + ".o", d, d));
  }

  /** Returns x W [B, heads, T, k]. */
  private SDVariable heads(String name, SDVariable x, int t, int heads, int d) {
    SDVariable all = x.mmul(weights(name, d, d));
    return all.reshape(-1, t, heads, d / heads).permute(0, 2, 1, 3);
  }

  /** Returns x + attention of norm(x) to itself. */
  SDVariable selfAttention(String name, int heads, int d, SDVariable x, int t, SDVariable mask) {
    SDVariable y = norm(name + ".norm", x, d);
    return x.add(attention(name, heads, d, y, t, y, t, mask));
  }

  /** Returns a mask with which a character attends to itself and to those before it. */
  SDVariable causal(int t) {
    double[] mask = new double[t * t];
    for (int i = 0; i < t; i++) {
      Arrays.fill(mask, i * t + i + 1, (i + 1) * t, MASKED);
    }
    return graph.constant(array(mask, 1, 1, t, t));
  }

  /**
   * Sets the loss, called loss: the mean of -ln softmax(logits)[target] over the rows that have a
   * target.
   *
   * @param target one-hot rows, or rows of zeros
   */
  void crossEntropy(SDVariable logits, SDVariable target) {
    SDVariable sum = graph.nn().logSoftmax(logits).mul(target).sum();
    sum.div(target.sum()).neg().rename("loss").markAsLoss();
  }
}
