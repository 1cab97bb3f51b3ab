package charnn.data;

import static charnn.data.BatchSourceFixture.fill;
import static charnn.data.BatchSourceFixture.input;
import static charnn.data.BatchSourceFixture.places;
import static charnn.data.BatchSourceFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomBatchesTest {
  @Test
  void targetsAreTheFollowingCharactersOfTheText() {
    BatchSource windows = new RandomBatches(places(1000), 4, 7, 1);
    for (long step = 0; step < 100; step++) {
      assertConsecutive(fill(windows, step, 4, 7), 1000);
    }
  }

  @Test
  void noStateIsCarried() {
    BatchSource windows = new RandomBatches(places(1000), 4, 7, 1);
    Batch batch = new Batch(4, 7);
    for (long step = 0; step < 100; step++) {
      assertThat(windows.nextBatch(step, batch)).isFalse();
    }
  }

  @Test
  void everyPlaceIsTaken() {
    BatchSource windows = new RandomBatches(places(20), 4, 7, 1);
    Set<Integer> starts = new TreeSet<>();
    for (long step = 0; step < 200; step++) {
      Batch batch = fill(windows, step, 4, 7);
      for (int b = 0; b < 4; b++) {
        starts.add(input(batch, b, 0));
      }
    }
    assertThat(starts).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  @Test
  void everyStepAndSeedReadsElsewhere() {
    BatchSource windows = new RandomBatches(places(60_000), 4, 7, 1);
    int[] first = fill(windows, 0, 4, 7).inputs();
    assertThat(fill(windows, 1, 4, 7).inputs()).isNotEqualTo(first);
    assertThat(fill(new RandomBatches(places(60_000), 4, 7, 2), 0, 4, 7).inputs())
        .isNotEqualTo(first);
  }

  @Test
  void aWindowDependsOnItsStepAlone() {
    BatchSource used = new RandomBatches(places(1000), 4, 7, 1);
    for (long step = 0; step < 100; step++) {
      fill(used, step, 4, 7);
    }
    for (long step : new long[] {70, 3, 0, 1_000_000_007L, 3}) {
      BatchSource fresh = new RandomBatches(places(1000), 4, 7, 1);
      assertThat(fill(used, step, 4, 7).inputs()).isEqualTo(fill(fresh, step, 4, 7).inputs());
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 4, 7, 35", "1000, 4, 10, 25", "5, 2, 4, 1", "3, 10, 2, 1"})
  void anEpochReadsAboutAsManyCharactersAsTheTextHas(
      int length, int batchSize, int seqLength, long steps) {
    assertThat(new RandomBatches(places(length), batchSize, seqLength, 1).stepsPerEpoch())
        .isEqualTo(steps);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1", "8, 1, 7", "8, 3, 7", "3, 10, 2", "5, 100, 4"})
  void theSmallestTextsAndBatchesLargerThanTheTextAreRead(
      int length, int batchSize, int seqLength) {
    BatchSource windows = new RandomBatches(places(length), batchSize, seqLength, 1);
    for (long step = 0; step < 20; step++) {
      assertConsecutive(fill(windows, step, batchSize, seqLength), length);
    }
  }

  private static void assertConsecutive(Batch batch, int length) {
    for (int b = 0; b < batch.batchSize(); b++) {
      int place = input(batch, b, 0);
      assertThat(place).isBetween(0, length - 1 - batch.seqLength());
      for (int t = 0; t < batch.seqLength(); t++) {
        assertThat(input(batch, b, t)).isEqualTo(place + t);
        assertThat(target(batch, b, t)).isEqualTo(place + t + 1);
      }
    }
  }
}
