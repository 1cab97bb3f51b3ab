package charnn.generate.constraint;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * A nondeterministic finite automaton over token ids, of a regular expression (Thompson, "Regular
 * expression search algorithm", 1968). Its size is linear in that of the expression with its
 * repetitions written out; it is never made deterministic, which could need exponentially many
 * states.
 *
 * <p>A state reads a character and goes on to another, or goes on to one of two without reading, or
 * accepts.
 */
final class TextAutomaton {
  /** States that there are at most. */
  static final int MAX_STATES = 250_000;

  /** No text is accepted. */
  static final int INFINITE = Integer.MAX_VALUE;

  private static final int ACCEPT = 0;
  private static final int NONE = -1;

  private int size;
  private int[] next = new int[64]; // [states]
  private int[] other = new int[64]; // [states] NONE where a character is read
  private BitSet[] tokens = new BitSet[64]; // [states] read; null where none is
  private final int start;
  private final int[] distance; // [states]

  /** The expression needs too many states. */
  static final class TooLargeException extends Exception {
    TooLargeException() {
      super("more than " + MAX_STATES + " states");
    }
  }

  TextAutomaton(Expression expression) throws TooLargeException {
    add(null, NONE, NONE); // ACCEPT
    start = build(expression, ACCEPT);
    distance = distances();
  }

  private int add(BitSet read, int to, int orTo) throws TooLargeException {
    if (size == MAX_STATES) {
      throw new TooLargeException();
    }
    if (size == next.length) {
      next = Arrays.copyOf(next, 2 * size);
      other = Arrays.copyOf(other, 2 * size);
      tokens = Arrays.copyOf(tokens, 2 * size);
    }
    tokens[size] = read;
    next[size] = to;
    other[size] = orTo;
    return size++;
  }

  /** Adds the states of an expression that continue at a state; returns the first. */
  private int build(Expression expression, int then) throws TooLargeException {
    if (expression instanceof Expression.Characters characters) {
      return add(characters.tokens(), then, NONE);
    }
    if (expression instanceof Expression.Sequence sequence) {
      int first = then;
      for (int i = sequence.parts().size() - 1; i >= 0; i--) {
        first = build(sequence.parts().get(i), first);
      }
      return first;
    }
    if (expression instanceof Expression.Choice choice) {
      int last = choice.options().size() - 1;
      int first = build(choice.options().get(last), then);
      for (int i = last - 1; i >= 0; i--) {
        first = add(null, build(choice.options().get(i), then), first);
      }
      return first;
    }
    return repetition((Expression.Repetition) expression, then);
  }

  private int repetition(Expression.Repetition repetition, int then) throws TooLargeException {
    int first = then;
    if (repetition.most() == Expression.ANY_NUMBER) {
      first = add(null, NONE, then);
      int body = build(repetition.part(), first); // Arrays may be new after it.
      next[first] = body;
    } else {
      // Each leads to the end at once, and not through the others: few states are active.
      for (int i = repetition.least(); i < repetition.most(); i++) {
        first = add(null, build(repetition.part(), first), then);
      }
    }
    for (int i = 0; i < repetition.least(); i++) {
      int before = build(repetition.part(), first);
      if (before == first) {
        break; // nothing, so many times
      }
      first = before;
    }
    return first;
  }

  /**
   * Returns the least number of characters from each state to acceptance: a breadth-first search
   * from there.
   */
  private int[] distances() {
    int[] head = new int[size]; // of each state's list of edges to it
    Arrays.fill(head, NONE);
    int[] following = new int[2 * size]; // edge of the list; edge 2 s and 2 s + 1 come from s
    for (int edge = 2; edge < 2 * size; edge++) {
      int to = edge % 2 == 0 ? next[edge / 2] : other[edge / 2];
      if (to != NONE) {
        following[edge] = head[to];
        head[to] = edge;
      }
    }
    int[] distances = new int[size];
    Arrays.fill(distances, INFINITE);
    distances[ACCEPT] = 0;
    Deque<Integer> queue = new ArrayDeque<>();
    queue.add(ACCEPT);
    BitSet done = new BitSet(size);
    while (!queue.isEmpty()) {
      int state = queue.removeFirst();
      if (done.get(state)) {
        continue;
      }
      done.set(state);
      for (int edge = head[state]; edge != NONE; edge = following[edge]) {
        int from = edge / 2;
        boolean reads = tokens[from] != null;
        int length = distances[state] + (reads ? 1 : 0);
        if (length < distances[from] && !(reads && tokens[from].isEmpty())) {
          distances[from] = length;
          if (reads) {
            queue.addLast(from);
          } else {
            queue.addFirst(from);
          }
        }
      }
    }
    return distances;
  }

  /** Returns the length of the shortest text that is accepted; {@link #INFINITE}: none is. */
  int shortest() {
    return distance[start];
  }

  /** Returns a walk from the start. */
  Walk walk() {
    return new Walk();
  }

  /** A text's way through the automaton. */
  final class Walk implements TextCheck {
    private final BitSet seen = new BitSet();
    private int[] stack = new int[16];
    private int[] found = new int[16];
    private int count;
    private int[] active; // states that read, and ACCEPT; not changed

    private Walk() {
      reach(start);
      end();
    }

    /** Adds what a state leads to without a character. */
    private void reach(int state) {
      int depth = 0;
      stack[depth++] = state;
      while (depth > 0) {
        int top = stack[--depth];
        if (seen.get(top)) {
          continue;
        }
        seen.set(top);
        if (tokens[top] != null || top == ACCEPT) {
          found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
          found[count++] = top;
        } else {
          stack = depth + 2 > stack.length ? Arrays.copyOf(stack, 2 * stack.length) : stack;
          stack[depth++] = other[top];
          stack[depth++] = next[top];
        }
      }
    }

    private void end() {
      active = Arrays.copyOf(found, count);
      count = 0;
      seen.clear();
    }

    @Override
    public void retain(BitSet possible, long left) {
      BitSet follow = new BitSet();
      for (int state : active) {
        if (state != ACCEPT && distance[next[state]] < left) {
          follow.or(tokens[state]);
        }
      }
      possible.and(follow);
    }

    @Override
    public void read(int token) {
      for (int state : active) {
        if (state != ACCEPT && tokens[state].get(token)) {
          reach(next[state]);
        }
      }
      end();
    }

    @Override
    public boolean mayEnd() {
      for (int state : active) {
        if (state == ACCEPT) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Runnable mark() {
      int[] now = active;
      return () -> active = now;
    }
  }
}
