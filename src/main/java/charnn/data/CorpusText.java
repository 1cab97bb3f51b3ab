package charnn.data;

/** The characters of a corpus, which need not lie in memory. A character is a code point. */
public interface CorpusText {
  /** Returns the number of characters. */
  long length();

  /** Returns the number of different characters; of too many for a vocabulary, only that. */
  long different();

  /** Returns the vocabulary of all characters. */
  Vocabulary vocabulary();

  /**
   * Returns the index of each character in a vocabulary.
   *
   * @throws IllegalArgumentException if the vocabulary lacks one
   */
  Tokens tokens(Vocabulary vocabulary);

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
}
