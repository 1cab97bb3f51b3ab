package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class HopfieldExperimentTest {
  @BeforeEach
  void seed() {
    Nd4j.getRandom().setSeed(1);
  }

  @Test
  void theClassicalNetworkRecallsBelowItsLimitAndNotAbove() {
    assertThat(recall(0.06)[1]).isGreaterThan(0.98);
    assertThat(recall(0.3)[1]).isLessThan(0.05);
  }

  @Test
  void theModernNetworkRecallsFarAboveThatLimit() {
    assertThat(recall(3)[3]).isEqualTo(1);
  }

  private static double[] recall(double load) {
    int units = 200;
    return HopfieldExperiment.recall(units, (int) (load * units), 0.1, 0.5);
  }

  @Test
  void theModernUpdateIsThatOfItsFormula() {
    double[][] patterns = {{1, 1, -1, 1}, {-1, 1, 1, 1}, {1, -1, -1, -1}};
    double[] cue = {1, 1, 1, 1};
    double beta = 0.3;
    double[] expected = new double[4];
    for (double[] pattern : patterns) {
      double score = 0;
      for (int i = 0; i < 4; i++) {
        score += pattern[i] * cue[i];
      }
      for (int i = 0; i < 4; i++) {
        expected[i] += Math.exp(beta * score) * pattern[i];
      }
    }
    INDArray state =
        new HopfieldNetwork(Nd4j.create(patterns)).modern(Nd4j.create(new double[][] {cue}), beta);
    for (int i = 0; i < 4; i++) {
      assertThat(state.getDouble(0, i)).isEqualTo(Math.signum(expected[i]));
    }
  }

  @ParameterizedTest
  @CsvSource({"'a b', 50, 150", "'ab', 79, 158", "'a      ', 40, 80"})
  void aTextWithoutPassagesIsRefusedBeforeAnythingIsPrinted(
      String part, int times, int characters, @TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), part.repeat(times));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Map<String, String> given = Map.of("corpus", text.toString());
    Lab lab = LabFixture.lab(folder, given, null, printed, line -> {});
    assertThatThrownBy(() -> new HopfieldExperiment().run(lab))
        .hasMessageStartingWith("the corpus must have 160 or more characters")
        .hasMessageEndingWith("got " + characters + ": give another --corpus");
    assertThat(printed.size()).isZero();
  }

  @Test
  void threeLettersAreRecalledAndEightAreNot() {
    INDArray letters = HopfieldExperiment.letters();
    INDArray few = letters.get(NDArrayIndex.interval(0, HopfieldExperiment.FEW));
    assertThat(new HopfieldNetwork(few).classical(few)).isEqualTo(few);
    HopfieldNetwork all = new HopfieldNetwork(letters);
    assertThat(all.classical(letters)).isNotEqualTo(letters);
    assertThat(all.modern(letters, 0.5)).isEqualTo(letters);
  }
}
