package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.engine.Logits;
import charnn.predict.Predictor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class ReservoirExperimentTest {
  private static final Vocabulary VOCABULARY = Vocabulary.ofText("abcd");
  private static final Tokens TEXT = Tokens.of(VOCABULARY.encode("abacabad".repeat(2000)));

  @Test
  void theSpectralRadiusIsTheLargestSizeOfAnEigenvalue() {
    double[][] turn = {{0, -2}, {2, 0}};
    double[][] triangle = {{0.5, 10}, {0, -0.7}};
    assertThat(Reservoir.spectralRadius(Nd4j.createFromArray(turn)))
        .isCloseTo(2, Offset.offset(1e-3));
    assertThat(Reservoir.spectralRadius(Nd4j.createFromArray(triangle)))
        .isCloseTo(0.7, Offset.offset(1e-3));
  }

  @Test
  void twoStartsBecomeOneTrajectoryBelowARadiusAndNotFarAboveIt() {
    assertThat(distance(0.5)).isLessThan(1e-6);
    assertThat(distance(5)).isGreaterThan(0.1);
  }

  private static double distance(double radius) {
    Reservoir reservoir = new Reservoir(VOCABULARY, 100, radius, 1, 1);
    return ReservoirExperiment.distances(reservoir, 100, TEXT, 100)[100];
  }

  @Test
  void theBestOfEachKindIsSampled(@TempDir Path folder) throws IOException {
    String samples = samples(folder, "60");
    assertThat(samples).contains("The best reservoir writes:", "The best RNN writes:");
    assertThat(samples(folder, "60,10")).isEqualTo(samples);
  }

  private static String samples(Path folder, String sizes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, String> options = Map.of("sizes", sizes, "radii", "0.3", "steps", "30");
    new ReservoirExperiment().run(LabFixture.lab(folder, options, null, out, line -> {}));
    String text = out.toString(StandardCharsets.UTF_8);
    return text.substring(text.indexOf("\nThe best reservoir"));
  }

  @Test
  void theReadoutPredictsWhatTheStatesRemember(@TempDir Path folder) {
    Reservoir reservoir = new Reservoir(VOCABULARY, 50, 0.9, 1, 1);
    reservoir.fit(LabFixture.lab(folder, Map.of()), TEXT, 0.1);
    Predictor two = reservoir.predictor(2);
    Predictor other = reservoir.predictor(1);
    float[] logits = new float[8];
    float[] single = new float[4];
    double loss = 0;
    for (int t = 0; t < 200; t++) {
      two.step(new int[] {TEXT.at(t), 0}, logits);
      loss -= t < 100 ? 0 : Logits.logProbability(logits, 0, 4, TEXT.at(t + 1)) / 100;
    }
    assertThat(loss).isLessThan(0.1);
    other.load(0, two.save(0));
    two.step(new int[] {TEXT.at(200), 0}, logits);
    other.step(new int[] {TEXT.at(200)}, single);
    for (int k = 0; k < 4; k++) {
      assertThat((double) single[k]).isCloseTo(logits[k], Offset.offset(1e-4));
    }
  }
}
