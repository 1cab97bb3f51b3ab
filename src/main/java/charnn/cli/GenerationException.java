package charnn.cli;

import charnn.util.UserException;

/** Texts could not be generated to their end. */
final class GenerationException extends UserException {
  GenerationException(String message) {
    super(message, null);
  }
}
