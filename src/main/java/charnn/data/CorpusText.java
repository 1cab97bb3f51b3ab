package charnn.data;

/** The characters of a corpus, which need not lie in memory. A character is a code point. */
public interface CorpusText {
  /** Returns the number of characters. */
  long length();

  /**
   * Returns the vocabulary of all characters.
   *
   * @throws IllegalArgumentException if there are too many
   */
  Vocabulary vocabulary();

  /**
   * Returns the index of each character in a vocabulary.
   *
   * @throws IllegalArgumentException if the vocabulary lacks one, and has no unknown character
   */
  Tokens tokens(Vocabulary vocabulary);

  /**
   * Returns the index of each character in a vocabulary.
   *
   * @param unknown index of those that the vocabulary lacks
   */
  Tokens tokens(Vocabulary vocabulary, int unknown);

  /** Returns how often each character occurs. */
  CharacterCounts counts();

  /**
   * Returns where documents end.
   *
   * @param own tokens of this text
   * @param documentMark the token after each document
   */
  default DocumentEnds documentEnds(Tokens own, int documentMark) {
    return DocumentEnds.of(own, documentMark);
  }

  /**
   * Returns how the text begins.
   *
   * @param most UTF-16 units, up to 1000
   */
  String beginning(int most);

  /** Returns a fingerprint of the characters: SHA-256 of their UTF-8 form, in hexadecimal. */
  String sha256();

  /** Returns how many characters lie in memory: all or none. */
  long inMemory();

  /** Lets go of what is not in memory. */
  default void close() {}
}
