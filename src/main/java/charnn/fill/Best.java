package charnn.fill;

import java.util.ArrayList;
import java.util.List;

/**
 * The items of the highest scores, of equal ones those that came first.
 *
 * @param <T> item
 */
final class Best<T> {
  /** An item and its score. */
  private record Scored<T>(T item, double score) {}

  private final List<Scored<T>> best = new ArrayList<>(); // descending
  private final int most;

  /**
   * @param most items to keep, 1 or more
   */
  Best(int most) {
    this.most = most;
  }

  /** Returns whether an item of a score would be kept. */
  boolean takes(double score) {
    return best.size() < most || score > best.get(most - 1).score;
  }

  void add(T item, double score) {
    if (!takes(score)) {
      return;
    }
    int low = 0;
    int high = best.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (best.get(middle).score >= score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    best.add(low, new Scored<>(item, score));
    if (best.size() > most) {
      best.remove(most);
    }
  }

  /** Returns the items, the best first. */
  List<T> items() {
    return best.stream().map(Scored::item).toList();
  }
}
