package charnn.eval;

import java.util.List;

/**
 * The multinomial naive Bayes classifier: the most probable class of a passage is that with the
 * greatest log P(c) + sum over its units u of log P(u | c), where P(u | c) = (n_cu + 1) / (n_c + V)
 * by add-one smoothing, n_cu of the n_c units of a class c are u, and there are V different ones.
 * See McCallum and Nigam, "A comparison of event models for naive Bayes text classification", 1998.
 */
public final class NaiveBayes {
  private final double[] prior; // log P(c) [class]
  private final double[][] conditional; // log P(u | c) [class][unit]

  /**
   * A passage whose class is known.
   *
   * @param units indices, 0 to V - 1
   */
  public record Example(int[] units, int label) {}

  /**
   * @param vocabularySize V
   */
  public NaiveBayes(List<Example> examples, int classes, int vocabularySize) {
    prior = new double[classes];
    conditional = new double[classes][vocabularySize];
    for (Example example : examples) {
      prior[example.label]++;
      for (int unit : example.units) {
        conditional[example.label][unit]++;
      }
    }
    for (int c = 0; c < classes; c++) {
      prior[c] = Math.log(prior[c] / examples.size());
      double all = vocabularySize;
      for (double count : conditional[c]) {
        all += count;
      }
      for (int u = 0; u < vocabularySize; u++) {
        conditional[c][u] = Math.log((conditional[c][u] + 1) / all);
      }
    }
  }

  /** Returns the logarithm of the probability of a class and a passage together, in nats. */
  public double logProbability(int label, int[] units) {
    double sum = prior[label];
    for (int unit : units) {
      sum += conditional[label][unit];
    }
    return sum;
  }

  /** Returns the most probable class of a passage; the first of equal ones. */
  public int classOf(int[] units) {
    int best = 0;
    for (int c = 1; c < prior.length; c++) {
      best = logProbability(c, units) > logProbability(best, units) ? c : best;
    }
    return best;
  }

  /** Returns the share of passages whose class is found. */
  public double accuracy(List<Example> examples) {
    return examples.stream().filter(e -> classOf(e.units) == e.label).count()
        / (double) examples.size();
  }
}
