package charnn.proofread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomErrorsTest {
  private static final int V = 5;

  private static char[] text(int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) (i % V);
    }
    return text;
  }

  @Test
  void oneCharacterInSoManyIsAnother() {
    char[] correct = text(10_000);
    RandomErrors errors = RandomErrors.of(correct, V, 200, 1);
    assertThat(correct).isEqualTo(text(10_000));
    assertThat(errors.places()).hasSize(50).isSorted().doesNotHaveDuplicates();
    Set<Integer> replacements = new HashSet<>();
    int next = 0;
    for (int i = 0; i < correct.length; i++) {
      boolean isError = next < 50 && errors.places()[next] == i;
      assertThat(errors.text()[i] != correct[i]).isEqualTo(isError);
      if (isError) {
        assertThat(errors.right()[next++]).isEqualTo(correct[i]);
        replacements.add((int) errors.text()[i]);
      }
    }
    assertThat(replacements).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void theErrorsDependOnTheSeedAlone() {
    assertThat(RandomErrors.of(text(5000), V, 100, 7).text())
        .isEqualTo(RandomErrors.of(text(5000), V, 100, 7).text())
        .isNotEqualTo(RandomErrors.of(text(5000), V, 100, 8).text());
    assertThat(RandomErrors.of(text(99), V, 100, 1).places()).isEmpty();
  }

  /** Measurements are of these errors. */
  @Test
  void theErrorsOfASeedStay() {
    RandomErrors errors = RandomErrors.of(text(5000), V, 100, 1);
    assertThat(Arrays.copyOf(errors.places(), 5)).containsExactly(55, 107, 390, 423, 476);
    assertThat(Arrays.stream(errors.places()).limit(5).map(place -> errors.text()[place]))
        .containsExactly(1, 0, 4, 0, 2);
  }

  @Test
  void aCorrectionOfAnErrorIsAHit() {
    RandomErrors errors = new RandomErrors(text(20), new int[] {3, 10, 15}, new char[] {1, 2, 4});
    RandomErrors.Score score =
        errors.score(
            List.of(
                correction(ErrorKind.WRONG, 2, 1),
                correction(ErrorKind.WRONG, 3, 1),
                correction(ErrorKind.SWAPPED, 9, 1, 2),
                correction(ErrorKind.MISSING, 15, 4),
                correction(ErrorKind.WRONG, 15, 2)));
    assertThat(score).isEqualTo(new RandomErrors.Score(3, 5, 3, 1));
    assertThat(score.precision()).isEqualTo(0.6);
    assertThat(score.recall()).isEqualTo(1);
    assertThat(errors.score(List.of()).precision()).isNaN();
  }

  private static Correction correction(ErrorKind kind, int at, int... inserted) {
    char[] tokens = new char[inserted.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (char) inserted[i];
    }
    return new Correction(kind, at, tokens, 10);
  }
}
