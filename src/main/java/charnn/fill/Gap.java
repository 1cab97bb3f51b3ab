package charnn.fill;

/**
 * A gap in a text, after both of its sides have been read.
 *
 * @param left what the forward model has read
 * @param right what the backward model has read
 * @param hasLeft whether the text has anything left of the gap: if not, the model has read a line
 *     end
 * @param hasRight the same of its right
 */
public record Gap(Edge left, Edge right, boolean hasLeft, boolean hasRight) {
  private static final int[] NOTHING = {};

  /** Returns what the forward model reads beyond the gap. */
  int[] beyondRight() {
    return hasRight ? right.near() : NOTHING;
  }

  /** Returns what the backward model reads beyond the gap. */
  int[] beyondLeft() {
    return hasLeft ? left.near() : NOTHING;
  }
}
