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
    Vocabulary alphabet,
    Hyperparameters recipe,
    Progress progress,
    Provenance provenance) {
  /**
   * @throws IllegalArgumentException if the alphabet is not of the network's size or a part is
   *     missing
   */
  public Model {
    if (network == null
        || alphabet == null
        || recipe == null
        || progress == null
        || provenance == null) {
      throw new IllegalArgumentException("the model lacks a part");
    }
    Hyperparameters.requireFits(network.architecture(), recipe.batchSize(), recipe.seqLength());
    if (alphabet.size() != network.architecture().alphabetSize()) {
      throw new IllegalArgumentException(
          format(
              "the alphabet has %d characters, the network %d",
              alphabet.size(), network.architecture().alphabetSize()));
    }
  }

  /** Tells whether two models are of one run, as far as that can be told. */
  public boolean isOfTheRunOf(Model other) {
    return network.architecture().equals(other.network.architecture())
        && recipe.seed() == other.recipe.seed()
        && provenance.textSha256().equals(other.provenance.textSha256());
  }
}
