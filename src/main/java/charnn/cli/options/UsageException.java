package charnn.cli.options;

/** Arguments contradict each other, or one is missing. The message names it. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }
}
