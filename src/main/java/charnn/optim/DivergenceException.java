package charnn.optim;

import java.io.IOException;

/**
 * Training diverged. The message gives the reason and the step. It is an {@link IOException} as the
 * failures to save are: both are handled where the run saves and rolls back.
 */
public final class DivergenceException extends IOException {
  private static final long serialVersionUID = 1;

  public DivergenceException(String message) {
    super(message);
  }
}
