package charnn.train;

/** The numbers of training blew up. The message says which, and at which step. */
final class DivergenceException extends TrainingException {
  private static final long serialVersionUID = 1;

  private final long jumpedAt;

  DivergenceException(String message) {
    this(message, 0);
  }

  /**
   * @param jumpedAt the step at which the loss jumped
   */
  DivergenceException(String message, long jumpedAt) {
    super(message);
    this.jumpedAt = jumpedAt;
  }

  /** Returns the step at which the loss jumped, 0 if a number was not finite. */
  long jumpedAt() {
    return jumpedAt;
  }
}
