package charnn.data;

/**
 * The order in which training reads its text. A pure function of the step, so that a resumed run
 * reads on exactly.
 */
public interface BatchSource {
  /**
   * Fills a batch with the windows of a training step.
   *
   * @param step counted from 0
   * @return whether each row continues where it ended at the step before, so that the state is
   *     carried over; if not, it starts from zero
   */
  boolean nextBatch(long step, Batch batch);

  /**
   * Returns whether a row starts from zero state although the batch continues, because the text was
   * cut since its window at the step before.
   */
  default boolean isCut(long step, int row) {
    return false;
  }

  /** Returns the number of steps in which about every character is read once, at least 1. */
  long stepsPerEpoch();
}
