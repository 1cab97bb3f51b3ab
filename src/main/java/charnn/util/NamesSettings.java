package charnn.util;

/** An error whose message names settings. */
public interface NamesSettings {
  /** Returns the message. */
  Sentence sentence();
}
