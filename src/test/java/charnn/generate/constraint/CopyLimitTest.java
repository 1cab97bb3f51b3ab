package charnn.generate.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Vocabulary;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CopyLimitTest {
  private static final Vocabulary VOCABULARY = Vocabulary.ofText("abc \n😀é\u00A0");

  /** Returns how many characters of a text may follow each other. */
  private static int allowed(TextCheck check, String text) {
    int count = 0;
    for (int codePoint : text.codePoints().toArray()) {
      int token = VOCABULARY.indexOf(codePoint);
      if (check.fault(token) > 0) {
        return count;
      }
      check.read(token);
      count++;
    }
    return count;
  }

  private static int allowed(int most, String book, String text) {
    return allowed(new CopyLimit(most, book, VOCABULARY, done -> {}).check(), text);
  }

  @Test
  void soManyCharactersAreAllowed() {
    assertThat(allowed(4, "xxabcabcxx", "abcabc")).isEqualTo(4);
    assertThat(allowed(5, "xxabcabcxx", "abcabc")).isEqualTo(5);
    assertThat(allowed(6, "xxabcabcxx", "abcabc")).isEqualTo(6);
    assertThat(allowed(2, "xxabcabcxx", "acbacb")).isEqualTo(6);
    assertThat(allowed(1, "é😀", "😀é😀")).isEqualTo(2);
    assertThat(allowed(3, "ab", "ababab")).isEqualTo(6);
  }

  @Test
  void whiteSpaceCountsAsOneSpace() {
    assertThat(allowed(4, "ab\n\n  c a", "ab c a")).isEqualTo(4);
    assertThat(allowed(4, "ab c a", "ab\n \u00A0\nc a")).isEqualTo(7);
    assertThat(allowed(1, "a b", "c\n\n  ")).isEqualTo(5);
  }

  /** But for a prompt, which may be taken from the book. */
  @Test
  void aCopyMayBeginInTheTextBefore() {
    CopyLimit limit = new CopyLimit(4, "xxabcabcxx", VOCABULARY, done -> {});
    assertThat(allowed(limit.after("bab", 3).check(), "cabc")).isEqualTo(2);
    assertThat(allowed(limit.after("bab", 1).check(), "cabc")).isEqualTo(3);
    assertThat(allowed(limit.after("ab", 0).check(), "cabc")).isEqualTo(4);
    assertThat(allowed(limit.after("abca", 4).check(), "bc")).isZero();
    assertThat(allowed(limit.after("abca", 4).check(), "cc")).isEqualTo(2);
    assertThat(allowed(limit.after("abca", 4).after("ab", 2).check(), "cabc")).isEqualTo(2);
  }

  @Test
  void charactersAreTakenBack() {
    SplittableRandom random = new SplittableRandom(2);
    String book = text(random, 3000);
    CopyLimit limit = new CopyLimit(4, book, VOCABULARY, done -> {});
    TextCheck taken = limit.check();
    TextCheck plain = limit.check();
    for (int i = 0; i < 5000; i++) {
      Runnable mark = taken.mark();
      String other = text(random, random.nextInt(TextCheck.MAX_BACK));
      if (i % 7 == 0) {
        other.codePoints().map(VOCABULARY::indexOf).forEach(taken::read);
        mark.run();
      }
      for (int token = 0; token < VOCABULARY.size(); token++) {
        assertThat(taken.fault(token)).isEqualTo(plain.fault(token));
      }
      int token = random.nextInt(VOCABULARY.size());
      taken.read(token);
      plain.read(token);
    }
  }

  private static String text(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(VOCABULARY.codePoint(random.nextInt(VOCABULARY.size())));
    }
    return text.toString();
  }
}
