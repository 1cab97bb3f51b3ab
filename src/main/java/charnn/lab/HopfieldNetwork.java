package charnn.lab;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Two associative memories of patterns x of n units, each -1 or 1.
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
  private static final double STAYS = 1e-6; // of w_ii, for 0: keeps a unit whose sum is 0

  private final INDArray patterns; // [pattern][unit]
  private final INDArray weights; // [unit][unit]

  HopfieldNetwork(INDArray patterns) {
    this.patterns = patterns;
    weights = patterns.transpose().mmul(patterns).divi(patterns.columns());
    for (int i = 0; i < weights.rows(); i++) {
      weights.putScalar(i, i, STAYS);
    }
  }

  /** Returns the stable states [cue][unit] that the classical network reaches from cues. */
  INDArray classical(INDArray cues) {
    INDArray states = cues.dup();
    INDArray before = Nd4j.zerosLike(cues);
    for (int sweep = 0; sweep < MAX_SWEEPS && !states.equals(before); sweep++) {
      before = states.dup();
      for (int i = 0; i < weights.rows(); i++) {
        states.putColumn(i, Transforms.sign(states.mmul(weights.getColumn(i, true))));
      }
    }
    return states;
  }

  /** Returns the states [cue][unit] of the modern network after one update of all units. */
  INDArray modern(INDArray cues, double beta) {
    INDArray scores = cues.mmul(patterns.transpose()).muli(beta);
    return Transforms.sign(Transforms.softmax(scores, false).mmul(patterns));
  }
}
