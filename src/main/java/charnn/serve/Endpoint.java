package charnn.serve;

import charnn.serve.http.ApiException;
import charnn.serve.http.Exchange;

/** Answers one kind of requests. */
@FunctionalInterface
interface Endpoint {
  /**
   * Answers a request, now or later.
   *
   * @param rest of its path, after the endpoint's
   */
  void handle(Exchange exchange, String rest) throws ApiException;
}
