package charnn.model;

/**
 * What is known of a run's text besides the text itself: how hard it is to predict, and whether its
 * validation part is text of the same kind as its training part.
 *
 * @param entropy of the training part's characters by their frequencies alone, in nats per
 *     character
 * @param contextLoss of an n-gram model on a piece of the training part that it has not seen, in
 *     nats per character
 * @param trainingCharacters of the training part
 * @param validationCharacters of the validation part
 * @param order n, the length of the n-grams that are looked at; 0 if there is too little text
 * @param unseen the share of the validation part's n-grams that the training part does not have
 * @param usual the same share for pieces out of the training part itself
 * @param newCharacters the share of the validation part's characters that the training part does
 *     not have, less the usual share; 0 in files of before
 * @param newBeginnings the share of the validation part's lines that begin as none of the training
 *     part; 0 in files of before
 * @param usualBeginnings the share of the training part's lines that begin as no other
 */
public record TextStatistics(
    double entropy,
    double contextLoss,
    long trainingCharacters,
    long validationCharacters,
    int order,
    double unseen,
    double usual,
    double newCharacters,
    double newBeginnings,
    double usualBeginnings) {
  /** A text whose contexts reveal less about the next character has no structure to learn. */
  private static final double LEAST_STRUCTURE = 0.05;

  /** A validation part has so many times as many unseen n-grams if it is text of another kind, */
  private static final double UNLIKE_FACTOR = 2;

  /** and so many more of all its n-grams... */
  private static final double UNLIKE_DIFFERENCE = 0.15;

  /** ...plus this over the root of its length: a short piece of a book is a scene or a speech. */
  private static final double UNLIKE_SCATTER = 3;

  /** Or so many of its characters are new, plus the second over the root of its length, */
  private static final double UNLIKE_CHARACTERS = 0.02;

  private static final double CHARACTER_SCATTER = 2;

  /** or so many more of its lines begin as none before, as at the end of a sorted list. */
  private static final double UNLIKE_BEGINNINGS = 0.4;

  /** Statistics of a text without new characters and beginnings. */
  public TextStatistics(
      double entropy,
      double contextLoss,
      long trainingCharacters,
      long validationCharacters,
      int order,
      double unseen,
      double usual) {
    this(
        entropy,
        contextLoss,
        trainingCharacters,
        validationCharacters,
        order,
        unseen,
        usual,
        0,
        0,
        0);
  }

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public TextStatistics {
    if (!(entropy >= 0 && contextLoss >= 0)
        || !Double.isFinite(entropy + contextLoss)
        || trainingCharacters < 0
        || validationCharacters < 0
        || order < 0
        || !isShare(unseen)
        || !isShare(usual)
        || !isShare(newCharacters)
        || !isShare(newBeginnings)
        || !isShare(usualBeginnings)) {
      throw new IllegalArgumentException("a text's statistics must be finite and not negative");
    }
  }

  private static boolean isShare(double number) {
    return number >= 0 && number <= 1;
  }

  /** Returns whether the validation part is long enough to evaluate with: two characters. */
  public boolean canEvaluate() {
    return validationCharacters > 1;
  }

  /**
   * Returns whether a character's context reveals more about it than the characters' frequencies.
   */
  public boolean isStructured() {
    return contextLoss < (1 - LEAST_STRUCTURE) * entropy;
  }

  /**
   * Returns whether the validation part is text of another kind than the training part, so that the
   * loss on it does not show how training goes.
   */
  public boolean isValidationUnlike() {
    return hasNewNGrams() || hasNewCharacters() || hasNewBeginnings();
  }

  /** Returns whether that is because of its n-grams. */
  public boolean hasNewNGrams() {
    return order > 0
        && unseen > UNLIKE_FACTOR * usual
        && unseen - usual > UNLIKE_DIFFERENCE + scatter(UNLIKE_SCATTER);
  }

  /** Returns whether that is because of its characters. */
  public boolean hasNewCharacters() {
    return newCharacters > UNLIKE_CHARACTERS + scatter(CHARACTER_SCATTER);
  }

  /** Returns whether that is because of its lines' beginnings. */
  public boolean hasNewBeginnings() {
    return newBeginnings > UNLIKE_FACTOR * usualBeginnings
        && newBeginnings - usualBeginnings > UNLIKE_BEGINNINGS;
  }

  private double scatter(double factor) {
    return factor / Math.sqrt(Math.max(1, validationCharacters));
  }
}
