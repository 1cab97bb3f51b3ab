package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PhasedExperimentTest {
  /** The formula as it is written. */
  private static double gate(double t, double tau, double r, double s) {
    double phi = (t - s) / tau - Math.floor((t - s) / tau);
    return phi < r / 2 ? 2 * phi / r : phi < r ? 2 - 2 * phi / r : PhasedExperiment.LEAK * phi;
  }

  @Test
  void theGateRisesFallsAndLeaks() {
    double[][] known = {{2, 0}, {3, 0.5}, {4, 1}, {5, 0.5}, {6.5, 0.00045}, {1, 0.0009}, {23, 0.5}};
    for (double[] point : known) {
      SDVariable t = SameDiff.create().constant(point[0]);
      SameDiff graph = t.getSameDiff();
      SDVariable k = PhasedExperiment.gate(t, graph.constant(10.0), 0.4, graph.constant(2.0));
      assertThat(k.eval().getDouble(0))
          .as("k(%s)", point[0])
          .isEqualTo(point[1], Offset.offset(1e-9))
          .isEqualTo(gate(point[0], 10, 0.4, 2), Offset.offset(1e-9));
    }
  }

  @Test
  void theGatesOfUnitsAreTheirFormulaAndTheGradientIsTheNumericOne() {
    double[] times = {0.3, 3.3, 4.2, 5, 7.7, 12.9, 95.4};
    double[] taus = {10, 2.7, 5.5};
    double[] shifts = {2, 0.4, 5.1};
    double ratio = 0.4;
    SameDiff graph = SameDiff.create();
    SDVariable tau = graph.var("tau", Nd4j.create(new double[][] {taus}));
    SDVariable s = graph.var("s", Nd4j.create(new double[][] {shifts}));
    SDVariable t = graph.constant(Nd4j.create(times).reshape(times.length, 1));
    SDVariable k = PhasedExperiment.gate(t, tau, ratio, s);
    INDArray values = k.eval();
    k.sum().markAsLoss();
    Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), "tau", "s");
    double step = 1e-6;
    for (int u = 0; u < taus.length; u++) {
      double byTau = 0;
      double byShift = 0;
      for (int i = 0; i < times.length; i++) {
        assertThat(values.getDouble(i, u))
            .isEqualTo(gate(times[i], taus[u], ratio, shifts[u]), Offset.offset(1e-9));
        byTau +=
            gate(times[i], taus[u] + step, ratio, shifts[u])
                - gate(times[i], taus[u] - step, ratio, shifts[u]);
        byShift +=
            gate(times[i], taus[u], ratio, shifts[u] + step)
                - gate(times[i], taus[u], ratio, shifts[u] - step);
      }
      assertThat(gradients.get("tau").getDouble(0, u))
          .isEqualTo(byTau / (2 * step), Offset.offset(1e-5));
      assertThat(gradients.get("s").getDouble(0, u))
          .isEqualTo(byShift / (2 * step), Offset.offset(1e-5));
    }
  }

  @Test
  void bothNetworksOverfitAFewWaves() {
    for (boolean phased : new boolean[] {false, true}) {
      Nd4j.getRandom().setSeed(1);
      PhasedExperiment.Network network = new PhasedExperiment.Network(phased, 8, 6, 0.5);
      Map<String, INDArray> waves = PhasedExperiment.waves(0, 8, 6, new SplittableRandom(1));
      double before = network.training.step(waves);
      double after = before;
      for (int step = 0; step < 150 && after > before / 2; step++) {
        after = network.training.step(waves);
      }
      assertThat(after).as("phased: %s", phased).isLessThanOrEqualTo(before / 2);
      assertThat(network.accuracy(waves)).isGreaterThan(0.8);
    }
  }

  /**
   * That the phased LSTM ends above the LSTM takes it hundreds of steps to show. What a closed gate
   * is for shows before training: what a unit holds is kept, so that the gradient with respect to
   * the first samples is larger, as a part of that with respect to the last ones.
   */
  @Test
  void theGradientOfAPhasedNetworkReachesFurtherBack() {
    Map<String, INDArray> waves = PhasedExperiment.waves(0, 16, 40, new SplittableRandom(1));
    double[] reach = new double[2];
    for (int i = 0; i < 12; i++) { // ND4J's random weights are not the same in each run.
      Nd4j.getRandom().setSeed(i / 2);
      SameDiff graph = new PhasedExperiment.Network(i % 2 == 1, 32, 40, 0.3).graph;
      graph.createGradFunction("values");
      INDArray gradient = graph.calculateGradients(waves, "values").get("values");
      INDArray norms = gradient.reshape(40, 16).norm2(1);
      reach[i % 2] += norms.getDouble(0) / norms.getDouble(39) / 6;
    }
    assertThat(reach[1]).isGreaterThan(1.5 * reach[0]);
  }

  @Test
  void aGateThatIsGivenTwiceIsOneCurve(@TempDir Path folder) throws Exception {
    Path once = folder.resolve("once");
    Path twice = folder.resolve("twice");
    drawGates(once, Map.of("tau", "8", "r-on", "0.5", "s", "0"));
    drawGates(twice, Map.of("tau", "8,8.0", "r-on", "0.5,0.5", "s", "0,0"));
    assertThat(twice.resolve("gate.png")).hasSameBinaryContentAs(once.resolve("gate.png"));
  }

  private static void drawGates(Path folder, Map<String, String> given) throws Exception {
    OutputStream nowhere = OutputStream.nullOutputStream();
    new PhasedExperiment().run(LabFixture.lab(folder, given, Duration.ZERO, nowhere, line -> {}));
  }

  @Test
  void anExperimentWithoutTimeSaysThatNothingWasMeasured(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PhasedExperiment().run(LabFixture.lab(folder, Map.of(), Duration.ZERO, out, line -> {}));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("Nothing was measured: no epoch of training ended in the time.\n");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("gate.png", "gate.svg");
    }
    assertThat(folder.resolve("gate.svg")).content().hasSizeLessThan(100_000);
    assertThat(Files.size(folder.resolve("gate.png"))).isLessThan(150_000);
  }
}
