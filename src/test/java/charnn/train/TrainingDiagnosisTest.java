package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.ValidationFrom;
import charnn.model.GuardState;
import charnn.model.Hyperparameters;
import charnn.model.Models;
import charnn.model.Progress;
import charnn.model.ScheduleHorizon;
import charnn.model.TextStatistics;
import charnn.nn.LossMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDiagnosisTest {
  private static final int V = 60; // guessing: 4.094
  private static final TextStatistics BOOK = text(1000, 0.02);
  private static final double[] FALLING = {2.2, 2.0, 1.8, 1.7, 1.6, 1.5, 1.45, 1.4};

  private int characters = 1000;
  private long stepsPerEpoch = 50;
  private double averageLoss = 1;
  private double movement = 20;
  private double learningRate = 0.014;
  private double validationFraction = 0.1;

  private static TextStatistics text(int validation, double unseen) {
    return new TextStatistics(3, 1.5, 9000, validation, 3, unseen, 0.01);
  }

  private TrainingDiagnosis verdict(double[] training, double[] validation) {
    return verdict(training, validation, BOOK);
  }

  private TrainingDiagnosis verdict(double[] training, double[] validation, TextStatistics text) {
    double[] rates = new double[validation.length];
    Arrays.fill(rates, 0.01);
    return verdict(rates, training, validation, text);
  }

  private TrainingDiagnosis verdict(
      double[] rates, double[] training, double[] validation, TextStatistics text) {
    List<Progress.Evaluation> rows = new ArrayList<>();
    for (int i = 0; i < validation.length; i++) {
      LossMetrics score = new LossMetrics(characters * validation[i], characters / 2, characters);
      rows.add(new Progress.Evaluation(100 * (i + 1), rates[i], training[i], score));
    }
    GuardState guard = new GuardState(movement, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    Progress progress =
        new Progress(
            Math.max(100, 100L * validation.length),
            stepsPerEpoch,
            1000,
            1,
            LossMetrics.NONE,
            rows,
            averageLoss,
            0,
            0,
            false,
            null,
            guard,
            null);
    Hyperparameters hyperparameters =
        Models.plain(16, 32, learningRate)
            .set(Hyperparameters.VALIDATION, validationFraction)
            .engine("simd")
            .plan(ScheduleHorizon.ofSteps(1000), 100, 100)
            .build();
    return TrainingDiagnosis.of(progress, hyperparameters, text, V);
  }

  @Test
  void aFallingLossImproves() {
    TrainingDiagnosis verdict =
        verdict(FALLING, new double[] {2.3, 2.1, 1.9, 1.8, 1.7, 1.65, 1.6, 1.58});
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.IMPROVING);
    assertThat(verdict.finding().toString())
        .isEqualTo("still improving: the validation loss fell by 0.120 to 1.580 since step 500");
  }

  @Test
  void aLossThatStaysHasLevelledOff() {
    double[] validation = {2.3, 2.1, 1.9, 1.8, 1.8, 1.799, 1.802, 1.798};
    TrainingDiagnosis verdict =
        verdict(new double[] {2.2, 2.0, 1.8, 1.7, 1.7, 1.71, 1.7, 1.72}, validation);
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.LEVELLED_OFF);
    assertThat(verdict.finding().toString())
        .isEqualTo("levelled off: the validation loss stays near 1.798 since step 500");
    assertThat(verdict.advice().toString()).contains("larger network");
    assertThat(verdict(FALLING, validation).advice().toString())
        .contains("raise dropout")
        .doesNotContain("larger");
    // The same of a book that was not even read twice meanwhile.
    stepsPerEpoch = 500;
    verdict = verdict(FALLING, validation);
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.UNKNOWN);
    assertThat(verdict.finding().toString())
        .startsWith("too early for a diagnosis")
        .contains("after 1.6 epochs");
  }

  /** As in a run of 20 seconds: the last evaluations are of the last few steps. */
  @Test
  void theLastThirdIsOneOfTheSteps() {
    List<Progress.Evaluation> rows = new ArrayList<>();
    long[] steps = {100, 500, 950, 1000};
    double[] losses = {1.889, 1.703, 1.652, 1.647};
    for (int i = 0; i < steps.length; i++) {
      LossMetrics score = new LossMetrics(1000 * losses[i], 500, 1000);
      rows.add(new Progress.Evaluation(steps[i], 0.01 - 0.001 * i, losses[i], score));
    }
    Progress progress =
        new Progress(1000, 50, 1000, 1, LossMetrics.NONE, rows, 1, 0, 0, false, null, null, null);
    Hyperparameters hyperparameters =
        Models.plain(16, 32, 0.01)
            .engine("simd")
            .plan(ScheduleHorizon.ofSteps(1000), 100, 100)
            .build();
    assertThat(TrainingDiagnosis.of(progress, hyperparameters, BOOK, V).finding().toString())
        .isEqualTo("still improving: the validation loss fell by 0.056 to 1.647 since step 500");
  }

  @Test
  void aRisingLossWhileTrainingsFallsIsOverfitting() {
    double[] training = {2.2, 2.0, 1.8, 1.6, 1.4, 1.2, 1.1, 1.0};
    double[] validation = {2.3, 2.1, 1.9, 1.8, 1.82, 1.85, 1.9, 1.95};
    TrainingDiagnosis verdict = verdict(training, validation);
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.OVERFITTING);
    assertThat(verdict.finding().toString())
        .isEqualTo(
            "overfitting since step 400: the training loss fell from 1.600 to 1.000 while the validation loss rose from 1.800 to 1.950");
    assertThat(verdict(training, validation, null).kind())
        .isEqualTo(TrainingDiagnosis.Kind.OVERFITTING);
    stepsPerEpoch = 1000; // What was not yet read once cannot be overfitted.
    assertThat(verdict(training, validation).kind()).isEqualTo(TrainingDiagnosis.Kind.UNKNOWN);
  }

  @Test
  void aRiseOfBothIsNoOverfittingButGettingWorse() {
    TrainingDiagnosis verdict =
        verdict(
            new double[] {2.2, 2.0, 1.8, 1.6, 1.7, 1.8},
            new double[] {2.3, 2.1, 1.9, 1.8, 1.9, 1.95});
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.WORSENING);
    assertThat(verdict.finding().toString()).contains("since step 400", "from 1.800 to 1.950");
  }

  @Test
  void onTextOfAnotherKindThereIsNoOverfitting() {
    TrainingDiagnosis verdict =
        verdict(
            new double[] {2.2, 2.0, 1.8, 1.6, 1.4, 1.2, 1.1, 1.0},
            new double[] {3.9, 4.1, 4.9, 5.8, 6.2, 6.5, 6.9, 7.5},
            text(1000, 0.9));
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.UNLIKE);
    assertThat(verdict.finding().toString())
        .contains(
            "90 % of its 3-grams are new, 1 % is usual", "of step 100, may be far from trained");
    assertThat(verdict.advice().toString())
        .contains("last.zip", "train with place of validation spread, or validation fraction 0")
        .doesNotContain("dropout");
    assertThat(verdict.finding() + "; " + verdict.advice()).hasSizeLessThan(250);
    double[] falling = {3.9, 3.8, 3.7, 3.6};
    verdict = verdict(falling, falling, text(1000, 0.9));
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.LEARNT_NOTHING);
    double[] training = {2.9, 2.8, 2.7, 2.6};
    verdict = verdict(training, falling, text(1000, 0.9));
    assertThat(verdict.finding().toString()).endsWith("the loss on it, 3.600, means little");
    assertThat(verdict.advice().toString()).doesNotContain("last.zip");
    assertThat(TrainingDiagnosis.warning(text(1000, 0.9), ValidationFrom.LAST))
        .hasValueSatisfying(
            warning -> assertThat(warning.toString()).contains("unlike", "validation fraction 0"));
    assertThat(TrainingDiagnosis.warning(BOOK, ValidationFrom.LAST)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1e-30, 4.094, 1e-27, raise learning rate",
    "1e-5, 4.05, 0.1, raise learning rate",
    "3, 3.1, 900, lower learning rate",
    "10, 4.5, 9000, lower learning rate",
    "0.014, 3.05, 50, train longer; or try another learning rate or fewer layers"
  })
  void aLossAboveTheFrequenciesEntropyHasLearntNothing(
      double rate, double loss, double way, String advice) {
    learningRate = rate;
    movement = way;
    averageLoss = loss;
    double[] losses = new double[8];
    Arrays.fill(losses, loss);
    TrainingDiagnosis verdict = verdict(losses, losses);
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.LEARNT_NOTHING);
    assertThat(verdict.finding().toString()).contains("unigram entropy 3.000");
    assertThat(verdict.advice().toString()).isEqualTo(advice.replace(';', ','));
    // The same without evaluations.
    assertThat(verdict(new double[0], new double[0]).kind())
        .isEqualTo(TrainingDiagnosis.Kind.LEARNT_NOTHING);
  }

  @Test
  void afterAFewStepsItIsTooEarlyToBlameTheLearningRate() {
    movement = 0.1;
    double[] losses = {4.09, 4.08, 4.07, 4.06, 4.05, 4.04, 4.03, 4.02};
    assertThat(verdict(losses, losses).kind()).isEqualTo(TrainingDiagnosis.Kind.IMPROVING);
    averageLoss = 4;
    assertThat(verdict(new double[0], new double[0]).kind())
        .isEqualTo(TrainingDiagnosis.Kind.UNKNOWN);
  }

  @Test
  void aTextThatCannotBeForeseenIsNotTheLearningRatesFault() {
    double[] losses = new double[8];
    Arrays.fill(losses, 3.01);
    TrainingDiagnosis verdict =
        verdict(losses, losses, new TextStatistics(3, 3, 9000, 1000, 3, 0, 0));
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.LEVELLED_OFF);
    assertThat(verdict.advice().toString())
        .contains("unpredictable", "3.000")
        .doesNotContain("larger");
  }

  @Test
  void ofAnOlderFileOnlyGuessingIsKnown() {
    double[] losses = new double[8];
    Arrays.fill(losses, 4.09);
    learningRate = 1e-9;
    assertThat(verdict(losses, losses, null).kind())
        .isEqualTo(TrainingDiagnosis.Kind.LEARNT_NOTHING);
    Arrays.fill(losses, 3.5);
    assertThat(verdict(losses, losses, null).kind()).isEqualTo(TrainingDiagnosis.Kind.LEVELLED_OFF);
  }

  @Test
  void withoutEvaluationsItSaysWhy() {
    double[] none = {};
    assertThat(verdict(none, none, text(1, 0)).finding().toString())
        .isEqualTo("the validation set is too short to evaluate with: 1 of 9,001 characters");
    assertThat(verdict(none, none, text(1, 0)).advice().toString()).doesNotContain("hold out some");
    assertThat(verdict(none, none).finding().toString()).contains("no evaluation up to step 100");
    validationFraction = 0;
    assertThat(verdict(none, none, text(0, 0)).finding().toString()).contains("no validation set");
    assertThat(verdict(none, none, text(0, 0)).advice().toString())
        .contains("validation fraction 0.1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 50, 98})
  void aFewCharactersTellNothing(int few) {
    characters = few;
    TrainingDiagnosis verdict =
        verdict(FALLING, new double[] {2.3, 2.1, 1.9, 1.8, 1.82, 1.85, 1.9, 1.95});
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.UNKNOWN);
    assertThat(verdict.finding().toString())
        .contains("validation set of " + (few + 1) + " characters is too short for a diagnosis");
  }

  /** Given a later end, a run goes back to a higher learning rate, and with it to a higher loss. */
  @Test
  void whatWasBeforeTheLearningRateRoseDoesNotCount() {
    double[] rates = {8, 4, 2, 1, 6, 5, 4, 3, 2};
    double[] training = {2.2, 2.0, 1.8, 1.5, 1.6, 1.9, 1.8, 1.7, 1.6};
    double[] validation = {2.3, 2, 1.8, 1.6, 1.65, 2, 1.9, 1.8, 1.7};
    TrainingDiagnosis verdict = verdict(rates, training, validation, BOOK);
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.IMPROVING);
    assertThat(verdict.finding().toString()).contains("fell by 0.100 to 1.700 since step 800");
    rates[7] = 9;
    verdict = verdict(rates, training, validation, BOOK);
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.UNKNOWN);
    assertThat(verdict.finding().toString()).endsWith("so far: 1 since the learning rate rose");
  }

  @Test
  void threeEvaluationsTellNothing() {
    TrainingDiagnosis verdict = verdict(new double[] {2, 1.9, 1.8}, new double[] {2, 1.9, 1.8});
    assertThat(verdict.kind()).isEqualTo(TrainingDiagnosis.Kind.UNKNOWN);
  }
}
