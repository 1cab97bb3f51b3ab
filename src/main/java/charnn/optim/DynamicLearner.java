package charnn.optim;

import charnn.data.Batch;
import charnn.data.Tokens;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.TrainingPass;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.RecurrentState;

/**
 * Adapts a copy of a network to a text while it reads it, as in dynamic evaluation (Krause et al.,
 * "Dynamic evaluation of neural sequence models", 2018): the state is carried; each window of
 * {@value #WINDOW} characters is predicted, and then the copy makes a step of gradient descent on
 * it, of a norm of at most {@value #LEARNING_RATE}.
 */
public final class DynamicLearner {
  /** Characters of a gradient step. */
  public static final int WINDOW = 32;

  private static final double LEARNING_RATE = 0.5;
  private static final double MAX_GRADIENT_NORM = 1;

  private final Engine engine;
  private final Network network;
  private final float[] gradient; // in the order of the parameters

  /** Receives the loss of each window. */
  @FunctionalInterface
  public interface WindowSink {
    /**
     * A window was predicted and learned.
     *
     * @param loss of its characters, predicted before they were learned
     * @param done characters of the text predicted so far, this window's among them
     */
    void accept(LossMetrics loss, long done);
  }

  /**
   * @param network is copied, and not changed
   */
  public DynamicLearner(Engine engine, Network network) {
    this.engine = engine;
    this.network = network.copy();
    gradient = new float[network.parameters().length];
  }

  /** Returns the copy that has learned. */
  public Network network() {
    return network;
  }

  /**
   * Reads a text from zero state: every character but the first is predicted once.
   *
   * @param text in the network's vocabulary
   */
  public void read(Tokens text, WindowSink sink) {
    RecurrentState state = new RecurrentState(network.architecture(), 1);
    long predictions = Math.max(0, text.length() - 1);
    long at = 0;
    while (at < predictions) {
      int length = (int) Math.min(WINDOW, predictions - at);
      long passes = (predictions - at) / length;
      try (TrainingPass pass = engine.training(network, 1, length, Dropout.NONE)) {
        Batch window = new Batch(1, length);
        for (long i = 0; i < passes; i++, at += length) {
          window.fillRow(0, text, at);
          LossMetrics loss = pass.lossAndGradient(window, state, 0, gradient);
          gradientStep();
          sink.accept(loss, at + length);
        }
      }
    }
  }

  /** Makes a step of gradient descent, with the gradient clipped. */
  private void gradientStep() {
    double squares = 0;
    for (float g : gradient) {
      squares += (double) g * g;
    }
    float rate = (float) (LEARNING_RATE * Math.min(1, MAX_GRADIENT_NORM / Math.sqrt(squares)));
    float[] parameters = network.parameters();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= rate * gradient[i];
    }
  }
}
