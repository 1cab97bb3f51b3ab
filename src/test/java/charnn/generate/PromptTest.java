package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.text.Alphabet;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final String DECOMPOSED = "cafe\u0301";

  @Test
  void knownCharactersAreTakenAsTheyAre() {
    Alphabet alphabet = Alphabet.ofText("abc😀");
    Prompt prompt = Prompt.of("b😀a", alphabet);
    assertThat(prompt.indices()).containsExactly(1, 3, 0);
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void anEmptyPromptIsEmpty() {
    Prompt prompt = Prompt.of("", Alphabet.ofText("abc"));
    assertThat(prompt.indices()).isEmpty();
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void anUnknownCharacterIsReplacedByTheClosestWithAWarning() {
    Alphabet alphabet = Alphabet.ofText("abcé'");
    Prompt prompt = Prompt.of("a’É", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("a'é");
    assertThat(prompt.warnings())
        .containsExactly(
            "the model does not know the character '’' (U+2019) of the prompt: replaced by ''' (U+0027)",
            "the model does not know the character 'É' (U+00C9) of the prompt: replaced by 'é' (U+00E9)");
  }

  @Test
  void anUnknownCharacterThatResemblesNothingIsLeftOutWithAWarning() {
    Alphabet alphabet = Alphabet.ofText("abc");
    Prompt prompt = Prompt.of("a😀b\u0007", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("ab");
    assertThat(prompt.warnings())
        .containsExactly(
            "the model does not know the character '😀' (U+1F600) of the prompt: left out",
            "the model does not know the character U+0007 of the prompt: left out");
  }

  @Test
  void eachDifferentCharacterIsWarnedOfOnce() {
    Alphabet alphabet = Alphabet.ofText("abc");
    Prompt prompt = Prompt.of("xAxAx", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("aa");
    assertThat(prompt.warnings()).hasSize(2);
  }

  @Test
  void aPromptOfUnknownCharactersOnlyIsEmpty() {
    Prompt prompt = Prompt.of("😀", Alphabet.ofText("abc"));
    assertThat(prompt.indices()).isEmpty();
    assertThat(prompt.warnings()).hasSize(1);
  }

  @Test
  void decomposedAccentsAreJoined() {
    Alphabet alphabet = Alphabet.ofText("acfé");
    Prompt prompt = Prompt.of(DECOMPOSED, alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("café");
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void accentsThatTheModelKnowsApartOnlyAreTakenApart() {
    Alphabet alphabet = Alphabet.ofText(DECOMPOSED);
    Prompt prompt = Prompt.of("café", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo(DECOMPOSED);
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void syllablesInPartsAreJoined() {
    Alphabet alphabet = Alphabet.ofText("한글");
    Prompt prompt = Prompt.of("\u1112\u1161\u11AB\u1100\u1173\u11AF", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("한글");
    assertThat(prompt.warnings()).isEmpty();
  }

  @Test
  void decomposedAccentsThatTheModelKnowsStayApart() {
    Alphabet alphabet = Alphabet.ofText(DECOMPOSED + "é");
    assertThat(text(Prompt.of(DECOMPOSED, alphabet), alphabet)).isEqualTo(DECOMPOSED);
  }

  @Test
  void decomposedAccentsThatTheModelKnowsStayApartBesideAnUnknownCharacter() {
    Alphabet alphabet = Alphabet.ofText(DECOMPOSED);
    Prompt prompt = Prompt.of(DECOMPOSED + "😀", alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo(DECOMPOSED);
    assertThat(prompt.warnings()).hasSize(1);
  }

  @Test
  void anAccentThatTheModelDoesNotKnowIsDropped() {
    Alphabet alphabet = Alphabet.ofText("acfe");
    Prompt prompt = Prompt.of(DECOMPOSED, alphabet);
    assertThat(text(prompt, alphabet)).isEqualTo("cafe");
    assertThat(prompt.warnings())
        .containsExactly(
            "the model does not know the character 'é' (U+00E9) of the prompt: replaced by 'e' (U+0065)");
  }

  private static String text(Prompt prompt, Alphabet alphabet) {
    StringBuilder text = new StringBuilder();
    for (int index : prompt.indices()) {
      text.appendCodePoint(alphabet.codePoint(index));
    }
    return text.toString();
  }
}
