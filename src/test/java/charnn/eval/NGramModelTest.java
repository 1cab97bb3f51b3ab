package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Tokens;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NGramModelTest {
  private static final int V = 5;

  /** The formula, with maps of strings. */
  private static double naiveLoss(char[] training, char[] text) {
    Map<String, Integer> pairs = new HashMap<>();
    Map<String, Integer> contexts = new HashMap<>();
    Map<String, Set<Character>> kinds = new HashMap<>();
    for (int i = 0; i < training.length; i++) {
      for (int k = 0; k <= Math.min(NGramModel.ORDER, i); k++) {
        String context = k + ":" + new String(training, i - k, k);
        pairs.merge(context + ">" + training[i], 1, Integer::sum);
        contexts.merge(context, 1, Integer::sum);
        kinds.computeIfAbsent(context, c -> new HashSet<>()).add(training[i]);
      }
    }
    double sum = 0;
    for (int i = 0; i < text.length; i++) {
      double p = 1.0 / V;
      for (int k = 0; k <= Math.min(NGramModel.ORDER, i); k++) {
        String context = k + ":" + new String(text, i - k, k);
        if (contexts.containsKey(context)) {
          double t = kinds.get(context).size();
          double n = pairs.getOrDefault(context + ">" + text[i], 0);
          p = (n + t * p) / (contexts.get(context) + t);
        }
      }
      sum -= Math.log(p);
    }
    return sum / text.length;
  }

  private static char[] random(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) Math.min(random.nextInt(V), random.nextInt(V));
    }
    return text;
  }

  @Test
  void followsTheFormula() {
    char[] training = random(30_000, 1); // so many contexts that the tables grow
    char[] text = random(500, 2);
    assertThat(new NGramModel(Tokens.of(training), V).loss(Tokens.of(text)))
        .isCloseTo(naiveLoss(training, text), within(1e-9));
  }

  @Test
  void knowsNothingWithoutATextAndMuchOfARepeatedOne() {
    Tokens text = Tokens.of(random(1000, 3));
    assertThat(new NGramModel(Tokens.of(), V).loss(text)).isCloseTo(Math.log(V), within(1e-12));
    assertThat(new NGramModel(text, V).loss(text)).isLessThan(0.8);
    assertThat(new NGramModel(text, V).loss(Tokens.of())).isZero();
  }

  @Test
  void aLossForEachLengthOfContext() {
    Tokens training = Tokens.of(random(5000, 4));
    Tokens text = Tokens.of(random(500, 5));
    NGramModel model = new NGramModel(training, V);
    double[] losses = model.losses(text);
    assertThat(losses).hasSize(NGramModel.ORDER + 1);
    assertThat(losses[NGramModel.ORDER]).isEqualTo(model.loss(text));
    // These characters do not depend on those before: contexts only mislead.
    assertThat(losses).isSorted();
  }
}
