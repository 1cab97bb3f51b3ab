package charnn.lab;

import charnn.lab.SpokenForms.Pair;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * An encoder reads the S characters of a question. A decoder writes the L of the answer, each from
 * those before it and a context c, which is made of what the encoder computed.
 */
final class Seq2SeqNetwork {
  /** What questions and answers consist of. The first character ends an answer and begins it. */
  static final String CHARACTERS = "\n ,-./0123456789abcdefghijklmnopqrstuvwxyz";

  private static final int V = CHARACTERS.length();
  static final int HEADS = 4;

  /** How the context is made. */
  enum Kind {
    /** It is the encoder's last state, always (Sutskever et al., 2014; Cho et al., 2014). */
    LAST_STATE,

    /**
     * c = sum_j w_j h_j of the encoder's states h, w = softmax_j(v tanh(s A + h_j B)), with the
     * decoder's state s (Bahdanau, Cho and Bengio, "Neural machine translation by jointly learning
     * to align and translate", 2015).
     */
    ATTENTION,

    /** Attention alone, nothing is recurrent (Vaswani et al., 2017); each has one block. */
    TRANSFORMER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private final Kind kind;
  private final int s;
  private final int l;
  private final int units;
  final Map<String, INDArray> parameters = new LinkedHashMap<>();
  final Layers layers;
  private final Adam adam = new Adam();
  private final GraphTraining training;
  private long nanoseconds; // of training

  /**
   * @param s characters of the longest question
   * @param l of the longest answer, with its end
   * @param type of all numbers
   */
  Seq2SeqNetwork(Kind kind, int s, int l, int units, DataType type, SplittableRandom random) {
    this.kind = kind;
    this.s = s;
    this.l = l;
    this.units = units;
    boolean positional = kind == Kind.TRANSFORMER;
    layers = new Layers(type, parameters, random);
    SDVariable question =
        layers.embedding("question", layers.input("asked", -1, V), V, s, units, positional);
    SDVariable answer =
        layers.embedding("answer", layers.input("written", -1, V), V, l, units, positional);
    SDVariable mask = layers.input("mask", -1, s);
    SDVariable end = layers.input("end", -1, s);
    SDVariable output =
        positional
            ? transformer(question, mask.reshape(-1, 1, 1, s), answer)
            : recurrent(question, mask, end.reshape(-1, 1, s), answer);
    SDVariable logits = layers.linear("output", output, 2 * units, V).rename("logits");
    layers.crossEntropy(logits, layers.input("target", -1, V));
    training = new GraphTraining(layers.graph, adam, 1);
  }

  private SDVariable recurrent(
      SDVariable question, SDVariable mask, SDVariable end, SDVariable answer) {
    SameDiff graph = layers.graph;
    SDVariable[] x = graph.unstack(question.reshape(-1, s, units), 1, s);
    SDVariable[] y = graph.unstack(answer.reshape(-1, l, units), 1, l);
    SDVariable[] h = new SDVariable[s];
    for (int j = 0; j < s; j++) {
      h[j] = layers.gru("encoder", x[j], units, j == 0 ? x[0].mul(0) : h[j - 1], units);
    }
    SDVariable states = graph.stack(1, h);
    boolean attends = kind == Kind.ATTENTION;
    SDVariable keys =
        attends
            ? layers.linear("keys", states.reshape(-1, units), units, units).reshape(-1, s, units)
            : null;
    SDVariable weights = end; // [B, 1, S]: all on the last character
    SDVariable context = graph.mmul(weights, states).reshape(-1, units);
    SDVariable state = context;
    SDVariable[] all = new SDVariable[l];
    SDVariable[] outputs = new SDVariable[l];
    for (int i = 0; i < l; i++) {
      if (attends) {
        SDVariable query = state.mmul(layers.weights("query", units, units)).reshape(-1, 1, units);
        SDVariable fit = graph.math().tanh(keys.add(query)).reshape(-1, units);
        SDVariable scores = fit.mmul(layers.weights("scores", units, 1)).reshape(-1, s).add(mask);
        weights = graph.nn().softmax(scores, 1).reshape(-1, 1, s);
        context = graph.mmul(weights, states).reshape(-1, units);
      }
      state = layers.gru("decoder", graph.concat(1, y[i], context), 2 * units, state, units);
      all[i] = weights;
      outputs[i] = graph.concat(1, state, context);
    }
    graph.concat(1, all).rename("attention");
    return graph.stack(1, outputs).reshape(-1, 2 * units);
  }

  private SDVariable transformer(SDVariable question, SDVariable mask, SDVariable answer) {
    SDVariable x = layers.selfAttention("encoder", HEADS, units, question, s, mask);
    x = layers.norm("encoder.end", layers.feedForward("encoder", x, units), units);
    SDVariable y = layers.selfAttention("decoder", HEADS, units, answer, l, layers.causal(l));
    SDVariable asks = layers.norm("asks", y, units);
    SDVariable context = layers.attention("context", HEADS, units, asks, l, x, s, mask);
    layers.graph.getVariable("context.weights").mean(1).rename("attention");
    y = layers.norm("end", layers.feedForward("decoder", y.add(context), units), units);
    return layers.graph.concat(1, y, context);
  }

  /** Makes a step of training, and returns the loss before it. */
  double train(List<Pair> pairs, double rate) {
    long begun = System.nanoTime();
    adam.setLearningRate(rate);
    double loss = training.step(inputs(pairs, pairs.stream().map(Pair::meant).toList()));
    nanoseconds += System.nanoTime() - begun;
    return loss;
  }

  /** Returns how long it was trained. */
  double seconds() {
    return nanoseconds / 1e9;
  }

  /** Returns what the graph is given; the decoder reads the written answers. */
  Map<String, INDArray> inputs(List<Pair> pairs, List<String> written) {
    int b = pairs.size();
    int[] ends = pairs.stream().mapToInt(pair -> pair.said().length() - 1).toArray();
    double[] mask = new double[b * s];
    for (int i = 0; i < b; i++) {
      Arrays.fill(mask, i * s + ends[i] + 1, (i + 1) * s, Layers.MASKED);
    }
    return Map.of(
        "asked", oneHot(pairs.stream().map(Pair::said), s),
        "written", oneHot(written.stream().map(text -> '\n' + text), l),
        "target", oneHot(pairs.stream().map(pair -> pair.meant() + '\n'), l),
        "mask", layers.array(mask, b, s),
        "end", layers.oneHot(ends, s));
  }

  /** Returns a row for each character of texts that are cut, or padded, to a length. */
  private INDArray oneHot(Stream<String> texts, int length) {
    String padding = "\0".repeat(length);
    return layers.oneHot(
        texts
            .flatMapToInt(text -> (text + padding).chars().limit(length))
            .map(CHARACTERS::indexOf)
            .toArray(),
        V);
  }

  INDArray output(String name, List<Pair> pairs, List<String> written) {
    return layers.graph.output(inputs(pairs, written), name).get(name);
  }

  /** Returns the L most probable characters of each answer, each after those written before it. */
  List<String> predict(List<Pair> pairs, List<String> written) {
    StringBuilder most = new StringBuilder();
    for (int id : output("logits", pairs, written).argMax(1).toIntVector()) {
      most.append(CHARACTERS.charAt(id));
    }
    return IntStream.range(0, pairs.size())
        .mapToObj(i -> most.substring(i * l, (i + 1) * l))
        .toList();
  }

  /** Returns the answers of L characters that it writes, each after its own ones before it. */
  List<String> decode(List<Pair> pairs) {
    List<String> answers = Collections.nCopies(pairs.size(), "");
    for (int i = 1; i <= l; i++) {
      int known = i;
      answers = predict(pairs, answers).stream().map(text -> text.substring(0, known)).toList();
    }
    return answers;
  }
}
