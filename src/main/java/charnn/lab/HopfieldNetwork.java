package charnn.lab;

import java.util.List;

/**
 * Two associative memories of patterns of n units, each -1 or 1.
 *
 * <p>Classical (Hopfield, "Neural networks and physical systems with emergent collective
 * computational abilities", 1982): w_ij = (1/n) sum over patterns of x_i x_j, w_ii = 0; units are
 * updated one after the other, s_i = sign(sum_j w_ij s_j), until none changes.
 *
 * <p>Modern (Ramsauer et al., "Hopfield networks is all you need", 2020): s = sign(X softmax(beta
 * X^T s)), with the patterns as the columns of X. That is attention: s is the query, the patterns
 * are keys and values.
 */
final class HopfieldNetwork {
  private static final int MAX_SWEEPS = 100;

  private final List<byte[]> patterns;
  private final int units;
  private final float[][] weights; // [unit][unit]

  HopfieldNetwork(List<byte[]> patterns) {
    this.patterns = List.copyOf(patterns);
    units = patterns.get(0).length;
    weights = new float[units][units];
    for (byte[] pattern : patterns) {
      for (int i = 0; i < units; i++) {
        for (int j = 0; j < units; j++) {
          weights[i][j] += i == j ? 0 : (float) (pattern[i] * pattern[j]) / units;
        }
      }
    }
  }

  /** Returns the stable state that the classical network reaches from a cue. */
  byte[] classical(byte[] cue) {
    byte[] state = cue.clone();
    boolean changed = true;
    for (int sweep = 0; changed && sweep < MAX_SWEEPS; sweep++) {
      changed = false;
      for (int i = 0; i < units; i++) {
        float sum = 0;
        for (int j = 0; j < units; j++) {
          sum += weights[i][j] * state[j];
        }
        byte next = sum == 0 ? state[i] : (byte) (sum > 0 ? 1 : -1);
        changed |= next != state[i];
        state[i] = next;
      }
    }
    return state;
  }

  /** Returns the state of the modern network after one update of all units. */
  byte[] modern(byte[] cue, double beta) {
    double[] weight = new double[patterns.size()];
    double most = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < weight.length; p++) {
      weight[p] = beta * units * overlap(patterns.get(p), cue);
      most = Math.max(most, weight[p]);
    }
    double[] sum = new double[units];
    for (int p = 0; p < weight.length; p++) {
      double share = StrictMath.exp(weight[p] - most); // Its sum cancels in the sign.
      for (int i = 0; i < units; i++) {
        sum[i] += share * patterns.get(p)[i];
      }
    }
    byte[] state = new byte[units];
    for (int i = 0; i < units; i++) {
      state[i] = (byte) (sum[i] < 0 ? -1 : 1);
    }
    return state;
  }

  /** Returns (1/n) sum_i a_i b_i: 1 if they are equal, about 0 if they have nothing in common. */
  static double overlap(byte[] a, byte[] b) {
    int sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return (double) sum / a.length;
  }
}
