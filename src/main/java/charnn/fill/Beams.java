package charnn.fill;

import charnn.data.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the beam search found for a gap from both sides.
 *
 * @param v size of the vocabulary
 * @param forward of each length from 0, the most probable beginnings after the left side
 * @param backward of each length from 0, the most probable ends before the right side, from the end
 *     on
 */
record Beams(Gap gap, int v, List<List<Hypothesis>> forward, List<List<Hypothesis>> backward) {
  /** A beginning and an end. */
  private record Join(Hypothesis left, Hypothesis right) {
    int[] tokens() {
      int[] end = Direction.BACKWARD.turned(right.tokens());
      int[] all = Arrays.copyOf(left.tokens(), left.tokens().length + end.length);
      System.arraycopy(end, 0, all, left.tokens().length, end.length);
      return all;
    }
  }

  /** Returns the texts of a length that the search from the left found, the best first. */
  List<int[]> fromLeft(int length) {
    return length == 1 ? all() : forward.get(length).stream().map(Hypothesis::tokens).toList();
  }

  /** Returns all characters. */
  private List<int[]> all() {
    return IntStream.range(0, v).mapToObj(token -> new int[] {token}).toList();
  }

  /**
   * Returns texts of a length that begin as one found from the left, and end as one found from the
   * right. The most probable are first, by what is known before they are read: of each part by its
   * model, and of the character at the join by the other, which makes length + 2 factors.
   *
   * @param most how many to return; of length 1, all characters are returned
   */
  List<int[]> joined(int length, int most) {
    if (length == 1) {
      return all();
    }
    // A text may be found at each of its joins.
    Best<Join> best = new Best<>(most * (length + 1));
    for (int at = 0; at <= length; at++) {
      for (Hypothesis left : forward.get(at)) {
        for (Hypothesis right : backward.get(length - at)) {
          double score = left.logProbability() + right.logProbability();
          if (best.takes(score)) {
            best.add(new Join(left, right), score + atJoin(left, right));
          }
        }
      }
    }
    Set<List<Integer>> seen = new HashSet<>();
    List<int[]> texts = new ArrayList<>();
    for (Join join : best.items()) {
      int[] tokens = join.tokens();
      if (texts.size() < most && seen.add(Arrays.stream(tokens).boxed().toList())) {
        texts.add(tokens);
      }
    }
    return texts;
  }

  private double atJoin(Hypothesis left, Hypothesis right) {
    int before = last(left, gap.left());
    int after = last(right, gap.right());
    return left.next(after) + right.next(before);
  }

  private static int last(Hypothesis hypothesis, Edge edge) {
    int length = hypothesis.tokens().length;
    return length == 0 ? edge.near()[0] : hypothesis.tokens()[length - 1];
  }
}
