package charnn.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Direction;
import charnn.desk.Context;
import charnn.desk.Proposer;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.eval.TextScore;
import charnn.eval.TextScorer;
import charnn.generate.SamplingSettings;
import charnn.model.Model;
import charnn.model.Models;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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

/** What there is beside completions, and how errors look. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class InterfaceTest {
  @TempDir private static Path folder;
  private static ServiceFixture server;

  @BeforeAll
  static void start() throws IOException {
    ServiceFixture.writeModels(folder);
    Files.createDirectories(folder.resolve("models/broken"));
    Files.write(folder.resolve("models/broken/best.zip"), new byte[] {'P', 'K', 3, 4, 0});
    Files.setLastModifiedTime(
        folder.resolve("models/broken/best.zip"), FileTime.fromMillis(1_000_000));
    Files.writeString(folder.resolve("models/one/metrics.csv"), "step,loss\n1,2.5\n");
    server = new ServiceFixture(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonObject object(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private static List<String> ids(String path) {
    List<String> ids = new ArrayList<>();
    JsonObject list = object(server.get(path));
    assertThat(list.get("object").getAsString()).isEqualTo("list");
    for (JsonElement one : list.getAsJsonArray("data")) {
      ids.add(one.getAsJsonObject().get("id").getAsString());
    }
    return ids;
  }

  @Test
  void theModelsAreTheRuns() {
    assertThat(ids("/v1/models"))
        .containsExactlyInAnyOrder("pair", "pair/backward", "one", "broken")
        .startsWith("pair");
    JsonObject one = object(server.get("/v1/models/one"));
    assertThat(one.get("id").getAsString()).isEqualTo("one");
    assertThat(one.get("object").getAsString()).isEqualTo("model");
    assertThat(object(server.get("/v1/models/pair/backward")).get("id").getAsString())
        .isEqualTo("pair/backward");
    assertThat(object(server.get("/v1/models/pair%2Fbackward")).get("id").getAsString())
        .isEqualTo("pair/backward");
    assertThat(server.get("/v1/models/none").statusCode()).isEqualTo(404);
  }

  @Test
  void modelsMayBeNamed() throws IOException {
    Path file = folder.resolve("my model.zip");
    ServiceFixture.write(file, ServiceFixture.model());
    try (ServiceFixture other =
        new ServiceFixture(
            ServiceFixture.settings(
                folder,
                null,
                List.of("one", file.toString(), file.toString(), "pair/backward"),
                4,
                4,
                9,
                Long.MAX_VALUE,
                ServiceFixture.LIMITS))) {
      HttpResponse<String> list = other.get("/v1/models");
      assertThat(list.body()).doesNotContain(folder.toString());
      assertThat(other.service.models())
          .containsExactly("one", "my-model", "my-model-2", "pair/backward");
      assertThat(other.complete("{\"model\": \"my-model-2\", \"max_tokens\": 3}")).isNotNull();
      assertThat(other.get("/v1/runs").body()).doesNotContain("one");
    }
  }

  @Test
  void aModelThatWasTrainedOnIsReadAgain() throws IOException {
    Path file = folder.resolve("models/again/best.zip");
    ServiceFixture.write(file, ServiceFixture.model());
    String body = "{\"model\": \"again\", \"max_tokens\": 60, \"seed\": 1}";
    String before = server.texts(body).get(0);
    Model other = Models.random(ServiceFixture.LETTERS, 20, 1);
    ServiceFixture.write(file, other);
    assertThat(server.texts(body).get(0)).isNotEqualTo(before);
    Files.delete(file);
    assertThat(server.post("/v1/completions", body).statusCode()).isEqualTo(404);
    Files.delete(file.getParent());
  }

  @Test
  void modelsThatTakeTooMuchMemoryAreDropped() throws IOException {
    long each = ServedModel.bytes(ServiceFixture.model());
    for (long memory : new long[] {each, each - 1}) {
      try (ServiceFixture small =
          new ServiceFixture(
              ServiceFixture.settings(
                  folder, null, List.of(), 4, 4, 9, memory, ServiceFixture.LIMITS))) {
        assertThat(small.texts("{\"model\": \"pair\", \"max_tokens\": 3}")).hasSize(1);
        HttpResponse<String> response =
            small.post("/v1/completions", "{\"model\": \"one\", \"max_tokens\": 3}");
        assertThat(response.statusCode()).isEqualTo(memory == each ? 200 : 503);
        assertThat(small.texts("{\"model\": \"pair\", \"max_tokens\": 3}")).hasSize(1);
      }
    }
  }

  @Test
  void scoresAreThoseOfTheScorer() throws IOException {
    String text = "abc. \"dé\"\nab";
    JsonObject answer =
        server.done(
            "/v1/score",
            "{\"model\": \"one\", \"input\": \"abc. \\\"dé\\\"\\nab\", \"logprobs\": 3}");
    TextScore expected;
    try (ThreadTeam workers = new ThreadTeam(1)) {
      Engine engine = EngineType.fastest().create(workers);
      expected =
          new TextScorer(
                  new Evaluator(engine, workers),
                  new SingleModel(engine, ServiceFixture.model()),
                  Direction.FORWARD)
              .score(text, done -> {});
    }
    assertThat(answer.get("bits").getAsDouble()).isEqualTo(expected.bits());
    assertThat(answer.get("characters").getAsLong()).isEqualTo(text.length() - 1);
    JsonObject each = answer.getAsJsonObject("logprobs");
    double sum = 0;
    for (JsonElement one : each.getAsJsonArray("token_logprobs")) {
      sum += one.isJsonNull() ? 0 : one.getAsDouble();
    }
    assertThat(-sum).isCloseTo(expected.nats(), within(1e-9));
    assertThat(each.getAsJsonArray("top_logprobs").get(1).getAsJsonObject().size()).isEqualTo(3);
  }

  @Test
  void unknownCharactersAreCharged() {
    JsonObject answer = server.done("/v1/score", "{\"model\": \"one\", \"input\": \"ab<script>\"}");
    assertThat(answer.get("unknown_characters").getAsInt()).isEqualTo(7);
  }

  @Test
  void gapsAreFilledByPairs() {
    JsonObject answer =
        server.done(
            "/v1/fill",
            "{\"model\": \"pair\", \"input\": \"ab ___ de.\", \"gap\": 2, \"n\": 3, \"beam\": 8}");
    JsonArray choices = answer.getAsJsonArray("choices");
    assertThat(choices).hasSize(3);
    JsonObject best = choices.get(0).getAsJsonObject();
    String gap = best.getAsJsonArray("gaps").get(0).getAsString();
    assertThat(gap).hasSize(2);
    assertThat(best.get("text").getAsString()).isEqualTo("ab " + gap + " de.");
    assertThat(best.get("logprob").getAsDouble())
        .isGreaterThanOrEqualTo(choices.get(1).getAsJsonObject().get("logprob").getAsDouble());
  }

  @Test
  void proposalsAreThoseOfTheDesk() {
    String text = "abc de";
    String expected;
    try (ThreadTeam workers = new ThreadTeam(1)) {
      expected =
          new Proposer(
                  new SingleModel(EngineType.fastest().create(workers), ServiceFixture.model()),
                  read -> read,
                  1)
              .propose(
                  Context.of(text, text.length()),
                  "",
                  new Proposer.Settings(SamplingSettings.ofTemperature(0.5), 4, 2),
                  () -> false);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(
              server
                  .done(
                      "/v1/propose",
                      "{\"model\": \"one\", \"input\": \"abc de\", \"words\": 4, \"alternative\": 2}")
                  .get("text")
                  .getAsString())
          .isEqualTo(expected);
    }
  }

  @Test
  void runsShowTheirMetrics() {
    assertThat(ids("/v1/runs")).containsExactly("one");
    HttpResponse<String> metrics = server.get("/v1/runs/one/metrics.csv");
    assertThat(metrics.body()).isEqualTo("step,loss\n1,2.5\n");
    String tag = metrics.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again =
        server.send(server.to("/v1/runs/one/metrics.csv").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    for (String path :
        List.of("one/train.log", "none/metrics.csv", "../metrics.csv", "..%2Fone/metrics.csv")) {
      assertThat(server.get("/v1/runs/" + path).statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "max_tokens: -1 | max_tokens",
        "max_tokens: 100001 | max_tokens",
        "max_tokens: 1.5 | max_tokens",
        "max_tokens: 1e400 | max_tokens",
        "max_tokens: 1e999999999 | max_tokens",
        "max_tokens: '5' | max_tokens",
        "temperature: -1 | temperature",
        "temperature: 'hot' | temperature",
        "temperature: 1e400 | temperature",
        "top_p: 0 | top_p",
        "top_p: 1.1 | top_p",
        "top_k: -1 | top_k",
        "min_p: 2 | min_p",
        "typical_p: 0 | typical_p",
        "top_n_sigma: 0 | top_n_sigma",
        "surprise: 99 | surprise",
        "dry: 0 | dry",
        "n: 0 | n",
        "n: 65 | n",
        "prompt: ['a', 'b'], n: 64 | prompt",
        "prompt: 5 | prompt",
        "prompt: [1, 2] | prompt",
        "prompt: [['a']] | prompt",
        "best_of: 3 | best_of",
        "logprobs: 21 | logprobs",
        "logprobs: true | logprobs",
        "logprobs: 9, max_tokens: 10001 | logprobs",
        "echo: 1 | echo",
        "stream: 'yes' | stream",
        "stream_options: {include_usage: true} | stream_options",
        "stop: '' | stop",
        "stop: [1] | stop",
        "until: 'page' | until",
        "suffix: 'end' | suffix",
        "presence_penalty: 1 | presence_penalty",
        "frequency_penalty: 0.1 | frequency_penalty",
        "best_of: 1.5 | best_of",
        "logit_bias: {'50256': -100} | logit_bias",
        "seed: 'x' | seed",
        "only: 'Z' | only",
        "model: 'none' | model",
        "model: 5 | model",
        "model: 'pair/backward' | model",
        "tempreature: 1 | tempreature",
      })
  void whatIsWrongIsNamed(String fields, String param) {
    String body = JsonParser.parseString("{" + fields + "}").toString();
    if (!body.contains("\"model\"")) {
      body = body.replaceFirst("\\{", "{\"model\":\"one\",");
    }
    HttpResponse<String> response = server.post("/v1/completions", body);
    assertThat(response.statusCode())
        .isEqualTo(param.equals("model") && body.contains("none") ? 404 : 400);
    JsonObject error = object(response).getAsJsonObject("error");
    assertThat(error.get("param").getAsString()).isEqualTo(param);
    assertThat(error.get("type").getAsString()).isEqualTo("invalid_request_error");
    assertThat(error.get("message").getAsString()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "5",
        "{",
        "{} {}",
        "{\"prompt\": \"a\",}",
        "{prompt: \"a\"}",
        "{\"a\": NaN}",
        "\u0000",
        "<script>alert(1)</script>"
      })
  void whatIsNoJsonIsRefused(String body) {
    HttpResponse<String> response = server.post("/v1/completions", body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(object(response).getAsJsonObject("error").get("message").getAsString())
        .startsWith("the body")
        .doesNotContain("gson", "Exception", "Reader");
  }

  @Test
  void aBodyIsInUtf8() {
    HttpResponse<String> response =
        server.send(
            server
                .to("/v1/completions")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        "{\"prompt\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1))));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"the body is not in UTF-8\"");
  }

  /** Clients send them as whole numbers or not. */
  @Test
  void whatChangesNothingIsTaken() {
    assertThat(
            server.complete(
                "{\"model\": \"one\", \"max_tokens\": 2.0, \"n\": 1.0, \"best_of\": 1.0,"
                    + " \"presence_penalty\": 0.0, \"frequency_penalty\": 0, \"logit_bias\": {},"
                    + " \"suffix\": \"\", \"logprobs\": null, \"user\": \"me\"}"))
        .isNotNull();
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "{\"prompt\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(server.post("/v1/completions", deep).statusCode()).isEqualTo(400);
    assertThat(server.log).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/completions, 405",
    "DELETE, /v1/models/one, 405",
    "POST, /v1/models, 405",
    "OPTIONS, /v1/completions, 405",
    "GET, /v1/models/, 404",
    "GET, /v1, 404",
    "POST, /v1/chat/completions, 404",
    "GET, /../../etc/passwd, 404",
    "GET, /%2e%2e/%2e%2e/etc/passwd, 404",
    "GET, /v1/models/%00, 404",
    "TRACE, /, 405",
    "POST, /v1/score, 415",
    "POST, /v1/fill, 415",
    "POST, /v1/propose, 415",
    "POST, /v1/completions, 415",
    "GET, /health, 200",
    "HEAD, /health, 200",
  })
  void whatIsNotThereIsToldInJson(String method, String path, int status) {
    HttpResponse<String> response =
        server.send(server.to(path).method(method, HttpRequest.BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(status);
    if (status == 405) {
      assertThat(response.headers().firstValue("allow")).isPresent();
    }
    if (!method.equals("HEAD")) {
      assertThat(object(response).has("error")).isEqualTo(status != 200);
    }
  }

  @Test
  void noAnswerNamesAPath() {
    List<HttpResponse<String>> answers = new ArrayList<>();
    answers.add(server.get("/v1/models"));
    answers.add(server.get("/v1/runs"));
    for (String endpoint : List.of("completions", "score", "fill", "propose")) {
      for (String model : List.of("broken", "none", "one", "../one", folder.toString())) {
        answers.add(
            server.post(
                "/v1/" + endpoint,
                "{\"model\": \""
                    + model
                    + "\", "
                    + (endpoint.equals("completions") ? "\"prompt\"" : "\"input\"")
                    + ": \"a___b\"}"));
      }
    }
    for (HttpResponse<String> answer : answers) {
      String said = answer.body().replace("no model '" + folder, "");
      assertThat(said).doesNotContain(folder.toString(), folder.getFileName().toString(), ".zip");
    }
    assertThat(server.post("/v1/completions", "{\"model\": \"broken\"}").statusCode())
        .isEqualTo(503);
    assertThat(server.log).isNotEmpty().allMatch(line -> line.contains("broken"));
    server.log.clear();
  }
}
