package charnn.data;

/**
 * A text with its vocabulary and its tokens, encoded once.
 *
 * @param corpus the text
 * @param vocabulary that has all of its characters
 * @param tokens the index of each character (code point) in the vocabulary
 * @param validation what to validate on, if that is a corpus of its own; else null
 * @param rare characters that became the unknown one; null if there are none
 * @param once how many characters occur once, if the text's characters were counted
 */
public record EncodedCorpus(
    Corpus corpus,
    Vocabulary vocabulary,
    Tokens tokens,
    Validation validation,
    CharacterCounts.Rare rare,
    int once) {
  /** In a smaller vocabulary, those that occur once do not matter. */
  private static final int LARGE = 200;

  /**
   * A corpus to validate on.
   *
   * @param text in the vocabulary of the text to train on
   */
  public record Validation(Corpus corpus, OtherText text) {}

  /** A text that is not validated on another. */
  public EncodedCorpus(Corpus corpus, Vocabulary vocabulary, Tokens tokens) {
    this(corpus, vocabulary, tokens, null, null, 0);
  }

  /** Returns the same text, to be validated on another. */
  public EncodedCorpus validatedOn(Corpus other) {
    OtherText text = OtherText.of(other.content(), vocabulary);
    return new EncodedCorpus(corpus, vocabulary, tokens, new Validation(other, text), rare, once);
  }

  /**
   * Encodes a text in the vocabulary of its own characters, as its settings have them.
   *
   * @throws charnn.util.InvalidSettingException if too few are frequent enough
   */
  public static EncodedCorpus of(Corpus corpus) {
    return extending(null, corpus);
  }

  /**
   * Encodes a text in a given vocabulary.
   *
   * @throws IllegalArgumentException if the vocabulary lacks a character, and has no unknown one
   */
  public static EncodedCorpus of(Corpus corpus, Vocabulary vocabulary) {
    return new EncodedCorpus(corpus, vocabulary, corpus.content().tokens(vocabulary));
  }

  /**
   * Encodes a text in a vocabulary to which the text's own characters are added, those that are
   * frequent enough.
   *
   * @param known null: none
   * @throws charnn.util.InvalidSettingException if too few are frequent enough
   */
  public static EncodedCorpus extending(Vocabulary known, Corpus corpus) {
    int least = corpus.settings().minCount();
    Vocabulary own = least > 1 ? null : corpus.content().vocabulary();
    CharacterCounts counts = least > 1 || own.size() >= LARGE ? corpus.content().counts() : null;
    Vocabulary frequent = least > 1 ? counts.frequent(least, known) : own;
    EncodedCorpus encoded = of(corpus, known == null ? frequent : known.with(frequent));
    return counts == null
        ? encoded
        : new EncodedCorpus(
            corpus,
            encoded.vocabulary,
            encoded.tokens,
            null,
            counts.missingFrom(encoded.vocabulary),
            counts.once());
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
            ? new TrainValidationSplit(tokens, validation.text.tokens())
            : TrainValidationSplit.of(
                tokens, documentEnds(validationFraction), from, validationFraction, seed);
    Tokens heldOut =
        corpus.settings().hasLargeTexts()
            ? HeldOutSample.of(split.validation(), seed)
            : split.validation();
    return new TrainValidationSplit(
        split.training(), from == ValidationFrom.CORPUS ? validation.text.known(heldOut) : heldOut);
  }

  private DocumentEnds documentEnds(double validationFraction) {
    int mark = vocabulary.documentMark();
    return mark < 0 || validationFraction == 0 ? null : corpus.content().documentEnds(tokens, mark);
  }
}
