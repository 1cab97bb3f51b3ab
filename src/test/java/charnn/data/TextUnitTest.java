package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextUnitTest {
  @Test
  void wordsAreInSmallLettersWithoutPunctuation() {
    assertThat(TextUnit.WORDS.passages("\"Don't go,\"\nSAID the 2nd Élan.", 3))
        .containsExactly(List.of("don't", "go", "said"), List.of("the", "2nd", "élan"));
    assertThat(TextUnit.WORDS.passages("?!", 3)).isEmpty();
  }

  @Test
  void charactersAreCodePointsWithOneSpaceForAnyWhiteSpace() {
    assertThat(TextUnit.CHARACTERS.passages(" A😀 \n\tb ", 3))
        .containsExactly(List.of("A", "😀", " "), List.of("b"));
  }

  @Test
  void unitsMakeAText() {
    assertThat(TextUnit.WORDS.text(List.of("once", "upon"))).isEqualTo("once upon");
    assertThat(TextUnit.CHARACTERS.text(List.of("a", " ", "b"))).isEqualTo("a b");
  }
}
