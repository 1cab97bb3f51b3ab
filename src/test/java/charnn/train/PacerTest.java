package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.model.Pace;
import charnn.model.Recipe;
import charnn.model.Regularization;
import charnn.model.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacerTest {
  private static Recipe recipe(Pace pace) {
    return new Recipe(
        16,
        32,
        Regularization.NONE,
        Schedule.cosine(0.01),
        0.1,
        Recipe.Order.STREAM,
        1,
        "simd",
        pace,
        1000,
        100,
        0);
  }

  /**
   * Trains on a machine that takes so many times as long for a step as was thought, from half of
   * the time on so many times.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "0.5, 0.5", "2, 2", "1, 2", "1, 0.5", "2, 0.6", "10, 0.1"})
  void aRunOfAGivenTimeKeepsItWhateverTheMachineDoes(double first, double second) {
    double budget = 60;
    Recipe recipe = recipe(Pace.ofTime(6000, budget));
    Pacer pacer = new Pacer(0, 0);
    double seconds = 0;
    long step = 0;
    double progress = 0;
    while (step < recipe.totalSteps()) {
      step++;
      seconds += 0.01 * (seconds < budget / 2 ? first : second);
      if (step % 1000 == 0 || step == recipe.totalSteps()) {
        seconds += 0.2;
        pacer.evaluated(0.2);
      }
      if (step % 100 == 0) {
        recipe = recipe.with(pacer.next(recipe, step, seconds), 1, 0);
      }
      assertThat(recipe.pace().progress(step)).isGreaterThanOrEqualTo(progress);
      progress = recipe.pace().progress(step);
    }
    assertThat(progress).isEqualTo(1);
    assertThat(seconds).isCloseTo(budget, within(0.05 * budget));
  }

  @Test
  void aRunOfGivenStepsKeepsThem() {
    Recipe recipe = recipe(Pace.ofSteps(6000));
    assertThat(new Pacer(0, 0).next(recipe, 100, 1000)).isEqualTo(recipe.pace());
  }
}
