package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EntropyTest {
  /** The formula, with maps of strings. */
  private static double naive(String text, int k) {
    Map<String, Integer> contexts = new HashMap<>();
    Map<String, Integer> pairs = new HashMap<>();
    for (int i = k; i < text.length(); i++) {
      contexts.merge(text.substring(i - k, i), 1, Integer::sum);
      pairs.merge(text.substring(i - k, i + 1), 1, Integer::sum);
    }
    double bits = 0;
    for (Map.Entry<String, Integer> pair : pairs.entrySet()) {
      double n = contexts.get(pair.getKey().substring(0, k));
      bits -= pair.getValue() * Math.log(pair.getValue() / n) / Math.log(2);
    }
    return bits / (text.length() - k);
  }

  @Test
  void followsTheFormula() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      text.append((char) Math.min(random.nextInt(6), random.nextInt(9)));
    }
    Tokens tokens = Tokens.of(text.toString().toCharArray());
    List<Long> progress = new ArrayList<>();
    double[] found = Entropy.of(tokens, progress::add);
    for (int k = 0; k <= Entropy.MOST_ORDER; k++) {
      assertThat(found[k]).isCloseTo(naive(text.toString(), k), within(1e-9));
    }
    assertThat(progress).isSorted();
    assertThat(progress.get(progress.size() - 1)).isLessThanOrEqualTo(Entropy.work(tokens));
  }

  @Test
  void aShortTextHasNoLongContexts() {
    double[] found = Entropy.of(Tokens.of((char) 0, (char) 1), done -> {});
    assertThat(found[0]).isCloseTo(1, within(1e-12));
    assertThat(found[1]).isZero();
    assertThat(found[2]).isNaN();
  }
}
