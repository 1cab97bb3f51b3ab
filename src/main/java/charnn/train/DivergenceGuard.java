package charnn.train;

import static charnn.util.Formats.format;

import charnn.data.Batch;
import charnn.eval.TextAnalysis;
import charnn.model.GuardState;
import charnn.model.TextStatistics;
import charnn.optim.DivergenceException;
import java.util.Arrays;

/**
 * Detects divergence. A loss may also be high for a while because the text changes, as where a
 * table follows prose. So the loss is compared with a reference:
 *
 * <pre>
 *   reference = max(entropy of the window's own characters, entropy of the whole text's characters)
 * </pre>
 *
 * Both are unigram entropies: a model of the frequencies alone reaches them. A window is {@value
 * #WINDOW} steps. Training has diverged in two cases:
 *
 * <ul>
 *   <li>Several windows stay far above the reference, while the weights could have recovered.
 *   <li>The text is predictable, but after a much longer time no window is below the reference.
 * </ul>
 *
 * <p>Time is measured by movement, the sum of the learning rates: a low rate gets more steps.
 */
final class DivergenceGuard {
  static final int WINDOW = 50;

  /** A loss is high above HIGH_FACTOR * reference + HIGH_MARGIN. */
  private static final double HIGH_FACTOR = 1.1;

  private static final double HIGH_MARGIN = 0.1;

  private static final int HIGH_WINDOWS = 2;
  private static final double HIGH_MOVEMENT = 5;
  private static final int FLAT_WINDOWS = 4;
  private static final double FLAT_MOVEMENT = 100;

  /** The weight of a step in the running average of the loss. */
  private static final double RECENT_WEIGHT = 0.1;

  /** Up to this movement, the loss may be as high as ln V + EARLY_MARGIN. */
  private static final double EARLY_MOVEMENT = 1;

  private static final double EARLY_MARGIN = 0.25;

  /** Healthy steps before a halving is undone; quadrupled by each further rollback. */
  private static final long HEALTHY_STEPS = 1000;

  private static final int MOST_DOUBLINGS = 40;

  private final TextStatistics text;
  private final long[] counts; // of the window's characters
  private final double uniformLoss; // ln V
  private GuardState state = GuardState.START;

  /**
   * @param vocabularySize V
   */
  DivergenceGuard(TextStatistics text, int vocabularySize) {
    this.text = text;
    this.counts = new long[vocabularySize];
    this.uniformLoss = Math.log(vocabularySize);
  }

  GuardState state() {
    return state;
  }

  /** Restores a state. The targets of the steps in its window must be {@link #count}ed again. */
  void restore(GuardState earlier) {
    state = earlier;
    Arrays.fill(counts, 0);
  }

  /** Counts the targets of a step. */
  void count(int[] targets) {
    for (int target : targets) {
      if (target != Batch.IGNORED) {
        counts[target]++;
      }
    }
  }

  /** Clears the windows that led to a rollback. */
  void rolledBack() {
    state = new GuardState(state.movement(), state.recentLoss(), 0, 0, 0, 0, 0, 0, 0, 0);
    Arrays.fill(counts, 0);
  }

  /** Restarts the count of healthy steps, after a halving was undone. */
  void undidHalving() {
    state =
        new GuardState(
            state.movement(),
            state.recentLoss(),
            state.windowSteps(),
            state.windowLoss(),
            state.windowMovement(),
            state.highWindows(),
            state.highMovement(),
            state.flatWindows(),
            state.flatMovement(),
            0);
  }

  /**
   * Returns whether training has been healthy for long enough to undo a halving of the rate.
   *
   * @param rollbacks so far; each quadruples the time
   */
  boolean isLongHealthy(int rollbacks) {
    int doublings = Math.min(MOST_DOUBLINGS, 2 * Math.max(0, rollbacks - 1));
    return state.healthySteps() >= HEALTHY_STEPS << doublings;
  }

  /** Returns whether the network is a sound rollback point. */
  boolean isSound() {
    double best = text.isStructured() ? text.entropy() : high(text.entropy());
    double early = state.movement() < EARLY_MOVEMENT ? uniformLoss + EARLY_MARGIN : 0;
    return state.recentLoss() <= Math.max(best, early);
  }

  private static double high(double reference) {
    return HIGH_FACTOR * reference + HIGH_MARGIN;
  }

  /**
   * Checks a step.
   *
   * @param step its number, from 1
   * @param loss of its batch, nats per character
   * @param targets of its batch, token ids
   * @param mayBeFlat whether to continue although nothing is learnt
   * @throws DivergenceException if training has diverged
   */
  void stepped(long step, double loss, double rate, int[] targets, boolean mayBeFlat)
      throws DivergenceException {
    count(targets);
    double recent =
        state.recentLoss() == 0
            ? loss
            : state.recentLoss() + RECENT_WEIGHT * (loss - state.recentLoss());
    state =
        new GuardState(
            state.movement() + rate,
            recent,
            state.windowSteps() + 1,
            state.windowLoss() + loss,
            state.windowMovement() + rate,
            state.highWindows(),
            state.highMovement(),
            state.flatWindows(),
            state.flatMovement(),
            state.healthySteps());
    if (state.windowSteps() >= WINDOW) {
      judge(step, mayBeFlat);
    }
  }

  private void judge(long step, boolean mayBeFlat) throws DivergenceException {
    double loss = state.windowLoss() / state.windowSteps();
    double reference = Math.max(TextAnalysis.entropy(counts), text.entropy());
    boolean high = loss > high(reference);
    boolean flat = loss > reference && text.isStructured();
    state =
        new GuardState(
            state.movement(),
            state.recentLoss(),
            0,
            0,
            0,
            high ? state.highWindows() + 1 : 0,
            high ? state.highMovement() + state.windowMovement() : 0,
            flat ? state.flatWindows() + 1 : 0,
            flat ? state.flatMovement() + state.windowMovement() : 0,
            high ? 0 : state.healthySteps() + state.windowSteps());
    Arrays.fill(counts, 0);
    if (state.highWindows() >= HIGH_WINDOWS && state.highMovement() >= HIGH_MOVEMENT) {
      throw new DivergenceException(
          format(
              "training diverged at step %,d: the loss stays at %.3f, above the unigram entropy of %.3f",
              step, loss, reference));
    }
    if (!mayBeFlat
        && state.flatWindows() >= FLAT_WINDOWS
        && state.flatMovement() >= FLAT_MOVEMENT) {
      throw new DivergenceException(
          format(
              "nothing is learnt at this learning rate up to step %,d: the loss stays at %.3f, above the unigram entropy of %.3f",
              step, loss, reference));
    }
  }
}
