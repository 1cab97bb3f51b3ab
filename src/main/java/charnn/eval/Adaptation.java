package charnn.eval;

import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.model.Model;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.optim.DynamicLearner;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.function.LongConsumer;

/**
 * A model that has learned from a prompt by dynamic evaluation, and what that gained: how well the
 * prompt's last part was predicted, each window before it was learned, beside how well the model
 * predicts it that learned nothing.
 *
 * @param network an adapted copy of the model's
 * @param learned characters that it learned to predict
 * @param before of the last part, by the model that learned nothing; of no character if the prompt
 *     is too short for one
 * @param after of the same characters, by the adapting model
 */
public record Adaptation(Network network, int learned, LossMetrics before, LossMetrics after) {
  /** A prompt of fewer characters has no window to learn. */
  public static final int LEAST_TO_LEARN = DynamicLearner.WINDOW + 1;

  /** Of a prompt of so many characters, the last part is measured. */
  public static final int LEAST_TO_MEASURE = 513;

  /** The last part is a tenth of the prompt, but no shorter. */
  private static final int LEAST_PART = 256;

  /**
   * Adapts a copy of a model to a prompt.
   *
   * @param workers evaluate it in parallel
   * @param prompt token ids
   * @param progress called with how much is done, of {@link #work}
   */
  public static Adaptation of(
      Engine engine, ThreadTeam workers, Model model, int[] prompt, LongConsumer progress) {
    char[] text = new char[prompt.length];
    for (int i = 0; i < prompt.length; i++) {
      text[i] = (char) prompt[i];
    }
    int from = lastPart(text.length);
    LossMetrics[] after = {LossMetrics.NONE};
    DynamicLearner learner = new DynamicLearner(engine, model.network());
    learner.read(
        Tokens.of(text),
        (loss, done) -> {
          after[0] = done > from ? after[0].plus(loss) : after[0];
          progress.accept(done);
        });
    int learned = Math.max(0, text.length - 1);
    LossMetrics before =
        new Evaluator(engine, workers)
            .evaluateEnd(
                new SingleModel(engine, model),
                Tokens.of(text),
                from,
                scored -> progress.accept(text.length + scored))
            .score();
    return new Adaptation(learner.network(), learned, before, after[0]);
  }

  /** Returns how much there is to do for a prompt. */
  public static long work(int[] prompt) {
    return 2L * prompt.length - lastPart(prompt.length);
  }

  /** Returns where the last part begins, with a window; the end if there is none. */
  private static int lastPart(int characters) {
    int part = Math.max(LEAST_PART, characters / 10);
    int window = DynamicLearner.WINDOW;
    return characters < LEAST_TO_MEASURE ? characters : (characters - 1 - part) / window * window;
  }
}
