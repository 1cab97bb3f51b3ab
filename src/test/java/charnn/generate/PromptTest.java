package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Vocabulary;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final String DECOMPOSED = "cafe\u0301";

  @Test
  void knownCharactersAreTakenAsTheyAre() {
    Vocabulary vocabulary = Vocabulary.ofText("abc😀");
    Prompt prompt = Prompt.of("b😀a", vocabulary);
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
    Vocabulary vocabulary = Vocabulary.ofText("abcé'");
    Prompt prompt = Prompt.of("a’É", vocabulary);
    assertThat(text(prompt, vocabulary)).isEqualTo("a'é");
    assertThat(prompt.warnings())
        .containsExactly(
            "the model does not know the character '’' (U+2019) of the prompt: replaced by ''' (U+0027)",
            "the model does not know the character 'É' (U+00C9) of the prompt: replaced by 'é' (U+00E9)");
  }

  @Test
  void anUnknownCharacterThatResemblesNothingIsLeftOutWithAWarning() {
    Vocabulary vocabulary = Vocabulary.ofText("abc");
    Prompt prompt = Prompt.of("a😀b\u0007", vocabulary);
    assertThat(text(prompt, vocabulary)).isEqualTo("ab");
    assertThat(prompt.warnings())
        .containsExactly(
            "the model does not know the character '😀' (U+1F600) of the prompt: left out",
            "the model does not know the character U+0007 of the prompt: left out");
  }

  @Test
  void eachDifferentCharacterIsWarnedOfOnce() {
    Vocabulary vocabulary = Vocabulary.ofText("abc");
    Prompt prompt = Prompt.of("xAxAx", vocabulary);
    assertThat(text(prompt, vocabulary)).isEqualTo("aa");
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
    Vocabulary vocabulary = Vocabulary.ofText("acfé");
    Prompt prompt = Prompt.of(DECOMPOSED, vocabulary);
    assertThat(text(prompt, vocabulary)).isEqualTo("café");
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void accentsThatTheModelKnowsApartOnlyAreTakenApart() {
    Vocabulary vocabulary = Vocabulary.ofText(DECOMPOSED);
    Prompt prompt = Prompt.of("café", vocabulary);
    assertThat(text(prompt, vocabulary)).isEqualTo(DECOMPOSED);
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void syllablesInPartsAreJoined() {
    Vocabulary vocabulary = Vocabulary.ofText("한글");
    Prompt prompt = Prompt.of("\u1112\u1161\u11AB\u1100\u1173\u11AF", vocabulary);
    assertThat(text(prompt, vocabulary)).isEqualTo("한글");
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void decomposedAccentsThatTheModelKnowsStayApart() {
    Vocabulary vocabulary = Vocabulary.ofText(DECOMPOSED + "é");
    assertThat(text(Prompt.of(DECOMPOSED, vocabulary), vocabulary)).isEqualTo(DECOMPOSED);
  }

  @Test
  void decomposedAccentsThatTheModelKnowsStayApartBesideAnUnknownCharacter() {
    Vocabulary vocabulary = Vocabulary.ofText(DECOMPOSED);
    Prompt prompt = Prompt.of(DECOMPOSED + "😀", vocabulary);
    assertThat(text(prompt, vocabulary)).isEqualTo(DECOMPOSED);
    assertThat(prompt.warnings()).hasSize(1);
  }

  @Test
  void anAccentThatTheModelDoesNotKnowIsDropped() {
    Vocabulary vocabulary = Vocabulary.ofText("acfe");
    Prompt prompt = Prompt.of(DECOMPOSED, vocabulary);
    assertThat(text(prompt, vocabulary)).isEqualTo("cafe");
    assertThat(prompt.warnings())
        .containsExactly(
            "the model does not know the character 'é' (U+00E9) of the prompt: replaced by 'e' (U+0065)");
  }

  private static String text(Prompt prompt, Vocabulary vocabulary) {
    StringBuilder text = new StringBuilder();
    for (int index : prompt.indices()) {
      text.appendCodePoint(vocabulary.codePoint(index));
    }
    return text.toString();
  }
}
