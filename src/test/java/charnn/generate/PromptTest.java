package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            "unknown to the model, and replaced in the prompt: right single quotation mark (U+2019) by apostrophe (U+0027), 'É' (U+00C9) by 'é' (U+00E9)");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "‘’“”; \"Go!\" she said. (\"No!\")\\n\"Yes\"; “Go!” she said. (“No!”)\\n“Yes”",
        "‘’“”; 'I don't,' he said: \"'No'\"; ‘I don’t,’ he said: “‘No’”",
        "‘’“”; 'Tis late. \"'Twas so,\" 'til the '90s. 'Tell 'em!'; ’Tis late. “’Twas so,” ’til the ’90s. ‘Tell ’em!’",
        "‘’“”; 'Tissue' 'ember' '9 men' '90 men' He 'll; ‘Tissue’ ‘ember’ ‘9 men’ ‘90 men’ He ’ll",
        "’“”; 'I don't,'; ’I don’t,’",
        "„“; \"Ja\", sagt er.; „Ja“, sagt er.",
        "«»; \"Oui\"; «Oui»",
        "“; \"Go!\"; “Go!“",
      })
  void aTypewritersQuotationMarkOpensOrClosesByItsPlace(
      String known, String text, String expected) {
    String lines = text.replace("\\n", "\n");
    Vocabulary vocabulary = Vocabulary.ofText(lines.replaceAll("[\"']", "") + known);
    assertThat(text(Prompt.of(lines, vocabulary), vocabulary))
        .isEqualTo(expected.replace("\\n", "\n"));
  }

  @Test
  void anUnknownCharacterThatResemblesNothingIsLeftOutWithAWarning() {
    Vocabulary vocabulary = Vocabulary.ofText("abc");
    Prompt prompt = Prompt.of("a😀b\u0007", vocabulary);
    assertThat(text(prompt, vocabulary)).isEqualTo("ab");
    assertThat(prompt.warnings())
        .containsExactly(
            "unknown to the model, and left out of the prompt: '😀' (U+1F600), U+0007");
  }

  @Test
  void eachDifferentCharacterIsWarnedOfOnce() {
    Vocabulary vocabulary = Vocabulary.ofText("abc");
    Prompt prompt = Prompt.of("xAxAx", vocabulary);
    assertThat(text(prompt, vocabulary)).isEqualTo("aa");
    assertThat(prompt.warnings())
        .containsExactly(
            "unknown to the model, and replaced in the prompt: 'A' (U+0041) by 'a' (U+0061)",
            "unknown to the model, and left out of the prompt: 'x' (U+0078)");
    assertThat(Prompt.of("defghijd", vocabulary).warnings().get(0))
        .endsWith("'g' (U+0067), 'h' (U+0068) and 2 more");
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
            "unknown to the model, and replaced in the prompt: 'é' (U+00E9) by 'e' (U+0065)");
  }

  private static String text(Prompt prompt, Vocabulary vocabulary) {
    StringBuilder text = new StringBuilder();
    for (int index : prompt.indices()) {
      text.appendCodePoint(vocabulary.codePoint(index));
    }
    return text.toString();
  }
}
