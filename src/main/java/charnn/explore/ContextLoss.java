package charnn.explore;

import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.Logits;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/**
 * The loss by the length of the context: the same characters are predicted after so many characters
 * before them, from zero state (as Khandelwal et al., "Sharp nearby, fuzzy far away", 2018).
 *
 * @param points of growing length
 * @param targets how many characters are predicted
 */
public record ContextLoss(List<Point> points, int targets) {
  /** Lengths are 1, 2, 4, ... to this. */
  private static final int LONGEST = 512;

  private static final int MOST_TARGETS = 320;
  private static final int STREAMS = 64;

  /**
   * A length of the context.
   *
   * @param context characters
   * @param nats per character
   * @param above how much the loss is above that with the longest context
   * @param error standard error of that difference
   */
  public record Point(int context, double nats, double above, double error) {}

  /**
   * Measures it.
   *
   * @param tokens in the order in which the model reads; an empty result if there are too few
   * @param progress is given the part that is done
   */
  public static ContextLoss of(
      Engine engine, Network network, Tokens tokens, long seed, DoubleConsumer progress) {
    List<Integer> lengths = new ArrayList<>();
    for (int length = 1; length <= LONGEST && length <= tokens.length() / 4; length *= 2) {
      lengths.add(length);
    }
    if (lengths.size() < 2) {
      return new ContextLoss(List.of(), 0);
    }
    int longest = lengths.get(lengths.size() - 1);
    SplittableRandom random = new SplittableRandom(seed);
    int count = (int) Math.min(MOST_TARGETS, tokens.length() - longest);
    long[] targets = random.longs(count, longest, tokens.length()).sorted().toArray();
    IntFunction<InferencePass> passes = engine.inference(network);
    double[][] losses = new double[lengths.size()][];
    double work = 0;
    double all = lengths.stream().mapToInt(l -> l).sum();
    for (int i = 0; i < losses.length; i++) {
      losses[i] = losses(passes, network, tokens, targets, lengths.get(i));
      work += lengths.get(i);
      progress.accept(work / all);
    }
    double[] last = losses[losses.length - 1];
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      double sum = 0;
      double difference = 0;
      double squares = 0;
      for (int k = 0; k < count; k++) {
        double d = losses[i][k] - last[k];
        sum += losses[i][k];
        difference += d;
        squares += d * d;
      }
      double mean = difference / count;
      double variance = Math.max(0, squares / count - mean * mean);
      points.add(new Point(lengths.get(i), sum / count, mean, Math.sqrt(variance / count)));
    }
    return new ContextLoss(List.copyOf(points), count);
  }

  /** Returns the losses of the targets after so many characters each. */
  private static double[] losses(
      IntFunction<InferencePass> passes,
      Network network,
      Tokens tokens,
      long[] targets,
      int context) {
    int v = network.architecture().vocabularySize();
    double[] losses = new double[targets.length];
    for (int first = 0; first < targets.length; first += STREAMS) {
      int streams = Math.min(STREAMS, targets.length - first);
      InferencePass pass = passes.apply(streams);
      RecurrentState zero = new RecurrentState(network.architecture(), 1);
      int[] characters = new int[streams];
      float[] logits = new float[streams * v];
      for (int s = 0; s < streams; s++) {
        pass.load(s, zero);
      }
      for (int t = context; t > 0; t--) {
        for (int s = 0; s < streams; s++) {
          characters[s] = tokens.at(targets[first + s] - t);
        }
        pass.step(characters, logits);
      }
      for (int s = 0; s < streams; s++) {
        losses[first + s] = -Logits.logProbability(logits, s * v, v, tokens.at(targets[first + s]));
      }
    }
    return losses;
  }
}
