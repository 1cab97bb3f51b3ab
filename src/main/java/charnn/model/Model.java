package charnn.model;

import static charnn.util.Formats.format;

import charnn.data.Direction;
import charnn.data.Vocabulary;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
  private static final int HASHED_AT_ONCE = 1 << 14; // numbers

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
    if (network.architecture().documents() && vocabulary.documentMark() < 0) {
      throw new IllegalArgumentException(
          "the network knows documents, and the vocabulary has no document mark");
    }
    if (vocabulary.size() != network.architecture().vocabularySize()) {
      throw new IllegalArgumentException(
          format(
              "the vocabulary has %d characters, the network %d",
              vocabulary.size(), network.architecture().vocabularySize()));
    }
  }

  /**
   * Returns the SHA-256 of all that decides what it computes: architecture, vocabulary and
   * parameters, the direction unless it is forward, as in files of before there was one, and
   * whether it knows documents, if so.
   */
  public byte[] sha256() {
    NetworkSpec architecture = network.architecture();
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    digest.update(
        format(
                "%s %d %d %d\n",
                architecture.cell(),
                architecture.layers(),
                architecture.hiddenSize(),
                architecture.vocabularySize())
            .getBytes(StandardCharsets.UTF_8));
    if (hyperparameters.direction() != Direction.FORWARD) {
      digest.update((hyperparameters.direction() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    if (architecture.documents()) {
      digest.update("documents\n".getBytes(StandardCharsets.UTF_8));
    }
    ByteBuffer buffer = ByteBuffer.allocate(HASHED_AT_ONCE * Integer.BYTES);
    for (int codePoint : vocabulary.codePoints()) {
      update(digest, buffer, codePoint);
    }
    for (float parameter : network.parameters()) {
      update(digest, buffer, Float.floatToIntBits(parameter));
    }
    digest.update(buffer.flip());
    return digest.digest();
  }

  private static void update(MessageDigest digest, ByteBuffer buffer, int value) {
    if (!buffer.hasRemaining()) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    buffer.putInt(value);
  }

  /**
   * Returns the model after it learned from another text.
   *
   * @param name of this one
   * @param learned its network then
   * @param characters that it learned
   */
  public Model adapted(String name, Network learned, int characters) {
    return new Model(
        learned,
        vocabulary,
        hyperparameters,
        progress,
        provenance.adapted(name, sha256(), characters));
  }

  /** Returns whether two models are of one run, as far as that is recorded. */
  public boolean isOfTheRunOf(Model other) {
    return network.architecture().equals(other.network.architecture())
        && hyperparameters.direction() == other.hyperparameters.direction()
        && hyperparameters.seed() == other.hyperparameters.seed()
        && provenance.textSha256().equals(other.provenance.textSha256());
  }
}
