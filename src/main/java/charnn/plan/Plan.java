package charnn.plan;

import charnn.model.Hyperparameters;
import charnn.nn.NetworkSpec;

/**
 * What a run is going to do, known before its first step.
 *
 * @param architecture of the network
 * @param hyperparameters of the run
 * @param trainingCharacters of the text that is trained on
 * @param validationCharacters of the text that is held out
 * @param stepsPerEpoch in which the training text is read once
 * @param bytes of memory that training takes, about
 * @param charactersPerSecond that this machine trains on, 0 if that was not measured
 * @param seconds that the run takes, 0 if that is not known
 * @param expectedLoss on the validation set, in nats per character; not a number if that is not
 *     known
 */
public record Plan(
    NetworkSpec architecture,
    Hyperparameters hyperparameters,
    int trainingCharacters,
    int validationCharacters,
    long stepsPerEpoch,
    double bytes,
    double charactersPerSecond,
    double seconds,
    double expectedLoss) {

  /** Returns how often the training text is read, with a fraction. */
  public double epochs() {
    return (double) hyperparameters.totalSteps() / stepsPerEpoch;
  }
}
