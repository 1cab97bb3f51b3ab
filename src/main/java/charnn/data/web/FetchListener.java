package charnn.data.web;

/** Is told how fetching goes on, on the thread that fetches. */
public interface FetchListener {
  /** There is something that the user should know, a line. */
  void noted(String line);

  /**
   * Bytes have come.
   *
   * @param name of what is fetched
   * @param bytes so far
   * @param total of it; -1 if unknown
   */
  void received(String name, long bytes, long total);
}
