package charnn.spark;

import charnn.model.TrainingState;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What a replica keeps from round to round: its optimizer state and its carried state. Never
 * changed once it is made, because Spark keeps it in memory.
 *
 * @param number of the replica, from 0
 * @param firstMoment of Adam, in the order of the parameters; null before the first step
 * @param secondMoment of Adam, likewise
 * @param carried [S][layers][B x H], as {@link charnn.nn.RecurrentState} has it; likewise
 */
record ReplicaState(int number, float[] firstMoment, float[] secondMoment, float[][][] carried)
    implements Serializable {
  /** Returns the state before the first step. */
  static ReplicaState initial(int number) {
    return new ReplicaState(number, null, null, null);
  }

  /** Returns a copy of a state. */
  static ReplicaState of(int number, TrainingState state) {
    TrainingState copy = state.copy();
    return new ReplicaState(
        number, copy.firstMoment(), copy.secondMoment(), copy.carried().values());
  }

  /** Copies the values into a state of the same network and batch size. */
  void copyTo(TrainingState state) {
    if (firstMoment == null) {
      Arrays.fill(state.firstMoment(), 0);
      Arrays.fill(state.secondMoment(), 0);
      state.carried().reset();
      return;
    }
    copy(firstMoment, state.firstMoment());
    copy(secondMoment, state.secondMoment());
    float[][][] values = state.carried().values();
    for (int s = 0; s < values.length; s++) {
      for (int layer = 0; layer < values[s].length; layer++) {
        copy(carried[s][layer], values[s][layer]);
      }
    }
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
