package charnn.fill;

import charnn.data.Direction;
import charnn.data.Vocabulary;
import charnn.predict.BothSides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Finds the most probable texts for a gap between what stands left and right of it.
 *
 * <pre>
 *   score(gap) = (ln p_forward(gap, right | left) + ln p_backward(gap, left | right)) / 2
 * </pre>
 *
 * <p>Of the far side, a model reads the {@value #FAR} characters beside the gap: beyond them, the
 * texts for a gap hardly differ any more. As each probability is that of the same characters plus
 * the gap, texts of several lengths are compared as they are.
 *
 * <p>Candidates come from a beam search on each side: any beginning that is found from the left
 * with any end that is found from the right, joined where each model finds the first character of
 * the other's part probable. Of one character, all are candidates. Nothing is random.
 */
public final class GapFiller {
  /** Characters of the far side that a model reads. */
  static final int FAR = 32;

  /** With several lengths, the least candidates of each. */
  private static final int LEAST_OF_LENGTH = 16;

  private final Side forward;
  private final Side backward;
  private final Vocabulary vocabulary;
  private final int beam;

  /**
   * @param beam hypotheses of each beam search, and candidates of each length; 1 or more
   */
  public GapFiller(BothSides models, int beam) {
    forward = new Side(models.forward());
    backward = new Side(models.backward());
    vocabulary = models.vocabulary();
    this.beam = beam;
  }

  /**
   * Reads both sides of a gap.
   *
   * @param left token ids in the order of the text; may be empty: the text begins with the gap
   * @param right the same; may be empty: the text ends with the gap
   */
  public Gap read(int[] left, int[] right) {
    return gap(
        forward.readOn(null, left, FAR),
        backward.readOn(null, Direction.BACKWARD.turned(right), FAR));
  }

  /**
   * Returns a gap between its sides.
   *
   * @param left null if there is nothing
   * @param right null if there is nothing
   */
  private Gap gap(Edge left, Edge right) {
    return new Gap(
        left == null ? forward.readOn(null, lineEnd(), FAR) : left,
        right == null ? backward.readOn(null, lineEnd(), FAR) : right,
        left != null,
        right != null);
  }

  /**
   * Reads a text once, for gaps that replace a part of it each.
   *
   * @param text token ids
   * @param starts first characters of the gaps, ascending, 1 or more
   * @param length of each gap; something follows each
   */
  Gap[] read(int[] text, int[] starts, int length) {
    int n = starts.length;
    int[] rights = new int[n]; // lengths of what follows, ascending
    Arrays.setAll(rights, i -> text.length - starts[n - 1 - i] - length);
    Edge[] lefts = forward.read(text, starts, FAR);
    Edge[] turned = backward.read(Direction.BACKWARD.turned(text), rights, FAR);
    Gap[] gaps = new Gap[n];
    Arrays.setAll(gaps, i -> new Gap(lefts[i], turned[n - 1 - i], true, true));
    return gaps;
  }

  private int[] lineEnd() {
    int mark = vocabulary.documentMark();
    int known = mark < 0 ? vocabulary.indexOf('\n') : mark;
    return new int[] {known >= 0 ? known : vocabulary.closest('\n').orElse(0)};
  }

  /**
   * Returns the best texts for a gap, the best first.
   *
   * @param count how many to return, at most
   */
  public List<Filling> fill(Gap gap, Lengths lengths, int count) {
    return fill(gap, beams(gap, lengths.longest()), lengths, count);
  }

  /** As {@link #fill(Gap, Lengths, int)}, after the beam search. */
  List<Filling> fill(Gap gap, Beams beams, Lengths lengths, int count) {
    int most = lengths.isOne() ? beam : Math.min(beam, Math.max(LEAST_OF_LENGTH, beam / 4));
    List<int[]> candidates = new ArrayList<>();
    for (int length = lengths.shortest(); length <= lengths.longest(); length++) {
      candidates.addAll(beams.joined(length, most));
    }
    return weighed(gap, candidates).stream().limit(count).toList();
  }

  /**
   * Fills all gaps of a text, from left to right: the best texts so far go on to the next gap. What
   * stands right of a gap ends at the next one; of gaps side by side, it is what follows them all.
   *
   * @param parts what stands before, between and after the gaps, token ids
   * @param count how many texts to return, at most
   * @param progress receives the number of each gap before it is filled, from 1
   * @return the best first
   */
  public List<FilledText> fill(
      List<int[]> parts, Lengths lengths, int count, IntConsumer progress) {
    List<Begun> texts = List.of(new Begun(FilledText.NONE, null));
    for (int i = 0; i + 1 < parts.size(); i++) {
      progress.accept(i + 1);
      Edge right = backward.readOn(null, Direction.BACKWARD.turned(right(parts, i + 1)), FAR);
      Best<Begun> longer = new Best<>(count);
      for (Begun begun : texts) {
        Edge left = forward.readOn(begun.read, begun.withLast(parts.get(i)), FAR);
        for (Filling filling : fill(gap(left, right), lengths, count)) {
          FilledText text = begun.text.with(filling);
          longer.add(new Begun(text, left), text.score());
        }
      }
      texts = longer.items();
    }
    return texts.stream().map(Begun::text).toList();
  }

  /**
   * A text whose first gaps are filled.
   *
   * @param read what stands left of the last of them; null if nothing does
   */
  private record Begun(FilledText text, Edge read) {
    /** Returns what fills the last gap, if there is any, and what follows. */
    int[] withLast(int[] next) {
      List<int[]> gaps = text.gaps();
      int[] last = gaps.isEmpty() ? new int[0] : gaps.get(gaps.size() - 1);
      int[] both = Arrays.copyOf(last, last.length + next.length);
      System.arraycopy(next, 0, both, last.length, next.length);
      return both;
    }
  }

  /** Returns the first part that is not empty, from one on; empty if there is none. */
  private static int[] right(List<int[]> parts, int from) {
    return parts.stream()
        .skip(from)
        .filter(part -> part.length > 0)
        .findFirst()
        .orElseGet(() -> new int[0]);
  }

  /** Runs the beam search from both sides. */
  Beams beams(Gap gap, int longest) {
    return new Beams(
        gap,
        vocabulary.size(),
        forward.beams(gap.left(), longest, beam),
        backward.beams(gap.right(), longest, beam));
  }

  /** Returns texts as both models see them, the best first. */
  List<Filling> weighed(Gap gap, List<int[]> texts) {
    double[] before = forward(gap, texts);
    List<int[]> turned = texts.stream().map(Direction.BACKWARD::turned).toList();
    double[] after = logProbabilities(backward, gap.right(), turned, gap.beyondLeft());
    List<Filling> fillings = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      fillings.add(new Filling(texts.get(i), before[i], after[i]));
    }
    fillings.sort(Comparator.comparingDouble(Filling::score).reversed());
    return fillings;
  }

  /** Returns ln p(gap, right | left) of each text, by the forward model. */
  double[] forward(Gap gap, List<int[]> texts) {
    return logProbabilities(forward, gap.left(), texts, gap.beyondRight());
  }

  private double[] logProbabilities(Side side, Edge edge, List<int[]> texts, int[] beyond) {
    double[] all = new double[texts.size()];
    for (int from = 0; from < all.length; from += beam) {
      List<int[]> batch = texts.subList(from, Math.min(all.length, from + beam));
      double[] some = side.logProbabilities(edge, batch, beyond);
      System.arraycopy(some, 0, all, from, some.length);
    }
    return all;
  }
}
