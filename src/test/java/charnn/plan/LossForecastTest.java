package charnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.eval.NGramModel;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossForecastTest {
  private static final int V = 8;

  private static Tokens text(int length) {
    SplittableRandom random = new SplittableRandom(1);
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) (i % 3 == 0 ? random.nextInt(V) : (text[i - 1] + 1) % V);
    }
    return Tokens.of(text);
  }

  @Test
  void moreWorkLeadsFurtherBelowTheContextModelDownToAFloor() {
    TrainValidationSplit split = TrainValidationSplit.of(text(20_000), 0.1);
    double before = new NGramModel(split.training(), V).loss(split.validation());
    double floor = 0.8 * before;
    for (double operations : new double[] {1e12, 1e13, 1e14}) {
      double expected = LossForecast.of(split, V, operations);
      assertThat(expected).isLessThanOrEqualTo(before).isGreaterThan(floor);
      before = expected;
    }
    assertThat(LossForecast.of(split, V, 1e30)).isGreaterThan(floor);
  }

  @Test
  void withoutValidationTextNothingIsExpected() {
    assertThat(LossForecast.of(TrainValidationSplit.of(text(1000), 0), V, 1e12)).isNaN();
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void onlyAnLstmsLossIsForecast(CellType cell) {
    TrainValidationSplit split = TrainValidationSplit.of(text(20_000), 0.1);
    double forecast = LossForecast.of(split, new NetworkSpec(cell, V, 128, 1), 1e6);
    assertThat(Double.isNaN(forecast)).isEqualTo(cell != CellType.LSTM);
  }

  @Test
  void inABookANetworkGetsBelowTheContextModelByTheRatio() {
    // The bundled tales, and 20,000 characters of a play.
    for (double[] losses :
        new double[][] {
          {3.033, 2.281, 1.798, 1.589, 1.571, 1.630}, {3.310, 2.439, 2.018, 1.901, 1.957, 2.057}
        }) {
      assertThat(LossForecast.forecast(losses, 0.88)).isCloseTo(0.88 * losses[5], within(0.01));
    }
  }

  /**
   * What a source of characters that depend on the last few alone reveals, no network can foresee.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void noLossBelowTheEntropyIsExpected(int order) {
    int length = 100_000;
    SplittableRandom random = new SplittableRandom(order);
    int contexts = (int) Math.pow(V, order);
    double[][] next = new double[contexts][V];
    for (double[] p : next) {
      double sum = 0;
      for (int i = 0; i < V; i++) {
        p[i] = Math.pow(random.nextDouble(), order);
        sum += p[i];
      }
      for (int i = 0; i < V; i++) {
        p[i] /= sum;
      }
    }
    char[] text = new char[length];
    double logs = 0;
    int context = 0;
    for (int i = 0; i < length; i++) {
      double left = random.nextDouble();
      int c = 0;
      while (c < V - 1 && left >= next[context][c]) {
        left -= next[context][c++];
      }
      text[i] = (char) c;
      logs -= i < length - length / 10 ? 0 : Math.log(next[context][c]);
      context = (context * V + c) % contexts;
    }
    double entropy = logs / (length / 10);
    assertThat(LossForecast.of(TrainValidationSplit.of(Tokens.of(text), 0.1), V, 1e14))
        .isGreaterThan(0.995 * entropy)
        .isLessThan(1.12 * entropy);
  }
}
