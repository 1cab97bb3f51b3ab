package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.FoldedText;
import charnn.data.PlacedText;
import charnn.data.Spacing;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleNoveltyTest {
  private static final String BOOK =
      "Once upon a time there was a king,\nand he had a daughter. ".repeat(3)
          + "The king was old and  the daughter was young; the wood was dark. 😀 end";

  private static PlacedText placed(String text) {
    return new PlacedText(
        text,
        List.of(new PlacedText.Part(0, text.length(), new PlacedText.Place("book.txt", 1, 1))));
  }

  private static int naiveLongest(String sample) {
    int[] characters = FoldedText.of(sample, Spacing.FOLDED);
    String folded = new String(characters, 0, characters.length);
    int[] all = FoldedText.of(BOOK, Spacing.FOLDED);
    String book = new String(all, 0, all.length);
    int longest = 0;
    for (int from = 0; from < folded.length(); from++) {
      for (int to = from + 1; to <= folded.length(); to++) {
        if (book.contains(folded.substring(from, to))) {
          longest = Math.max(longest, folded.codePointCount(from, to));
        }
      }
    }
    return longest;
  }

  /** Neighbours in the list that are neighbours in the book, too, share no passage over the end. */
  @Test
  void eachSampleIsComparedOnItsOwn() {
    List<String> samples = new ArrayList<>();
    samples.add("Once upon a time there was");
    samples.add(" a king,\n\nand he");
    samples.add("");
    samples.add("  \n ");
    samples.add("xyz\uFFFFthe wood");
    samples.add("dark. 😀 e");
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 30; i++) {
      int from = random.nextInt(BOOK.length() - 60);
      String piece = BOOK.substring(from, from + 20 + random.nextInt(20));
      samples.add(piece.replace('a', random.nextInt(2) == 0 ? 'a' : 'q'));
    }
    SampleNovelty novelty = SampleNovelty.of(samples, placed(BOOK), done -> {});
    assertThat(novelty.samples()).hasSameSizeAs(samples);
    for (int i = 0; i < samples.size(); i++) {
      String sample = samples.get(i).replace('\uFFFF', ' ');
      if (!sample.contains("😀")) { // whose halves a naive search would tell apart
        assertThat(novelty.samples().get(i).longest()).as(sample).isEqualTo(naiveLongest(sample));
      }
    }
    assertThat(novelty.samples().get(5).longest()).isEqualTo(9);
  }

  @Test
  void theBaselineIsOfPiecesAsLongAsASample() {
    StringBuilder book = new StringBuilder();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 20_000; i++) {
      book.append((char) ('a' + random.nextInt(3)));
    }
    List<String> samples = List.of("abcab".repeat(20), "cba".repeat(33), "a".repeat(102));
    SampleNovelty novelty = SampleNovelty.of(samples, placed(book.toString()), done -> {});
    assertThat(novelty.baseline().parts()).isEqualTo(2000 / 100);
    // Random letters of three: the longest match of 100 with 18,000 is near log3(100 * 18,000).
    assertThat(novelty.baseline().typicalLongest()).isBetween(9, 16);
  }
}
