package charnn.serve;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.data.Direction;
import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import charnn.serve.http.Limits;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on this machine, and clients of it. */
final class ServiceFixture implements AutoCloseable {
  static final String LETTERS = "\n abcdeé.\"";
  static final Limits LIMITS = new Limits(256, 1 << 14, 1 << 20, 60_000, 60_000, 60_000);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final Service service;
  final List<String> log = new CopyOnWriteArrayList<>();

  ServiceFixture(Path folder) throws IOException {
    this(folder, 64, 256, LIMITS);
  }

  ServiceFixture(Path folder, int texts, int waiting, Limits limits) throws IOException {
    this(settings(folder, null, List.of(), texts, waiting, 300, Long.MAX_VALUE, limits));
  }

  ServiceFixture(Service.Settings settings) throws IOException {
    service = Service.start(settings, log::add);
  }

  static Service.Settings settings(
      Path folder,
      String host,
      List<String> models,
      int texts,
      int waiting,
      long seconds,
      long memory,
      Limits limits) {
    return new Service.Settings(
        host,
        0,
        folder.resolve("models"),
        folder.resolve("bundled.zip"),
        models,
        EngineType.fastest(),
        2,
        texts,
        waiting,
        seconds,
        memory,
        limits);
  }

  /** Writes a run of one model, and one of a pair, which was saved last. */
  static void writeModels(Path folder) throws IOException {
    write(folder.resolve("models/one/best.zip"), model());
    write(folder.resolve("models/pair/backward/best.zip"), backward(Models.random(LETTERS, 5, 1)));
    write(folder.resolve("models/pair/best.zip"), Models.random(LETTERS, 7, 1));
  }

  static Model model() {
    return Models.random(LETTERS, 12, 2);
  }

  static void write(Path file, Model model) throws IOException {
    Files.createDirectories(file.getParent());
    ModelFile.write(file, model, null);
  }

  private static Model backward(Model model) {
    return new Model(
        model.network(),
        model.vocabulary(),
        model.hyperparameters().toBuilder()
            .set(Hyperparameters.DIRECTION, Direction.BACKWARD)
            .build(),
        model.progress(),
        model.provenance());
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(to(path));
  }

  HttpRequest.Builder json(String path, String body) {
    return to(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> post(String path, String body) {
    return send(json(path, body));
  }

  /** Returns what a request is answered with, which must be right. */
  JsonObject done(String path, String body) {
    HttpResponse<String> response = post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  JsonObject complete(String body) {
    return done("/v1/completions", body);
  }

  /** Returns the texts of a completion. */
  List<String> texts(String body) {
    List<String> texts = new ArrayList<>();
    JsonArray choices = complete(body).getAsJsonArray("choices");
    for (JsonElement choice : choices) {
      assertThat(choice.getAsJsonObject().get("index").getAsInt()).isEqualTo(texts.size());
      texts.add(choice.getAsJsonObject().get("text").getAsString());
    }
    return texts;
  }

  /** Returns the events of a stream, whose last one is {@code [DONE]}, without that. */
  List<JsonObject> events(String body) {
    HttpResponse<String> response = post("/v1/completions", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    List<String> data = new ArrayList<>();
    for (String event : response.body().split("\n\n")) {
      assertThat(event).startsWith("data: ").doesNotContain("\n");
      data.add(event.substring("data: ".length()));
    }
    assertThat(data.remove(data.size() - 1)).isEqualTo("[DONE]");
    return data.stream().map(event -> JsonParser.parseString(event).getAsJsonObject()).toList();
  }

  /** Opens a connection, on which bytes are sent as they are. */
  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** Sends bytes as they are. */
  static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Returns what is received until the server closes the connection. */
  static String receive(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String raw(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  /** Waits until so many texts are computed. */
  void awaitTexts(int texts) throws InterruptedException {
    while (service.computed() != texts) {
      Thread.sleep(2);
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
