package charnn.generate.constraint;

/** A rule that generated texts are held to; the same for all texts, and immutable. */
public interface Constraint {
  /** Returns the check of a new text. */
  TextCheck check();

  /**
   * Returns the same rule for texts that continue another one.
   *
   * @param before the end of that
   * @param generated its last code points that the model generated: no prompt is among them
   */
  default Constraint after(String before, int generated) {
    return this;
  }

  /**
   * Returns whether the rule may find out late that a text cannot go on, so that characters must be
   * taken back.
   */
  default boolean takesBack() {
    return false;
  }
}
