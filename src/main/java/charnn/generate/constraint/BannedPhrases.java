package charnn.generate.constraint;

import charnn.data.Vocabulary;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Phrases that must not occur in a text. They are found by the automaton of Aho and Corasick
 * ("Efficient string matching: an aid to bibliographic search", 1975), whose states are the
 * beginnings of phrases.
 */
public final class BannedPhrases implements Constraint {
  private final Vocabulary vocabulary;
  private final State root;
  private final State start;

  /** The longest beginning of a phrase that a text ends with. */
  private static final class State {
    private final Map<Integer, State> next = new HashMap<>(); // by code point
    private State shorter; // the longest beginning that ends this one; null: the root's
    private int longest; // characters of the longest phrase that ends here, 0: none
  }

  /**
   * @param phrases not empty
   */
  public BannedPhrases(Collection<String> phrases, Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    root = new State();
    start = root;
    phrases.forEach(this::add);
    link();
  }

  private BannedPhrases(Vocabulary vocabulary, State root, State start) {
    this.vocabulary = vocabulary;
    this.root = root;
    this.start = start;
  }

  /** A phrase must not begin in the text before and end in the new one either. */
  @Override
  public BannedPhrases after(String before, int generated) {
    State state = start;
    for (int codePoint : before.codePoints().toArray()) {
      state = follow(state, codePoint);
    }
    return new BannedPhrases(vocabulary, root, state);
  }

  private void add(String phrase) {
    State state = root;
    for (int codePoint : phrase.codePoints().toArray()) {
      state = state.next.computeIfAbsent(codePoint, c -> new State());
    }
    state.longest = phrase.codePointCount(0, phrase.length());
  }

  /** Links each state, the short ones first. */
  private void link() {
    Queue<State> queue = new ArrayDeque<>();
    queue.add(root);
    while (!queue.isEmpty()) {
      State state = queue.remove();
      state.next.forEach(
          (codePoint, next) -> {
            next.shorter = state == root ? root : follow(state.shorter, codePoint);
            next.longest = Math.max(next.longest, next.shorter.longest);
            queue.add(next);
          });
    }
  }

  private State follow(State state, int codePoint) {
    State from = state;
    while (from != root && !from.next.containsKey(codePoint)) {
      from = from.shorter;
    }
    return from.next.getOrDefault(codePoint, root);
  }

  @Override
  public boolean takesBack() {
    return true;
  }

  @Override
  public TextCheck check() {
    return new Check();
  }

  private final class Check implements TextCheck {
    private State state = start;

    private State after(int token) {
      return follow(state, vocabulary.codePoint(token));
    }

    @Override
    public int fault(int token) {
      return after(token).longest;
    }

    @Override
    public void read(int token) {
      state = after(token);
    }

    @Override
    public Runnable mark() {
      State now = state;
      return () -> state = now;
    }
  }
}
