package charnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import charnn.engine.Footprint;
import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MemoryEstimateTest {
  private static final Footprint SIMD = EngineType.SIMD.footprint();

  private static final double GIGABYTES_6 = 6e9;

  private static MemoryEstimate need(int hidden, int batch) {
    return new MemoryEstimate(
        CellType.LSTM, 2, hidden, batch, 30, false, 87, 540_000, false, SIMD, 2);
  }

  @Test
  void isThatOfTheWorkedExample() {
    // 1,920 places of 14 + 1 times 128 and 96; 251,000 parameters, padded 256,000.
    assertThat(need(128, 64).bytes()).isCloseTo(50e6 + 3.2e6 + 16.4e6 + 17.2e6, within(2e6));
  }

  @Test
  void theSecondModelOfAPairWaitsWithItsMomentsAndItsText() {
    NetworkSpec network = new NetworkSpec(CellType.LSTM, 87, 128, 2);
    assertThat(need(128, 64).ofPair().bytes() - need(128, 64).bytes())
        .isCloseTo(12.0 * network.parameterCount() + 2.0 * 540_000, withinPercentage(2));
  }

  @Test
  void whatFitsIsAllowed() {
    assertThatCode(() -> need(2048, 64).requireFits(GIGABYTES_6)).doesNotThrowAnyException();
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheFigureAndWhatWouldFit() {
    assertThatThrownBy(() -> need(200_000, 64).requireFits(GIGABYTES_6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("units with batches of 64 x 30")
        .hasMessageContaining("Java may use 6.0 GB");
    for (MemoryEstimate tooMuch : new MemoryEstimate[] {need(200_000, 64), need(128, 1_000_000)}) {
      assertThatThrownBy(() -> tooMuch.requireFits(GIGABYTES_6))
          .satisfies(
              e -> {
                Matcher hidden = Pattern.compile("hidden size (\\d+)").matcher(e.getMessage());
                Matcher batch = Pattern.compile("batch size (\\d+)").matcher(e.getMessage());
                boolean one = false;
                if (hidden.find()) {
                  one = true;
                  int fits = Integer.parseInt(hidden.group(1));
                  assertThat(need(fits, tooMuch.batchSize()).bytes())
                      .isLessThanOrEqualTo(GIGABYTES_6);
                }
                if (batch.find()) {
                  one = true;
                  int fits = Integer.parseInt(batch.group(1));
                  assertThat(need(tooMuch.hiddenSize(), fits).bytes())
                      .isBetween(0.99 * GIGABYTES_6, GIGABYTES_6);
                }
                assertThat(one).isTrue();
              });
    }
  }

  @Test
  void aTextThatTakesTheMemoryIsNamed() {
    MemoryEstimate longText =
        new MemoryEstimate(CellType.LSTM, 2, 128, 64, 30, true, 87, 1_000_000_000, false, SIMD, 2);
    assertThatThrownBy(() -> longText.requireFits(GIGABYTES_6))
        .hasMessageStartingWith("a text of 1,000,000,000 characters takes about 6.1 GB of memory")
        .message()
        .doesNotContain("hidden size");
  }

  @Test
  void hugeSizesDoNotOverflow() {
    assertThat(
            new MemoryEstimate(
                    CellType.LSTM,
                    1000,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    true,
                    65_536,
                    1,
                    false,
                    SIMD,
                    2)
                .bytes())
        .isGreaterThan(1e20);
  }
}
