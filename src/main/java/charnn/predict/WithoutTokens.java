package charnn.predict;

import charnn.data.SpecialSymbols;
import charnn.data.Vocabulary;
import java.util.stream.IntStream;

/** A language model to which some tokens never follow: the others' probabilities grow alike. */
public final class WithoutTokens implements LanguageModel {
  /** So low that a softmax makes it 0, and its sums and differences are finite. */
  private static final float NEVER = -1e30f;

  private final LanguageModel model;
  private final int[] tokens;

  private WithoutTokens(LanguageModel model, int... tokens) {
    this.model = model;
    this.tokens = tokens;
  }

  /**
   * Returns a model without the symbols that are no characters; the model itself if it has none.
   */
  public static LanguageModel special(LanguageModel model) {
    Vocabulary vocabulary = model.vocabulary();
    int[] tokens =
        IntStream.range(0, vocabulary.size())
            .filter(token -> SpecialSymbols.isSpecial(vocabulary.codePoint(token)))
            .toArray();
    return tokens.length == 0 ? model : new WithoutTokens(model, tokens);
  }

  @Override
  public Vocabulary vocabulary() {
    return model.vocabulary();
  }

  @Override
  public Predictor predictor(int texts) {
    Predictor predictor = model.predictor(texts);
    int v = vocabulary().size();
    return new Predictor() {
      @Override
      public void step(int[] characters, float[] logits) {
        predictor.step(characters, logits);
        for (int text = 0; text < texts; text++) {
          for (int token : tokens) {
            logits[text * v + token] = NEVER;
          }
        }
      }

      @Override
      public TextState save(int text) {
        return predictor.save(text);
      }

      @Override
      public void load(int text, TextState from) {
        predictor.load(text, from);
      }
    };
  }
}
