package charnn.serve;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.serve.http.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, greedy, gone, or not what they seem. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostileClientTest {
  private static final String ENDLESS =
      "{\"model\": \"one\", \"max_tokens\": 100000, \"prompt\": \"a\", \"stream\": ";

  /** As usual, but in a hurry. */
  private static final Limits HASTY = new Limits(20, 1 << 12, 1 << 16, 200, 200, 200);

  @TempDir private static Path folder;

  private static ServiceFixture usual;

  @BeforeAll
  static void start() throws IOException {
    ServiceFixture.writeModels(folder);
    usual = new ServiceFixture(folder);
  }

  @AfterAll
  static void stop() {
    usual.close();
  }

  /** Closes before the end of the block. */
  private static void leave(AutoCloseable one) throws Exception {
    one.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClientThatLeavesFreesItsText(boolean streams) throws Exception {
    Socket socket = usual.connect();
    ServiceFixture.send(socket, ServiceFixture.raw("/v1/completions", ENDLESS + streams + "}"));
    usual.awaitTexts(1);
    socket.close();
    usual.awaitTexts(0);
  }

  @Test
  void aClientThatTakesNothingFreesItsText() throws Exception {
    try (ServiceFixture server = new ServiceFixture(folder, 16, 4, HASTY);
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(1024);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.service.port()));
      // 40 MB, which no buffer of the system holds: the answer never ends.
      String body =
          "{\"model\": \"one\", \"max_tokens\": 9000, \"n\": 16, \"logprobs\": 9, \"stream\": true}";
      ServiceFixture.send(socket, ServiceFixture.raw("/v1/completions", body));
      server.awaitTexts(16);
      while (server.service.isAnswering()) {
        Thread.sleep(2);
      }
      server.awaitTexts(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /v1/models HT",
        "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: ",
        "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
        "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
      })
  void aRequestThatDoesNotComeIsNotWaitedFor(String begun) throws IOException {
    try (ServiceFixture server = new ServiceFixture(folder, 4, 4, HASTY);
        Socket socket = server.connect()) {
      ServiceFixture.send(socket, begun);
      assertThat(ServiceFixture.receive(socket)).isEmpty();
    }
  }

  /** A byte now and then does not help. */
  @Test
  void aSlowRequestIsNotWaitedFor() throws Exception {
    try (ServiceFixture server = new ServiceFixture(folder, 4, 4, HASTY);
        Socket socket = server.connect()) {
      String request = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(1000);
      int sent = 0;
      try {
        for (; sent < request.length(); sent++) {
          ServiceFixture.send(socket, request.substring(sent, sent + 1));
          Thread.sleep(10);
        }
      } catch (IOException e) {
        assertThat(sent).isPositive(); // The connection is closed.
      }
      assertThat(sent).isLessThan(request.length());
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    try (ServiceFixture server = new ServiceFixture(folder, 4, 4, HASTY);
        Socket socket = server.connect()) {
      ServiceFixture.send(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(ServiceFixture.receive(socket)).contains("200 OK").endsWith("{\"status\":\"ok\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 100000000, 413",
    "Content-Length: 1000000, 413",
    "Transfer-Encoding: chunked, 413",
    "Expect: 100-continue;Content-Length: 100000000, 413",
    "Expect: tea;Content-Length: 5, 417",
    "Content-Length: -5, 400",
    "Content-Length: 99999999999999999999, 400",
    "Nonsense, 400",
  })
  void aBodyHasItsBounds(String header, int status) throws IOException {
    try (ServiceFixture server =
            new ServiceFixture(folder, 4, 4, new Limits(20, 1 << 12, 1 << 16, 9000, 9000, 9000));
        Socket socket = server.connect()) {
      StringBuilder request =
          new StringBuilder(
              "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n");
      request.append(header.replace(";", "\r\n")).append("\r\n\r\n");
      String part = "x".repeat(1 << 14);
      for (int i = 0; i < 10 && !header.contains("Expect"); i++) {
        request.append(header.contains("chunked") ? "4000\r\n" + part + "\r\n" : part);
      }
      ServiceFixture.send(socket, request.toString());
      assertThat(ServiceFixture.receive(socket))
          .startsWith("HTTP/1.1 " + status)
          .contains("{\"error\":{\"message\":");
    }
  }

  @Test
  void headsHaveTheirBounds() throws IOException {
    for (String head :
        List.of("GET /" + "x".repeat(20_000), "GET / HTTP/1.1\r\nX: " + "x".repeat(20_000))) {
      try (Socket socket = usual.connect()) {
        ServiceFixture.send(
            socket,
            head + (head.contains("HTTP") ? "" : " HTTP/1.1") + "\r\nHost: localhost\r\n\r\n");
        assertThat(ServiceFixture.receive(socket))
            .startsWith("HTTP/1.1 4" + (head.contains("X:") ? "31" : "14"));
      }
    }
  }

  @Test
  void thereAreSoManyConnections() throws IOException {
    List<Socket> open = new ArrayList<>();
    try (ServiceFixture server =
        new ServiceFixture(folder, 4, 4, new Limits(3, 1 << 12, 1 << 16, 60_000, 60_000, 60_000))) {
      for (int i = 0; i < 3; i++) {
        Socket socket = server.connect();
        open.add(socket);
        ServiceFixture.send(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      try (Socket more = server.connect()) {
        assertThat(ServiceFixture.receive(more)).startsWith("HTTP/1.1 503").contains("Retry-After");
      }
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void whoDoesNotFitInTheQueueIsTold() throws Exception {
    try (ServiceFixture server = new ServiceFixture(folder, 1, 1, ServiceFixture.LIMITS);
        Socket first = server.connect();
        Socket second = server.connect()) {
      ServiceFixture.send(first, ServiceFixture.raw("/v1/completions", ENDLESS + "true}"));
      server.awaitTexts(1);
      ServiceFixture.send(second, ServiceFixture.raw("/v1/completions", ENDLESS + "true}"));
      while (server.service.waiting() == 0) {
        Thread.sleep(2);
      }
      for (boolean streams : new boolean[] {true, false}) {
        HttpResponse<String> third = server.post("/v1/completions", ENDLESS + streams + "}");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("retry-after")).hasValue("1");
        assertThat(third.body()).contains("\"code\":\"queue_full\"");
      }
      leave(second); // Its place in the queue is free.
      while (server.service.waiting() > 0) {
        Thread.sleep(2);
      }
      leave(first);
      assertThat(server.texts("{\"model\": \"one\", \"max_tokens\": 2}")).hasSize(1);
    }
  }

  @Test
  void aRequestHasItsTime() throws IOException {
    try (ServiceFixture server =
        new ServiceFixture(
            ServiceFixture.settings(
                folder, null, List.of(), 4, 4, 0, Long.MAX_VALUE, ServiceFixture.LIMITS))) {
      HttpResponse<String> answer = server.post("/v1/completions", ENDLESS + "false}");
      assertThat(answer.statusCode()).isIn(200, 503); // the latter if it waited
      if (answer.statusCode() == 200) {
        assertThat(answer.body()).contains("\"finish_reason\":\"length\"").hasSizeLessThan(1000);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Host: localhost | 200",
        "Host: LOCALHOST:1234 | 200",
        "Host: 127.0.0.1:9 | 200",
        "Host: [::1]:9 | 200",
        "Host: evil.example | 403",
        "Host: localhost.evil.example | 403",
        "Host: evil.example:80 | 403",
        "Host: 192.168.1.2 | 403",
        "Host: 127.0.0.1.evil.example | 403",
        "Host: | 403",
        "X: y | 400",
        "Host: localhost;Host: evil.example | 400",
        "Host: localhost;Origin: http://localhost | 200",
        "Host: localhost:80;Origin: http://localhost:81 | 403",
        "Host: localhost;Origin: https://localhost | 403",
        "Host: localhost;Origin: http://evil.example | 403",
        "Host: localhost;Origin: null | 403",
        "Host: localhost;Sec-Fetch-Site: cross-site | 403",
        "Host: localhost;Sec-Fetch-Site: same-site | 403",
        "Host: localhost;Sec-Fetch-Site: same-origin | 200",
        "Host: localhost;Sec-Fetch-Site: none | 200",
        "Host: localhost;Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: navigate;Sec-Fetch-Dest: document | 403",
      })
  void otherSitesAreNotAnswered(String headers, int status) throws IOException {
    try (Socket socket = usual.connect()) {
      ServiceFixture.send(
          socket,
          "GET /v1/models HTTP/1.1\r\nConnection: close\r\n"
              + headers.replace(";", "\r\n")
              + "\r\n\r\n");
      String answer = ServiceFixture.receive(socket);
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status)
          .doesNotContain("Access-Control", "access-control");
      assertThat(answer.contains("\"data\"")).isEqualTo(status == 200);
    }
  }

  /** A page of another site may post a form, or text: not JSON. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain; application/json"
      })
  void onlyJsonIsTaken(String type) throws IOException {
    try (Socket socket = usual.connect()) {
      ServiceFixture.send(
          socket,
          ServiceFixture.raw("/v1/completions", "{\"max_tokens\": 1}")
              .replace("application/json", type + "\r\nConnection: close"));
      assertThat(ServiceFixture.receive(socket)).startsWith("HTTP/1.1 415");
    }
  }

  @Test
  void otherMachinesNeedTheToken() throws IOException {
    try (ServiceFixture server =
        new ServiceFixture(
            ServiceFixture.settings(
                folder, "0.0.0.0", List.of(), 4, 4, 9, Long.MAX_VALUE, ServiceFixture.LIMITS))) {
      String token = server.service.token();
      assertThat(token).hasSize(32);
      assertThat(server.service.address())
          .isEqualTo("http://127.0.0.1:" + server.service.port() + "/#token=" + token);
      assertThat(server.get("/v1/models").statusCode()).isEqualTo(401);
      assertThat(server.get("/v1/models").headers().firstValue("www-authenticate")).isPresent();
      for (String given :
          List.of("Bearer x", "Bearer", "Basic " + token, "Bearer " + token + "0", token)) {
        assertThat(server.send(server.to("/v1/models").header("Authorization", given)).statusCode())
            .isEqualTo(401);
      }
      assertThat(
              server
                  .send(server.to("/v1/models").header("Authorization", "Bearer " + token))
                  .statusCode())
          .isEqualTo(200);
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aRequestIsAnsweredBeforeTheNext() throws IOException {
    try (Socket socket = usual.connect()) {
      String request = ServiceFixture.raw("/v1/completions", ENDLESS + "true}");
      ServiceFixture.send(socket, request + request);
      assertThat(ServiceFixture.receive(socket)).doesNotContain("[DONE]");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Test
  void aStoppedServerEndsItsStreams() throws Exception {
    try (ServiceFixture server = new ServiceFixture(folder);
        Socket stream = server.connect();
        Socket whole = server.connect()) {
      ServiceFixture.send(
          stream,
          ServiceFixture.raw(
              "/v1/completions", ENDLESS.replace("100000", "100000, \"n\": 20") + "true}"));
      ServiceFixture.send(
          whole,
          ServiceFixture.raw(
              "/v1/completions", ENDLESS.replace("100000", "100000, \"n\": 20") + "false}"));
      server.awaitTexts(40);
      long begin = System.nanoTime();
      leave(server);
      assertThat(System.nanoTime() - begin).isLessThan(2_000_000_000L);
      assertThat(ServiceFixture.receive(stream)).contains("\"code\":\"stopping\"");
      assertThat(ServiceFixture.receive(whole)).startsWith("HTTP/1.1 503");
    }
  }
}
