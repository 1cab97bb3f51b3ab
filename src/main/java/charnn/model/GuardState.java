package charnn.model;

/**
 * What the guard against divergence remembers from step to step.
 *
 * @param movement the sum of the learning rates so far, which is about the farthest that a weight
 *     can have moved, for Adam moves it by the rate at most
 * @param recentLoss running average over the last few steps, nats per character; 0 before the first
 * @param windowSteps steps since the last window of steps was judged
 * @param windowLoss the sum of their losses
 * @param windowMovement the sum of their learning rates
 * @param highWindows how many windows in a row had too high a loss
 * @param highMovement the sum of their learning rates
 * @param flatWindows how many windows in a row were no better than the characters' frequencies
 * @param flatMovement the sum of their learning rates
 * @param healthySteps in a row, since the last rollback or the last halving given back
 */
public record GuardState(
    double movement,
    double recentLoss,
    int windowSteps,
    double windowLoss,
    double windowMovement,
    int highWindows,
    double highMovement,
    int flatWindows,
    double flatMovement,
    long healthySteps) {
  /** Before the first step. */
  public static final GuardState START = new GuardState(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if a number is negative or not finite
   */
  public GuardState {
    if (!isSound(movement)
        || !isSound(recentLoss)
        || !isSound(windowLoss)
        || !isSound(windowMovement)
        || !isSound(highMovement)
        || !isSound(flatMovement)
        || windowSteps < 0
        || highWindows < 0
        || flatWindows < 0
        || healthySteps < 0) {
      throw new IllegalArgumentException("the guard's state must be finite and not negative");
    }
  }

  private static boolean isSound(double number) {
    return number >= 0 && Double.isFinite(number);
  }
}
