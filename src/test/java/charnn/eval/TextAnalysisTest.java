package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Direction;
import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import charnn.model.TextStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextAnalysisTest {
  private static TextStatistics of(String text) {
    Vocabulary vocabulary = Vocabulary.ofText(text);
    return TextAnalysis.of(
        TrainValidationSplit.of(Tokens.of(vocabulary.encode(text)), 0.1),
        vocabulary,
        Direction.FORWARD);
  }

  private static String tales() throws IOException {
    return Files.readString(Path.of("corpora", "tales.txt"));
  }

  private static String random(String characters, int length, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  /** Names of syllables, no two the same, in the order of the vocabulary. */
  private static List<String> names(int count) {
    String[] syllables = "ma ri jo an el ka li to be sa wi ze ul xa vo ya".split(" ");
    Random random = new Random(1);
    TreeSet<String> names = new TreeSet<>();
    while (names.size() < count) {
      StringBuilder name = new StringBuilder();
      for (int n = 2 + random.nextInt(3); n > 0; n--) {
        name.append(syllables[random.nextInt(syllables.length)]);
      }
      names.add(Character.toUpperCase(name.charAt(0)) + name.substring(1));
    }
    return new ArrayList<>(names);
  }

  /**
   * As one language is to another: the letters are others, each as frequent as the one it is for.
   */
  private static String inAnotherLanguage(String text) {
    return text.codePoints()
        .map(c -> c >= 'a' && c <= 'z' ? 'a' + (c - 'a') * 7 % 26 : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 1000, 2000, 5000, 20_000, 100_000})
  void aBooksEndIsLikeTheRest(int length) throws IOException {
    String tales = tales();
    for (int from = 0; from + length <= tales.length(); from += Math.max(2000, length / 2)) {
      assertThat(of(tales.substring(from, from + length)).isValidationUnlike()).isFalse();
    }
  }

  @Test
  void randomTextAndMixedListsAreAlikeThroughout() {
    assertThat(of(random("ACGT", 40_000, 1)).isValidationUnlike()).isFalse();
    assertThat(of(random("ACGT", 1000, 2)).isValidationUnlike()).isFalse();
    String many =
        random("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 30_000, 3);
    assertThat(of(many).isValidationUnlike()).isFalse();
    for (int count : new int[] {100, 500, 5000}) {
      List<String> names = names(count);
      Collections.shuffle(names, new Random(4));
      assertThat(of(String.join("\n", names)).isValidationUnlike()).isFalse();
    }
  }

  @Test
  void anotherCaseIsUnlike() {
    TextStatistics statistics = of(random("ACGT", 36_000, 1) + random("acgt", 4000, 2));
    assertThat(statistics.isValidationUnlike()).isTrue();
    assertThat(statistics.unseen()).isEqualTo(1);
    assertThat(statistics.usual()).isZero();
    assertThat(of(random("ACGT", 450, 1) + random("acgt", 50, 2)).isValidationUnlike()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2500, 5000})
  void aSortedListsEndIsUnlike(int count) {
    assertThat(of(String.join("\n", names(count))).isValidationUnlike()).isTrue();
  }

  /** Words in their order: what begins a line is new, and the rest of each is not. */
  @ParameterizedTest
  @ValueSource(ints = {220, 500, 1000, 2000})
  void theEndOfASortedListOfWordsIsUnlike(int count) throws IOException {
    List<String> words =
        new ArrayList<>(
            new TreeSet<>(List.of(tales().toLowerCase(java.util.Locale.ROOT).split("[^a-z]+"))));
    Collections.shuffle(words, new Random(5));
    List<String> some = new ArrayList<>(words.subList(0, Math.min(count, words.size())));
    assertThat(of(String.join("\n", some)).isValidationUnlike()).isFalse();
    Collections.sort(some);
    assertThat(of(String.join("\n", some)).isValidationUnlike()).isTrue();
    Collections.reverse(some);
    assertThat(of(String.join("\n", some)).isValidationUnlike()).isTrue();
  }

  @Test
  void sortedSentencesAreUnlike() throws IOException {
    List<String> sentences =
        new ArrayList<>(List.of(tales().replace('\n', ' ').split("(?<=[.!?]) +")));
    Collections.shuffle(sentences, new Random(6));
    assertThat(of(String.join("\n", sentences)).isValidationUnlike()).isFalse();
    Collections.sort(sentences);
    TextStatistics sorted = of(String.join("\n", sentences));
    assertThat(sorted.hasNewNGrams()).isFalse();
    assertThat(sorted.isValidationUnlike()).isTrue();
  }

  @Test
  void charactersThatNeverOccurInTrainingAreUnlike() throws IOException {
    String tales = tales();
    String other = tales.substring(0, 2000).replace('e', '\u00e9');
    TextStatistics accents = of(tales.substring(0, 18_000) + other);
    assertThat(accents.hasNewCharacters()).isTrue();
    assertThat(accents.newCharacters()).isBetween(0.05, 0.15);
    assertThat(of(tales.substring(0, 20_000)).hasNewCharacters()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"4500,500", "9000,1000", "90000,10000"})
  void anotherLanguageIsUnlike(int first, int second) throws IOException {
    String tales = tales();
    String other = inAnotherLanguage(tales.substring(0, second));
    assertThat(of(tales.substring(0, first) + other).isValidationUnlike()).isTrue();
    // In the training part too, it is nothing new.
    String both = tales.substring(0, first) + inAnotherLanguage(tales).substring(0, first);
    assertThat(of(both).isValidationUnlike()).isFalse();
  }

  @Test
  void ofALongTextSegmentsAreRead() throws IOException {
    String tales = tales();
    String longText = tales.repeat(25);
    TextStatistics same = of(longText);
    assertThat(same.isValidationUnlike()).isFalse();
    int end = tales.length() * 25 / 9;
    assertThat(of(longText + inAnotherLanguage(longText.substring(0, end))).isValidationUnlike())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 9, 10, 50, 300})
  void aShortTextTellsNothing(int length) {
    TextStatistics statistics = of("ab" + random("ab", length - 2, 5));
    assertThat(statistics.order()).isZero();
    assertThat(statistics.isValidationUnlike()).isFalse();
  }

  @Test
  void entropyAndContext() throws IOException {
    TextStatistics random = of(random("ACGT", 40_000, 1));
    assertThat(random.entropy()).isCloseTo(Math.log(4), within(1e-3));
    assertThat(random.contextLoss()).isCloseTo(Math.log(4), within(1e-2));
    assertThat(random.isStructured()).isFalse();
    TextStatistics book = of(tales());
    assertThat(book.entropy()).isBetween(2.9, 3.1);
    assertThat(book.contextLoss()).isLessThan(1.7);
    assertThat(book.isStructured()).isTrue();
    assertThat(TextAnalysis.entropy(new long[] {3, 1, 0}))
        .isCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), within(1e-12));
    assertThat(TextAnalysis.entropy(new long[4])).isZero();
  }
}
