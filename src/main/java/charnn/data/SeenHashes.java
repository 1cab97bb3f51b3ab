package charnn.data;

/**
 * Remembers which hashes of 64 bits came before, up to {@value #MOST} different ones, in 16 bytes
 * each. That two of so many different texts have the same hash by chance, the probability is about
 * two in a million.
 */
final class SeenHashes {
  static final int MOST = 1 << 23;

  private long[] table = new long[1 << 10]; // at least half of it 0, which is no hash
  private int size;

  /**
   * Remembers a hash, unless it is full.
   *
   * @return whether it was remembered before
   */
  boolean isRepeated(long hash) {
    long key = hash == 0 ? 1 : hash;
    int at = place(key, table);
    if (table[at] == key) {
      return true;
    }
    if (size == MOST) {
      return false;
    }
    table[at] = key;
    size++;
    if (2 * size > table.length) {
      grow();
    }
    return false;
  }

  /** Returns whether no more is remembered. */
  boolean isFull() {
    return size == MOST;
  }

  private void grow() {
    long[] larger = new long[2 * table.length];
    for (long key : table) {
      if (key != 0) {
        larger[place(key, larger)] = key;
      }
    }
    table = larger;
  }

  /** Returns where a key is, or would be. */
  private static int place(long key, long[] table) {
    int at = (int) (key ^ key >>> 32) & table.length - 1;
    while (table[at] != 0 && table[at] != key) {
      at = at + 1 & table.length - 1;
    }
    return at;
  }
}
