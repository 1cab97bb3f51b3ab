package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedSpeechTest {
  @Test
  void theMarksGoAndWhatStoodBetweenThemIsKnown() {
    QuotedSpeech speech = QuotedSpeech.of("He said, \"Go.\" “I stay,” said she.");
    assertThat(speech.text()).isEqualTo("He said, Go. I stay, said she.");
    assertThat(speech.stretches(true)).containsExactly("Go.", "I stay,");
    assertThat(speech.stretches(false)).containsExactly("He said, ", " ", " said she.");
  }

  @Test
  void anOpenQuotationEndsWithItsParagraph() {
    QuotedSpeech speech = QuotedSpeech.of("\"One\n\ntwo \"three");
    assertThat(speech.stretches(true)).containsExactly("One", "three");
  }

  @Test
  void aTextWithoutSpeechIsOneStretch() {
    assertThat(QuotedSpeech.of("none").stretches(false)).containsExactly("none");
    assertThat(QuotedSpeech.of("none").stretches(true)).isEmpty();
  }
}
