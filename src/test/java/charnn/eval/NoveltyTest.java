package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Boilerplate;
import charnn.data.PlacedText;
import charnn.data.PlacedText.Place;
import charnn.data.Spacing;
import charnn.eval.Novelty.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoveltyTest {
  private static final String[] PIECES = {"a", "b", "😀", "é", " ", "\n", "\n\n", "\u00A0"};

  private static PlacedText placed(String... texts) {
    PlacedText.Builder builder = new PlacedText.Builder();
    for (int i = 0; i < texts.length; i++) {
      builder.add("file" + i, texts[i], Boilerplate.remainderOf(texts[i]));
    }
    return builder.build();
  }

  private static Novelty compare(PlacedText text, PlacedText book, Spacing spacing) {
    return Novelty.of(text, book, spacing, fraction -> assertThat(fraction).isBetween(0.0, 1.0));
  }

  private static Novelty compare(String text, String book) {
    return compare(placed(text), placed(book), Spacing.FOLDED);
  }

  private static String random(SplittableRandom random, int most) {
    int different = 1 + random.nextInt(PIECES.length);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(PIECES[random.nextInt(different)]);
    }
    return text.toString();
  }

  private static String folded(String text, Spacing spacing) {
    return spacing == Spacing.KEPT
        ? text
        : text.replaceAll("[ \n\u00A0]+", " ").replaceAll("^ | $", "");
  }

  /** Returns the lengths of the longest substrings that end at each character, by trying all. */
  private static int[] lengths(String text, List<String> parts) {
    int[] characters = text.codePoints().toArray();
    int[] lengths = new int[characters.length];
    for (int i = 0; i < lengths.length; i++) {
      int most = i == 0 ? 1 : lengths[i - 1] + 1;
      for (String part : parts) {
        int length = most;
        while (length > lengths[i]
            && !part.contains(new String(characters, i + 1 - length, length))) {
          length--;
        }
        lengths[i] = Math.max(lengths[i], length);
      }
    }
    return lengths;
  }

  private static int copied(int[] lengths, int atLeast) {
    boolean[] copied = new boolean[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      for (int j = 0; j < lengths[i] && lengths[i] >= atLeast; j++) {
        copied[i - j] = true;
      }
    }
    return (int) IntStream.range(0, copied.length).filter(i -> copied[i]).count();
  }

  private static int novel(int[] lengths, int n) {
    return (int)
        IntStream.range(n - 1, Math.max(n - 1, lengths.length)).filter(i -> lengths[i] < n).count();
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTryingAllSubstrings(Spacing spacing) {
    SplittableRandom random = new SplittableRandom(28);
    for (int round = 0; round < 3000; round++) {
      String text = random(random, 25);
      String[] books = new String[1 + random.nextInt(3)];
      List<String> folded = new ArrayList<>();
      for (int i = 0; i < books.length; i++) {
        books[i] = random(random, 40);
        folded.add(folded(books[i], spacing));
      }
      Novelty novelty = compare(placed(text), placed(books), spacing);
      int[] expected = lengths(folded(text, spacing), folded);
      Overlap overlap = novelty.overlap();
      assertThat(overlap.characters()).as("round %d", round).isEqualTo(expected.length);
      int longest = IntStream.of(expected).max().orElse(0);
      assertThat(overlap.longest()).as("round %d", round).isEqualTo(longest);
      for (int n = 1; n < 8; n++) {
        assertThat(overlap.copied(n)).as("round %d", round).isEqualTo(copied(expected, n));
        assertThat(overlap.novel(n)).as("round %d", round).isEqualTo(novel(expected, n));
      }
      assertThat(novelty.baseline()).isNull();
      if (longest == 0) {
        assertThat(novelty.passage()).isNull();
      } else {
        assertThat(novelty.passage().length()).isEqualTo(longest);
        requireFirst(novelty.passage().text(), folded(text, spacing), folded);
        requireAt(novelty.passage().inText(), novelty.passage().text(), spacing, text);
        requireAt(novelty.passage().inBook(), novelty.passage().text(), spacing, books);
      }
    }
  }

  /** Checks that no passage of that length stands before it in the books. */
  private static void requireFirst(String passage, String text, List<String> books) {
    int length = passage.codePointCount(0, passage.length());
    for (String book : books) {
      int[] characters = book.codePoints().toArray();
      for (int i = 0; i + length <= characters.length; i++) {
        String candidate = new String(characters, i, length);
        if (text.contains(candidate)) {
          assertThat(candidate).isEqualTo(passage);
          return;
        }
      }
    }
    throw new AssertionError("'" + passage + "' stands in no book");
  }

  private static void requireAt(Place place, String passage, Spacing spacing, String... files) {
    String file = files[Integer.parseInt(place.file().substring("file".length()))];
    int offset = 0;
    for (int line = 1; line < place.line(); line++) {
      offset = file.indexOf('\n', offset) + 1;
    }
    String there = file.substring(file.offsetByCodePoints(offset, place.column() - 1));
    String visible = passage.replaceAll("^[ \n\u00A0]+", "");
    if (!visible.isEmpty()) {
      assertThat(folded(there, spacing)).startsWith(folded(visible, spacing));
    }
  }

  @Test
  void theBaselineIsTheLastPartBesideTheRest() {
    SplittableRandom random = new SplittableRandom(3);
    String book = words(random, 3000, 40);
    String text = words(random, 30, 40);
    int cut = book.length() - (int) (book.length() * 0.1);
    String rest = folded(book.substring(0, cut), Spacing.FOLDED);
    String last = folded(book.substring(cut), Spacing.FOLDED);
    int[] lengths = lengths(last, List.of(rest));
    NoveltyBaseline baseline = compare(text, book).baseline();
    int size = text.strip().length();
    List<Overlap> parts = Overlap.of(lengths).parts(size);
    assertThat(baseline.parts()).isEqualTo(last.length() / size).isGreaterThan(5);
    assertThat(baseline.characters()).isEqualTo(baseline.parts() * size);
    assertThat(baseline.longest())
        .isEqualTo(parts.stream().mapToInt(Overlap::longest).max().orElseThrow());
    assertThat(baseline.copiedFraction(20))
        .isEqualTo(
            (double) parts.stream().mapToInt(p -> p.copied(20)).sum() / baseline.characters());
    assertThat(baseline.novelFraction(10))
        .isEqualTo(
            (double) parts.stream().mapToInt(p -> p.novel(10)).sum() / (parts.size() * (size - 9)));
    assertThat(parts.stream().filter(p -> p.longest() <= baseline.typicalLongest()).count())
        .isGreaterThanOrEqualTo(parts.size() / 2);
  }

  @Test
  void aLongTextIsComparedWithOneShorterPart() {
    SplittableRandom random = new SplittableRandom(4);
    Novelty novelty = compare(words(random, 3000, 100), words(random, 3000, 100));
    assertThat(novelty.baseline().parts()).isOne();
    assertThat(novelty.baseline().characters()).isLessThan(2000);
    assertThat(novelty.verdict()).isEqualTo(Verdict.ORIGINAL);
  }

  @Test
  void aShortBookHasNoBaseline() {
    Novelty novelty =
        compare("There was a mill, once upon a hill, and so on.", "Once upon a time.");
    assertThat(novelty.baseline()).isNull();
    assertThat(novelty.verdict()).isEqualTo(Verdict.ORIGINAL);
  }

  @Test
  void nothingSharesNothing() {
    assertThat(compare("abc", "xyz").passage()).isNull();
    assertThat(compare("abc", "xyz").overlap().longest()).isZero();
    assertThat(compare("😀", "😂").passage()).isNull(); // They share half a surrogate pair.
    assertThat(compare("a b", "ab").overlap().longest()).isOne();
  }

  @Test
  void verdictsFollowFromTheBaseline() {
    SplittableRandom random = new SplittableRandom(5);
    String book = words(random, 10_000, 60);
    String own = words(random, 1000, 60);
    assertThat(compare(own, book).verdict()).isEqualTo(Verdict.ORIGINAL);
    assertThat(compare(book.substring(1000, 6000), book).verdict()).isEqualTo(Verdict.COPY);
    assertThat(compare(own + book.substring(1000, 3000), book).verdict())
        .isEqualTo(Verdict.MUCH_COPIED);
    assertThat(compare(own + book.substring(1000, 1300), book).verdict())
        .isEqualTo(Verdict.PARTLY_COPIED);
    String foreign = own.replace('e', 'x').replace('a', 'q').replace('o', 'w');
    assertThat(compare(foreign, book).verdict()).isEqualTo(Verdict.UNLIKE);
    assertThat(compare(book.substring(0, 30), book).verdict()).isEqualTo(Verdict.TOO_SHORT);
  }

  /** One passage in a long text is less than a hundredth of it. */
  @Test
  void aLongPassageIsCopiedHoweverLongTheText() {
    SplittableRandom random = new SplittableRandom(6);
    String book = words(random, 10_000, 300);
    String own = words(random, 10_000, 300);
    Novelty novelty = compare(own + book.substring(1000, 1100), book);
    assertThat(novelty.overlap().copiedFraction(Novelty.COPIED)).isLessThan(0.01);
    assertThat(novelty.verdict()).isEqualTo(Verdict.PARTLY_COPIED);
  }

  /** Returns words of a small language, the same for all texts. */
  private static String words(SplittableRandom random, int count, int different) {
    SplittableRandom language = new SplittableRandom(1);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < different; i++) {
      StringBuilder word = new StringBuilder();
      for (int j = 1 + language.nextInt(9); j > 0; j--) {
        word.append((char) ('a' + language.nextInt(26)));
      }
      words.add(word.toString());
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(words.get(random.nextInt(different))).append(i % 9 == 8 ? '\n' : ' ');
    }
    return text.toString();
  }
}
