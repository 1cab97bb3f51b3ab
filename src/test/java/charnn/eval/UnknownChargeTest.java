package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UnknownChargeTest {
  @Test
  void aTextWithoutUnknownCharactersCostsWhatTheModelSays() {
    UnknownCharge none = UnknownCharge.of(0, 1000, 80);
    assertThat(none.fraction()).isZero();
    for (double loss : new double[] {0, 1e-9, 1.2345678901234567, 700}) {
      assertThat(none.loss(loss)).isEqualTo(loss);
    }
  }

  @Test
  void theProbabilitiesOfAllCharactersAddUpToOne() {
    int v = 87;
    UnknownCharge charge = UnknownCharge.of(300, 1000, v);
    double known = Math.exp(-charge.natsKnown()); // all V together
    double unknown = Math.exp(-charge.natsUnknown()) * (0x110000 - 0x800 - v);
    assertThat(known + unknown).isCloseTo(1, within(1e-12));
    assertThat(unknown).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void aTextOfUnknownCharactersCostsAsMuchAsAnyOfUnicode() {
    UnknownCharge most = UnknownCharge.of(920, 1000, 28);
    // 0.08 (0.5 + 2.526) + 0.92 (13.922 + 0.083)
    assertThat(most.loss(0.5)).isCloseTo(13.126, within(1e-3));
    assertThat(most.loss(0.5)).isGreaterThan(Math.log(28));
  }

  @Test
  void oneUnknownCharacterCostsWhatItTakesToNameItAndItsPlace() {
    int n = 100_000;
    UnknownCharge one = UnknownCharge.of(1, n, 80);
    double nats = n * (one.loss(1) - 1);
    // Its place among n, which of Unicode it is, and e for all others, less its own prediction.
    assertThat(nats).isCloseTo(Math.log(n) + Math.log(1_112_064 - 80) + 1 - 1, within(1e-3));
  }

  @Test
  void moreUnknownCharactersCostMore() {
    double before = 0;
    for (int unknown = 0; unknown < 1000; unknown += 37) {
      double loss = UnknownCharge.of(unknown, 1000, 80).loss(2);
      assertThat(loss).isGreaterThan(before);
      before = loss;
    }
  }
}
