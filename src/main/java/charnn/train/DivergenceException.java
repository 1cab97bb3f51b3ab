package charnn.train;

/** Training diverged. The message says by which number, and at which step. */
final class DivergenceException extends TrainingException {
  private static final long serialVersionUID = 1;

  DivergenceException(String message) {
    super(message);
  }
}
