package charnn.generate;

import charnn.engine.Engine;
import charnn.engine.Logits;
import charnn.model.Model;
import charnn.nn.LossMetrics;
import charnn.optim.DynamicLearner;
import charnn.predict.Predictor;
import charnn.predict.SingleModel;
import java.util.function.LongConsumer;

/**
 * A model that has learned from a prompt by dynamic evaluation, and what that gained: how well the
 * prompt's last part was predicted, each window before it was learned, beside how well the model
 * predicts it that learned nothing.
 *
 * @param model an adapted copy
 * @param learned characters that it learned to predict
 * @param before of the last part, by the model that learned nothing; of no character if the prompt
 *     is too short for one
 * @param after of the same characters, by the adapting model
 */
public record Adaptation(Model model, int learned, LossMetrics before, LossMetrics after) {
  /** Of a prompt of so many characters, the last part is measured. */
  public static final int LEAST_TO_MEASURE = 513;

  /** The last part is a tenth of the prompt, but no shorter. */
  private static final int LEAST_PART = 256;

  /**
   * Adapts a copy of a model to a prompt.
   *
   * @param prompt token ids
   * @param progress called with how much is done, of {@link #work}
   */
  public static Adaptation of(Engine engine, Model model, int[] prompt, LongConsumer progress) {
    char[] text = new char[prompt.length];
    for (int i = 0; i < prompt.length; i++) {
      text[i] = (char) prompt[i];
    }
    int from = lastPart(text.length);
    LossMetrics[] after = {LossMetrics.NONE};
    DynamicLearner learner = new DynamicLearner(engine, model.network());
    learner.read(
        text,
        (loss, done) -> {
          after[0] = done > from ? after[0].plus(loss) : after[0];
          progress.accept(done);
        });
    Model adapted =
        new Model(
            learner.network(),
            model.vocabulary(),
            model.hyperparameters(),
            model.progress(),
            model.provenance());
    int learned = Math.max(0, text.length - 1);
    LossMetrics before =
        from < text.length ? unadapted(engine, model, text, from, progress) : LossMetrics.NONE;
    return new Adaptation(adapted, learned, before, after[0]);
  }

  /** Returns how much there is to do for a prompt. */
  public static long work(int[] prompt) {
    return (lastPart(prompt.length) < prompt.length ? 2L : 1L) * prompt.length;
  }

  /** Returns where the last part begins, with a window; the end if there is none. */
  private static int lastPart(int characters) {
    int part = Math.max(LEAST_PART, characters / 10);
    int window = DynamicLearner.WINDOW;
    return characters < LEAST_TO_MEASURE ? characters : (characters - 1 - part) / window * window;
  }

  /** Returns how well a model predicts the characters behind an index. */
  private static LossMetrics unadapted(
      Engine engine, Model model, char[] text, int from, LongConsumer progress) {
    Predictor predictor = new SingleModel(engine, model).predictor(1);
    float[] logits = new float[model.vocabulary().size()];
    int[] character = new int[1];
    double nats = 0;
    long correct = 0;
    for (int i = 0; i + 1 < text.length; i++) {
      character[0] = text[i];
      predictor.step(character, logits);
      if (i >= from) {
        nats -= Logits.logProbability(logits, 0, logits.length, text[i + 1]);
        correct += Logits.argMax(logits, 0, logits.length) == text[i + 1] ? 1 : 0;
      }
      progress.accept(text.length + (long) i);
    }
    return new LossMetrics(nats, correct, text.length - 1 - from);
  }
}
