package charnn.data.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on this machine that answers each request as a test says, however wrong that is. */
public final class WebServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Handler handler;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * A request.
   *
   * @param target what is asked for
   * @param headers by their names in small letters
   */
  public record Request(String target, Map<String, String> headers) {
    public String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the first byte that is asked for; 0 if all are. */
    int from() {
      String range = header("Range");
      return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    }
  }

  /** Answers a request; then the connection is closed. */
  @FunctionalInterface
  public interface Handler {
    void answer(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  public WebServer(Handler handler) throws IOException {
    this.handler = handler;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "test server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        start(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      Request request = read(connection.getInputStream());
      requests.add(request);
      handler.answer(request, connection.getOutputStream());
    } catch (IOException | InterruptedException e) {
      return; // the client has gone
    }
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    return new Request(lines[0].split(" ")[1], headers);
  }

  /** Answers with a head of these lines. */
  public static void head(OutputStream out, String status, String... headers) throws IOException {
    out.write(
        ("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + lines(headers) + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String lines(String... headers) {
    StringBuilder lines = new StringBuilder();
    for (String header : headers) {
      lines.append(header).append("\r\n");
    }
    return lines.toString();
  }

  /** Answers with a whole body. */
  public static void whole(OutputStream out, byte[] body, String... headers) throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Length: " + body.length;
    head(out, "200 OK", all);
    out.write(body);
  }

  public List<Request> requests() {
    return requests;
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Returns the address of a path. */
  public String url(String path) {
    return "http://localhost:" + port() + path;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
