package charnn.eval;

import charnn.data.FoldedText;
import charnn.data.PlacedText;
import charnn.data.Spacing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * How much of each of a run's samples is copied from its text; white space is folded.
 *
 * @param samples the overlap of each with the text, in order
 * @param baseline of parts of the text that are as long as a typical sample; null if the text is
 *     too short for one
 */
public record SampleNovelty(List<Overlap> samples, NoveltyBaseline baseline) {
  /** Stands between two samples: no character, so no passage goes over it. */
  private static final char END = '\uFFFF';

  /**
   * Compares samples with a text, all in one pass over it.
   *
   * @param progress receives the fraction that is done, now and then
   */
  public static SampleNovelty of(List<String> samples, PlacedText book, DoubleConsumer progress) {
    StringBuilder all = new StringBuilder();
    for (String sample : samples) {
      all.append(sample.replace(END, ' ').strip()).append(END);
    }
    PlacedText.Part whole =
        new PlacedText.Part(0, all.length(), new PlacedText.Place("samples", 1, 1));
    Novelty novelty =
        Novelty.of(new PlacedText(all.toString(), List.of(whole)), book, Spacing.FOLDED, progress);
    List<Overlap> each = new ArrayList<>();
    int from = 0;
    int[] characters = FoldedText.of(all.toString(), Spacing.FOLDED);
    for (int i = 0; i < characters.length; i++) {
      if (characters[i] == END) {
        each.add(novelty.overlap().part(from, i));
        from = i + 1;
      }
    }
    int typical =
        each.stream()
            .mapToInt(Overlap::characters)
            .sorted()
            .skip(each.size() / 2)
            .findFirst()
            .orElse(0);
    return new SampleNovelty(
        each, novelty.baseline() == null || typical == 0 ? null : novelty.baseline().of(typical));
  }
}
