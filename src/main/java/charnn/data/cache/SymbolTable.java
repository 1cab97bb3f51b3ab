package charnn.data.cache;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Numbers code points in the order of their first appearance, and counts them. */
final class SymbolTable {
  private final int[] numbers = new int[1 << 16]; // of UTF-16 units, plus 1; 0: none
  private final Map<Integer, Integer> beyond = new HashMap<>(); // of other code points
  private int[] codePoints = new int[1 << 8];
  private long[] counts = new long[1 << 8];
  private int size;

  int size() {
    return size;
  }

  /** Counts a UTF-16 unit that is a code point; returns its number, or -1 if it has none. */
  int count(char unit) {
    int number = numbers[unit] - 1;
    if (number >= 0) {
      counts[number]++;
    }
    return number;
  }

  /** Counts a code point; returns its number, a new one if it had none. */
  int add(int codePoint) {
    int number =
        codePoint < numbers.length ? numbers[codePoint] - 1 : beyond.getOrDefault(codePoint, -1);
    if (number < 0) {
      number = size++;
      if (codePoint < numbers.length) {
        numbers[codePoint] = size;
      } else {
        beyond.put(codePoint, number);
      }
      if (number == codePoints.length) {
        codePoints = Arrays.copyOf(codePoints, 2 * number);
        counts = Arrays.copyOf(counts, 2 * number);
      }
      codePoints[number] = codePoint;
    }
    counts[number]++;
    return number;
  }

  /** Returns the code points by their numbers. */
  int[] codePoints() {
    return Arrays.copyOf(codePoints, size);
  }

  /** Returns how often each occurred, by their numbers. */
  long[] counts() {
    return Arrays.copyOf(counts, size);
  }

  /** Makes this as it was when it had these counts. */
  void back(long[] before) {
    for (int i = before.length; i < size; i++) {
      if (codePoints[i] < numbers.length) {
        numbers[codePoints[i]] = 0;
      } else {
        beyond.remove(codePoints[i]);
      }
      counts[i] = 0;
    }
    size = before.length;
    System.arraycopy(before, 0, counts, 0, size);
  }
}
