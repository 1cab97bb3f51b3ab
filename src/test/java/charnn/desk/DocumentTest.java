package charnn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private final Document document = new Document("one two");

  private String text() {
    return document.snapshot().text();
  }

  private static String shown(Document document) {
    return new StringBuilder(document.text()).insert(document.cursor(), '|').toString();
  }

  @Test
  void theCursorBeginsAtTheEnd() {
    assertThat(shown(document)).isEqualTo("one two|");
    document.type(" three");
    assertThat(shown(document)).isEqualTo("one two three|");
  }

  @Test
  void insertsAndDeletesAtTheCursor() {
    document.moveTo(3);
    document.type(",");
    assertThat(shown(document)).isEqualTo("one,| two");
    document.deleteBefore();
    document.deleteAfter();
    assertThat(shown(document)).isEqualTo("one|two");
    document.deleteWordBefore();
    assertThat(shown(document)).isEqualTo("|two");
    assertThat(document.deleteBefore()).isFalse();
    document.moveTo(3);
    assertThat(document.deleteAfter()).isFalse();
  }

  @Test
  void aWordIsUndoneAtOnce() {
    for (char c : " and three".toCharArray()) {
      document.type(String.valueOf(c));
    }
    document.undo();
    assertThat(shown(document)).isEqualTo("one two and |");
    document.undo();
    assertThat(shown(document)).isEqualTo("one two |");
    document.undo();
    assertThat(shown(document)).isEqualTo("one two|");
    assertThat(document.undo()).isFalse();
  }

  @Test
  void theSameWordsTypedInOneBurstAreUndoneOneByOne() {
    document.type(" and three");
    document.undo();
    assertThat(shown(document)).isEqualTo("one two and |");
  }

  @Test
  void whatIsTakenIsUndoneAlone() {
    document.type(" th");
    document.take("ree");
    document.take(" four");
    document.undo();
    assertThat(shown(document)).isEqualTo("one two three|");
    document.undo();
    assertThat(shown(document)).isEqualTo("one two th|");
    document.redo();
    document.redo();
    assertThat(shown(document)).isEqualTo("one two three four|");
    assertThat(document.redo()).isFalse();
  }

  @Test
  void whatWasDeletedInARowComesBackAtOnce() {
    document.deleteBefore();
    document.deleteBefore();
    document.deleteBefore();
    document.undo();
    assertThat(shown(document)).isEqualTo("one two|");
    document.moveTo(0);
    document.deleteAfter();
    document.deleteAfter();
    document.undo();
    assertThat(shown(document)).isEqualTo("|one two");
  }

  @Test
  void aMoveOfTheCursorEndsAnEdit() {
    document.type("a");
    document.moveTo(0);
    document.moveTo(document.length());
    document.type("b");
    document.undo();
    assertThat(text()).isEqualTo("one twoa");
  }

  @Test
  void anotherEditForgetsWhatWasUndone() {
    document.type("a");
    document.undo();
    document.type("b");
    assertThat(document.redo()).isFalse();
  }

  @Test
  void piecesOfWhatIsPastedAreOneEdit() {
    document.paste("first\n");
    document.pasteMore("second");
    document.undo();
    assertThat(text()).isEqualTo("one two");
  }

  @Test
  void eachPasteIsAnEdit() {
    document.paste("first\n");
    document.paste("second");
    document.undo();
    assertThat(text()).isEqualTo("one twofirst\n");
  }

  @Test
  void aClusterIsDeletedAsAWhole() {
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    Document wide = new Document("e\u0301" + family + "\u6C34");
    wide.deleteBefore();
    assertThat(wide.snapshot().text()).isEqualTo("e\u0301" + family);
    wide.deleteBefore();
    assertThat(wide.snapshot().text()).isEqualTo("e\u0301");
    wide.deleteBefore();
    assertThat(wide.snapshot().text()).isEmpty();
  }

  @Test
  void theCursorIsNeverWithinACluster() {
    Document wide = new Document("ae\u0301\uD83D\uDE00z");
    for (int offset = -1; offset < 9; offset++) {
      wide.moveTo(offset);
      assertThat(wide.cursor()).isIn(0, 1, 3, 5, 6);
    }
  }

  @Test
  void everythingCanBeUndoneAndDoneAgain() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      document.moveTo(random.nextInt(document.length() + 1));
      switch (random.nextInt(5)) {
        case 0 -> document.take("words ");
        case 1 -> document.deleteBefore();
        case 2 -> document.deleteAfter();
        case 3 -> document.deleteWordBefore();
        default -> document.type("a\u6C34 ");
      }
      texts.add(text());
    }
    String last = text();
    while (document.undo()) {
      assertThat(document.cursor()).isBetween(0, document.length());
    }
    assertThat(text()).isEqualTo("one two");
    while (document.redo()) {
      assertThat(texts).contains(text());
    }
    assertThat(text()).isEqualTo(last);
  }
}
