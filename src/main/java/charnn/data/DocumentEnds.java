package charnn.data;

import java.util.Arrays;

/**
 * Where the documents of a text end. Of many documents, only every second, fourth ... end is kept:
 * such a group counts as one document where some are held out.
 *
 * @param ends after the mark of each group's last document, ascending
 */
public record DocumentEnds(long[] ends) {
  /** Most groups: 8 MB. With no more documents, each is a group. */
  public static final int MOST = 1 << 20;

  /** Returns where documents end in a text that has a document mark. */
  public static DocumentEnds of(Tokens text, int documentMark) {
    Builder builder = new Builder(MOST);
    for (long i = 0; i < text.length(); i++) {
      if (text.at(i) == documentMark) {
        builder.add(i + 1);
      }
    }
    return builder.build();
  }

  /** Collects the ends. */
  public static final class Builder {
    private final int most;
    private long[] ends = new long[16];
    private int count;
    private int documentsInGroup = 1;
    private int inLast; // documents of the last group; 0: there is none
    private long last; // end of the last group, if that is not full

    /**
     * @param most groups, an even number
     */
    Builder(int most) {
      this.most = most;
    }

    public Builder() {
      this(MOST);
    }

    private Builder(Builder other) {
      most = other.most;
      ends = Arrays.copyOf(other.ends, other.count);
      count = other.count;
      documentsInGroup = other.documentsInGroup;
      inLast = other.inLast;
      last = other.last;
    }

    /** Returns one that goes on from here by itself. */
    public Builder copy() {
      return new Builder(this);
    }

    /**
     * Adds a document.
     *
     * @param end after its mark, higher than those before
     */
    public void add(long end) {
      last = end;
      inLast++;
      if (inLast < documentsInGroup) {
        return;
      }
      inLast = 0;
      if (count == most) {
        for (int i = 0; i < most / 2; i++) {
          ends[i] = ends[2 * i + 1];
        }
        count = most / 2;
        documentsInGroup *= 2;
        inLast = documentsInGroup / 2;
        return;
      }
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, Math.max(16, Math.min(most, 2 * count)));
      }
      ends[count++] = end;
    }

    public DocumentEnds build() {
      long[] all = Arrays.copyOf(ends, inLast > 0 ? count + 1 : count);
      if (inLast > 0) {
        all[count] = last;
      }
      return new DocumentEnds(all);
    }
  }
}
