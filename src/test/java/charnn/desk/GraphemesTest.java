package charnn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphemesTest {
  private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
  private static final String FLAG = "\uD83C\uDDE9\uD83C\uDDEA";
  private static final String THUMB = "\uD83D\uDC4D\uD83C\uDFFD";

  private static List<String> clusters(String text) {
    List<String> clusters = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int next = Graphemes.next(text, at);
      clusters.add(text.substring(at, next));
      at = next;
    }
    return clusters;
  }

  private static List<String> clustersBackwards(String text) {
    List<String> clusters = new ArrayList<>();
    for (int at = text.length(); at > 0; ) {
      int previous = Graphemes.previous(text, at);
      clusters.add(text.substring(previous, at));
      at = previous;
    }
    Collections.reverse(clusters);
    return clusters;
  }

  @Test
  void accentsAndEmojiBelongTogether() {
    String text = "ae\u0301\n" + FAMILY + "\u6C34" + FLAG + THUMB + "\uD55C\u2764\uFE0Fz";
    List<String> expected =
        List.of("a", "e\u0301", "\n", FAMILY, "\u6C34", FLAG, THUMB, "\uD55C", "\u2764\uFE0F", "z");
    assertThat(clusters(text)).isEqualTo(expected);
    assertThat(clustersBackwards(text)).isEqualTo(expected);
  }

  @Test
  void aHeapOfAccentsIsCut() {
    String text = "e" + "\u0301".repeat(1000);
    assertThat(String.join("", clusters(text))).isEqualTo(text);
    assertThat(String.join("", clustersBackwards(text))).isEqualTo(text);
  }

  @Test
  void aLongTextWithoutSpacesIsDividedAlikeBothWays() {
    String text = "\u6C34\uD83D\uDE00".repeat(200);
    assertThat(clustersBackwards(text)).isEqualTo(clusters(text)).hasSize(400);
  }

  @ParameterizedTest
  @CsvSource({
    "a, 1",
    "\u6C34, 2", // CJK
    "\uFF21, 2", // fullwidth
    "e\u0301, 1", // combining
    "\uD83D\uDE00, 2", // emoji
    "\u00E9, 1",
    "\u05D0, 1", // Hebrew
  })
  void columnsAreThoseOfATerminal(String cluster, int columns) {
    assertThat(Graphemes.columns(cluster, 0, cluster.length(), 0)).isEqualTo(columns);
  }

  @Test
  void sequencesOfEmojiTakeTheColumnsOfOne() {
    assertThat(Graphemes.columns(FAMILY, 0, FAMILY.length(), 0)).isEqualTo(2);
    assertThat(Graphemes.columns(THUMB, 0, THUMB.length(), 0)).isEqualTo(2);
    assertThat(Graphemes.columns(FLAG, 0, FLAG.length(), 0)).isEqualTo(2);
  }

  @Test
  void aTabReachesTheNextStop() {
    assertThat(Graphemes.columns("\t", 0, 1, 0)).isEqualTo(8);
    assertThat(Graphemes.columns("\t", 0, 1, 7)).isEqualTo(1);
    assertThat(Graphemes.shown("\t", 0, 1, 5)).isEqualTo("   ");
  }

  @Test
  void controlCharactersAreMadeVisible() {
    assertThat(Graphemes.shown("\u001B", 0, 1, 0)).isEqualTo("\u241B");
    assertThat(Graphemes.columns("\u001B", 0, 1, 0)).isEqualTo(1);
    assertThat(Graphemes.columns("\u202E", 0, 1, 0)).isEqualTo("‹U+202E›".length());
  }

  @Test
  void offsetsWithinAClusterAreMovedToItsBeginning() {
    assertThat(Graphemes.boundary("a" + FAMILY + "b", 4)).isEqualTo(1);
    assertThat(Graphemes.boundary("ab", 1)).isEqualTo(1);
    assertThat(Graphemes.boundary("ab", 9)).isEqualTo(2);
    assertThat(Graphemes.boundary("ab", -1)).isZero();
  }
}
