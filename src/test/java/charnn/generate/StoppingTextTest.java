package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoppingTextTest {
  private static String written(String text, List<String> stops, boolean keepStop, Until until) {
    return written("", text, stops, keepStop, until);
  }

  private static String written(
      String before, String text, List<String> stops, boolean keepStop, Until until) {
    StringBuilder out = new StringBuilder();
    StoppingText stopping =
        new StopRule(stops, keepStop, until)
            .text(
                before,
                codePoint -> {
                  out.appendCodePoint(codePoint);
                  return true;
                });
    boolean continues = true;
    for (int codePoint : text.codePoints().toArray()) {
      continues = continues && stopping.write(codePoint);
    }
    if (continues) {
      stopping.end();
    }
    return out.toString();
  }

  @Test
  void endsBeforeTheFirstStopStringOrBehindIt() {
    SplittableRandom random = new SplittableRandom(4);
    for (int trial = 0; trial < 3000; trial++) {
      String text = random(random, 30);
      List<String> stops = new ArrayList<>();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        stops.add(random(random, random.nextInt(1, 5)));
      }
      // The first end of a stop string, and the longest that ends there.
      int end = Integer.MAX_VALUE;
      int begin = 0;
      for (String stop : stops) {
        int at = text.indexOf(stop);
        if (at >= 0 && (at + stop.length() < end || (at + stop.length() == end && at < begin))) {
          end = at + stop.length();
          begin = at;
        }
      }
      boolean stopped = end < Integer.MAX_VALUE;
      assertThat(written(text, stops, false, null))
          .as("%s until %s", text, stops)
          .isEqualTo(stopped ? text.substring(0, begin) : text);
      assertThat(written(text, stops, true, null))
          .isEqualTo(stopped ? text.substring(0, end) : text);
    }
  }

  private static String random(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(List.of("a", "b", "𝄞").get(random.nextInt(3)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "He went home. She did not. | He went home.",
        "Is it 3.14? No | Is it 3.14?",
        "“Come!” he said... And went | “Come!”",
        "Well... yes | Well...",
        "彼は行った。彼女は | 彼は行った。",
        "「行け。」と言った。 | 「行け。」",
        "no end at all | no end at all",
        "...and so. On | ...and so.",
      })
  void untilTheEndOfASentence(String text, String expected) {
    assertThat(written(text, List.of(), false, Until.SENTENCE)).isEqualTo(expected);
  }

  @Test
  void untilTheEndOfALineOrAParagraph() {
    assertThat(written("\n\none\ntwo\n\nthree", List.of(), false, Until.LINE)).isEqualTo("\n\none");
    assertThat(written("\none\ntwo\n\nthree", List.of(), false, Until.PARAGRAPH))
        .isEqualTo("\none\ntwo");
  }

  @Test
  void whatComesFirstEndsTheText() {
    assertThat(written("one. two\nthree", List.of("\n"), false, Until.SENTENCE)).isEqualTo("one.");
    assertThat(written("one two\nthree. four", List.of("\n"), false, Until.SENTENCE))
        .isEqualTo("one two");
  }

  /** In what a text continues, ^ is a newline. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      nullValues = "-",
      value = {
        "The king|^said^more|LINE|-",
        "The king| said^more|LINE| said",
        "A line.^|^^Next^more|LINE|^^Next",
        "A line.^The king|^said|LINE|-",
        "The king|^said^^more|PARAGRAPH|^said",
        "The king^|^more|PARAGRAPH|-",
        "The king^|said^^more|PARAGRAPH|said",
        "A line.^^|^Next^^more|PARAGRAPH|^Next",
        "^^|^Next^^more|PARAGRAPH|^Next",
        "The king| said. More|SENTENCE| said.",
        "One. The king|. More|SENTENCE|.",
        "He said: \"Go.|\" And more. More|SENTENCE|\"",
        "It is 3.|14. More|SENTENCE|14.",
        "He went.| She did. More|SENTENCE| She did.",
        "He went. |She did. More|SENTENCE|She did.",
        "彼は行った。|彼女も。次|SENTENCE|彼女も。",
        "彼は|行った。次|SENTENCE|行った。",
      })
  void aUnitThatIsContinuedHasBegun(String before, String text, Until until, String expected) {
    String line = expected == null ? "" : expected.replace('^', '\n');
    assertThat(written(before.replace('^', '\n'), text.replace('^', '\n'), List.of(), false, until))
        .isEqualTo(line);
  }

  @Test
  void stopStringsDoNotBeginInWhatIsContinued() {
    assertThat(written("ab", "cab", List.of("bc", "abc"), false, null)).isEqualTo("cab");
  }

  @Test
  void aKeptStopStringKeepsNoNewlineOfAUnit() {
    assertThat(written("one\ntwo", List.of("x"), true, Until.LINE)).isEqualTo("one");
    assertThat(written("one\n\ntwo", List.of("x"), true, Until.PARAGRAPH)).isEqualTo("one");
    assertThat(written("one xtwo\n", List.of("x"), true, Until.LINE)).isEqualTo("one x");
    assertThat(written("one\ntwo", List.of("\n"), true, Until.LINE)).isEqualTo("one\n");
    assertThat(written("one\ntwo", List.of("e\n"), true, Until.LINE)).isEqualTo("one\n");
    assertThat(written("one\ntwo", List.of("e\n"), false, Until.LINE)).isEqualTo("on");
    assertThat(written("one\n\ntwo", List.of("\n"), true, Until.PARAGRAPH)).isEqualTo("one\n");
  }

  @Test
  void leadingNewlinesAreStopStringsIfSo() {
    assertThat(written("\none\n", List.of("\n"), false, Until.LINE)).isEmpty();
    assertThat(written("\n\none", List.of("\n\n"), false, Until.PARAGRAPH)).isEmpty();
    assertThat(written("\n\none", List.of("\no"), false, Until.LINE)).isEqualTo("\n");
    assertThat(written("\n-one\n", List.of("\n-"), true, Until.LINE)).isEqualTo("\n-");
  }

  @Test
  void aSinkThatClosesEndsTheText() {
    StoppingText stopping = StopRule.NONE.text("", codePoint -> false);
    assertThat(stopping.write('a')).isFalse();
  }
}
