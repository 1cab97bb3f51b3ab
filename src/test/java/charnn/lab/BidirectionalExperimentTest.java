package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import charnn.lab.BidirectionalExperiment.Task;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class BidirectionalExperimentTest {
  private final int[] bits = new SplittableRandom(1).ints(3000, 0, 2).toArray();

  /** The answer to each random bit is the next one: nothing that came before tells it. */
  @Test
  void onlyTheFutureTells() {
    int[] next = new int[bits.length - 1];
    System.arraycopy(bits, 1, next, 0, next.length);
    int[] current = Arrays.copyOf(bits, next.length);
    Task task = new Task("next", current, next, false, 8);
    assertThat(right(task, 1)).isBetween(0.4, 0.65);
    assertThat(right(task, 2)).isGreaterThan(0.8); // The last of 8 positions has no future.
  }

  private static double right(Task task, int directions) {
    MultiLayerNetwork network = task.network(directions, task.units(directions, 12), 0.02, 1);
    SplittableRandom random = new SplittableRandom(2);
    try (ThreadTeam workers = new ThreadTeam(1)) {
      for (int step = 0; step < 50; step++) {
        task.train(workers, List.of(network), 32, random);
      }
    }
    return BidirectionalExperiment.score(network, task.windows(task.heldOut()))[0];
  }

  @Test
  void allNetworksAreTrainedOnTheSameWindows() {
    Task task = new Task("bits", bits, bits, true, 5);
    List<MultiLayerNetwork> twins = List.of(task.network(1, 4, 0.1, 1), task.network(1, 4, 0.1, 1));
    INDArray before = twins.get(0).params().dup();
    try (ThreadTeam workers = new ThreadTeam(2)) {
      for (int step = 0; step < 3; step++) {
        task.train(workers, twins, 8, new SplittableRandom(step));
      }
    }
    assertThat(twins.get(1).params()).isEqualTo(twins.get(0).params()).isNotEqualTo(before);
  }

  @Test
  void theBidirectionalNetworkHasNotMoreParameters() {
    Task task = new Task("bits", bits, bits, true, 5);
    int both = task.units(2, 30);
    long forward = task.network(1, 30, 0.1, 1).numParams();
    assertThat(task.network(2, both, 0.1, 1).numParams()).isLessThanOrEqualTo(forward);
    assertThat(task.network(2, both + 1, 0.1, 1).numParams()).isGreaterThan(forward);
  }

  @Test
  void onlyTheBidirectionalNetworkReadsAhead() {
    int[] text = {0, 1, 0, 0, 1, 1}; // two windows, which differ in their last character
    Task task = new Task("ahead", text, text, false, 3);
    for (int directions = 1; directions <= 2; directions++) {
      INDArray input = task.windows(0, 3).getFeatures();
      INDArray output = task.network(directions, 4, 0.1, 1).output(input); // [B, K, T]
      boolean sameAtFirst = output.getFloat(0, 0, 0) == output.getFloat(1, 0, 0);
      assertThat(sameAtFirst).isEqualTo(directions == 1);
      assertThat(output.getFloat(0, 0, 2)).isNotEqualTo(output.getFloat(1, 0, 2));
    }
  }

  @Test
  void dl4jDoesNotFeedABidirectionalNetworkOneCharacterAtATime() {
    Task task = new Task("bits", bits, bits, false, 1);
    INDArray input = task.windows(0).getFeatures();
    task.network(1, 4, 0.1, 1).rnnTimeStep(input);
    MultiLayerNetwork both = task.network(2, 4, 0.1, 1);
    assertThatThrownBy(() -> both.rnnTimeStep(input)).hasMessageContaining("bidirectional");
  }

  @Test
  void theSameSeedGivesTheSameTables(@TempDir Path folder) throws IOException {
    Map<Path, String> first = null;
    for (String run : List.of("a", "b")) {
      Map<Path, String> results = run(folder.resolve(run), null);
      assertThat(results).hasSize(3);
      assertThat(first == null ? results : first).isEqualTo(results);
      first = results;
    }
    assertThat(first.get(Path.of("bidirectional.csv")).lines()).hasSize(5);
  }

  @Test
  void aNetworkThatDidNotLearnIsNoResult(@TempDir Path folder) throws IOException {
    assertThat(run(folder, Duration.ZERO)).isEmpty();
  }

  @Test
  void aTextThatIsTooShortOrHasNoSpeechIsRefused(@TempDir Path folder) throws IOException {
    assertThat(refusal(folder, "\u201Chi\u201D ".repeat(9)))
        .isEqualTo(
            "the corpus must have 60 or more characters, 20 windows, got 27: give another --corpus"
                + " or a smaller --window");
    assertThat(refusal(folder, "He said hi. ".repeat(9)))
        .isEqualTo("the corpus has no speech in double quotation marks: give another --corpus");
  }

  private static String refusal(Path folder, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("text"), text);
    Map<String, String> given = Map.of("corpus", file.toString(), "window", "3");
    Lab lab = LabFixture.lab(folder, given);
    return catchThrowable(() -> new BidirectionalExperiment().run(lab)).getMessage();
  }

  /** Returns the tables of a small run. */
  private static Map<Path, String> run(Path folder, Duration time) throws IOException {
    Files.createDirectories(folder);
    Map<String, String> options = Map.of("units", "4", "steps", "3", "batch-size", "8");
    new BidirectionalExperiment()
        .run(LabFixture.lab(folder, options, time, OutputStream.nullOutputStream(), line -> {}));
    Map<Path, String> tables = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.csv")) {
      for (Path file : files) {
        tables.put(file.getFileName(), Files.readString(file));
      }
    }
    return tables;
  }

  @Test
  void theMiddleOfAWindowIsHiddenAndAskedFor() {
    Task task =
        new Task("gap", new int[] {0, 1, 0, 1, 1, 1}, new int[] {0, 1, 0, 1, 1, 1}, true, 3);
    DataSet windows = task.windows(1);
    assertThat(indices(windows.getFeatures())).containsExactly(1, 2, 1); // 2 stands for hidden
    assertThat(indices(windows.getLabels())).containsExactly(1, 0, 1);
    assertThat(windows.getLabelsMaskArray().data().asFloat()).containsExactly(0, 1, 0);
  }

  private static int[] indices(INDArray oneHot) {
    return oneHot.slice(0).argMax(0).toIntVector();
  }
}
