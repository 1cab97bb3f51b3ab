package charnn.desk;

/** What happens at the desk. Other threads put it into a queue. */
sealed interface Event {
  /** The terminal sent something. */
  record Bytes(byte[] bytes) implements Event {}

  /** The terminal sends no more: it was closed. */
  record Hangup() implements Event {}

  /** The window has another size. */
  record Resized() implements Event {}

  /** The process is asked to end. */
  record Ending() implements Event {}

  /**
   * Something was saved, or could not be.
   *
   * @param news what the user should know of it; null: nothing
   */
  record Saved(String news) implements Event {}

  /** The user has had the time to read this. */
  record NewsRead(String news) implements Event {}

  /** A proposal was made. */
  record Proposed(Proposals.Answer answer) implements Event {}
}
