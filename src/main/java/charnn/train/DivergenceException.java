package charnn.train;

/** The numbers of training blew up. The message says which, and at which step. */
final class DivergenceException extends TrainingException {
  private static final long serialVersionUID = 1;

  DivergenceException(String message) {
    super(message);
  }
}
