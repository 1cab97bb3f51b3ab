package charnn.data;

import java.util.function.LongConsumer;

/**
 * The suffix automaton of a text: the smallest automaton that has all of the text's substrings
 * (Blumer et al., "The smallest automaton recognizing the subwords of a text", 1985). A state
 * stands for the substrings that end at the same places in the text. They are the suffixes of the
 * longest of them, down to some length; the next shorter suffix belongs to the state of the suffix
 * link.
 *
 * <p>Another text, of any length, is read character by character: {@link #read} finds the longest
 * of its substrings that ends there and occurs in this text. In the end, {@link #sharedLengths} has
 * the same for this text and the other: the matching statistics (Chang and Lawler, "Sublinear
 * approximate string matching and biological applications", 1994).
 *
 * <p>All is exact. Building takes linear time, reading constant amortized time for each character.
 * The memory is 100 bytes for each character of this text, and none for the other.
 */
public final class SuffixAutomaton {
  /** The most characters of the text. */
  public static final int MAX_LENGTH = 1 << 28;

  private static final int ROOT = 0;
  private static final int NONE = -1;

  /** Slots for each character: there are at most 3 transitions for one. */
  private static final int SLOTS = 4;

  private static final int CODE_POINT_BITS = 21;
  private static final long FREE = 0;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
  private static final int REPORT_MASK = (1 << 16) - 1;

  // States: [at most 2 for each character, and the root]
  private final int[] length; // of the longest substring
  private final int[] link;
  private final int[] firstSlot; // the head of the list of its transitions, or NONE
  private final int[] shared; // length of its longest substring in the other text, 0 if none
  private int states = 1;

  // Transitions, in an open-addressing hash table: [slots]
  private final long[] keys; // state and character
  private final int[] targets;
  private final int[] nextSlot; // of the same state, or NONE

  private final int[] prefixes; // [characters]: the state of the text up to each

  private int state = ROOT;
  private int matched;
  private boolean spent;

  public SuffixAutomaton(int... text) {
    this(text, done -> {});
  }

  /**
   * @param text code points; not kept
   * @param progress receives the number of characters that are done, now and then
   * @throws IllegalArgumentException if there are more than {@link #MAX_LENGTH}
   */
  public SuffixAutomaton(int[] text, LongConsumer progress) {
    if (text.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a suffix automaton has at most " + MAX_LENGTH + " characters, got " + text.length);
    }
    length = new int[2 * text.length + 1];
    link = new int[length.length];
    firstSlot = new int[length.length];
    shared = new int[length.length];
    keys = new long[SLOTS * text.length + 1];
    targets = new int[keys.length];
    nextSlot = new int[keys.length];
    prefixes = new int[text.length];
    link[ROOT] = NONE;
    firstSlot[ROOT] = NONE;
    int last = ROOT;
    for (int i = 0; i < text.length; i++) {
      last = extended(last, text[i]);
      prefixes[i] = last;
      if ((i & REPORT_MASK) == REPORT_MASK) {
        progress.accept(i + 1L);
      }
    }
  }

  /** Returns the state of the text with one more character. */
  private int extended(int last, int character) {
    int added = newState(length[last] + 1);
    int suffix = last;
    int slot = slot(suffix, character);
    while (keys[slot] == FREE) {
      put(slot, suffix, character, added);
      suffix = link[suffix];
      if (suffix == NONE) {
        link[added] = ROOT;
        return added;
      }
      slot = slot(suffix, character);
    }
    int target = targets[slot];
    if (length[target] == length[suffix] + 1) {
      link[added] = target;
      return added;
    }
    // The shorter substrings of the target end at one place more than its longer ones: they part.
    int shorter = newState(length[suffix] + 1);
    for (int s = firstSlot[target]; s != NONE; s = nextSlot[s]) {
      int copied = (int) keys[s] & (1 << CODE_POINT_BITS) - 1;
      put(slot(shorter, copied), shorter, copied, targets[s]);
    }
    link[shorter] = link[target];
    link[target] = shorter;
    link[added] = shorter;
    while (targets[slot] == target) {
      targets[slot] = shorter;
      suffix = link[suffix];
      if (suffix == NONE) {
        break;
      }
      slot = slot(suffix, character);
    }
    return added;
  }

  private int newState(int longest) {
    length[states] = longest;
    firstSlot[states] = NONE;
    return states++;
  }

  private static long key(int state, int character) {
    return (state + 1L) << CODE_POINT_BITS | character;
  }

  /** Returns the slot of a transition, or a free one for it. */
  private int slot(int state, int character) {
    long key = key(state, character);
    // The hash's upper 32 bits as a fraction, times the number of slots.
    int slot = (int) ((key * GOLDEN_RATIO >>> 32) * keys.length >>> 32);
    while (keys[slot] != FREE && keys[slot] != key) {
      slot = slot + 1 == keys.length ? 0 : slot + 1;
    }
    return slot;
  }

  private void put(int slot, int state, int character, int target) {
    keys[slot] = key(state, character);
    targets[slot] = target;
    nextSlot[slot] = firstSlot[state];
    firstSlot[state] = slot;
  }

  /** Begins another part of the other text: no substring goes from one part into the next. */
  public void restart() {
    state = ROOT;
    matched = 0;
  }

  /** Reads the next character (code point) of the other text. */
  public void read(int character) {
    int slot = slot(state, character);
    while (keys[slot] == FREE && state != ROOT) {
      state = link[state];
      matched = length[state];
      slot = slot(state, character);
    }
    if (keys[slot] == FREE) {
      return;
    }
    state = targets[slot];
    matched++;
    if (shared[state] < matched) {
      shared[state] = matched;
    }
  }

  /**
   * Returns the length of the longest substring that ends where was read and occurs in the text.
   */
  public int matched() {
    return matched;
  }

  /**
   * Returns for each character of the text the length of the longest substring that ends with it
   * and occurs in what was read. It is the last that the automaton does.
   */
  public int[] sharedLengths() {
    if (spent) {
      throw new IllegalStateException("the automaton is spent");
    }
    spent = true;
    // If any substring of a state was found, all suffixes of it were.
    for (int s = 1; s < states; s++) {
      if (shared[s] > 0) {
        for (int t = link[s]; t != ROOT && shared[t] < length[t]; t = link[t]) {
          shared[t] = length[t];
        }
      }
    }
    int[] lengths = new int[prefixes.length];
    for (int i = 0; i < lengths.length; i++) {
      int found = prefixes[i];
      while (found != ROOT && shared[found] == 0) {
        found = link[found];
      }
      lengths[i] = shared[found];
      // Links are shortened, so that no way is gone twice.
      for (int s = prefixes[i]; s != found; ) {
        int next = link[s];
        link[s] = found;
        s = next;
      }
    }
    return lengths;
  }
}
