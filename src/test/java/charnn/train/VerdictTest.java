package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.model.Progress;
import charnn.model.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static Verdict verdict(double[] training, double[] heldOut) {
    double[] rates = new double[heldOut.length];
    Arrays.fill(rates, 0.01);
    return verdict(rates, training, heldOut);
  }

  private static Verdict verdict(double[] rates, double[] training, double[] heldOut) {
    List<Progress.Evaluation> rows = new ArrayList<>();
    for (int i = 0; i < heldOut.length; i++) {
      Score score = new Score(1000 * heldOut[i], 500, 1000);
      rows.add(new Progress.Evaluation(100 * (i + 1), rates[i], training[i], score));
    }
    return Verdict.of(
        new Progress(
            100L * heldOut.length, 50, 1000, 1, Score.NONE, rows, 1, 0, 0, false, null, null));
  }

  @Test
  void aFallingLossImproves() {
    Verdict verdict =
        verdict(
            new double[] {2.2, 2.0, 1.8, 1.7, 1.6, 1.5, 1.45, 1.4},
            new double[] {2.3, 2.1, 1.9, 1.8, 1.7, 1.65, 1.6, 1.58});
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.IMPROVING);
    assertThat(verdict.finding())
        .isEqualTo("still improving: the held-out loss fell by 0.070 to 1.580 since step 600");
  }

  @Test
  void aLossThatStaysHasLevelledOff() {
    Verdict verdict =
        verdict(
            new double[] {2.2, 2.0, 1.8, 1.7, 1.7, 1.69, 1.7, 1.69},
            new double[] {2.3, 2.1, 1.9, 1.8, 1.8, 1.799, 1.802, 1.798});
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.LEVELLED_OFF);
    assertThat(verdict.finding())
        .isEqualTo("levelled off: the held-out loss stays near 1.798 since step 600");
  }

  @Test
  void aRisingLossWhileTrainingsFallsMemorises() {
    Verdict verdict =
        verdict(
            new double[] {2.2, 2.0, 1.8, 1.6, 1.4, 1.2, 1.1, 1.0},
            new double[] {2.3, 2.1, 1.9, 1.8, 1.82, 1.85, 1.9, 1.95});
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.MEMORISING);
    assertThat(verdict.finding())
        .isEqualTo(
            "memorising since step 400: the training loss fell from 1.600 to 1.000 while the held-out loss rose from 1.800 to 1.950");
  }

  @Test
  void aRiseOfBothIsNoMemorisingButGettingWorse() {
    Verdict verdict =
        verdict(
            new double[] {2.2, 2.0, 1.8, 1.6, 1.7, 1.8},
            new double[] {2.3, 2.1, 1.9, 1.8, 1.9, 1.95});
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.WORSENING);
    assertThat(verdict.finding()).contains("since step 400", "from 1.800 to 1.950");
  }

  /** Given a later end, a run goes back to a higher learning rate, and with it to a higher loss. */
  @Test
  void whatWasBeforeTheLearningRateRoseDoesNotCount() {
    double[] rates = {8, 4, 2, 1, 6, 5, 4, 3, 2};
    double[] training = {2.2, 2.0, 1.8, 1.5, 1.6, 1.9, 1.8, 1.7, 1.6};
    double[] heldOut = {2.3, 2, 1.8, 1.6, 1.65, 2, 1.9, 1.8, 1.7};
    Verdict verdict = verdict(rates, training, heldOut);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.IMPROVING);
    assertThat(verdict.finding()).contains("fell by 0.100 to 1.700 since step 800");
    rates[7] = 9;
    verdict = verdict(rates, training, heldOut);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.UNKNOWN);
    assertThat(verdict.finding()).endsWith("so far: 1 since the learning rate rose");
  }

  @Test
  void threeEvaluationsTellNothing() {
    Verdict verdict = verdict(new double[] {2, 1.9, 1.8}, new double[] {2, 1.9, 1.8});
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.UNKNOWN);
  }
}
