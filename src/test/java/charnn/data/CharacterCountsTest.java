package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.util.InvalidSettingException;
import org.junit.jupiter.api.Test;

class CharacterCountsTest {
  private static final String TEXT = "aaaabbbccd" + SpecialSymbols.DOCUMENT_MARK;

  private static CharacterCounts counts() {
    return CharacterCounts.of(TEXT);
  }

  @Test
  void countsEachCharacter() {
    assertThat(counts().counts()).containsExactly(4, 3, 2, 1, 1);
    assertThat(counts().once()).isEqualTo(2);
  }

  @Test
  void rareOnesBecomeTheUnknownOne() {
    Vocabulary frequent = counts().frequent(3, null);
    assertThat(frequent.codePoints())
        .containsExactly('a', 'b', SpecialSymbols.UNKNOWN, SpecialSymbols.DOCUMENT);
    assertThat(frequent.documentMark()).isEqualTo(3);
    assertThat(frequent.unknownCharacter()).isEqualTo(2);
    assertThat(frequent.encode(TEXT)).isEqualTo(new char[] {0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3});
    assertThat(counts().missingFrom(frequent)).isEqualTo(new CharacterCounts.Rare(2, 3));
    assertThat(frequent.inexpressible("xyz")).isZero();
    assertThat(frequent.unknown("xyza")).isEqualTo(3);
    assertThat(frequent.withoutUnknown("xa")).isEqualTo("xa");
  }

  @Test
  void knownOnesAreKept() {
    Vocabulary known = Vocabulary.ofText("cdx");
    Vocabulary frequent = counts().frequent(3, known);
    assertThat(frequent.unknownCharacter()).isNegative();
    assertThat(known.with(frequent).codePoints())
        .containsExactly('a', 'b', 'c', 'd', 'x', SpecialSymbols.DOCUMENT);
    assertThat(counts().missingFrom(frequent)).isNull();
  }

  @Test
  void withoutRareOnesThereIsNoUnknownOne() {
    assertThat(counts().frequent(1, null)).isEqualTo(Vocabulary.ofText(TEXT));
    assertThatThrownBy(() -> CharacterCounts.of("aab").frequent(2, null))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("fewer than two characters occur 2 times or more");
  }
}
