package charnn.spark;

import charnn.nn.LossMetrics;
import java.io.Serializable;

/**
 * What a replica did in a round.
 *
 * @param state after the round; null in what is sent to the driver
 * @param parameters after the round
 * @param lossSums of each step, nats
 * @param correct predictions of each step
 * @param characters of each step
 * @param divergence why training cannot go on; null if it can
 */
record RoundResult(
    ReplicaState state,
    float[] parameters,
    double[] lossSums,
    long[] correct,
    long[] characters,
    String divergence)
    implements Serializable {
  /** Returns what the driver needs: all but the state. */
  RoundResult withoutState() {
    return new RoundResult(null, parameters, lossSums, correct, characters, divergence);
  }

  LossMetrics metrics(int step) {
    return new LossMetrics(lossSums[step], correct[step], characters[step]);
  }
}
