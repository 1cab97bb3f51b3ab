package charnn.serve.http;

/**
 * What one client may take.
 *
 * @param connections at once, of all clients
 * @param headBytes of a request line and headers each
 * @param bodyBytes of a request
 * @param receiveMillis from the first byte of a request, or a new connection, to its last
 * @param idleMillis between two requests
 * @param stallMillis that a client may take nothing of an answer
 */
public record Limits(
    int connections,
    int headBytes,
    int bodyBytes,
    long receiveMillis,
    long idleMillis,
    long stallMillis) {
  public static final Limits USUAL = new Limits(256, 1 << 14, 1 << 20, 10_000, 60_000, 15_000);
}
