package charnn.generate;

import charnn.generate.constraint.Constraint;
import charnn.generate.constraint.TextCheck;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Samples the characters of one text that is held to constraints.
 *
 * <p>Where the sampled character breaks a rule, the text goes back to before the fault, and avoids
 * the way that it took there (a detour). Where no character is possible, it goes back one by one,
 * and the character taken back is not tried again there (a dead end). Both are bounded: after
 * {@value #MAX_DETOURS} detours that led no farther, a character that breaks a rule is only
 * excluded where it stands, and after {@value #MAX_DEAD_ENDS} dead ends the text has failed. The
 * last {@value #WINDOW} characters may be taken back, and are held until then.
 */
final class BacktrackingSampler {
  /** Characters that may be taken back, if a constraint may need that. */
  static final int WINDOW = TextCheck.MAX_BACK;

  static final int MAX_DETOURS = 8;
  static final int MAX_DEAD_ENDS = 10_000;

  /** There is no character. */
  static final int NONE = -1;

  private final Sampler sampler;
  private final List<TextCheck> checks;
  private final int window;
  private final long length;
  private final Deque<Position> held = new ArrayDeque<>();
  private Position here;
  private long size; // characters of the text
  private long farthest; // its largest size
  private int detours; // since then
  private int deadEnds; // since then
  private boolean failed;
  private Deque<Settled> longest = new ArrayDeque<>(); // held when the text last was the longest

  /**
   * A character that is not taken back any more.
   *
   * @param logits [V] that it was chosen by
   */
  record Settled(int token, float[] logits) {}

  /** A place before a character, to which the text may go back. */
  private final class Position {
    private final TextState state; // null: nothing is taken back
    private final float[] logits; // [V]
    private final BitSet possible = new BitSet(); // that may follow, and are no known dead ends
    private final BitSet avoided = new BitSet(); // of those, while there is another one
    private final Runnable samplerMark;
    private final List<Runnable> marks;
    private int token; // that follows

    Position(float[] logits, TextState state) {
      this.logits = logits.clone();
      this.state = state;
      possible.set(0, logits.length);
      for (TextCheck check : checks) {
        check.retain(possible, length - size);
      }
      samplerMark = sampler.mark();
      marks = checks.stream().map(TextCheck::mark).toList();
    }

    Settled settled() {
      return new Settled(token, logits);
    }

    /** Returns whether another character than the one that follows is left. */
    boolean hasOther() {
      BitSet others = open();
      others.clear(token);
      return !others.isEmpty();
    }

    BitSet open() {
      BitSet open = (BitSet) possible.clone();
      open.andNot(avoided);
      return open;
    }
  }

  /**
   * @param length characters of the text at most
   */
  BacktrackingSampler(Sampler sampler, List<? extends Constraint> constraints, long length) {
    this.sampler = sampler;
    this.length = length;
    checks = constraints.stream().map(Constraint::check).toList();
    window = constraints.stream().anyMatch(Constraint::takesBack) ? WINDOW : 0;
  }

  /**
   * Returns the next character. Before that, characters may be taken back.
   *
   * @param logits [V] after the text so far; overwritten
   * @param predictor that reads the text
   * @param row of the text in it
   * @return {@link #NONE} at the end of the text
   */
  int next(float[] logits, Predictor predictor, int row) {
    here = new Position(logits, window > 0 ? predictor.save(row) : null);
    while (true) {
      BitSet open = here.open();
      if (open.isEmpty() && !here.avoided.isEmpty()) {
        here.avoided.clear();
        continue;
      }
      if (open.isEmpty()) {
        if (checks.stream().anyMatch(TextCheck::mayEnd)) {
          return NONE;
        }
        if (!leavesDeadEnd(predictor, row)) {
          failed = true;
          remember();
          return NONE;
        }
        continue;
      }
      System.arraycopy(here.logits, 0, logits, 0, logits.length);
      Filters.exclude(logits, i -> !open.get(i));
      int token = sampler.choose(logits);
      if (!(logits[token] > Float.NEGATIVE_INFINITY)) {
        here.possible.andNot(open); // The sampler's filters leave none of these.
        continue;
      }
      int fault = checks.stream().mapToInt(check -> check.fault(token)).max().orElse(0);
      if (fault == 0) {
        follow(token);
        return token;
      }
      if (!detour(fault - 1, predictor, row)) {
        here.possible.clear(token);
      }
    }
  }

  private void follow(int token) {
    here.token = token;
    held.addLast(here);
    sampler.read(token);
    checks.forEach(check -> check.read(token));
    size++;
    if (size > farthest) {
      farthest = size;
      detours = 0;
      deadEnds = 0;
    }
  }

  /**
   * Goes back so many characters, or to the next position before where there is another way, and
   * avoids the old one there. Returns whether it did.
   */
  private boolean detour(int back, Predictor predictor, int row) {
    int least = Math.min(back, held.size());
    if (least == 0 || detours == MAX_DETOURS) {
      return false;
    }
    int count = 0;
    for (Iterator<Position> it = held.descendingIterator(); it.hasNext(); ) {
      count++;
      if (it.next().hasOther() && count >= least) {
        detours++;
        takeBack(count, predictor, row);
        here.avoided.set(here.token);
        return true;
      }
    }
    return false;
  }

  /** Goes back one character, which led nowhere. Returns whether it could. */
  private boolean leavesDeadEnd(Predictor predictor, int row) {
    if (held.isEmpty() || deadEnds == MAX_DEAD_ENDS) {
      return false;
    }
    deadEnds++;
    takeBack(1, predictor, row);
    here.possible.clear(here.token);
    return true;
  }

  private void takeBack(int count, Predictor predictor, int row) {
    remember();
    for (int i = 0; i < count; i++) {
      here = held.removeLast();
    }
    size -= count;
    predictor.load(row, here.state);
    here.samplerMark.run();
    here.marks.forEach(Runnable::run);
  }

  /** Keeps the text where it is longest: so much is passed on of one that fails. */
  private void remember() {
    if (size == farthest) {
      longest =
          held.stream().map(Position::settled).collect(Collectors.toCollection(ArrayDeque::new));
    }
  }

  /** Returns the first character held if it can be taken back no longer, else null. */
  Settled takeSettled() {
    return held.size() > window ? held.removeFirst().settled() : null;
  }

  /** Returns the first character held, at the end of the text; null if there is none. */
  Settled takeHeld() {
    if (failed) {
      return longest.pollFirst();
    }
    return held.isEmpty() ? null : held.removeFirst().settled();
  }

  /** Returns how many characters the text has now. */
  long size() {
    return size;
  }

  /** Returns whether the text ended because no character was possible. */
  boolean isFailed() {
    return failed;
  }
}
