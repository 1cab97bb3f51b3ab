package charnn.nn;

/**
 * Some of a cell's gate blocks, one after the other: those that a matrix or the bias reaches.
 *
 * @param first its number
 */
public record GateBlocks(int first, int count) {
  /** Returns the number of the block after the last. */
  public int last() {
    return first + count;
  }

  public boolean contains(int gate) {
    return gate >= first && gate < last();
  }
}
