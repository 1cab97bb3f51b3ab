package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.engine.reference.ReferenceEngine;
import charnn.model.Model;
import charnn.model.Models;
import charnn.nn.CellType;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptationTest {
  private static final String LINE = "the cat sat on the mat.\n";
  private static final ThreadTeam ALONE = new ThreadTeam(1);
  private static final Engine ENGINE = new ReferenceEngine(ALONE);

  private static int[] prompt(Model model, int length) {
    int[] line = LINE.chars().map(model.vocabulary()::indexOf).toArray();
    int[] prompt = new int[length];
    Arrays.setAll(prompt, i -> line[i % line.length]);
    return prompt;
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void aPromptIsPredictedBetterByWhatHasLearnedItsBeginning(CellType cell) {
    Model model = Models.random(cell, LINE, 12, 2);
    float[] before = model.network().parameters().clone();
    Adaptation adaptation = Adaptation.of(ENGINE, ALONE, model, prompt(model, 6000), done -> {});
    assertThat(model.network().parameters()).isEqualTo(before);
    assertThat(adaptation.network().parameters()).isNotEqualTo(before);
    assertThat(adaptation.learned()).isEqualTo(5999);
    assertThat(adaptation.before().characters())
        .isEqualTo(adaptation.after().characters())
        .isBetween(599L, 599L + 31);
    assertThat(adaptation.after().loss()).isLessThan(0.95 * adaptation.before().loss());
  }

  /** The last part's figures are those of evaluations of all but it, and of all. */
  @ParameterizedTest
  @ValueSource(ints = {513, 514, 1000, 5000})
  void theLastPartIsScoredAsEvaluationScoresIt(int length) {
    Model model = Models.random(LINE, 12, 2);
    int[] prompt = prompt(model, length);
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) prompt[i];
    }
    Adaptation adaptation = Adaptation.of(ENGINE, ALONE, model, prompt, done -> {});
    int scored = (int) adaptation.after().characters();
    assertThat(scored).isBetween(256, Math.max(256, length / 10) + 31);
    assertThat(length - 1 - scored).isGreaterThanOrEqualTo(256);
    Evaluator evaluator = new Evaluator(ENGINE, ALONE);
    Tokens tokens = Tokens.of(text);
    LossEstimate all = evaluator.evaluateDynamically(model.network(), tokens, done -> {});
    LossEstimate first =
        evaluator.evaluateDynamically(model.network(), tokens.first(length - scored), done -> {});
    assertThat(adaptation.after().lossSum())
        .isCloseTo(all.score().lossSum() - first.score().lossSum(), within(1e-6 * length));
    double[] nats = new double[length];
    evaluator.evaluate(
        new SingleModel(ENGINE, model),
        tokens,
        (index, loss, logits, offset) -> nats[(int) index] = loss,
        done -> {});
    double sum = Arrays.stream(nats, length - scored, length).sum();
    assertThat(adaptation.before().lossSum()).isCloseTo(sum, within(1e-9 * length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 31, 33, 512})
  void aShortPromptIsLearnedAndNotMeasured(int length) {
    Model model = Models.random(LINE, 12, 1);
    Adaptation adaptation = Adaptation.of(ENGINE, ALONE, model, prompt(model, length), done -> {});
    assertThat(adaptation.learned()).isEqualTo(Math.max(0, length - 1));
    assertThat(adaptation.before().characters()).isZero();
    assertThat(adaptation.after().characters()).isZero();
    assertThat(Arrays.equals(adaptation.network().parameters(), model.network().parameters()))
        .isEqualTo(length < 2);
  }

  @Test
  void progressGrowsToTheWork() {
    Model model = Models.random(LINE, 12, 1);
    for (int length : new int[] {100, 1000}) {
      int[] prompt = prompt(model, length);
      List<Long> done = new ArrayList<>();
      Adaptation.of(ENGINE, ALONE, model, prompt, done::add);
      assertThat(done).isSorted();
      assertThat(done.get(done.size() - 1))
          .isBetween(Adaptation.work(prompt) - 130, Adaptation.work(prompt));
    }
  }
}
