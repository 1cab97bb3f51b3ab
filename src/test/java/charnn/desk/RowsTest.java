package charnn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static List<String> wrapped(String text, int columns) {
    Rows rows = new Rows(text, columns);
    List<String> wrapped = new ArrayList<>();
    for (Row row = rows.at(0); row != null; row = rows.below(row)) {
      wrapped.add(text.substring(row.start(), row.end()));
    }
    return wrapped;
  }

  @Test
  void wrapsAtWords() {
    assertThat(wrapped("the quick brown fox", 10)).containsExactly("the quick ", "brown fox");
    assertThat(wrapped("the quick brown fox", 9)).containsExactly("the quick ", "brown fox");
    assertThat(wrapped("the quick brown fox", 8))
        .containsExactly("the ", "quick ", "brown ", "fox");
  }

  @Test
  void whiteSpaceStaysBehindItsWord() {
    assertThat(wrapped("one     two", 4)).containsExactly("one     ", "two");
    assertThat(wrapped("one      ", 4)).containsExactly("one      ");
  }

  @Test
  void linesHaveRowsOfTheirOwn() {
    assertThat(wrapped("", 10)).containsExactly("");
    assertThat(wrapped("a\n\nb\n", 10)).containsExactly("a", "", "b", "");
  }

  @Test
  void aLongWordIsBroken() {
    assertThat(wrapped("abcdefghij k", 4)).containsExactly("abcd", "efgh", "ij k");
    assertThat(wrapped("a bcdefghij", 4)).containsExactly("a ", "bcde", "fghi", "j");
  }

  @Test
  void aWordMayBreakBehindADash() {
    assertThat(wrapped("well-known man", 6)).containsExactly("well-", "known ", "man");
    assertThat(wrapped("so--then", 4)).containsExactly("so--", "then");
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    assertThat(wrapped("水火木金土", 5)).containsExactly("水火", "木金", "土");
    assertThat(wrapped("ab水火", 4)).containsExactly("ab水", "火");
    assertThat(wrapped("ab😀😀", 4)).containsExactly("ab😀", "😀");
    assertThat(wrapped("e\u0301e\u0301e\u0301 e\u0301", 3))
        .containsExactly("e\u0301e\u0301e\u0301 ", "e\u0301");
  }

  @Test
  void closingMarksBeginNoRow() {
    assertThat(wrapped("水火。木", 4)).containsExactly("水", "火。", "木");
    assertThat(wrapped("水火「木」", 6)).containsExactly("水火", "「木」");
  }

  @Test
  void aWindowNarrowerThanACharacterEndsToo() {
    assertThat(wrapped("水火", 1)).containsExactly("水", "火");
  }

  @Test
  void offsetsAndColumnsAgree() {
    String text = "ab水\tcd ef\ngh";
    Rows rows = new Rows(text, 12);
    Row row = rows.at(0);
    assertThat(rows.column(row, 2)).isEqualTo(2);
    assertThat(rows.column(row, 3)).isEqualTo(4);
    assertThat(rows.column(row, 4)).isEqualTo(8);
    assertThat(rows.offset(row, 3)).isEqualTo(2); // the middle of a wide character
    assertThat(rows.offset(row, 8)).isEqualTo(4);
    Row last = rows.at(text.length());
    assertThat(rows.offset(last, 99)).isEqualTo(text.length());
    assertThat(rows.above(rows.at(0))).isNull();
    assertThat(rows.below(last)).isNull();
  }

  @Test
  void theEndOfARowIsTheStartOfTheNext() {
    Rows rows = new Rows("abcd efgh", 5);
    Row first = rows.at(0);
    assertThat(first).isEqualTo(new Row(0, 5, false));
    assertThat(rows.offset(first, 99)).isEqualTo(4);
    assertThat(rows.at(5)).isEqualTo(new Row(5, 9, true));
  }

  @Test
  void rowsOfAnyTextFitAndAreComplete() {
    String[] parts = {"a", "word ", "水", "。", "e\u0301", "😀", "\n", "-", "\t", "  "};
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(60); j >= 0; j--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      int columns = 2 + random.nextInt(20);
      Rows rows = new Rows(text, columns);
      int end = 0;
      Row above = null;
      for (Row row = rows.at(0); row != null; row = rows.below(row)) {
        assertThat(row.start()).isEqualTo(end);
        assertThat(rows.above(row)).isEqualTo(above);
        String visible = text.substring(row.start(), row.end()).stripTrailing();
        assertThat(rows.column(row, row.start() + visible.length())).isLessThanOrEqualTo(columns);
        end = row.end() + (row.last() && row.end() < text.length() ? 1 : 0);
        above = row;
      }
      assertThat(end).isEqualTo(text.length());
    }
  }
}
