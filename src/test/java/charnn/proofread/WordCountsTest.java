package charnn.proofread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Vocabulary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordCountsTest {
  private static final String TEXT =
      "Heinel saw Heinel, and Heimel; heinel heinel Heinel. twenty-four or twenty four, xyz ’tis";
  private static final Vocabulary VOCABULARY = Vocabulary.ofText(TEXT + "q");

  /** The costs are 4 log2 (n + 1) / (m + 1), n of the word elsewhere, m of the other one. */
  @ParameterizedTest
  @CsvSource({
    // Heinel stands two times more, Heimel once.
    "WRONG, 3, m, 2.33985",
    // A capital letter, or a small one: three times, and two.
    "WRONG, 0, h, 0",
    "EXTRA, 3, -, 6.33985",
    // No word becomes rarer.
    "WRONG, 29, q, 0",
    "EXTRA, 17, -, 0",
    "WRONG, 59, ' ', 0",
    // A word stands once.
    "EXTRA, 82, -, 0",
    "MISSING, 82, q, 0",
    "SWAPPED, 82, -, 0",
    // Two words are as rare as the rarer.
    "MISSING, 3, ' ', 6.33985",
    "SWAPPED, 1, -, 6.33985",
  })
  void aWordThatOccursElsewhereIsLessSuspicious(
      ErrorKind kind, int at, String inserted, double bits) {
    char[] text = VOCABULARY.encode(TEXT);
    int token = VOCABULARY.indexOf(inserted.charAt(0));
    assertThat(new WordCounts(text, VOCABULARY).cost(text, new Edit(kind, at, token)))
        .isCloseTo(bits, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"2, 4", "3, 6.33985", "4, 8", "100, 8"})
  void theCostIsBounded(int count, double bits) {
    char[] text = VOCABULARY.encode("saw ".repeat(count));
    Edit edit = new Edit(ErrorKind.WRONG, 1, VOCABULARY.indexOf('q'));
    assertThat(new WordCounts(text, VOCABULARY).cost(text, edit)).isCloseTo(bits, within(1e-4));
  }
}
