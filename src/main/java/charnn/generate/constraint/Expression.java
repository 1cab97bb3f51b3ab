package charnn.generate.constraint;

import java.util.BitSet;
import java.util.List;

/** A regular expression over token ids. */
sealed interface Expression {
  /** There is no most. */
  int ANY_NUMBER = -1;

  /**
   * One of some characters.
   *
   * @param tokens ids; none: nothing matches
   */
  record Characters(BitSet tokens) implements Expression {}

  /** All of these, one after another. */
  record Sequence(List<Expression> parts) implements Expression {}

  /** One of these, at least one. */
  record Choice(List<Expression> options) implements Expression {}

  /**
   * So many times the same.
   *
   * @param most at least {@code least}, or {@link #ANY_NUMBER}
   */
  record Repetition(Expression part, int least, int most) implements Expression {}
}
