package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.CorpusException;
import charnn.data.Direction;
import charnn.engine.reference.ReferenceEngine;
import charnn.eval.Evaluator;
import charnn.eval.ScoredText;
import charnn.eval.TextScorer;
import charnn.model.Models;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SurprisePageTest {
  private static final String CHARACTERS = "ab<>&\"' \n\t\u202Eé\uD83D\uDE00";
  private static final Pattern CHARACTER =
      Pattern.compile("<i(?: class=([mhx]))? data-a=\"([^\"<>]*)\">([^<>]*)</i>");

  private static SurprisePage.Text scored(String name, String text) throws CorpusException {
    try (ThreadTeam workers = new ThreadTeam(1)) {
      ReferenceEngine engine = new ReferenceEngine(workers);
      ScoredText characters =
          new TextScorer(
                  new Evaluator(engine, workers),
                  new SingleModel(engine, Models.random(CHARACTERS, 4, 1)),
                  Direction.FORWARD)
              .scoreCharacters(text, SurprisePage.MOST, done -> {});
      return new SurprisePage.Text(name, characters);
    }
  }

  private static String pre(String page) {
    String start = "<pre tabindex=\"0\">";
    return page.substring(page.indexOf(start) + start.length(), page.indexOf("</pre>"));
  }

  private static List<MatchResult> characters(String page) {
    return CHARACTER.matcher(pre(page)).results().toList();
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#10;", "\n")
        .replace("&amp;", "&");
  }

  @Test
  void everyCharacterIsThereOnceAndEscaped() throws CorpusException {
    String text = "a<b>&\"'\n\té\uD83D\uDE00\u202Eb?</pre><script>\n";
    String page = SurprisePage.of("m", List.of(scored("t", text)));
    assertThat(pre(page)).matches("(?:<span>(?:" + CHARACTER.pattern() + ")+</span>\n)+");
    String shown =
        characters(page).stream().map(found -> found.group(3)).collect(Collectors.joining());
    assertThat(unescaped(shown)).isEqualTo("a<b>&\"'↵→é\uD83D\uDE00‹U+202E›b?</pre><script>↵");
    assertThat(page).doesNotContain("\u202E", "\t");
  }

  @Test
  void eachCharacterTellsItsSurpriseAndWhatIsMoreLikely() throws CorpusException {
    SurprisePage.Text scored = scored("t", "a b\n?");
    List<MatchResult> found = characters(SurprisePage.of("m", List.of(scored)));
    assertThat(unescaped(found.get(0).group(2))).isEqualTo("a  not scored");
    assertThat(unescaped(found.get(1).group(2)))
        .matches("space  \\d+\\.\\d\\d bits, [\\d.]+ %\n(?:[^%]+ [\\d.]+ % {0,3}){5}");
    assertThat(unescaped(found.get(3).group(2))).startsWith("line end  ");
    assertThat(found.get(4).group(2)).matches("\\?  2\\d\\.\\d\\d bits, unknown to the model");
    assertThat(found.get(4).group(1)).isEqualTo("x");
    for (int i = 1; i < found.size(); i++) {
      SurpriseLevel level = SurpriseLevel.of(scored.characters().nats()[i]);
      String expected =
          switch (level) {
            case UNSCORED, LOW -> null;
            case MEDIUM -> "m";
            case HIGH -> "h";
            case EXTREME -> "x";
          };
      assertThat(found.get(i).group(1)).isEqualTo(expected);
    }
  }

  @Test
  void namesAreEscapedAndNothingComesFromElsewhere() throws CorpusException {
    String page = SurprisePage.of("<m&m>", List.of(scored("\"x\" <{body}>.txt", "ab")));
    assertThat(page)
        .contains(
            "<title>Surprise of &quot;x&quot; &lt;{body}&gt;.txt</title>", "Model: &lt;m&amp;m&gt;")
        .contains("prefers-color-scheme: dark", "over 6")
        .doesNotContain("http:", "https:", "src=", "@import", "url(", "<link");
    assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
  }

  @Test
  void eachLineIsABlock() throws CorpusException {
    String page = pre(SurprisePage.of("m", List.of(scored("t", "ab\n\na" + "b".repeat(9000)))));
    assertThat(page.lines().map(line -> line.split("<i").length - 1))
        .containsExactly(3, 1, 4000, 4000, 1001);
    assertThat(page.lines()).allMatch(line -> line.matches("<span>.*</span>"));
  }

  @Test
  void aBookIsCutAndSaysSo() throws CorpusException {
    String book = "ab\n".repeat(SurprisePage.MOST / 3 + 1);
    String page = SurprisePage.of("m", List.of(scored("book", book), scored("second", "ab ba")));
    assertThat(characters(page)).hasSize(SurprisePage.MOST);
    assertThat(page)
        .contains(
            "<title>Surprise of 2 texts</title>",
            "<h2>second</h2>",
            "100,000 of the text's 100,002 characters are on it",
            "0 of the text's 5 characters are on it");
    assertThat(page.length()).isLessThan(20_000_000);
  }
}
