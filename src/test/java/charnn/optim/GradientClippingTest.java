package charnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.util.ThreadTeam;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GradientClippingTest {
  private static final ThreadTeam ALONE = new ThreadTeam(1);

  private static double norm(float... gradient) {
    return new GradientClipping(gradient, 1).norm(ALONE);
  }

  private static float factor(double maxNorm, double norm) {
    return new GradientClipping(new float[1], maxNorm).factor(norm);
  }

  @Test
  void aLongerGradientIsScaledDownToTheNorm() {
    assertThat(factor(1, 5)).isEqualTo(0.2f);
    assertThat(factor(2.5, 5)).isEqualTo(0.5f);
    assertThat(factor(1, 5e30)).isCloseTo(2e-31f, within(1e-37f));
  }

  @Test
  void aShorterGradientStaysAsItIs() {
    assertThat(factor(1, 0.5)).isEqualTo(1);
    assertThat(factor(5, 5)).isEqualTo(1);
    assertThat(factor(1, 0)).isEqualTo(1);
  }

  @Test
  void theNormIsEuclid() {
    assertThat(norm(3, -4, 0)).isEqualTo(5);
    assertThat(norm(0, 0, 0)).isZero();
    assertThat(norm(1, -1, 1, -1, 1, -1, 1)).isCloseTo(Math.sqrt(7), within(1e-12));
  }

  @Test
  void squaresDoNotOverflow() {
    assertThat(norm(3e30f, 4e30f)).isCloseTo(5e30, within(1e24));
  }

  @Test
  void manySmallPartsAddUpWithAnyNumberOfWorkers() {
    float[] gradient = new float[(1 << 20) + 3];
    Arrays.fill(gradient, 0.01f);
    double alone = norm(gradient);
    assertThat(alone).isCloseTo(10.24, within(1e-4));
    try (ThreadTeam three = new ThreadTeam(3)) {
      assertThat(new GradientClipping(gradient, 1).norm(three)).isEqualTo(alone);
    }
  }

  @Test
  void readsTheGradientAsItIsNow() {
    float[] gradient = {3, 4};
    GradientClipping clip = new GradientClipping(gradient, 1);
    assertThat(clip.norm(ALONE)).isEqualTo(5);
    gradient[1] = 0;
    assertThat(clip.norm(ALONE)).isEqualTo(3);
  }

  @Test
  void whatIsNotFiniteShowsInTheNorm() {
    assertThat(norm(1, Float.NaN)).isNaN();
    assertThat(norm(1, Float.NEGATIVE_INFINITY)).isInfinite();
  }
}
