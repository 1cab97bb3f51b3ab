package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileSinkTest {
  private static final PlacedText.Place PLACE = new PlacedText.Place("a file", 1, 1);
  private static final String LONG = "It was a dark and stormy night, and nobody slept.";

  @Test
  void textsAreLookedAtAsOne() throws CorpusException {
    ProfileSink sink = new ProfileSink(4);
    sink.begin(PLACE);
    sink.append("ab\uD83D\uDE00c\n");
    sink.begin(PLACE);
    sink.append(LONG);
    sink.begin(PLACE);
    sink.append(LONG + "\ne\u0301é");
    assertThat(sink.finish(List.of(), List.of()).length()).as("two units of a pair").isEqualTo(3);
    TextProfile profile = sink.profile();
    assertThat(profile.characters()).isEqualTo(5 + 1 + 2L * LONG.length() + 2 + 4);
    assertThat(profile.codePoints()).isSorted().contains(0x1F600, 'é').doesNotContain('z');
    assertThat(profile.counts()[0]).as("line ends").isEqualTo(1 + 1 + 2 + 1);
    assertThat(profile.paragraphs().number()).isEqualTo(3);
    assertThat(profile.repeatedParagraphs()).as("one more has another line").isZero();
    assertThat(profile.composed()).isEqualTo(1);
    assertThat(profile.decomposed()).isEqualTo(1);
  }

  @Test
  void aTextThatIsTakenAwayDoesNotCount() throws CorpusException {
    ProfileSink sink = new ProfileSink(1000);
    sink.begin(PLACE);
    sink.append(LONG + "\n\n" + LONG);
    CorpusSink.Mark mark = sink.mark();
    sink.begin(PLACE);
    sink.append("\n" + LONG + " zzz");
    mark.back();
    assertThat(((InMemoryText) sink.finish(List.of(), List.of())).text())
        .isEqualTo(LONG + "\n\n" + LONG);
    TextProfile profile = sink.profile();
    assertThat(profile.characters()).isEqualTo(2L * LONG.length() + 2);
    assertThat(profile.codePoints()).doesNotContain('z');
    assertThat(profile.lines().number()).isEqualTo(3);
    assertThat(profile.repeatedParagraphs()).isEqualTo(1);
  }
}
