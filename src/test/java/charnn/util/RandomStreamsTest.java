package charnn.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
  @Test
  void valuesNeverChange() {
    assertThat(RandomStreams.mix(1, 2)).isEqualTo(-9203964617725988723L);
    assertThat(RandomStreams.mix(1, 2, 3)).isEqualTo(-174224717444134880L);
    assertThat(RandomStreams.mix(-5, Long.MIN_VALUE)).isEqualTo(5116194866724770993L);
    assertThat(RandomStreams.random(1, 2).nextLong()).isEqualTo(-6236780571521965850L);
  }

  /** The first outputs of SplitMix64 for the seeds 0 and 1, as other implementations give them. */
  @Test
  void withoutKeysTheSeedIsMixedBySplitMix64() {
    assertThat(RandomStreams.mix(0)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(RandomStreams.mix(1)).isEqualTo(0x910A2DEC89025CC1L);
  }

  @Test
  void theGeneratorIsSeededWithTheMix() {
    SplittableRandom expected = new SplittableRandom(RandomStreams.mix(7, 8, 9));
    SplittableRandom random = RandomStreams.random(7, 8, 9);
    for (int i = 0; i < 10; i++) {
      assertThat(random.nextLong()).isEqualTo(expected.nextLong());
    }
  }

  @Test
  void everyKeyCountsAtItsPlace() {
    List<Long> mixes = new ArrayList<>();
    mixes.add(RandomStreams.mix(1));
    mixes.add(RandomStreams.mix(1, 0));
    mixes.add(RandomStreams.mix(1, 0, 0));
    mixes.add(RandomStreams.mix(0, 1));
    mixes.add(RandomStreams.mix(1, 2, 3));
    mixes.add(RandomStreams.mix(1, 3, 2));
    mixes.add(RandomStreams.mix(2, 1, 3));
    mixes.add(RandomStreams.mix(1, -2, 3));
    assertThat(mixes).doesNotHaveDuplicates();
  }

  @Test
  void neighbouringSeedsAndKeysDoNotCollide() {
    Set<Long> mixes = new HashSet<>();
    for (long seed = 0; seed < 40; seed++) {
      for (long purpose = 0; purpose < 40; purpose++) {
        for (long step = 0; step < 40; step++) {
          mixes.add(RandomStreams.mix(seed, purpose, step));
        }
      }
    }
    assertThat(mixes).hasSize(40 * 40 * 40);
  }

  @Test
  void aNeighbouringKeyFlipsAboutHalfOfTheBits() {
    long flipped = 0;
    for (long key = 0; key < 1000; key++) {
      flipped += Long.bitCount(RandomStreams.mix(1, key) ^ RandomStreams.mix(1, key + 1));
    }
    // 64,000 bits: five standard deviations are 633.
    assertThat(flipped).isBetween(32_000L - 633, 32_000L + 633);
  }

  @Test
  void streamsOfNeighbouringKeysAreUncorrelated() {
    SplittableRandom one = RandomStreams.random(1, 1);
    SplittableRandom two = RandomStreams.random(1, 2);
    double sum = 0;
    for (int i = 0; i < 10_000; i++) {
      sum += (one.nextDouble() - 0.5) * (two.nextDouble() - 0.5);
    }
    // Each product has a standard deviation of 1/12.
    assertThat(Math.abs(sum / 10_000)).isLessThan(5 / 12.0 / 100);
  }
}
