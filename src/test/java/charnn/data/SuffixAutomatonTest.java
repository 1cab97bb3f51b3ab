package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SuffixAutomatonTest {
  /** Zero, letters, the last character of the first plane, and two beyond it. */
  private static final int[] CHARACTERS = {0, 'a', 'b', 0xFFFF, 0x1F600, 0x10FFFF};

  private static int[] random(SplittableRandom random, int most, int different) {
    return random.ints(random.nextInt(most + 1), 0, different).map(i -> CHARACTERS[i]).toArray();
  }

  private static boolean occurs(int[] text, int from, int to, int[] in) {
    for (int i = 0; i + to - from <= in.length; i++) {
      if (Arrays.equals(text, from, to, in, i, i + to - from)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void agreesWithTryingAllSubstrings() {
    SplittableRandom random = new SplittableRandom(28);
    for (int round = 0; round < 5000; round++) {
      int different = 1 + random.nextInt(CHARACTERS.length);
      int[] text = random(random, 20, different);
      int[][] parts = new int[random.nextInt(4)][];
      Arrays.setAll(parts, i -> random(random, 20, different));
      SuffixAutomaton automaton = new SuffixAutomaton(text);
      int[] expected = new int[text.length];
      for (int[] part : parts) {
        automaton.restart();
        assertThat(automaton.matched()).isZero();
        for (int end = 1; end <= part.length; end++) {
          automaton.read(part[end - 1]);
          int from = 0;
          while (!occurs(part, from, end, text)) {
            from++;
          }
          assertThat(automaton.matched()).as("round %d", round).isEqualTo(end - from);
        }
        for (int end = 1; end <= text.length; end++) {
          int from = 0;
          while (!occurs(text, from, end, part)) {
            from++;
          }
          expected[end - 1] = Math.max(expected[end - 1], end - from);
        }
      }
      assertThat(automaton.sharedLengths()).as("round %d", round).isEqualTo(expected);
    }
  }

  /** What takes quadratic time if suffix links are followed again and again. */
  @Test
  @Timeout(60)
  void repetitiveTextsTakeLinearTime() {
    int n = 300_000;
    int[] same = new int[n];
    Arrays.fill(same, 'a');
    SuffixAutomaton foreign = new SuffixAutomaton(same);
    foreign.read('b');
    assertThat(foreign.sharedLengths()).containsOnly(0);
    SuffixAutomaton part = new SuffixAutomaton(same);
    for (int i = 0; i < 1000; i++) {
      part.read('a');
    }
    int[] lengths = part.sharedLengths();
    assertThat(lengths[998]).isEqualTo(999);
    assertThat(lengths[n - 1]).isEqualTo(1000);
    int[] halves = new int[n];
    Arrays.fill(halves, 'a');
    Arrays.fill(halves, n / 2, n, 'b');
    SuffixAutomaton reversed = new SuffixAutomaton(halves);
    for (int i = n - 1; i >= 0; i--) {
      reversed.read(halves[i]);
    }
    assertThat(reversed.sharedLengths()[n - 1]).isEqualTo(n / 2);
  }

  @Test
  void progressIsReported() {
    AtomicLong last = new AtomicLong();
    new SuffixAutomaton(new int[200_000], last::set);
    assertThat(last.get()).isBetween(100_000L, 200_000L);
  }

  @Test
  void itAnswersOnce() {
    SuffixAutomaton automaton = new SuffixAutomaton('a');
    assertThat(automaton.sharedLengths()).containsExactly(0);
    assertThatThrownBy(automaton::sharedLengths).isInstanceOf(IllegalStateException.class);
  }
}
