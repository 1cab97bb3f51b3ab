package charnn.predict;

import charnn.data.Vocabulary;

/** Gives the probability of each character to follow a text. */
public interface LanguageModel {
  /** Returns the V characters that have a probability. */
  Vocabulary vocabulary();

  /**
   * Returns a predictor that has read nothing. Predictors may be used by a thread each.
   *
   * @param texts B, that it reads in one batch
   */
  Predictor predictor(int texts);
}
