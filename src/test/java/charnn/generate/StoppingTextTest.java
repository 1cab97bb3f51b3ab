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
    StringBuilder out = new StringBuilder();
    StoppingText stopping =
        new StoppingText(
            codePoint -> {
              out.appendCodePoint(codePoint);
              return true;
            },
            stops,
            keepStop,
            until);
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

  @Test
  void aSinkThatClosesEndsTheText() {
    StoppingText stopping = new StoppingText(codePoint -> false, List.of(), false, null);
    assertThat(stopping.write('a')).isFalse();
  }
}
