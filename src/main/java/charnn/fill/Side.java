package charnn.fill;

import charnn.engine.Logits;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One of the two models, which reads up to a gap, through it and beyond. All token ids are in the
 * order in which it reads them.
 */
final class Side {
  private final LanguageModel model;
  private final int v;

  Side(LanguageModel model) {
    this.model = model;
    v = model.vocabulary().size();
  }

  /**
   * Reads on, up to a gap.
   *
   * @param before what has been read; null if nothing
   * @param near tokens beside the gap to remember
   * @return what has been read then; null if nothing
   */
  Edge readOn(Edge before, int[] tokens, int near) {
    if (tokens.length == 0) {
      return before;
    }
    Predictor predictor = model.predictor(1);
    if (before != null) {
      predictor.load(0, before.state());
    }
    float[] logits = new float[v];
    for (int token : tokens) {
      predictor.step(new int[] {token}, logits);
    }
    int[] farther = before == null ? new int[0] : before.near();
    int[] last = new int[Math.min(near, tokens.length + farther.length)];
    for (int k = 0; k < last.length; k++) {
      int at = tokens.length - 1 - k;
      last[k] = at >= 0 ? tokens[at] : farther[-1 - at];
    }
    return new Edge(predictor.save(0), logits, last);
  }

  /**
   * Reads a text once, up to each of some gaps.
   *
   * @param ends of what stands before each gap, ascending, 1 or more
   * @param near tokens beside each gap to remember
   */
  Edge[] read(int[] tokens, int[] ends, int near) {
    Predictor predictor = model.predictor(1);
    float[] logits = new float[v];
    int[] one = new int[1];
    Edge[] edges = new Edge[ends.length];
    int at = 0;
    for (int i = 0; i < ends.length; i++) {
      while (at < ends[i]) {
        one[0] = tokens[at++];
        predictor.step(one, logits);
      }
      int[] last = new int[Math.min(near, at)];
      for (int k = 0; k < last.length; k++) {
        last[k] = tokens[at - 1 - k];
      }
      edges[i] = new Edge(predictor.save(0), logits.clone(), last);
    }
    return edges;
  }

  /**
   * Beam search from an edge: of each length, the hypotheses of the highest probability among all
   * that continue one of those that are a token shorter.
   *
   * @param beam hypotheses of each length, at most
   * @return of each length from 0 to the longest, the best first
   */
  List<List<Hypothesis>> beams(Edge edge, int longest, int beam) {
    List<List<Hypothesis>> beams = new ArrayList<>();
    beams.add(List.of(new Hypothesis(new int[0], 0, edge.logits())));
    TextState[] states = {edge.state()};
    for (int length = 1; length <= longest; length++) {
      List<Hypothesis> shorter = beams.get(length - 1);
      Best<int[]> best = new Best<>(beam); // {number of the shorter one, token}
      for (int h = 0; h < shorter.size(); h++) {
        Hypothesis one = shorter.get(h);
        for (int token = 0; token < v; token++) {
          double score = one.logProbability() + one.next(token);
          if (best.takes(score)) {
            best.add(new int[] {h, token}, score);
          }
        }
      }
      List<int[]> chosen = best.items();
      int rows = chosen.size();
      Predictor predictor = model.predictor(rows);
      for (int row = 0; row < rows; row++) {
        predictor.load(row, states[chosen.get(row)[0]]);
      }
      float[] logits = new float[rows * v];
      predictor.step(chosen.stream().mapToInt(choice -> choice[1]).toArray(), logits);
      List<Hypothesis> longer = new ArrayList<>();
      states = new TextState[rows];
      for (int row = 0; row < rows; row++) {
        Hypothesis one = shorter.get(chosen.get(row)[0]);
        int token = chosen.get(row)[1];
        longer.add(
            new Hypothesis(
                one.with(token),
                one.logProbability() + one.next(token),
                Arrays.copyOfRange(logits, row * v, (row + 1) * v)));
        states[row] = predictor.save(row);
      }
      beams.add(longer);
    }
    return beams;
  }

  /**
   * Returns the log-probability of each text for the gap together with what stands beyond, after an
   * edge: ln p(gap, beyond | edge), in nats.
   *
   * @param gaps to be read in one batch
   * @param beyond the gap, may be empty
   */
  double[] logProbabilities(Edge edge, List<int[]> gaps, int[] beyond) {
    int rows = gaps.size();
    int[][] sequences = new int[rows][];
    int longest = 0;
    double[] sums = new double[rows];
    for (int row = 0; row < rows; row++) {
      int[] gap = gaps.get(row);
      sequences[row] = Arrays.copyOf(gap, gap.length + beyond.length);
      System.arraycopy(beyond, 0, sequences[row], gap.length, beyond.length);
      longest = Math.max(longest, sequences[row].length);
      sums[row] = Logits.logProbability(edge.logits(), 0, v, sequences[row][0]);
    }
    Predictor predictor = model.predictor(rows);
    for (int row = 0; row < rows; row++) {
      predictor.load(row, edge.state());
    }
    int[] tokens = new int[rows];
    float[] logits = new float[rows * v];
    for (int at = 0; at + 1 < longest; at++) {
      for (int row = 0; row < rows; row++) {
        int[] sequence = sequences[row];
        tokens[row] = sequence[Math.min(at, sequence.length - 1)];
      }
      predictor.step(tokens, logits);
      for (int row = 0; row < rows; row++) {
        if (at + 1 < sequences[row].length) {
          sums[row] += Logits.logProbability(logits, row * v, v, sequences[row][at + 1]);
        }
      }
    }
    return sums;
  }
}
