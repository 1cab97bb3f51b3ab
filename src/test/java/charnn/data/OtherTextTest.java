package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OtherTextTest {
  private static final Vocabulary VOCABULARY = Vocabulary.of('a', 'b', SpecialSymbols.DOCUMENT);

  private static OtherText of(String text, Vocabulary vocabulary) {
    return OtherText.of(
        new InMemoryText(text.replace("|", SpecialSymbols.DOCUMENT_MARK), List.of()), vocabulary);
  }

  @Test
  void charactersThatTheVocabularyLacksAreLeftOutAndNamed() {
    OtherText text = of("aXbYX", VOCABULARY);
    assertThat(text.unknown()).isEqualTo(3);
    assertThat(text.known(text.tokens()).toArray()).isEqualTo(new char[] {0, 1});
    assertThat(text.note().orElseThrow().toString())
        .contains(": 3 characters that never occur in the training text ('X' (U+0058), 'Y'");
    assertThat(of("ab", VOCABULARY).note()).isEmpty();
  }

  @Test
  void documentsBeginWithAMark() {
    OtherText text = of("aX|b|", VOCABULARY);
    assertThat(text.known(text.tokens()).toArray()).isEqualTo(new char[] {2, 0, 2, 1, 2});
    OtherText all = of("a|", VOCABULARY);
    assertThat(all.known(all.tokens())).isSameAs(all.tokens());
    assertThat(all.tokens().toArray()).isEqualTo(new char[] {2, 0, 2});
  }

  @Test
  void anUnknownCharacterStandsForTheOthers() {
    OtherText text = of("aXb", Vocabulary.of('a', 'b', SpecialSymbols.UNKNOWN));
    assertThat(text.unknown()).isZero();
    assertThat(text.tokens().toArray()).isEqualTo(new char[] {0, 2, 1});
  }

  /** A piece that loses its first or all characters is still cut from the one before. */
  @Test
  void cutsStayWhereTheyAre() {
    OtherText text = of("abXXXbaXab", VOCABULARY);
    Tokens known = text.known(Tokens.cut(text.tokens(), 0, 2, 4, 6, 9));
    assertThat(known.toArray()).isEqualTo(new char[] {0, 1, 1, 0, 0, 1});
    assertThat(known.cuts()).containsExactly(0, 2, 3, 5);
  }
}
