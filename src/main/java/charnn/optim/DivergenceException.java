package charnn.optim;

import java.io.IOException;

/**
 * Training diverged. The message says by which number, and at which step. Among the failures of
 * input and output, because a run goes back to what it saved.
 */
public final class DivergenceException extends IOException {
  private static final long serialVersionUID = 1;

  public DivergenceException(String message) {
    super(message);
  }
}
