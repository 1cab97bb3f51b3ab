package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.eval.NaiveBayes.Example;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NaiveBayesTest {
  /** Two passages of class 0 and one of class 1; three different units. */
  private final NaiveBayes bayes =
      new NaiveBayes(
          List.of(
              new Example(new int[] {0, 1}, 0),
              new Example(new int[] {0, 0}, 0),
              new Example(new int[] {2, 1}, 1)),
          2,
          3);

  @Test
  void equalsAComputationByHand() {
    // Class 0 has the counts 3, 1, 0 of 4 units, class 1 has 0, 1, 1 of 2; one is added to each.
    double first = 2.0 / 3 * (4.0 / 7) * (1.0 / 7);
    double second = 1.0 / 3 * (1.0 / 5) * (2.0 / 5);
    int[] passage = {0, 2};
    assertThat(bayes.logProbability(0, passage)).isEqualTo(Math.log(first), Offset.offset(1e-12));
    assertThat(bayes.logProbability(1, passage)).isEqualTo(Math.log(second), Offset.offset(1e-12));
  }

  @Test
  void takesTheMoreProbableClass() {
    assertThat(bayes.classOf(new int[] {0, 2})).isZero();
    assertThat(bayes.classOf(new int[] {2, 2})).isEqualTo(1);
    assertThat(bayes.classOf(new int[] {})).isZero();
  }

  @Test
  void countsThePassagesWhoseClassItFinds() {
    Example right = new Example(new int[] {2, 2}, 1);
    Example wrong = new Example(new int[] {0, 2}, 1);
    assertThat(bayes.accuracy(List.of(right, wrong, wrong, wrong))).isEqualTo(0.25);
  }
}
