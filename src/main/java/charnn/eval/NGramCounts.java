package charnn.eval;

/** Counts by 64-bit hash, in an open-addressing table; colliding keys count as one. */
final class NGramCounts {
  private long[] keys = new long[1 << 16]; // 0: free
  private int[] counts = new int[keys.length];
  private int used;

  int add(long key) {
    int index = find(key);
    if (keys[index] == 0) {
      if (++used > keys.length / 2) {
        grow();
        index = find(key);
      }
      keys[index] = key;
    }
    return ++counts[index];
  }

  int get(long key) {
    return counts[find(key)];
  }

  /** Returns the sum of n log2 n over all counts n. */
  double sumOfLogs() {
    double sum = 0;
    for (int count : counts) {
      sum += count == 0 ? 0 : count * Math.log(count);
    }
    return sum / Math.log(2);
  }

  private int find(long key) {
    int index = (int) key & (keys.length - 1);
    while (keys[index] != 0 && keys[index] != key) {
      index = (index + 1) & (keys.length - 1);
    }
    return index;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int index = find(oldKeys[i]);
        keys[index] = oldKeys[i];
        counts[index] = oldCounts[i];
      }
    }
  }
}
