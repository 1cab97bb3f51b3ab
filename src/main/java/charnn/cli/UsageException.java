package charnn.cli;

/** The arguments do not go together, or something needed is missing. The message says which. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
