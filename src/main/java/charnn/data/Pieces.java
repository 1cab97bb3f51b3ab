package charnn.data;

import java.util.Arrays;

/** Tokens of some parts of a text, one part after another. */
final class Pieces implements Tokens {
  private final Tokens whole;
  private final long[] from; // of each part, in the whole
  private final long[] start; // of each part, in these tokens; then their length
  private final boolean isCut;
  private final int count;

  /**
   * @param isCut whether parts do not continue each other, nor the last the first
   */
  private Pieces(Tokens whole, long[] from, long[] start, int count, boolean isCut) {
    this.whole = whole;
    this.from = from;
    this.start = start;
    this.count = count;
    this.isCut = isCut;
  }

  /** Collects the parts. */
  static final class Builder {
    private final Tokens whole;
    private final boolean isCut;
    private long[] from = new long[16];
    private long[] start = new long[17];
    private int count;

    Builder(Tokens whole, boolean isCut) {
      this.whole = whole;
      this.isCut = isCut;
    }

    /** Adds a part; one that continues the last one makes that longer, if there are no cuts. */
    void add(long first, long last) {
      if (first == last) {
        return;
      }
      if (!isCut && count > 0 && from[count - 1] + start[count] - start[count - 1] == first) {
        start[count] += last - first;
        return;
      }
      if (count == from.length) {
        from = Arrays.copyOf(from, 2 * count);
        start = Arrays.copyOf(start, 2 * count + 1);
      }
      from[count] = first;
      start[count + 1] = start[count] + last - first;
      count++;
    }

    Tokens build() {
      return new Pieces(
          whole, Arrays.copyOf(from, count), Arrays.copyOf(start, count + 1), count, isCut);
    }
  }

  @Override
  public long length() {
    return start[count];
  }

  @Override
  public int at(long index) {
    int found = Arrays.binarySearch(start, index);
    int part = found < 0 ? -found - 2 : found;
    return whole.at(from[part] + index - start[part]);
  }

  @Override
  public long[] cuts() {
    return isCut ? Arrays.copyOf(start, count) : new long[0];
  }
}
