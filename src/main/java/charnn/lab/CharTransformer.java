package charnn.lab;

import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A transformer that predicts the character after each of a window of T, from those before it
 * (Vaswani et al., "Attention is all you need", 2017; norms before the layers and learned position
 * embeddings as in Radford et al., "Language models are unsupervised multitask learners", 2019).
 */
final class CharTransformer {
  static final int HEADS = 4;

  private static final int COPIES = 2; // share a batch, a thread for each
  private static final int TRAINED = 8; // windows of a copy's batch, in training
  static final int BATCH_SIZE = COPIES * TRAINED;
  private static final int SCORED = 16; // windows of a copy's batch, when a text is scored

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
   * T characters of a text.
   *
   * @param start of them
   * @param from of them, the first whose successor is predicted
   */
  record Window(int start, int from) {}

  /** Makes a step of training on random windows of a text, and returns the loss before it. */
  double train(ThreadTeam workers, char[] text, SplittableRandom random, double rate) {
    List<Map<String, INDArray>> parts = new ArrayList<>();
    for (int i = 0; i < COPIES; i++) {
      IntStream starts = random.ints(TRAINED, 0, text.length - t);
      parts.add(inputs(text, starts.mapToObj(start -> new Window(start, 0)).toList()));
    }
    adam.setLearningRate(rate);
    return training.step(workers, parts);
  }

  /** Returns the inputs of the graph [B T, V] for B windows. */
  Map<String, INDArray> inputs(char[] text, List<Window> windows) {
    int[] read = new int[windows.size() * t];
    int[] targets = new int[read.length];
    for (int i = 0; i < read.length; i++) {
      Window window = windows.get(i / t);
      int at = window.start + i % t;
      read[i] = text[at];
      targets[i] = i % t < window.from ? -1 : text[at + 1];
    }
    Layers layers = copies.get(0);
    return Map.of("input", layers.oneHot(read, v), "target", layers.oneHot(targets, v));
  }

  SameDiff graph() {
    return copies.get(0).graph;
  }

  /** Returns the logits [V] of what follows a text, from its last T characters. */
  float[] next(char[] text) {
    char[] last = Arrays.copyOfRange(text, Math.max(0, text.length - t), text.length);
    return logits(last)[last.length - 1];
  }

  /** Returns the logits [T][V] of what follows each character of a text, of T or fewer. */
  float[][] logits(char[] text) {
    char[] filled = Arrays.copyOf(text, t + 1); // What comes later changes nothing.
    Map<String, INDArray> inputs = inputs(filled, List.of(new Window(0, 0)));
    return graph().output(inputs, "logits").get("logits").toFloatMatrix();
  }

  /**
   * Returns nats per character of a text. Its windows overlap by half: but for the first ones, each
   * character is predicted from the T / 2 before it, or more.
   */
  double loss(ThreadTeam workers, char[] text) {
    int predictions = text.length - 1;
    List<Window> windows = new ArrayList<>();
    for (int done = 0; done < predictions; done = windows.get(windows.size() - 1).start + t) {
      int start = done == 0 ? 0 : Math.min(done - t + t / 2, predictions - t);
      windows.add(new Window(start, done - start));
    }
    double[] sums = new double[COPIES];
    workers.run(
        COPIES,
        copy -> {
          for (int i = copy * SCORED; i < windows.size(); i += COPIES * SCORED) {
            List<Window> some = windows.subList(i, Math.min(windows.size(), i + SCORED));
            int predicted = some.stream().mapToInt(window -> t - window.from).sum();
            SameDiff graph = copies.get(copy).graph;
            sums[copy] +=
                predicted * graph.output(inputs(text, some), "loss").get("loss").getDouble(0);
          }
        });
    return Arrays.stream(sums).sum() / predictions;
  }
}
