package charnn.train;

import static charnn.util.Formats.format;

import charnn.eval.TextAnalysis;
import charnn.model.GuardState;
import charnn.model.TextStatistics;
import charnn.optim.DivergenceException;
import java.util.Arrays;

/**
 * Tells divergence from a loss that is high for a while because the text changes, as where a table
 * follows prose. A loss is not high by itself, but beside what is known of the text:
 *
 * <pre>
 *   reference = max(entropy of the window's own characters, entropy of the whole text's characters)
 * </pre>
 *
 * both by the characters' frequencies alone. Even one who forgot everything but the frequencies
 * would reach it. A window is {@value #WINDOW} steps. Training has diverged where window after
 * window stays far above the reference, although the weights could have moved far enough to come
 * back; and where, after a very long way, no window is better than the reference in a text that can
 * be foreseen. How far they could move tells the sum of the learning rates: a low rate is given as
 * much more time as it needs.
 */
final class DivergenceGuard {
  static final int WINDOW = 50;

  /** A loss is too high above the reference times this... */
  private static final double HIGH_FACTOR = 1.1;

  /** ...plus this many nats. */
  private static final double HIGH_MARGIN = 0.1;

  private static final int HIGH_WINDOWS = 2;
  private static final double HIGH_MOVEMENT = 5;
  private static final int FLAT_WINDOWS = 4;
  private static final double FLAT_MOVEMENT = 100;

  /** What a step weighs in the average over the last few. */
  private static final double RECENT_WEIGHT = 0.1;

  /** So far, a network may be as ignorant as at its start... */
  private static final double EARLY_MOVEMENT = 1;

  /** ...when its loss is about that of guessing, plus less than this. */
  private static final double EARLY_MARGIN = 0.25;

  /**
   * After the first rollback, a halving is given back after so many steps; then after 4 times...
   */
  private static final long HEALTHY_STEPS = 1000;

  private static final int MOST_DOUBLINGS = 40;

  private final TextStatistics text;
  private final int[] counts; // of the window's characters
  private final double guessing; // ln V
  private GuardState state = GuardState.START;

  /**
   * @param vocabularySize V
   */
  DivergenceGuard(TextStatistics text, int vocabularySize) {
    this.text = text;
    this.counts = new int[vocabularySize];
    this.guessing = Math.log(vocabularySize);
  }

  GuardState state() {
    return state;
  }

  /** Takes up a state; the characters of the steps in its window must be {@link #count}ed again. */
  void restore(GuardState earlier) {
    state = earlier;
    Arrays.fill(counts, 0);
  }

  /** Counts the characters of a step: indices. */
  void count(int[] targets) {
    for (int target : targets) {
      counts[target]++;
    }
  }

  /** Forgets what led to a rollback. */
  void rolledBack() {
    state = new GuardState(state.movement(), state.recentLoss(), 0, 0, 0, 0, 0, 0, 0, 0);
    Arrays.fill(counts, 0);
  }

  /** Starts to wait anew until the next halving is given back. */
  void gaveBack() {
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
   * Tells whether training has been healthy for so long that a halving of the rate can be undone.
   *
   * @param rollbacks so far; each makes the time longer
   */
  boolean isLongHealthy(int rollbacks) {
    int doublings = Math.min(MOST_DOUBLINGS, 2 * Math.max(0, rollbacks - 1));
    return state.healthySteps() >= HEALTHY_STEPS << doublings;
  }

  /** Tells whether the network is worth going back to, should training diverge later on. */
  boolean isCalm() {
    double best = text.isStructured() ? text.entropy() : high(text.entropy());
    double early = state.movement() < EARLY_MOVEMENT ? guessing + EARLY_MARGIN : 0;
    return state.recentLoss() <= Math.max(best, early);
  }

  private static double high(double reference) {
    return HIGH_FACTOR * reference + HIGH_MARGIN;
  }

  /**
   * Judges a step.
   *
   * @param step its number, from 1
   * @param loss of its batch, nats per character
   * @param targets its characters, indices
   * @param mayBeFlat whether to go on though nothing is learnt
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
              "training diverged: the loss stays at %.3f, where the characters' frequencies alone give %.3f, at step %,d",
              loss, reference, step));
    }
    if (!mayBeFlat
        && state.flatWindows() >= FLAT_WINDOWS
        && state.flatMovement() >= FLAT_MOVEMENT) {
      throw new DivergenceException(
          format(
              "nothing is learnt at this learning rate: the loss stays at %.3f, where the characters' frequencies alone give %.3f, at step %,d",
              loss, reference, step));
    }
  }
}
