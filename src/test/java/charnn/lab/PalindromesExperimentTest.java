package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.Batch;
import charnn.nn.Network;
import charnn.nn.ParameterLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PalindromesExperimentTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 7, 12})
  void aRowIsAPalindromeWhoseLastDigitIsTheOnlyTarget(int length) {
    Batch batch = new Batch(50, length - 1);
    new PalindromesExperiment.Palindromes(3).nextBatch(5, batch);
    assertThat(batch.counted()).isEqualTo(50);
    StringBuilder first = new StringBuilder();
    for (int b = 0; b < 50; b++) {
      StringBuilder digits = new StringBuilder();
      for (int t = 0; t < length - 1; t++) {
        digits.append(batch.inputs()[t * 50 + b]);
      }
      digits.append(batch.targets()[(length - 2) * 50 + b]);
      assertThat(digits).hasSize(length).containsOnlyDigits();
      assertThat(digits.toString()).isEqualTo(digits.reverse().toString());
      first.append(digits.charAt(0));
    }
    assertThat(first.chars().distinct().count()).isGreaterThan(7);
  }

  @Test
  void recurrentWeightsAndTheGateThatKeepsStartAsAsked() {
    for (String cell : List.of("lstm", "gru", "rnn")) {
      Network plain = run(cell, 1, cell.equals("gru") ? 0 : 1).network();
      Network other = run(cell, 0.25, 3).network();
      ParameterLayout.Layer layer = plain.architecture().parameterLayout().layer(0);
      int gate = layer.bias() + (cell.equals("gru") ? 2 : 1) * 6; // after the candidate's and r's
      for (int i = 0; i < plain.parameters().length; i++) {
        boolean isRecurrent = i >= layer.recurrent() && i < layer.bias();
        boolean keeps = !cell.equals("rnn") && i >= gate && i < gate + 6;
        assertThat(other.parameters()[i])
            .isEqualTo(keeps ? 3 : plain.parameters()[i] * (isRecurrent ? 0.25f : 1));
      }
    }
  }

  private PalindromesExperiment.Run run(String cell, double radius, double gateBias) {
    Map<String, String> options =
        Map.of("units", "6", "radius", "" + radius, "gate-bias", "" + gateBias);
    return new PalindromesExperiment.Run(LabFixture.lab(folder, options), cell, 40, 1, 100);
  }

  @Test
  void aVanillaNetworkRemembersAFewStepsAndNotMany() throws IOException {
    run(
        Map.of(
            "cells",
            "rnn",
            "lengths",
            "4,40",
            "units",
            "32",
            "steps",
            "300",
            "learning-rate",
            "0.003"));
    List<String> rows = Files.readAllLines(folder.resolve("accuracy.csv"));
    assertThat(rows.get(1)).isEqualTo("4,1,1.0,1.0,1.0,rnn");
    assertThat(Double.parseDouble(rows.get(2).split(",")[2])).isLessThan(0.2);
  }

  @Test
  void atThirtyDigitsAVanillaNetworkIsAtChanceWhereAnLstmIsRight() throws IOException {
    run(
        Map.of(
            "cells",
            "rnn,lstm",
            "lengths",
            "30",
            "units",
            "32",
            "steps",
            "600",
            "learning-rate",
            "0.003"));
    List<String> rows = Files.readAllLines(folder.resolve("accuracy.csv"));
    assertThat(Double.parseDouble(rows.get(1).split(",")[2])).isLessThan(0.2);
    assertThat(rows.get(2)).isEqualTo("30,1,1.0,1.0,1.0,lstm");
  }

  @Test
  void nothingIsTrainedOnTheTests() {
    Lab lab =
        LabFixture.lab(
            folder, Map.of("seeds", "2"), -2, null, OutputStream.nullOutputStream(), line -> {});
    assertThatThrownBy(() -> new PalindromesExperiment().run(lab))
        .hasMessageContaining("the seed -1 is that of the test palindromes");
  }

  @Test
  void whatIsFinishedIsNotRunAgain() throws IOException {
    Map<String, String> options = Map.of("cells", "rnn", "lengths", "9", "steps", "2");
    run(options);
    Path runs = folder.resolve("runs.csv");
    List<String> lines = Files.readAllLines(runs);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).startsWith("rnn,9,1,128,0.001,0.577,4.0,2,");
    Files.writeString(runs, lines.get(0) + "\nrnn,9,1,128,0.001,0.577,4.0,2,0.625,2,1.5\n");
    run(options);
    assertThat(folder.resolve("accuracy.csv")).content().contains("9,1,0.625,0.625,0.625,rnn");
    run(Map.of("cells", "rnn", "lengths", "9", "steps", "3"));
    assertThat(Files.readAllLines(runs)).hasSize(3);
    assertThat(folder.resolve("accuracy.csv")).content().doesNotContain("0.625");
  }

  @Test
  void whatIsNoRunInItsFileIsNotBelieved() throws IOException {
    Map<String, String> options = Map.of("cells", "rnn", "lengths", "9", "steps", "2");
    Path runs = folder.resolve("runs.csv");
    String run = "rnn,9,1,128,0.001,0.577,4.0,2,";
    for (String bad : List.of("17,2,1", "NaN,2,1", "0.5,2", "0.5,2,1e", "", "\u00FF\u0000")) {
      Files.writeString(runs, "what\n" + run + bad, StandardCharsets.ISO_8859_1);
      run(options);
      assertThat(Files.readString(runs, StandardCharsets.ISO_8859_1))
          .startsWith("what\n" + run + bad + "\n" + run)
          .hasLineCount(3);
    }
  }

  @Test
  void whatAnotherProcessAddsMeanwhileStays() throws IOException {
    Path runs = folder.resolve("runs.csv");
    Map<String, String> options = Map.of("cells", "rnn", "lengths", "9,10", "steps", "2");
    run(options);
    Files.writeString(runs, "another\n", StandardOpenOption.APPEND);
    run(Map.of("cells", "rnn", "lengths", "11", "steps", "2"));
    assertThat(Files.readAllLines(runs)).hasSize(5).contains("another");
  }

  @Test
  void whatIsGivenTwiceIsRunOnce() throws IOException {
    run(Map.of("cells", "rnn,rnn", "lengths", "9,9", "steps", "1"));
    assertThat(Files.readAllLines(folder.resolve("accuracy.csv"))).hasSize(2);
  }

  private void run(Map<String, String> options) throws IOException {
    Map<String, String> all = new HashMap<>(options);
    all.put("seeds", "1");
    new PalindromesExperiment().run(LabFixture.lab(folder, all));
  }
}
