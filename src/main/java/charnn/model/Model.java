package charnn.model;

import static charnn.util.Formats.format;

import charnn.data.Vocabulary;
import charnn.nn.Network;

/**
 * A trained model: all that sampling and scoring need, and how it came about.
 *
 * @param network its parameters are shared, not copied
 */
public record Model(
    Network network,
    Vocabulary vocabulary,
    Hyperparameters hyperparameters,
    Progress progress,
    Provenance provenance) {
  /**
   * @throws IllegalArgumentException if the vocabulary is not of the network's size or a part is
   *     missing
   */
  public Model {
    if (network == null
        || vocabulary == null
        || hyperparameters == null
        || progress == null
        || provenance == null) {
      throw new IllegalArgumentException("the model lacks a part");
    }
    hyperparameters.requireFits(network.architecture());
    if (vocabulary.size() != network.architecture().vocabularySize()) {
      throw new IllegalArgumentException(
          format(
              "the vocabulary has %d characters, the network %d",
              vocabulary.size(), network.architecture().vocabularySize()));
    }
  }

  /** Returns whether two models are of one run, as far as that is recorded. */
  public boolean isOfTheRunOf(Model other) {
    return network.architecture().equals(other.network.architecture())
        && hyperparameters.seed() == other.hyperparameters.seed()
        && provenance.textSha256().equals(other.provenance.textSha256());
  }
}
