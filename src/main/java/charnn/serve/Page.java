package charnn.serve;

import charnn.serve.http.Answer;
import charnn.serve.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A file of the page. It is the same for everybody, and has no secrets: the page asks for all else
 * by the interface.
 */
final class Page implements Endpoint {
  private static final String FOLDER = "page";

  /** What the browser may do: load these files, and talk to this server. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
          + "require-trusted-types-for 'script'";

  /** The types of the files, by their paths. */
  static final Map<String, String> FILES =
      Map.of(
          "/", "text/html; charset=utf-8",
          "/page.css", "text/css; charset=utf-8",
          "/page.js", "text/javascript; charset=utf-8",
          "/write.js", "text/javascript; charset=utf-8",
          "/undo.js", "text/javascript; charset=utf-8",
          "/runs.js", "text/javascript; charset=utf-8",
          "/plot.js", "text/javascript; charset=utf-8",
          "/api.js", "text/javascript; charset=utf-8",
          "/icon.svg", "image/svg+xml");

  private final Answer answer;

  Page(String path) {
    String name = FOLDER + (path.equals("/") ? "/index.html" : path);
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("there is no resource " + name);
      }
      answer =
          new Answer(
              200,
              FILES.get(path),
              in.readAllBytes(),
              Map.of("Content-Security-Policy", POLICY, "X-Frame-Options", "DENY"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void handle(Exchange exchange, String rest) {
    exchange.answer(answer);
  }
}
