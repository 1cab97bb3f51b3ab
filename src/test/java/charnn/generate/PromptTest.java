package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Vocabulary;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final String DECOMPOSED = "cafe\u0301";

  @Test
  void knownCharactersAreTakenAsTheyAre() {
    Vocabulary alphabet = Vocabulary.ofText("abc😀");
    Prompt prompt = Prompt.of("b😀a", alphabet);
    assertThat(prompt.indices()).containsExactly(1, 3, 0);
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void anEmptyPromptIsEmpty() {
    Prompt prompt = Prompt.of("", Vocabulary.ofText("abc"));
    assertThat(prompt.indices()).isEmpty();
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void anUnknownCharacterIsReplacedByTheClosestWithAWarning() {
    Vocabulary alphabet = Vocabulary.ofText("abcé'");
    Prompt prompt = Prompt.of("a’É", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("a'é");
    assertThat(prompt.warnings())
        .containsExactly(
            "the model does not know the character '’' (U+2019) of the prompt: replaced by ''' (U+0027)",
            "the model does not know the character 'É' (U+00C9) of the prompt: replaced by 'é' (U+00E9)");
  }

  @Test
  void anUnknownCharacterThatResemblesNothingIsLeftOutWithAWarning() {
    Vocabulary alphabet = Vocabulary.ofText("abc");
    Prompt prompt = Prompt.of("a😀b\u0007", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("ab");
    assertThat(prompt.warnings())
        .containsExactly(
            "the model does not know the character '😀' (U+1F600) of the prompt: left out",
            "the model does not know the character U+0007 of the prompt: left out");
  }

  @Test
  void eachDifferentCharacterIsWarnedOfOnce() {
    Vocabulary alphabet = Vocabulary.ofText("abc");
    Prompt prompt = Prompt.of("xAxAx", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("aa");
    assertThat(prompt.warnings()).hasSize(2);
  }

  @Test
  void aPromptOfUnknownCharactersOnlyIsEmpty() {
    Prompt prompt = Prompt.of("😀", Vocabulary.ofText("abc"));
    assertThat(prompt.indices()).isEmpty();
    assertThat(prompt.warnings()).hasSize(1);
  }

  @Test
  void decomposedAccentsAreJoined() {
    Vocabulary alphabet = Vocabulary.ofText("acfé");
    Prompt prompt = Prompt.of(DECOMPOSED, alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("café");
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void accentsThatTheModelKnowsApartOnlyAreTakenApart() {
    Vocabulary alphabet = Vocabulary.ofText(DECOMPOSED);
    Prompt prompt = Prompt.of("café", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo(DECOMPOSED);
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void syllablesInPartsAreJoined() {
    Vocabulary alphabet = Vocabulary.ofText("한글");
    Prompt prompt = Prompt.of("\u1112\u1161\u11AB\u1100\u1173\u11AF", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("한글");
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void decomposedAccentsThatTheModelKnowsStayApart() {
    Vocabulary alphabet = Vocabulary.ofText(DECOMPOSED + "é");
    assertThat(text(Prompt.of(DECOMPOSED, alphabet), alphabet)).isEqualTo(DECOMPOSED);
  }

  @Test
  void decomposedAccentsThatTheModelKnowsStayApartBesideAnUnknownCharacter() {
    Vocabulary alphabet = Vocabulary.ofText(DECOMPOSED);
    Prompt prompt = Prompt.of(DECOMPOSED + "😀", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo(DECOMPOSED);
    assertThat(prompt.warnings()).hasSize(1);
  }

  @Test
  void anAccentThatTheModelDoesNotKnowIsDropped() {
    Vocabulary alphabet = Vocabulary.ofText("acfe");
    Prompt prompt = Prompt.of(DECOMPOSED, alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("cafe");
    assertThat(prompt.warnings())
        .containsExactly(
            "the model does not know the character 'é' (U+00E9) of the prompt: replaced by 'e' (U+0065)");
  }

  private static String text(Prompt prompt, Vocabulary alphabet) {
    StringBuilder text = new StringBuilder();
    for (int index : prompt.indices()) {
      text.appendCodePoint(alphabet.codePoint(index));
    }
    return text.toString();
  }
}
