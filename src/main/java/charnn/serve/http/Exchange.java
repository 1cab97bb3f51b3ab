package charnn.serve.http;

/** A request, and the way back to who sent it. Any thread may answer, once. */
public interface Exchange {
  /** Returns the method; HEAD is GET, whose body is not sent. */
  String method();

  /** Returns the path, decoded, without what follows a question mark. */
  String path();

  /** Returns a header, empty if there is none. */
  String header(String name);

  byte[] body();

  /** Answers; a second answer is dropped. */
  void answer(Answer answer);

  /**
   * Answers with server-sent events: those of a source, whenever it has some and the client takes
   * them.
   *
   * @return to be run by any thread when the source has events
   */
  Runnable stream(EventSource source);

  /**
   * Has something done when the client leaves before it has the whole answer, or at once if it has
   * left already.
   */
  void onLeave(Runnable left);
}
