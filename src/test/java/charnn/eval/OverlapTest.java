package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTest {
  /** Of "abcxbcd" with the book "abc bcd". */
  private static final Overlap OVERLAP = Overlap.of(1, 2, 3, 0, 1, 2, 3);

  @Test
  void figuresFollowFromTheLengths() {
    assertThat(OVERLAP.characters()).isEqualTo(7);
    assertThat(OVERLAP.longest()).isEqualTo(3);
    assertThat(OVERLAP.copied(3)).isEqualTo(6);
    assertThat(OVERLAP.copiedFraction(3)).isEqualTo(6.0 / 7);
    assertThat(OVERLAP.copied(4)).isZero();
    assertThat(OVERLAP.ngrams(2)).isEqualTo(6);
    assertThat(OVERLAP.novel(2)).isEqualTo(2);
    assertThat(OVERLAP.novelFraction(3)).isEqualTo(3.0 / 5);
  }

  @Test
  void passagesThatOverlapCountOnce() {
    // "abcde" with the book "abcd cde"
    assertThat(Overlap.of(1, 2, 3, 4, 3).copied(3)).isEqualTo(5);
    assertThat(Overlap.of(1, 2, 3, 4, 3).copied(4)).isEqualTo(4);
  }

  @Test
  void aPartKnowsNothingOfWhatStandsBefore() {
    List<Overlap> parts = OVERLAP.parts(2);
    assertThat(parts).extracting(Overlap::characters).containsExactly(2, 2, 2);
    assertThat(parts).extracting(Overlap::longest).containsExactly(2, 1, 2);
    assertThat(parts).extracting(part -> part.copied(1)).containsExactly(2, 1, 2);
    assertThat(parts).extracting(part -> part.copied(2)).containsExactly(2, 0, 2);
    assertThat(parts).extracting(part -> part.novel(2)).containsExactly(0, 1, 0);
    assertThat(OVERLAP.parts(8)).isEmpty();
  }

  @Test
  void aTextShorterThanNHasNoNgrams() {
    assertThat(OVERLAP.ngrams(8)).isZero();
    assertThat(OVERLAP.novel(8)).isZero();
    assertThat(OVERLAP.novelFraction(8)).isNaN();
    assertThat(Overlap.of().copiedFraction(1)).isZero();
    assertThat(Overlap.of().longest()).isZero();
  }
}
