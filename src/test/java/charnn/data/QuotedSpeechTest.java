package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedSpeechTest {
  @Test
  void theMarksGoAndWhatStoodBetweenThemIsKnown() {
    QuotedSpeech speech = QuotedSpeech.of("He said, \"Go.\" “I stay,” said she.");
    assertThat(speech.text()).isEqualTo("He said, Go. I stay, said she.");
    assertThat(speech.segments(true)).containsExactly("Go.", "I stay,");
    assertThat(speech.segments(false)).containsExactly("He said, ", " ", " said she.");
  }

  @Test
  void anOpenQuotationEndsWithItsParagraph() {
    QuotedSpeech speech = QuotedSpeech.of("\"One\n\ntwo \"three");
    assertThat(speech.segments(true)).containsExactly("One", "three");
  }

  @Test
  void aTextWithoutSpeechIsOneSegment() {
    assertThat(QuotedSpeech.of("none").segments(false)).containsExactly("none");
    assertThat(QuotedSpeech.of("none").segments(true)).isEmpty();
  }
}
