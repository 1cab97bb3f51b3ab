package charnn.plan;

import charnn.model.Hyperparameters;
import charnn.nn.NetworkSpec;

/**
 * The plan of a run, before its first step.
 *
 * @param architecture of the network
 * @param hyperparameters of the run
 * @param trainingCharacters of the training set
 * @param validationCharacters of the validation set
 * @param stepsPerEpoch of one epoch
 * @param bytes of memory, approximately
 * @param charactersPerSecond of training on this machine, 0 if not measured
 * @param seconds of the run, 0 if unknown
 * @param expectedLoss on the validation set, in nats per character; NaN if unknown
 */
public record Plan(
    NetworkSpec architecture,
    Hyperparameters hyperparameters,
    long trainingCharacters,
    long validationCharacters,
    long stepsPerEpoch,
    double bytes,
    double charactersPerSecond,
    double seconds,
    double expectedLoss) {

  /** Returns the number of epochs, with a fraction. */
  public double epochs() {
    return (double) hyperparameters.totalSteps() / stepsPerEpoch;
  }

  /** Returns the same with another memory, in bytes. */
  public Plan taking(double bytes) {
    return new Plan(
        architecture,
        hyperparameters,
        trainingCharacters,
        validationCharacters,
        stepsPerEpoch,
        bytes,
        charactersPerSecond,
        seconds,
        expectedLoss);
  }
}
