package charnn.data;

/**
 * A text with its vocabulary and its tokens, encoded once.
 *
 * @param corpus the text
 * @param vocabulary that has all of its characters
 * @param tokens the index of each character (code point) in the vocabulary
 * @param validation what to validate on, if that is a corpus of its own; else null
 */
public record EncodedCorpus(
    Corpus corpus, Vocabulary vocabulary, Tokens tokens, Validation validation) {
  /**
   * A corpus to validate on.
   *
   * @param tokens of the characters that the vocabulary has
   */
  public record Validation(Corpus corpus, Tokens tokens) {}

  /** A text that is not validated on another. */
  public EncodedCorpus(Corpus corpus, Vocabulary vocabulary, Tokens tokens) {
    this(corpus, vocabulary, tokens, null);
  }

  /** Returns the same text, to be validated on another. */
  public EncodedCorpus validatedOn(Corpus other) {
    OtherText text = OtherText.of(other.content(), vocabulary);
    return new EncodedCorpus(corpus, vocabulary, tokens, new Validation(other, text.tokens()));
  }

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

  /**
   * Returns the train/validation split; of a large validation set, a sample.
   *
   * @param seed of places where the validation set is taken from, if it is spread, and of the
   *     sample
   */
  public TrainValidationSplit split(ValidationFrom from, double validationFraction, long seed) {
    TrainValidationSplit split =
        from == ValidationFrom.CORPUS
            ? new TrainValidationSplit(tokens, validation.tokens)
            : TrainValidationSplit.of(
                tokens, vocabulary.documentMark(), from, validationFraction, seed);
    return corpus.settings().hasLargeTexts()
        ? new TrainValidationSplit(split.training(), HeldOutSample.of(split.validation(), seed))
        : split;
  }
}
