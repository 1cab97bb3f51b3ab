package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.lab.OptimizersExperiment.Surface;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class OptimizersExperimentTest {
  @Test
  void gradientsAreTheNumericOnes() {
    for (Surface surface : List.of(Surface.VALLEY, Surface.SADDLE)) {
      for (float[] at : new float[][] {{-1.5f, 2}, {0.5f, -0.25f}, {0, 1}}) {
        float[] gradient = surface.gradient(at);
        float eps = 1f / 256;
        for (int i = 0; i < 2; i++) {
          float[] above = at.clone();
          above[i] += eps;
          float[] below = at.clone();
          below[i] -= eps;
          double numeric = (surface.value(above) - surface.value(below)) / (2 * eps);
          assertThat((double) gradient[i])
              .isCloseTo(numeric, within(0.01 + 1e-3 * Math.abs(numeric)));
        }
      }
    }
  }

  @Test
  void aContourLineHasItsLevel() {
    double[] x = {-1.2, 0.3, 1.1};
    double[] y = Surface.VALLEY.contour(6, -1, x);
    for (int i = 0; i < x.length; i++) {
      assertThat(Surface.VALLEY.value(new float[] {(float) x[i], (float) y[i]}))
          .isCloseTo(6, within(1e-4));
    }
    assertThat(Surface.SADDLE.contour(-0.1, 1, new double[] {0})).containsExactly(Double.NaN);
  }

  /** On a quadratic, each curvature c shrinks by 1 - rate c in each step. */
  @Test
  void gradientDescentOnAQuadraticIsThatOfTheFormula() {
    List<float[]> path =
        OptimizersExperiment.descend(Surface.VALLEY, new Sgd(0.08), new float[] {-1, 0.5f}, 1e-3);
    int last = path.size() - 1;
    assertThat(last).isGreaterThan(30);
    assertThat((double) path.get(20)[0]).isCloseTo(1 - 2 * Math.pow(0.92, 20), within(1e-5));
    assertThat((double) path.get(20)[1]).isCloseTo(0.5 * Math.pow(-0.6, 20), within(1e-5));
    assertThat(Surface.VALLEY.value(path.get(last))).isLessThan(1e-3);
    assertThat(Surface.VALLEY.value(path.get(last - 1))).isGreaterThanOrEqualTo(1e-3);
  }

  @Test
  void momentumIsFasterInAValleyAndAdamLeavesASaddle() {
    float[] start = {-1, 0.5f};
    int plain = OptimizersExperiment.descend(Surface.VALLEY, new Sgd(0.08), start, 1e-3).size();
    int momentum =
        OptimizersExperiment.descend(Surface.VALLEY, new Nesterovs(0.063, 0.9), start, 1e-3).size();
    assertThat(momentum).isLessThan(plain);
    float[] saddle = {0.001f, 0.5f};
    int sgd = OptimizersExperiment.descend(Surface.SADDLE, new Sgd(0.08), saddle, -0.2).size();
    int adam =
        OptimizersExperiment.descend(Surface.SADDLE, Optimizer.of("Adam", 0.2), saddle, -0.2)
            .size();
    assertThat(adam).isLessThan(sgd / 2);
  }

  @Test
  void withoutTimeNoRateIsTheBest(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new OptimizersExperiment()
        .run(
            LabFixture.lab(
                folder, Map.of("learning-rates", "0.5"), Duration.ZERO, out, line -> {}));
    String[] parts = out.toString(StandardCharsets.UTF_8).split("\n\n");
    assertThat(parts).hasSize(3);
    assertThat(parts[0].lines().skip(2)).singleElement().asString().matches(" *0.5( +-){4} *");
    assertThat(parts[1]).contains("none");
    assertThat(parts[2]).contains("none");
  }
}
