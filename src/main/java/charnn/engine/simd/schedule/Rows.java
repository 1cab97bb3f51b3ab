package charnn.engine.simd.schedule;

/**
 * Row blocks first to last of a batch, without the last.
 *
 * @param first its index
 */
public record Rows(int first, int last) {
  public int count() {
    return last - first;
  }

  /** Returns row blocks in so many parts, as equal as possible. */
  public static Rows[] partitions(int rowBlocks, int count) {
    Rows[] partitions = new Rows[count];
    for (int i = 0; i < count; i++) {
      partitions[i] =
          new Rows(
              (int) ((long) rowBlocks * i / count), (int) ((long) rowBlocks * (i + 1) / count));
    }
    return partitions;
  }
}
