package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CopyDetectionTest {
  @Test
  void findsTheLongestSharedPassage() {
    String book = "Once upon a time there was a miller who had a daughter.";
    CopyDetection novelty = CopyDetection.of("And so there was a mill, once upon a hill.", book);
    assertThat(novelty.longest()).isEqualTo(" there was a mill");
    assertThat(novelty.textIndex()).isEqualTo(6);
    assertThat(novelty.referenceIndex()).isEqualTo(16);
    assertThat(novelty.copied()).isZero();
  }

  @Test
  void agreesWithTryingEveryPairOfPlaces() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 50; round++) {
      String text = random(random, 1 + random.nextInt(120));
      String book = random(random, 1 + random.nextInt(400));
      int longest = 0;
      for (int i = 0; i < text.length(); i++) {
        for (int j = 0; j < book.length(); j++) {
          int length = 0;
          while (i + length < text.length()
              && j + length < book.length()
              && text.charAt(i + length) == book.charAt(j + length)) {
            length++;
          }
          longest = Math.max(longest, length);
        }
      }
      CopyDetection novelty = CopyDetection.of(text, book);
      assertThat(novelty.longest()).hasSize(longest);
      assertThat(text.substring(novelty.textIndex())).startsWith(novelty.longest());
      assertThat(book.substring(novelty.referenceIndex())).startsWith(novelty.longest());
    }
  }

  @Test
  void countsTheCharactersOfLongSharedPassagesOnce() {
    SplittableRandom random = new SplittableRandom(5);
    String book = letters(random, 3000);
    String text =
        letters(random, 100)
            + book.substring(500, 580) // copied
            + "!"
            + book.substring(900, 900 + CopyDetection.LONG - 1) // too short
            + "!"
            + book.substring(2000, 2000 + CopyDetection.LONG) // copied
            + book.substring(10, 60); // copied
    CopyDetection novelty = CopyDetection.of(text, book);
    assertThat(novelty.copied()).isEqualTo(80 + CopyDetection.LONG + 50);
    assertThat(novelty.longest()).isEqualTo(book.substring(500, 580));
    assertThat(CopyDetection.of(book, book).copiedFraction()).isEqualTo(1);
  }

  @Test
  void howATextIsBrokenIntoLinesIsNoNovelty() {
    SplittableRandom random = new SplittableRandom(6);
    StringBuilder book = new StringBuilder();
    StringBuilder text = new StringBuilder(" \n");
    String[] spaces = {" ", "\n", "\n\n\t", "  ", "\u00A0", "\u3000", "\u2028", " \u202F\n"};
    for (int i = 0; i < 200; i++) {
      String word = letters(random, 1 + random.nextInt(9));
      book.append(word).append(i % 9 == 8 ? "\n    " : " ");
      text.append(word).append(spaces[random.nextInt(spaces.length)]);
    }
    CopyDetection novelty = CopyDetection.of(text.toString(), book.toString());
    assertThat(novelty.copiedFraction()).isEqualTo(1);
    assertThat(novelty.longest()).isEqualTo(book.toString().strip().replaceAll("\\s+", " "));
    assertThat(novelty.characters()).isEqualTo(novelty.longest().length());
  }

  @Test
  void wordsThatStandTogetherAreOthersThanWordsApart() {
    assertThat(CopyDetection.of("a b", "ab").longest()).hasSize(1);
    assertThat(CopyDetection.of(" \n ", "a b").characters()).isZero();
  }

  @Test
  void charactersAreCodePoints() {
    CopyDetection novelty = CopyDetection.of("😀😂😀", "a😂😀😀");
    assertThat(novelty.longest()).isEqualTo("😂😀");
    assertThat(novelty.textIndex()).isEqualTo(1);
    assertThat(novelty.referenceIndex()).isEqualTo(1);
    assertThat(novelty.characters()).isEqualTo(3);
    // The two halves of a pair are no characters: these share none.
    assertThat(CopyDetection.of("😀", "😂").longest()).isEmpty();
  }

  @Test
  void nothingSharesNothing() {
    assertThat(CopyDetection.of("", "abc").longest()).isEmpty();
    assertThat(CopyDetection.of("abc", "").longest()).isEmpty();
    assertThat(CopyDetection.of("abc", "xyz").longest()).isEmpty();
    assertThat(CopyDetection.of("", "").copiedFraction()).isZero();
  }

  private static String random(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    return text.toString();
  }

  private static String letters(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
