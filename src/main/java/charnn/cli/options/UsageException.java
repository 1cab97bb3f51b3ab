package charnn.cli.options;

/** The arguments do not go together, or something needed is missing. The message says which. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }
}
