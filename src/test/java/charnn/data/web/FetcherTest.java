package charnn.data.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.CorpusException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching from a server that stalls, cuts, redirects and lies. */
class FetcherTest {
  private static final byte[] TEXT = text(5000, 1);
  private static final String ETAG = "ETag: \"one\"";
  private static final Duration STALL = Duration.ofMillis(300);

  @TempDir private Path folder;
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<AutoCloseable> servers = new ArrayList<>();
  private List<URI> mirrors = List.of(URI.create("http://localhost:1"));

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable server : servers) {
      server.close();
    }
  }

  private static byte[] text(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) (random.nextInt(6) == 0 ? ' ' : 'a' + random.nextInt(26));
    }
    return text;
  }

  private WebServer server(WebServer.Handler handler) throws IOException {
    WebServer server = new WebServer(handler);
    servers.add(server);
    return server;
  }

  private Fetcher fetcher() throws CorpusException {
    return fetcher(1 << 20);
  }

  private Fetcher fetcher(long mostBytes) throws CorpusException {
    FetchListener listener =
        new FetchListener() {
          @Override
          public void noted(String line) {
            notes.add(line);
          }

          @Override
          public void received(String name, long bytes, long total) {
            assertThat(bytes).isPositive();
          }
        };
    FetchSettings settings =
        new FetchSettings(
            Duration.ofSeconds(5),
            STALL,
            3,
            Duration.ofSeconds(1),
            Duration.ofMinutes(2),
            Duration.ZERO,
            mostBytes,
            4);
    return new Fetcher(
        new Downloads(folder),
        settings,
        mirrors,
        "charnn/test",
        environment::get,
        listener,
        waits::add);
  }

  private String fetch(String address) throws IOException {
    return Files.readString(fetcher().fetch(WebAddress.of(address), false));
  }

  private static String string(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }

  private void assertRefused(String address, String... message) throws IOException {
    assertThatThrownBy(() -> fetch(address))
        .isInstanceOf(CorpusException.class)
        .hasMessageContainingAll(message)
        .hasMessageNotContaining("Exception");
  }

  /** Sends the rest that is asked for, as a server should. */
  private static void rest(WebServer.Request request, OutputStream out, byte[] text)
      throws IOException {
    int from = request.from();
    WebServer.head(
        out,
        "206 Partial Content",
        "Content-Length: " + (text.length - from),
        "Content-Range: bytes " + from + "-" + (text.length - 1) + "/" + text.length,
        ETAG);
    out.write(text, from, text.length - from);
  }

  @Test
  void aTextIsFetchedOnceAndRecorded() throws IOException {
    WebServer server = server((request, out) -> WebServer.whole(out, TEXT, ETAG));
    String address = server.url("/tale.txt");
    assertThat(fetch(address)).isEqualTo(string(TEXT));
    assertThat(fetch(address + "#chapter")).isEqualTo(string(TEXT));
    assertThat(server.requests()).hasSize(1);
    WebServer.Request request = server.requests().get(0);
    assertThat(request.header("User-Agent")).isEqualTo("charnn/test");
    assertThat(request.header("Accept-Encoding")).isEqualTo("identity");
    assertThat(request.header("Range")).isNull();
    Downloads.Fetched fetched = fetcher().record(WebAddress.of(address));
    assertThat(fetched.bytes()).isEqualTo(TEXT.length);
    assertThat(fetched.sha256()).isEqualTo(charnn.data.Corpus.sha256(TEXT));
    assertThat(fetched.place()).isEqualTo(address);
    assertThat(notes).isEmpty();
    assertThat(waits).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 511, 512, 513, 2500, 4999})
  void whatIsCutIsContinued(int cut) throws IOException {
    WebServer server =
        server(
            (request, out) -> {
              if (request.header("Range") == null) {
                WebServer.head(out, "200 OK", "Content-Length: " + TEXT.length, ETAG);
                out.write(TEXT, 0, cut);
              } else {
                rest(request, out, TEXT);
              }
            });
    assertThat(fetch(server.url("/a"))).isEqualTo(string(TEXT));
    assertThat(server.requests()).hasSize(2);
    WebServer.Request second = server.requests().get(1);
    assertThat(second.header("Range")).isEqualTo("bytes=" + Math.max(0, cut - 512) + "-");
    assertThat(second.header("If-Range")).isEqualTo("\"one\"");
    assertThat(notes).singleElement().asString().contains("cut", "trying again in 1s");
  }

  @Test
  void aServerThatStallsIsAskedForTheRest() throws IOException {
    WebServer server =
        server(
            (request, out) -> {
              if (request.header("Range") == null) {
                WebServer.head(out, "200 OK", "Content-Length: " + TEXT.length, ETAG);
                out.write(TEXT, 0, 3000);
                out.flush();
                Thread.sleep(30_000);
              } else {
                rest(request, out, TEXT);
              }
            });
    assertThat(fetch(server.url("/a"))).isEqualTo(string(TEXT));
    assertThat(notes).singleElement().asString().contains("nothing came", "3,000 of 5,000 bytes");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws IOException {
    WebServer server = server((request, out) -> Thread.sleep(30_000));
    assertRefused(server.url("/a"), "no answer from localhost:" + server.port(), "try again later");
    assertThat(server.requests()).hasSize(3);
    assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void whatCameIsKeptForAnotherStart() throws IOException {
    AtomicInteger honest = new AtomicInteger();
    WebServer server =
        server(
            (request, out) -> {
              if (honest.get() == 0) { // It announces more than it has.
                WebServer.head(out, "200 OK", "Content-Length: " + TEXT.length, ETAG);
                out.write(TEXT, 0, 4000);
              } else {
                rest(request, out, TEXT);
              }
            });
    String address = server.url("/a");
    assertRefused(address, "4,000 of 5,000 bytes", "4,000 bytes are kept");
    int before = server.requests().size();
    honest.set(1);
    assertThat(fetch(address)).isEqualTo(string(TEXT));
    assertThat(server.requests()).hasSize(before + 1);
    assertThat(server.requests().get(before).from()).isEqualTo(4000 - 512);
  }

  /** Each way of a server to send a rest that is none. */
  enum WrongRest {
    OTHER_START,
    OTHER_TOTAL,
    OTHER_TAG,
    OTHER_BYTES,
    NO_RANGE,
    TOO_MUCH,
    NOT_SATISFIABLE,
    ALL_OF_ANOTHER
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.EnumSource
  void aTextThatChangesBetweenTwoPartsIsFetchedFromItsBeginning(WrongRest wrong)
      throws IOException {
    byte[] other = text(5000, 2);
    AtomicInteger rests = new AtomicInteger();
    WebServer server =
        server(
            (request, out) -> {
              if (request.header("Range") == null && rests.get() == 0) {
                WebServer.head(out, "200 OK", "Content-Length: " + TEXT.length, ETAG);
                out.write(TEXT, 0, 3000);
              } else if (rests.getAndIncrement() == 0) {
                wrongRest(wrong, request, out, other);
              } else {
                WebServer.whole(out, other, "ETag: \"two\"");
              }
            });
    assertThat(fetch(server.url("/a"))).isEqualTo(string(other));
    assertThat(folder.toFile().list((dir, name) -> name.equals("part"))).isEmpty();
  }

  private static void wrongRest(
      WrongRest wrong, WebServer.Request request, OutputStream out, byte[] other)
      throws IOException {
    int from = request.from();
    String range = "Content-Range: bytes " + from + "-4999/5000";
    String length = "Content-Length: " + (5000 - from);
    switch (wrong) {
      case OTHER_START -> {
        range = "Content-Range: bytes 0-4999/5000";
        WebServer.head(out, "206 Partial Content", "Content-Length: 5000", range, ETAG);
        out.write(TEXT);
      }
      case OTHER_TOTAL -> {
        range = "Content-Range: bytes " + from + "-5999/6000";
        WebServer.head(out, "206 Partial Content", length, range, ETAG);
        out.write(TEXT, from, 5000 - from);
      }
      case OTHER_TAG -> {
        WebServer.head(out, "206 Partial Content", length, range, "ETag: \"two\"");
        out.write(TEXT, from, 5000 - from);
      }
      case OTHER_BYTES -> {
        WebServer.head(out, "206 Partial Content", length, range, ETAG);
        out.write(other, from, 5000 - from);
      }
      case NO_RANGE -> {
        WebServer.head(out, "206 Partial Content", length, ETAG);
        out.write(TEXT, from, 5000 - from);
      }
      case TOO_MUCH -> {
        WebServer.head(out, "206 Partial Content", "Content-Length: 5000", range, ETAG);
        out.write(TEXT, from, 5000 - from);
        out.write(TEXT, 0, from);
      }
      case NOT_SATISFIABLE -> WebServer.head(out, "416 Range Not Satisfiable", "Content-Length: 0");
      case ALL_OF_ANOTHER -> WebServer.whole(out, other, "ETag: \"two\"");
      default -> throw new AssertionError(wrong);
    }
  }

  @Test
  void withoutAVersionNothingIsContinued() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    WebServer server =
        server(
            (request, out) -> {
              boolean cut = asked.getAndIncrement() == 0;
              WebServer.head(out, "200 OK", "Content-Length: 5000", "ETag: W/\"weak\"");
              out.write(TEXT, 0, cut ? 100 : 5000);
            });
    assertThat(fetch(server.url("/a"))).isEqualTo(string(TEXT));
    assertThat(server.requests()).allMatch(request -> request.header("Range") == null);
  }

  @Test
  void theTimeOfTheLastChangeIsAVersion() throws IOException {
    String modified = "Tue, 01 Jul 2025 10:00:00 GMT";
    WebServer server =
        server(
            (request, out) -> {
              if (request.header("Range") == null) {
                WebServer.head(out, "200 OK", "Content-Length: 5000", "Last-Modified: " + modified);
                out.write(TEXT, 0, 100);
              } else {
                rest(request, out, TEXT);
              }
            });
    assertThat(fetch(server.url("/a"))).isEqualTo(string(TEXT));
    assertThat(server.requests().get(1).header("If-Range")).isEqualTo(modified);
  }

  @Test
  void redirectsAreFollowedWithinBounds() throws IOException {
    WebServer server =
        server(
            (request, out) -> {
              switch (request.target()) {
                case "/a" -> WebServer.head(out, "301 Moved", "Location: b?c=d");
                case "/b?c=d" -> WebServer.head(out, "307 Moved", "Location: /text");
                case "/text" -> WebServer.whole(out, TEXT);
                case "/loop" -> WebServer.head(out, "302 Found", "Location: /loop");
                case "/file" -> WebServer.head(out, "302 Found", "Location: file:///etc/passwd");
                case "/user" ->
                    WebServer.head(out, "302 Found", "Location: http://a:b@localhost/x");
                default -> WebServer.head(out, "308 Moved"); // to nowhere
              }
            });
    assertThat(fetch(server.url("/a"))).isEqualTo(string(TEXT));
    int before = server.requests().size();
    assertRefused(server.url("/loop"), "redirected more than 4 times");
    assertThat(server.requests()).hasSize(before + 5);
    assertRefused(server.url("/file"), "redirected to 'file:///etc/passwd', which is not fetched");
    assertRefused(server.url("/user"), "which is not fetched");
    assertRefused(server.url("/nowhere"), "redirected more than 4 times");
    assertThat(waits).isEmpty();
  }

  @Test
  void noRedirectGivesUpEncryption() throws IOException {
    WebAddress address = WebAddress.of("https://a.org/b.txt");
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Location", List.of("http://a.org/b.txt")), (a, b) -> true);
    assertThatThrownBy(
            () -> fetcher().redirected(address, URI.create("https://a.org/b.txt"), headers, 0))
        .hasMessageContaining("redirected to http://a.org/b.txt, which is not encrypted");
    assertThat(fetcher().redirected(address, URI.create("http://a.org/c"), headers, 0))
        .isEqualTo(URI.create("http://a.org/b.txt"));
  }

  @Test
  void aBusyServerIsAskedAgainWhenItSays() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    WebServer server =
        server(
            (request, out) -> {
              switch (asked.getAndIncrement()) {
                case 0 -> WebServer.head(out, "429 Too Many", "Retry-After: 7");
                case 1 -> WebServer.head(out, "503 Unavailable", "Retry-After: soon");
                default -> WebServer.whole(out, TEXT);
              }
            });
    assertThat(fetch(server.url("/a"))).isEqualTo(string(TEXT));
    assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
  }

  @Test
  void aServerThatAsksToWaitLongIsLeft() throws IOException {
    WebServer server =
        server((request, out) -> WebServer.head(out, "503 Busy", "Retry-After: 3600"));
    assertRefused(server.url("/a"), "answers 503", "asks to wait 1h", "try again then");
    assertThat(server.requests()).hasSize(1);
    assertThat(waits).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 451})
  void whatIsNotThereIsAskedForOnce(int status) throws IOException {
    WebServer server =
        server((request, out) -> WebServer.head(out, status + " No", "Content-Length: 0"));
    assertRefused(server.url("/a"), "/a", String.valueOf(status));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aFailingServerIsGivenUp() throws IOException {
    WebServer server =
        server((request, out) -> WebServer.head(out, "500 Error", "Content-Length: 0"));
    assertRefused(server.url("/a"), "answers 500", "try again later");
    assertThat(server.requests()).hasSize(3);
    int port = server.port();
    server.close();
    assertRefused("http://localhost:" + port + "/a", "cannot connect to localhost:" + port);
  }

  @Test
  void whatIsSentPackedIsUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(TEXT);
    }
    byte[] bytes = packed.toByteArray();
    WebServer server =
        server(
            (request, out) -> {
              switch (request.target()) {
                case "/whole" -> WebServer.whole(out, bytes, "Content-Encoding: gzip");
                case "/half" ->
                    WebServer.whole(out, Arrays.copyOf(bytes, 900), "Content-Encoding: gzip");
                case "/none" -> WebServer.whole(out, TEXT, "Content-Encoding: gzip");
                default -> WebServer.whole(out, TEXT, "Content-Encoding: br");
              }
            });
    assertThat(fetch(server.url("/whole"))).isEqualTo(string(TEXT));
    assertRefused(server.url("/half"), "is sent as gzip, and is damaged");
    assertRefused(server.url("/none"), "is sent as gzip, and is damaged");
    assertRefused(server.url("/br"), "in the encoding 'br', which nobody asked for");
  }

  @Test
  void aPageInPlaceOfATextIsNone() throws IOException {
    byte[] page =
        "<!DOCTYPE html>\n<html><body>Slow down!</body></html>".getBytes(StandardCharsets.UTF_8);
    WebServer server = server((request, out) -> WebServer.whole(out, page));
    assertRefused(server.url("/cache/pg1.txt"), "a web page instead of a text");
    assertThat(fetch(server.url("/page"))).isEqualTo(string(page)); // which may be meant
  }

  @Test
  void anEmptyAnswerIsNoText() throws IOException {
    WebServer server = server((request, out) -> WebServer.whole(out, new byte[0]));
    assertRefused(server.url("/a"), "/a is empty");
  }

  @Test
  void noMoreIsTakenThanIsBounded() throws IOException {
    WebServer server =
        server(
            (request, out) -> {
              if (request.target().equals("/told")) {
                WebServer.head(out, "200 OK", "Content-Length: 1000000000000");
                out.write(TEXT);
              } else {
                WebServer.head(out, "200 OK"); // to the end of the connection
                for (int i = 0; i < 100_000; i++) {
                  out.write(TEXT);
                }
              }
            });
    for (String path : List.of("/told", "/endless")) {
      WebAddress address = WebAddress.of(server.url(path));
      assertThatThrownBy(() -> fetcher(20_000).fetch(address, false))
          .hasMessageContaining("more than 20,000 bytes");
    }
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aTextOfUnknownLengthIsTaken() throws IOException {
    WebServer server =
        server(
            (request, out) -> {
              if (request.target().equals("/chunks")) {
                WebServer.head(out, "200 OK", "Transfer-Encoding: chunked");
                out.write("1388\r\n".getBytes(StandardCharsets.ISO_8859_1));
                out.write(TEXT);
                out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
              } else {
                WebServer.head(out, "200 OK");
                out.write(TEXT);
              }
            });
    assertThat(fetch(server.url("/chunks"))).isEqualTo(string(TEXT));
    assertThat(notes).isEmpty();
    assertThat(fetch(server.url("/open"))).isEqualTo(string(TEXT));
    assertThat(notes).singleElement().asString().contains("does not say how long it is");
  }

  @Test
  void aDamagedCopyAndAChangedTextAreTold() throws IOException {
    AtomicInteger version = new AtomicInteger(1);
    WebServer server =
        server((request, out) -> WebServer.whole(out, text(100, version.get()), ETAG));
    WebAddress address = WebAddress.of(server.url("/a"));
    Path file = fetcher().fetch(address, false);
    assertThat(fetcher().fetch(address, true)).isEqualTo(file);
    assertThat(notes).isEmpty();
    Files.writeString(file, "x".repeat(100));
    assertThat(Files.readAllBytes(fetcher().fetch(address, false))).isEqualTo(text(100, 1));
    assertThat(notes).singleElement().asString().contains("damaged, and fetched again");
    notes.clear();
    version.set(2);
    Files.delete(file);
    fetcher().fetch(address, false);
    assertThat(notes).singleElement().asString().contains("is not what it was on", "SHA-256");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void aBookIsLookedForWhereMirrorsKeepIt() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    WebServer server =
        server(
            (request, out) -> {
              asked.add(request.target());
              if (request.target().equals("/g/2/5/9/2591/2591-0.txt")) {
                WebServer.whole(out, TEXT);
              } else {
                WebServer.head(out, "404 Not Found", "Content-Length: 0");
              }
            });
    WebServer broken =
        server((request, out) -> WebServer.head(out, "502 Bad", "Content-Length: 0"));
    mirrors = Gutenberg.mirrors(List.of(broken.url("/x"), server.url("/g/")));
    assertThat(fetch("gutenberg:2591")).isEqualTo(string(TEXT));
    assertThat(asked)
        .containsExactly(
            "/g/cache/epub/2591/pg2591.txt",
            "/g/files/2591/2591-0.txt",
            "/g/files/2591/2591-8.txt",
            "/g/files/2591/2591.txt",
            "/g/2/5/9/2591/2591-0.txt");
    assertThat(broken.requests()).hasSize(3); // attempts at one place
    mirrors = Gutenberg.mirrors(List.of(server.url("/g")));
    assertRefused("gutenberg:99", "has no plain text of a book 99");
  }

  @Test
  void aProxyOfTheEnvironmentIsAsked() throws IOException {
    WebServer proxy =
        server(
            (request, out) -> {
              if (request.header("Proxy-Authorization") == null) {
                WebServer.head(
                    out, "407 Who", "Proxy-Authenticate: Basic realm=\"x\"", "Content-Length: 0");
              } else {
                WebServer.whole(out, TEXT);
              }
            });
    environment.put("HTTP_PROXY", "http://me:p%40ss@localhost:" + proxy.port());
    assertThat(fetch("http://books.invalid/a.txt")).isEqualTo(string(TEXT));
    WebServer.Request last = proxy.requests().get(proxy.requests().size() - 1);
    assertThat(last.target()).isEqualTo("http://books.invalid/a.txt");
    assertThat(last.header("Proxy-Authorization")).isEqualTo("Basic bWU6cEBzcw==");
  }

  @Test
  void aHostIsAskedForOneThingAtATime() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    WebServer server =
        server(
            (request, out) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.sleep(50);
              now.decrementAndGet();
              WebServer.whole(out, TEXT);
            });
    List<Thread> threads = new ArrayList<>();
    List<String> fetched = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 3; i++) {
      String address = server.url("/" + i);
      Thread thread =
          new Thread(
              () -> {
                try {
                  fetched.add(fetch(address));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(fetched).hasSize(3);
    assertThat(most.get()).isEqualTo(1);
  }
}
