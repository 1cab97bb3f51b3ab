package charnn.data;

/**
 * A text with its vocabulary and its tokens, encoded once.
 *
 * @param corpus the text
 * @param vocabulary that has all of its characters
 * @param tokens the index of each character (code point) in the vocabulary
 */
public record EncodedCorpus(Corpus corpus, Vocabulary vocabulary, Tokens tokens) {
  /** Encodes a text in the vocabulary of its own characters. */
  public static EncodedCorpus of(Corpus corpus) {
    return of(corpus, corpus.content().vocabulary());
  }

  /**
   * Encodes a text in a given vocabulary.
   *
   * @throws IllegalArgumentException if the vocabulary lacks a character
   */
  public static EncodedCorpus of(Corpus corpus, Vocabulary vocabulary) {
    return new EncodedCorpus(corpus, vocabulary, corpus.content().tokens(vocabulary));
  }

  /** Encodes a text in a vocabulary to which the text's own characters are added. */
  public static EncodedCorpus extending(Vocabulary known, Corpus corpus) {
    return of(corpus, known.with(corpus.content().vocabulary()));
  }

  /** Returns the number of characters (code points) of the text. */
  public long characters() {
    return tokens.length();
  }

  /** Returns the number of characters to train on. */
  public long trainingCharacters(double validationFraction) {
    return TrainValidationSplit.trainingLength(characters(), validationFraction);
  }

  /** Returns the train/validation split. */
  public TrainValidationSplit split(double validationFraction) {
    return TrainValidationSplit.of(tokens, validationFraction);
  }
}
