package charnn.data;

/** A file holds no text, but something else. */
public final class NoTextException extends CorpusException {
  private final String kind;

  /**
   * @param message names the file, what it is, and the next step
   * @param kind what it is, as "a picture (PNG)"
   */
  public NoTextException(String message, String kind) {
    super(message);
    this.kind = kind;
  }

  /** Returns what the file is. */
  public String kind() {
    return kind;
  }
}
