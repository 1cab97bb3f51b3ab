package charnn.lab;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** One of ND4J's optimizers, with the state that it keeps for parameters in an array. */
final class Optimizer {
  private final GradientUpdater<?> updater;
  private final INDArray change; // [1 x parameters]
  private int step;

  Optimizer(IUpdater config, int parameters) {
    long size = config.stateSize(parameters);
    change = Nd4j.create(1, parameters);
    updater = config.instantiate(size == 0 ? null : Nd4j.create(1, (int) size), true);
  }

  /**
   * Returns an optimizer by its name: SGD, Nesterov momentum of 0.9, RMSprop with a decay of 0.95
   * or Adam. Help loads the experiments without ND4J; a class that makes optimizers itself cannot
   * be loaded so.
   */
  static IUpdater of(String name, double rate) {
    return switch (name) {
      case "SGD" -> new Sgd(rate);
      case "Nesterov momentum" -> new Nesterovs(rate, 0.9);
      case "RMSprop" -> rmsProp(rate, 0.95);
      case "Adam" -> new Adam(rate);
      default -> throw new IllegalArgumentException("no optimizer is called " + name);
    };
  }

  /** Returns RMSprop; its decay is the share of its mean square that it keeps in each step. */
  static IUpdater rmsProp(double rate, double decay) {
    return new RmsProp(rate, decay, 1e-8);
  }

  /** Makes one step: changes the parameters, given their gradient. */
  void update(float[] parameters, float[] gradient) {
    change.data().setData(gradient);
    updater.applyUpdater(change, step++, 0);
    float[] changes = change.data().asFloat();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= changes[i];
    }
  }
}
