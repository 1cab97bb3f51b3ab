package charnn.data;

import static charnn.data.BatchSourceFixture.fill;
import static charnn.data.BatchSourceFixture.input;
import static charnn.data.BatchSourceFixture.places;
import static charnn.data.BatchSourceFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContiguousBatchesTest {
  @Test
  void targetsAreTheFollowingCharacters() {
    BatchSource windows = new ContiguousBatches(places(1000), 4, 7, 1);
    for (long step = 0; step < 2 * windows.stepsPerEpoch(); step++) {
      assertConsecutive(fill(windows, step, 4, 7), 1000);
    }
  }

  @Test
  void rowsGoOnFromWindowToWindow() {
    BatchSource windows = new ContiguousBatches(places(1000), 4, 7, 1);
    for (long step = 1; step < windows.stepsPerEpoch(); step++) {
      Batch before = fill(windows, step - 1, 4, 7);
      Batch batch = fill(windows, step, 4, 7);
      for (int b = 0; b < 4; b++) {
        assertThat(input(batch, b, 0)).isEqualTo(target(before, b, 6));
      }
    }
  }

  @Test
  void theStateIsCarriedWithinAnEpochOnly() {
    BatchSource windows = new ContiguousBatches(places(1000), 4, 7, 1);
    Batch batch = new Batch(4, 7);
    for (long step = 0; step < 3 * windows.stepsPerEpoch(); step++) {
      assertThat(windows.nextBatch(step, batch)).isEqualTo(step % windows.stepsPerEpoch() != 0);
    }
  }

  @Test
  void rowsReadArcsOfEqualLength() {
    Batch batch = fill(new ContiguousBatches(places(1000), 4, 7, 1), 0, 4, 7);
    for (int b = 1; b < 4; b++) {
      assertThat(Math.floorMod(input(batch, b, 0) - input(batch, b - 1, 0), 1000)).isEqualTo(250);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 4, 7, 35",
    "1000, 4, 10, 25",
    "999, 4, 10, 24",
    "100, 1, 1, 100",
    "5, 2, 4, 1"
  })
  void anEpochHasAsManyStepsAsWindowsFitIntoAnArc(
      int length, int batchSize, int seqLength, long steps) {
    assertThat(new ContiguousBatches(places(length), batchSize, seqLength, 1).stepsPerEpoch())
        .isEqualTo(steps);
  }

  @ParameterizedTest
  @CsvSource({"1000, 4, 10", "1000, 4, 7", "997, 5, 13", "64, 8, 8", "100, 1, 1", "60001, 64, 30"})
  void anEpochReadsNoCharacterTwiceAndMissesFewerThanAWindowARow(
      int length, int batchSize, int seqLength) {
    BatchSource windows = new ContiguousBatches(places(length), batchSize, seqLength, 3);
    int[] read = new int[length];
    for (long step = 0; step < windows.stepsPerEpoch(); step++) {
      for (int input : fill(windows, step, batchSize, seqLength).inputs()) {
        read[input]++;
      }
    }
    assertThat(read).containsAnyOf(1).doesNotContain(2);
    assertThat(missed(read)).isLessThanOrEqualTo(batchSize * seqLength);
    if (length % (batchSize * seqLength) == 0) {
      assertThat(read).containsOnly(1);
    }
  }

  @Test
  void everyEpochBeginsElsewhere() {
    BatchSource windows = new ContiguousBatches(places(60_000), 4, 10, 1);
    Set<Integer> starts = new HashSet<>();
    for (long epoch = 0; epoch < 50; epoch++) {
      starts.add(input(fill(windows, epoch * windows.stepsPerEpoch(), 4, 10), 0, 0));
    }
    assertThat(starts).hasSizeGreaterThan(45);
  }

  @Test
  void anotherSeedBeginsElsewhere() {
    Batch one = fill(new ContiguousBatches(places(60_000), 4, 10, 1), 0, 4, 10);
    Batch two = fill(new ContiguousBatches(places(60_000), 4, 10, 2), 0, 4, 10);
    assertThat(two.inputs()).isNotEqualTo(one.inputs());
  }

  @Test
  void aWindowDependsOnItsStepAlone() {
    BatchSource used = new ContiguousBatches(places(1000), 4, 7, 1);
    for (long step = 0; step < 100; step++) {
      fill(used, step, 4, 7);
    }
    for (long step : new long[] {70, 3, 0, 35, 1_000_000_007L, 3}) {
      BatchSource fresh = new ContiguousBatches(places(1000), 4, 7, 1);
      assertThat(fill(used, step, 4, 7).inputs()).isEqualTo(fill(fresh, step, 4, 7).inputs());
      assertThat(fill(used, step, 4, 7).targets()).isEqualTo(fill(fresh, step, 4, 7).targets());
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1", "8, 1, 7", "8, 3, 7", "3, 10, 2", "5, 100, 4"})
  void theSmallestTextsAndBatchesLargerThanTheTextAreReadRoundTheCircle(
      int length, int batchSize, int seqLength) {
    BatchSource windows = new ContiguousBatches(places(length), batchSize, seqLength, 1);
    assertThat(windows.stepsPerEpoch()).isEqualTo(Math.max(1, length / batchSize / seqLength));
    for (long step = 0; step < 20; step++) {
      assertConsecutive(fill(windows, step, batchSize, seqLength), length);
    }
  }

  private static void assertConsecutive(Batch batch, int length) {
    for (int b = 0; b < batch.batchSize(); b++) {
      int place = input(batch, b, 0);
      assertThat(place).isBetween(0, length - 1);
      for (int t = 0; t < batch.seqLength(); t++) {
        assertThat(input(batch, b, t)).isEqualTo((place + t) % length);
        assertThat(target(batch, b, t)).isEqualTo((place + t + 1) % length);
      }
    }
  }

  private static int missed(int[] read) {
    int missed = 0;
    for (int times : read) {
      missed += times == 0 ? 1 : 0;
    }
    return missed;
  }
}
