package charnn.data;

import java.util.Arrays;

/**
 * A text's token ids, of up to 16 bits. A text may be longer than an array, and need not lie in
 * memory; a part of it, or its reversal, shares its ids.
 */
public interface Tokens {
  /** Returns the number of token ids. */
  long length();

  /**
   * Returns a token id.
   *
   * @param index from 0 to length - 1
   */
  int at(long index);

  /**
   * Returns where the text was cut: tokens that do not continue the one before, ascending. The
   * first is among them if it does not continue the last, where a text is read in a circle.
   */
  default long[] cuts() {
    return new long[0];
  }

  /**
   * Returns a part.
   *
   * @param from index of its first token
   * @param to index after its last
   */
  default Tokens part(long from, long to) {
    if (from < 0 || to < from || to > length()) {
      throw new IndexOutOfBoundsException(from + " to " + to + " of " + length());
    }
    return from == 0 && to == length() ? this : new Part(this, from, to - from);
  }

  /** Returns the last tokens, all if there are no more. */
  default Tokens last(long count) {
    return part(Math.max(0, length() - count), length());
  }

  /** Returns the first tokens, all if there are no more. */
  default Tokens first(long count) {
    return part(0, Math.min(count, length()));
  }

  /** Returns the tokens from the last to the first. */
  default Tokens reversed() {
    return new Reversed(this);
  }

  /** Returns a copy of the ids, of a text that an array has room for. */
  default char[] toArray() {
    char[] ids = new char[Math.toIntExact(length())];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (char) at(i);
    }
    return ids;
  }

  /**
   * Returns tokens in memory.
   *
   * @param ids not copied
   */
  static Tokens of(char... ids) {
    return new InMemory(ids);
  }

  /** Returns the same tokens with cuts, as {@link #cuts} returns them. */
  static Tokens cut(Tokens tokens, long... cuts) {
    Pieces.Builder pieces = new Pieces.Builder(tokens, true);
    for (int i = 0; i < cuts.length; i++) {
      pieces.add(cuts[i], i + 1 < cuts.length ? cuts[i + 1] : tokens.length());
    }
    return pieces.build();
  }

  /** Tokens in an array. */
  record InMemory(char[] ids) implements Tokens {
    @Override
    public long length() {
      return ids.length;
    }

    @Override
    public int at(long index) {
      return ids[(int) index];
    }

    @Override
    public char[] toArray() {
      return ids.clone();
    }
  }

  /** A part of a text. */
  record Part(Tokens whole, long from, long length) implements Tokens {
    @Override
    public int at(long index) {
      return whole.at(from + index);
    }

    @Override
    public long[] cuts() {
      return Arrays.stream(whole.cuts())
          .filter(cut -> cut > from && cut < from + length)
          .map(cut -> cut - from)
          .toArray();
    }

    @Override
    public Tokens part(long start, long end) {
      if (start < 0 || end < start || end > length) {
        throw new IndexOutOfBoundsException(start + " to " + end + " of " + length);
      }
      return new Part(whole, from + start, end - start);
    }
  }

  /** A text from its end to its start. */
  record Reversed(Tokens whole) implements Tokens {
    @Override
    public long length() {
      return whole.length();
    }

    @Override
    public int at(long index) {
      return whole.at(whole.length() - 1 - index);
    }

    @Override
    public long[] cuts() {
      return Arrays.stream(whole.cuts())
          .map(cut -> cut == 0 ? 0 : whole.length() - cut)
          .sorted()
          .toArray();
    }

    @Override
    public Tokens reversed() {
      return whole;
    }
  }
}
