package charnn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void aWordEndsBeforeWhiteSpace() {
    String text = "s, said  the\nking.";
    assertThat(Words.end(text, 0)).isEqualTo(2);
    assertThat(Words.end(text, 2)).isEqualTo(7);
    assertThat(Words.end(text, 7)).isEqualTo(12);
    assertThat(Words.end(text, 12)).isEqualTo(18);
    assertThat(Words.end(text, 18)).isEqualTo(18);
  }

  @Test
  void aWordBeginsBehindWhiteSpace() {
    String text = "s, said  the ";
    assertThat(Words.start(text, 13)).isEqualTo(9);
    assertThat(Words.start(text, 9)).isEqualTo(3);
    assertThat(Words.start(text, 2)).isZero();
    assertThat(Words.start(text, 0)).isZero();
  }

  @Test
  void anIdeographIsAWord() {
    String text = "水火 ab火";
    assertThat(Words.end(text, 0)).isEqualTo(1);
    assertThat(Words.end(text, 1)).isEqualTo(2);
    assertThat(Words.end(text, 2)).isEqualTo(5);
    assertThat(Words.start(text, 6)).isEqualTo(5);
    assertThat(Words.start(text, 5)).isEqualTo(3);
    assertThat(Words.count(text)).isEqualTo(4);
  }

  @Test
  void wordsAreCounted() {
    assertThat(Words.count("")).isZero();
    assertThat(Words.count("  ")).isZero();
    assertThat(Words.count(" said the king ")).isEqualTo(3);
  }

  @Test
  void insideAWordAreLettersOnBothSides() {
    assertThat(Words.isInside("king", 2)).isTrue();
    assertThat(Words.isInside("king", 4)).isFalse();
    assertThat(Words.isInside("a king", 2)).isFalse();
    assertThat(Words.isInside("king.", 4)).isFalse();
    assertThat(Words.isInside("", 0)).isFalse();
    assertThat(Words.isInside("水火", 1)).isFalse();
  }
}
