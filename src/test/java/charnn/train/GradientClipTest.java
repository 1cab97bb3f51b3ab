package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.engine.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GradientClipTest {
  private static final Workers ALONE = new Workers(1);

  @Test
  void aLongerGradientIsScaledDownToTheNorm() {
    float[] gradient = {3, -4, 0};
    assertThat(GradientClip.clip(gradient, 1, ALONE)).isEqualTo(5);
    assertThat(gradient).containsExactly(new float[] {0.6f, -0.8f, 0}, within(1e-7f));
  }

  @Test
  void theNormItIsScaledToIsTheGivenOne() {
    float[] gradient = {3, -4};
    GradientClip.clip(gradient, 2.5, ALONE);
    assertThat(gradient).containsExactly(1.5f, -2);
  }

  @Test
  void aShorterGradientStaysAsItIs() {
    float[] gradient = {0.3f, -0.4f};
    assertThat(GradientClip.clip(gradient, 1, ALONE)).isCloseTo(0.5, within(1e-7));
    assertThat(gradient).containsExactly(0.3f, -0.4f);
  }

  @Test
  void aGradientOfJustTheNormStaysAsItIs() {
    float[] gradient = {3, -4};
    assertThat(GradientClip.clip(gradient, 5, ALONE)).isEqualTo(5);
    assertThat(gradient).containsExactly(3, -4);
  }

  @Test
  void zeroStaysZero() {
    float[] gradient = new float[3];
    assertThat(GradientClip.clip(gradient, 1, ALONE)).isZero();
    assertThat(gradient).containsOnly(0);
  }

  @Test
  void squaresDoNotOverflow() {
    float[] gradient = {3e30f, 4e30f};
    assertThat(GradientClip.clip(gradient, 1, ALONE)).isCloseTo(5e30, within(1e24));
    assertThat(gradient).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
  }

  @Test
  void manySmallPartsAddUp() {
    float[] gradient = new float[1 << 20];
    Arrays.fill(gradient, 0.01f);
    assertThat(GradientClip.clip(gradient, 1, ALONE)).isCloseTo(10.24, within(1e-6));
    assertThat(GradientClip.clip(gradient, 1, ALONE)).isCloseTo(1, within(1e-6));
  }

  @Test
  void whatIsNotFiniteShowsInTheNorm() {
    assertThat(GradientClip.clip(new float[] {1, Float.NaN}, 1, ALONE)).isNaN();
    assertThat(GradientClip.clip(new float[] {1, Float.NEGATIVE_INFINITY}, 1, ALONE)).isInfinite();
  }
}
