package charnn.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Vocabulary;
import charnn.engine.registry.EngineType;
import charnn.generate.Generator;
import charnn.generate.Prompt;
import charnn.generate.SamplingSettings;
import charnn.generate.Start;
import charnn.generate.TopP;
import charnn.predict.SingleModel;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/completions}: the texts, as a whole and in streams. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CompletionsTest {
  @TempDir private static Path folder;
  private static ServiceFixture server;

  @BeforeAll
  static void start() throws IOException {
    ServiceFixture.writeModels(folder);
    server = new ServiceFixture(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Returns the texts that the generator makes, as {@code charnn sample --count} does. */
  private static List<String> expected(
      String prompt, int length, int count, long seed, SamplingSettings settings) {
    List<StringBuilder> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(new StringBuilder());
    }
    Vocabulary vocabulary = ServiceFixture.model().vocabulary();
    try (ThreadTeam workers = new ThreadTeam(1)) {
      new Generator(
              new SingleModel(EngineType.fastest().create(workers), ServiceFixture.model()),
              workers)
          .generate(
              Prompt.of(prompt, vocabulary).indices(),
              Start.PARAGRAPH,
              length,
              count,
              i -> settings.sampler(i == 0 ? seed : RandomStreams.mix(seed, i)),
              (text, codePoint) -> {
                texts.get(text).appendCodePoint(codePoint);
                return true;
              });
    }
    return texts.stream().map(StringBuilder::toString).toList();
  }

  private static String body(String more) {
    return "{\"model\": \"one\", \"seed\": 7, " + more + "}";
  }

  @Test
  void theTextsAreThoseOfTheGenerator() {
    SamplingSettings plain = SamplingSettings.ofTemperature(1);
    assertThat(server.texts(body("'prompt': 'abc', 'max_tokens': 90".replace('\'', '"'))))
        .isEqualTo(expected("abc", 90, 1, 7, plain));
    assertThat(server.texts(body("\"max_tokens\": 50, \"n\": 5")))
        .isEqualTo(expected("", 50, 5, 7, plain));
    assertThat(
            server.texts(body("\"prompt\": \"b\", \"temperature\": 0.5, \"top_p\": 0.7, \"n\": 2")))
        .isEqualTo(
            expected("b", 256, 2, 7, SamplingSettings.ofTemperature(0.5).with(new TopP(0.7))));
    assertThat(server.texts(body("\"prompt\": \"b\", \"temperature\": 0, \"max_tokens\": 9")))
        .isEqualTo(expected("b", 9, 1, 7, SamplingSettings.ofTemperature(0)));
  }

  @Test
  void eachPromptOfAListIsThatOfItsOwnRequest() {
    List<String> texts = new ArrayList<>();
    for (String prompt : List.of("ab", "", "cde é")) {
      texts.addAll(
          server.texts(body("\"prompt\": \"" + prompt + "\", \"n\": 2, \"max_tokens\": 30")));
    }
    assertThat(
            server.texts(
                body("\"prompt\": [\"ab\", \"\", \"cde é\"], \"n\": 2, \"max_tokens\": 30")))
        .isEqualTo(texts);
  }

  @Test
  void theAnswerIsOpenAis() {
    JsonObject answer =
        server.complete(body("\"prompt\": \"abc\", \"max_tokens\": 4, \"user\": \"me\""));
    assertThat(answer.get("object").getAsString()).isEqualTo("text_completion");
    assertThat(answer.get("model").getAsString()).isEqualTo("one");
    assertThat(answer.get("id").getAsString()).startsWith("cmpl-");
    assertThat(answer.get("created").getAsLong()).isPositive();
    JsonObject usage = answer.getAsJsonObject("usage");
    assertThat(usage.get("prompt_tokens").getAsInt()).isEqualTo(3);
    assertThat(usage.get("completion_tokens").getAsInt()).isEqualTo(4);
    assertThat(usage.get("total_tokens").getAsInt()).isEqualTo(7);
    JsonObject choice = answer.getAsJsonArray("choices").get(0).getAsJsonObject();
    assertThat(choice.get("finish_reason").getAsString()).isEqualTo("length");
    assertThat(choice.get("logprobs").isJsonNull()).isTrue();
  }

  @Test
  void aRequestWithoutASeedTellsTheOneItTook() {
    String body = "{\"model\": \"one\", \"max_tokens\": 40";
    JsonObject first = server.complete(body + "}");
    JsonObject second = server.complete(body + "}");
    assertThat(second.get("seed")).isNotEqualTo(first.get("seed"));
    assertThat(server.complete(body + ", \"seed\": " + first.get("seed") + "}").get("choices"))
        .isEqualTo(first.get("choices"));
  }

  @Test
  void withoutAModelItIsTheRunSavedLast() {
    assertThat(server.complete("{\"max_tokens\": 1}").get("model").getAsString()).isEqualTo("pair");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"prompt\": \"abc\", \"max_tokens\": 300",
        "\"prompt\": [\"a\", \"b\"], \"n\": 3, \"max_tokens\": 77",
        "\"prompt\": \"abc\", \"max_tokens\": 60, \"echo\": true, \"logprobs\": 3",
        "\"prompt\": \"abc\", \"max_tokens\": 60, \"logprobs\": 0, \"n\": 2",
        "\"prompt\": \"abc\", \"max_tokens\": 0, \"echo\": true, \"logprobs\": 2",
        "\"prompt\": \"abc\", \"max_tokens\": 0",
        "\"max_tokens\": 0",
        "\"max_tokens\": 500, \"stop\": [\"ab\", \"c.\"], \"n\": 4, \"logprobs\": 1",
        "\"max_tokens\": 500, \"until\": \"line\"",
        "\"max_tokens\": 500, \"until\": \"sentence\", \"echo\": true, \"prompt\": \"a\"",
        "\"max_tokens\": 99, \"only\": \"abc\", \"dry\": 2, \"min_p\": 0.01",
      })
  void aStreamIsTheWholeInParts(String more) {
    JsonObject whole = server.complete(body(more));
    List<JsonObject> events =
        server.events(
            body(more + ", \"stream\": true, \"stream_options\": {\"include_usage\": true}"));
    JsonObject last = events.get(events.size() - 1);
    assertThat(last.get("usage")).isEqualTo(whole.get("usage"));
    assertThat(last.getAsJsonArray("choices")).isEmpty();
    JsonArray choices = whole.getAsJsonArray("choices");
    for (int i = 0; i < choices.size(); i++) {
      StringBuilder text = new StringBuilder();
      JsonObject probabilities = null;
      String finish = null;
      for (JsonObject event : events.subList(0, events.size() - 1)) {
        assertThat(event.get("usage").isJsonNull()).isTrue();
        JsonObject part = event.getAsJsonArray("choices").get(0).getAsJsonObject();
        if (part.get("index").getAsInt() != i) {
          continue;
        }
        assertThat(finish).isNull();
        text.append(part.get("text").getAsString());
        if (!part.get("finish_reason").isJsonNull()) {
          finish = part.get("finish_reason").getAsString();
        }
        if (part.get("logprobs").isJsonObject()) {
          JsonObject more2 = part.getAsJsonObject("logprobs");
          if (probabilities == null) {
            probabilities = more2.deepCopy();
          } else {
            for (String list : more2.keySet()) {
              probabilities.getAsJsonArray(list).addAll(more2.getAsJsonArray(list));
            }
          }
        }
      }
      JsonObject choice = choices.get(i).getAsJsonObject();
      assertThat(text.toString()).isEqualTo(choice.get("text").getAsString());
      assertThat(finish).isEqualTo(choice.get("finish_reason").getAsString());
      if (choice.get("logprobs").isJsonObject()) {
        assertThat(probabilities).isEqualTo(choice.get("logprobs"));
      }
    }
  }

  @Test
  void aTextEndsBeforeAStopString() {
    String all = server.texts(body("\"max_tokens\": 400")).get(0);
    String stop = all.substring(100, 102);
    JsonObject answer =
        server.complete(body("\"max_tokens\": 400, \"stop\": " + new JsonPrimitive(stop)));
    JsonObject choice = answer.getAsJsonArray("choices").get(0).getAsJsonObject();
    assertThat(choice.get("text").getAsString()).isEqualTo(all.substring(0, all.indexOf(stop)));
    assertThat(choice.get("finish_reason").getAsString()).isEqualTo("stop");
  }

  @Test
  void probabilitiesAreTheModels() {
    JsonObject answer =
        server.complete(
            body("\"prompt\": \"abc\", \"max_tokens\": 20, \"echo\": true, \"logprobs\": 2"));
    JsonObject choice = answer.getAsJsonArray("choices").get(0).getAsJsonObject();
    String text = choice.get("text").getAsString();
    assertThat(text).startsWith("abc").hasSize(23);
    JsonObject written = choice.getAsJsonObject("logprobs");
    JsonObject scored =
        server
            .done(
                "/v1/score",
                "{\"model\": \"one\", \"logprobs\": 2, \"input\": " + new JsonPrimitive(text) + "}")
            .getAsJsonObject("logprobs");
    assertThat(written.get("tokens")).isEqualTo(scored.get("tokens"));
    assertThat(written.get("text_offset")).isEqualTo(scored.get("text_offset"));
    JsonArray ours = written.getAsJsonArray("token_logprobs");
    JsonArray theirs = scored.getAsJsonArray("token_logprobs");
    assertThat(ours.get(0).isJsonNull()).isTrue();
    assertThat(theirs.get(0).isJsonNull()).isTrue();
    for (int i = 1; i < ours.size(); i++) {
      assertThat(ours.get(i).getAsDouble()).isCloseTo(theirs.get(i).getAsDouble(), within(1e-6));
      assertThat(written.getAsJsonArray("top_logprobs").get(i).getAsJsonObject().keySet())
          .isEqualTo(scored.getAsJsonArray("top_logprobs").get(i).getAsJsonObject().keySet())
          .hasSize(2);
    }
  }

  @Test
  void charactersThatTheModelDoesNotKnowAreWarnedOf() {
    JsonObject answer = server.complete(body("\"prompt\": \"aXb\", \"max_tokens\": 1"));
    assertThat(answer.getAsJsonArray("warnings").toString()).contains("'X'");
    assertThat(answer.getAsJsonObject("usage").get("prompt_tokens").getAsInt()).isEqualTo(2);
  }

  /** Requests of all kinds, 64 at once, each as if it were alone. */
  @Test
  void manyClientsAtOnce() throws Exception {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      bodies.add(
          "{\"model\": \""
              + (i % 3 == 0 ? "pair" : "one")
              + "\", \"seed\": "
              + i
              + ", \"max_tokens\": "
              + (20 + 7 * i)
              + ", \"n\": "
              + (1 + i % 3)
              + ", \"temperature\": "
              + i % 4 / 2.0
              + ", \"prompt\": \""
              + "abcde".repeat(i % 5)
              + "\"");
    }
    List<List<String>> alone = bodies.stream().map(body -> server.texts(body + "}")).toList();
    ExecutorService clients = Executors.newFixedThreadPool(64);
    try {
      List<Callable<List<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String body = bodies.get(i);
        calls.add(i % 2 == 0 ? () -> server.texts(body + "}") : () -> streamed(body));
      }
      List<Future<List<String>>> together = clients.invokeAll(calls);
      for (int i = 0; i < 64; i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i));
      }
    } finally {
      clients.shutdownNow();
    }
    server.awaitTexts(0);
    assertThat(server.log).isEmpty();
  }

  private static List<String> streamed(String body) {
    List<StringBuilder> texts = new ArrayList<>();
    for (JsonObject event : server.events(body + ", \"stream\": true}")) {
      JsonObject part = event.getAsJsonArray("choices").get(0).getAsJsonObject();
      int index = part.get("index").getAsInt();
      while (texts.size() <= index) {
        texts.add(new StringBuilder());
      }
      texts.get(index).append(part.get("text").getAsString());
    }
    return texts.stream().map(StringBuilder::toString).toList();
  }
}
