package charnn.lab;

import charnn.data.Batch;
import charnn.data.BatchSource;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A transformer that predicts the character after each of a window of T, from those before it
 * (Vaswani et al., "Attention is all you need", 2017; norms before the layers and learned places as
 * in Radford et al., "Language models are unsupervised multitask learners", 2019).
 */
final class CharTransformer {
  static final int HEADS = 4;

  static final int COPIES = 2; // share a batch, a thread for each
  private static final int WINDOWS = 16; // of a batch of a copy when a text is scored

  private final int v;
  private final int t;
  private final Map<String, INDArray> parameters = new LinkedHashMap<>();
  private final List<Layers> copies = new ArrayList<>();
  private final Adam adam = new Adam();
  private final GraphTraining training;

  /**
   * @param v characters of the vocabulary
   * @param t characters that it looks back
   * @param type of all numbers
   */
  CharTransformer(int v, int t, int width, int blocks, DataType type, SplittableRandom random) {
    this.v = v;
    this.t = t;
    for (int i = 0; i < COPIES; i++) {
      copies.add(new Layers(type, parameters, random));
      build(copies.get(i), width, blocks);
    }
    training = new GraphTraining(copies.stream().map(copy -> copy.graph).toList(), adam, 1);
  }

  private void build(Layers layers, int width, int blocks) {
    SDVariable x = layers.embedding("read", layers.input("input", -1, v), v, t, width, true);
    SDVariable mask = layers.causal(t);
    for (int i = 0; i < blocks; i++) {
      x = layers.selfAttention("block" + i, HEADS, width, x, t, mask);
      x = layers.feedForward("block" + i, x, width);
    }
    SDVariable y = layers.norm("end", x, width);
    SDVariable logits = layers.linear("output", y, width, v).rename("logits");
    layers.crossEntropy(logits, layers.input("target", -1, v));
  }

  /** Returns how many parameters one has. */
  static long parameterCount(int v, int t, int width, int blocks) {
    long block = 12L * width * width + 9L * width;
    return blocks * block + (2L * v + t + 2) * width + v;
  }

  Map<String, INDArray> parameters() {
    return parameters;
  }

  /**
   * Makes a step of training, and returns the loss before it.
   *
   * @param batch filled by the source, for each copy
   */
  double train(ThreadTeam workers, BatchSource source, Batch batch, long step, double rate) {
    List<Map<String, INDArray>> parts = new ArrayList<>();
    for (int i = 0; i < COPIES; i++) {
      source.nextBatch(COPIES * step + i, batch);
      parts.add(inputs(turned(batch.inputs()), turned(batch.targets())));
    }
    adam.setLearningRate(rate);
    return training.step(workers, parts);
  }

  /** Returns ids [B x T] of ids [T x B]. */
  private int[] turned(int[] ids) {
    int[] turned = new int[ids.length];
    int b = ids.length / t;
    for (int i = 0; i < ids.length; i++) {
      turned[i % b * t + i / b] = ids[i];
    }
    return turned;
  }

  Map<String, INDArray> inputs(int[] read, int[] targets) {
    Layers layers = copies.get(0);
    return Map.of("input", layers.oneHot(read, v), "target", layers.oneHot(targets, v));
  }

  SameDiff graph() {
    return copies.get(0).graph;
  }

  /**
   * Returns the logits [T][V] of what follows each character of a window, which is filled up at its
   * end.
   */
  float[][] logits(char[] window) {
    int[] ids = new int[t];
    for (int i = 0; i < window.length; i++) {
      ids[i] = window[i];
    }
    return graph().output(inputs(ids, new int[t]), "logits").get("logits").toFloatMatrix();
  }

  /**
   * Returns nats per character of a text. Its windows overlap by half: but for the first ones, each
   * character is predicted from the T / 2 before it, or more.
   */
  double loss(ThreadTeam workers, char[] text) {
    int predictions = text.length - 1;
    List<Integer> starts = new ArrayList<>();
    for (int at = 0; at + t < predictions; at += t / 2) {
      starts.add(at);
    }
    starts.add(predictions - t);
    double[] sums = new double[COPIES];
    workers.run(
        COPIES,
        copy -> {
          for (int i = copy * WINDOWS; i < starts.size(); i += COPIES * WINDOWS) {
            List<Integer> some = starts.subList(i, Math.min(starts.size(), i + WINDOWS));
            int before = i == 0 ? 0 : starts.get(i - 1) + t;
            sums[copy] += loss(copies.get(copy).graph, text, some, before);
          }
        });
    return (sums[0] + sums[1]) / predictions;
  }

  /**
   * @param starts of windows
   * @param done predictions that were scored before
   */
  private double loss(SameDiff graph, char[] text, List<Integer> starts, int done) {
    int[] read = new int[starts.size() * t];
    int[] targets = new int[read.length];
    int scored = done;
    for (int i = 0; i < read.length; i++) {
      int at = starts.get(i / t) + i % t;
      read[i] = text[at];
      targets[i] = at < scored ? -1 : text[at + 1];
      scored = Math.max(scored, at + 1);
    }
    double mean = graph.output(inputs(read, targets), "loss").get("loss").getDouble(0);
    return mean * (scored - done);
  }
}
