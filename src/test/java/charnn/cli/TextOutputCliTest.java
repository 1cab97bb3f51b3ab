package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.checkpoint.ModelFile;
import charnn.data.Vocabulary;
import charnn.engine.Logits;
import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.predict.Predictor;
import charnn.predict.SingleModel;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several temperatures, the best of several texts, and texts as JSON. */
class TextOutputCliTest {
  private static final String TEXT = "The café sat. \"Oh no!\" she said.\n\nA tab\there.\n";

  @TempDir private static Path folder;
  private static Model model;

  @BeforeAll
  static void trainOnce() throws IOException {
    Path text = Files.writeString(folder.resolve("t.txt"), TEXT.repeat(40));
    CommandRun run =
        CommandRun.of(
            folder, "train", "--corpus", text.toString(), "--hidden", "16", "--steps", "30");
    assertThat(run.code()).as(run.err()).isZero();
    try (Stream<Path> files = Files.walk(folder.resolve("models"))) {
      model = ModelFile.read(files.filter(f -> f.endsWith("best.zip")).findFirst().orElseThrow());
    }
  }

  private static CommandRun run(String line, String... more) {
    List<String> args = new ArrayList<>(List.of(line.split(" ")));
    args.addAll(List.of(more));
    return CommandRun.of(folder, args.toArray(new String[0]));
  }

  private static String out(String line, String... more) {
    CommandRun run = run(line, more);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private static List<JsonObject> json(String line, String... more) {
    return out(line + " --json", more)
        .lines()
        .map(text -> JsonParser.parseString(text).getAsJsonObject())
        .toList();
  }

  private static String text(JsonObject json) {
    return json.get("text").getAsString();
  }

  private static double figure(JsonObject json, String name) {
    return json.get(name).getAsDouble();
  }

  @Test
  void eachTemperatureHasItsTexts() {
    String cold = out("sample --seed 5 --length 40 --count 2 --raw --temperature 0.2");
    String warm = out("sample --seed 5 --length 40 --count 2 --raw --temperature 1");
    String both = "sample --seed 5 --length 40 --count 2 --temperature 0.2,1";
    assertThat(out(both + " --raw")).isEqualTo(cold + warm);
    String expected =
        "--- temperature 0.2 ---\n"
            + cold.substring(0, 40)
            + "\n\n"
            + cold.substring(40)
            + "\n\n--- temperature 1 ---\n"
            + warm.substring(0, 40)
            + "\n\n"
            + warm.substring(40)
            + (warm.endsWith("\n") ? "" : "\n");
    assertThat(out(both)).isEqualTo(expected);
    assertThat(out(both + " --best-of 1")).isEqualTo(expected);
    assertThat(out("sample --seed 5 --length 40 --count 2 --temperature 1"))
        .doesNotContain("---")
        .isEqualTo(expected.substring(expected.indexOf("1 ---\n") + "1 ---\n".length()));
  }

  @Test
  void eachTextOfEachTemperatureContinuesThePrompt() {
    assertThat(out("continue --temperature 0,1 --length 9 --seed 1", "The café"))
        .matches("(?s)--- temperature 0 ---\nThe café.{9}\n\n--- temperature 1 ---\nThe café.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--length 40 | length",
        "--length 3 --until paragraph | length",
        "--length 400 --until line | until",
        "--length 400 --until sentence | until",
        "--length 400 --stop e | stop",
        "--length 400 --stop e --until paragraph --best-of 2 | stop",
        "--length 1 --stop zzz | length",
        "--length 400 --match Th. | match",
        "--length 3 --match .* | length",
      })
  void jsonSaysWhyATextEnded(String options, String ended) {
    JsonObject text = json("sample --seed 3 --temperature 0.3 " + options).get(0);
    assertThat(text.get("ended").getAsString()).isEqualTo(ended);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--length 3 --until paragraph | the text was cut at 3 characters before its paragraph ended; raise --length",
        "--length 3 --until sentence --count 2 | 2 of 2 texts were cut at 3 characters before their sentence ended; raise --length",
        "--length 3 --until line --json | the text was cut at 3 characters before its line ended; raise --length",
        "--length 3 --stop zé | the text was cut at 3 characters before a stop string came; raise --length",
        "--length 3 --stop zé --until line --best-of 2 | the text was cut at 3 characters before its line ended or a stop string came; raise --length",
        "--length 400 --until line |",
        "--length 3 |",
        "--length 400 --match Th. |",
      })
  void aTextThatItsLengthCutIsNamed(String options, String note) {
    CommandRun run = run("sample --seed 3 --temperature 0.3 " + options);
    assertThat(run.code()).as(run.err()).isZero();
    if (note == null) {
      assertThat(run.err()).doesNotContain("raise --length");
    } else {
      assertThat(run.err()).contains(note).containsOnlyOnce("raise --length");
    }
  }

  @Test
  void onlySomeTextsAreCut() {
    String line = "sample --seed 3 --count 8 --until sentence --temperature 1 --length ";
    long cut =
        json(line + 25).stream()
            .filter(text -> text.get("ended").getAsString().equals("length"))
            .count();
    assertThat(cut).isBetween(1L, 7L);
    assertThat(run(line + 25).err()).contains(cut + " of 8 texts w");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample --prompt=Thé --temperature 0.5,1 --count 3",
        "sample --top-k 5 --ban e --count 2 --stop sat",
        "sample --until sentence --best-of 3 --count 2 --start random",
        "continue --dynamic-temperature 0.4:1.2 --dry=5 --until line A",
        "sample --ban-phrase he --ban-phrase at --count 2 --best-of 2",
      })
  void theSeedOfATextGivesItAlone(String command) {
    for (JsonObject text : json(command + " --seed 3 --length 60")) {
      String alone =
          command
              .replaceFirst("--temperature \\S+ ", "")
              .replaceFirst("--count \\d+ ?", "")
              .replaceFirst("--best-of \\d+ ?", "")
              .trim();
      List<String> args = new ArrayList<>(List.of(alone.split(" ")));
      args.addAll(List.of("--json", "--length=60", "--seed=" + text.get("seed").getAsString()));
      JsonElement temperature = text.getAsJsonObject("settings").get("temperature");
      if (temperature != null) {
        args.add("--temperature=" + temperature.getAsDouble());
      }
      CommandRun run = CommandRun.of(folder, args.toArray(new String[0]));
      assertThat(run.code()).as(run.err()).isZero();
      JsonObject again = JsonParser.parseString(run.out()).getAsJsonObject();
      for (String same : List.of("text", "seed", "log_probability", "bits_per_character")) {
        assertThat(again.get(same)).as(same).isEqualTo(text.get(same));
      }
    }
  }

  /** Whatever was left out or made more probable, and wherever the text ended. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--length 50",
        "--length 50 --temperature 0.2 --top-k 3",
        "--length 50 --temperature 3 --ban e --dry=3",
        "--length 400 --stop sat --keep-stop",
        "--length 400 --stop sat",
        "--length 400 --stop zz",
        "--length 400 --until sentence",
        "--length 400 --until paragraph --best-of 3",
        "--length 200 --ban-phrase a --ban-phrase he --ban-phrase sa",
        "--match [ca]{9}.{1,20}",
        "--length 100 --max-copy 12 --best-of 2 --corpus BOOK",
      })
  void theLogProbabilityIsThatOfThePrintedCharacters(String options) {
    String book = folder.resolve("t.txt").toString();
    String line = "sample --seed 2 --prompt=The " + options.replace("BOOK", book);
    JsonObject json = json(line).get(0);
    String text = text(json);
    assertThat(out(line + " --raw")).isEqualTo(text);
    assertThat(json.get("characters").getAsInt()).isEqualTo(text.codePointCount(0, text.length()));
    double nats = logProbability("The", text);
    assertThat(figure(json, "log_probability")).isCloseTo(nats, within(1e-3));
    assertThat(figure(json, "bits_per_character"))
        .isCloseTo(-nats / Math.log(2) / text.length(), within(1e-4));
  }

  private static double logProbability(String prompt, String text) {
    Vocabulary vocabulary = model.vocabulary();
    float[] logits = new float[vocabulary.size()];
    double sum = 0;
    try (ThreadTeam workers = new ThreadTeam(1)) {
      Predictor predictor = new SingleModel(EngineType.SCALAR.create(workers), model).predictor(1);
      int[] tokens = (prompt + text).codePoints().map(vocabulary::indexOf).toArray();
      for (int i = 0; i < tokens.length; i++) {
        if (i >= prompt.length()) {
          sum += Logits.logProbability(logits, 0, logits.length, tokens[i]);
        }
        predictor.step(new int[] {tokens[i]}, logits);
      }
    }
    return sum;
  }

  @Test
  void eachCharacterHasItsAlternatives() {
    JsonObject json =
        json("sample --seed 2 --length 30 --top 3 --until line --temperature 0").get(0);
    assertThat(json("sample --seed 2 --length 30").get(0).has("alternatives")).isFalse();
    JsonArray places = json.getAsJsonArray("alternatives");
    StringBuilder text = new StringBuilder();
    double nats = 0;
    for (JsonElement place : places) {
      String character = place.getAsJsonObject().get("character").getAsString();
      text.append(character);
      nats += Math.log(figure(place.getAsJsonObject(), "probability"));
      JsonArray top = place.getAsJsonObject().getAsJsonArray("top");
      assertThat(top).hasSize(3);
      JsonObject first = top.get(0).getAsJsonObject(); // what greedy decoding takes
      assertThat(first.get("character").getAsString()).isEqualTo(character);
      assertThat(first.get("probability")).isEqualTo(place.getAsJsonObject().get("probability"));
      assertThat(figure(top.get(1).getAsJsonObject(), "probability"))
          .isBetween(
              figure(top.get(2).getAsJsonObject(), "probability"), figure(first, "probability"));
    }
    assertThat(text).hasToString(text(json));
    assertThat(nats).isCloseTo(figure(json, "log_probability"), within(1e-9));
  }

  @Test
  void allAlternativesTogetherAreCertain() {
    JsonObject json = json("sample --seed 2 --length 3 --top 1000").get(0);
    for (JsonElement place : json.getAsJsonArray("alternatives")) {
      JsonArray top = place.getAsJsonObject().getAsJsonArray("top");
      assertThat(top).hasSize(model.vocabulary().size());
      double sum = 0;
      for (JsonElement alternative : top) {
        sum += figure(alternative.getAsJsonObject(), "probability");
      }
      assertThat(sum).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void theDescriptionOfATextNamesWhatWasGiven() {
    JsonObject json =
        json(
                "continue --seed 2 --length 5 --temperature 0.5,2 --top-k 4 --keep-stop --until line",
                "--stop=x y",
                "--stop",
                "z",
                "The café")
            .get(1);
    assertThat(json.get("prompt").getAsString()).isEqualTo("The café");
    assertThat(json.get("seed")).isEqualTo(new JsonPrimitive("2"));
    assertThat(json.get("model").getAsString()).isEqualTo("t");
    assertThat(json.get("settings"))
        .isEqualTo(
            JsonParser.parseString(
                "{length: 5, temperature: 2.0, top_k: 4, keep_stop: true, until: line, stop: ['x y', z]}"));
    assertThat(json("sample --length 5").get(0).getAsJsonObject("settings").keySet())
        .containsExactly("length", "temperature");
    assertThat(
            json("sample --length 5 --dynamic-temperature 0.4:1")
                .get(0)
                .getAsJsonObject("settings")
                .keySet())
        .containsExactly("length", "dynamic_temperature");
    assertThat(json("sample --length 5").get(0).has("prompt")).isFalse();
  }

  /** It continues random numbers that were begun before. */
  @Test
  void aSavedTextHasNoSeedButTheOneGiven() {
    String state = folder.resolve("text.state").toString();
    out("sample --seed 1 --length 5", "--save-state", state);
    assertThat(json("sample --length 5", "--load-state", state).get(0).has("seed")).isFalse();
    JsonObject seeded = json("sample --length 5 --seed 9", "--load-state", state).get(0);
    assertThat(seeded.get("seed")).isEqualTo(new JsonPrimitive("9"));
  }

  @Test
  void theBestIsTheMostProbableForEachCharacter() {
    String line = "sample --length 200 --until sentence";
    List<JsonObject> best = json(line + " --seed 7 --count 2 --best-of 4");
    for (int text = 0; text < 2; text++) {
      JsonObject expected = null;
      for (int candidate = 0; candidate < 4; candidate++) {
        long seed =
            candidate > 0
                ? RandomStreams.mix(7, text, candidate)
                : text > 0 ? RandomStreams.mix(7, text) : 7;
        JsonObject one = json(line, "--seed=" + seed).get(0);
        if (expected == null
            || figure(one, "bits_per_character") < figure(expected, "bits_per_character")) {
          expected = one;
        }
      }
      for (String same : List.of("text", "seed", "bits_per_character")) {
        assertThat(best.get(text).get(same)).as(same).isEqualTo(expected.get(same));
      }
    }
    String printed = out(line + " --seed 7 --count 2 --best-of 4");
    String texts = best.stream().map(TextOutputCliTest::text).collect(Collectors.joining("\n\n"));
    assertThat(printed).isEqualTo(texts + (texts.endsWith("\n") ? "" : "\n"));
    assertThat(out(line + " --seed 7 --count 2 --best-of 4 --raw"))
        .isEqualTo(best.stream().map(TextOutputCliTest::text).collect(Collectors.joining()));
  }

  @Test
  void ofATextWithoutCharactersNothingIsSaid() {
    JsonObject json = json("sample --length 0 --top 2").get(0);
    assertThat(text(json)).isEmpty();
    assertThat(figure(json, "log_probability")).isZero();
    assertThat(json.has("bits_per_character")).isFalse();
    assertThat(json.getAsJsonArray("alternatives")).isEmpty();
    assertThat(out("sample --length 0 --best-of 3 --count 2 --raw")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--temperature 0 --best-of 5 | the 5 texts to choose of are the same: --temperature 0 is greedy",
        "--temperature 0,1 --best-of 5 | the 5 texts to choose of at temperature 0 are the same",
        "--top-k 1 --best-of 5 --count 2 | all 2 texts are the same: --top-k 1 is greedy",
        "--temperature 0,1 --count 3 | all 3 texts of temperature 0 are the same",
        "--top-k 1 --temperature 1,2 | all 2 texts are the same: --top-k 1 is greedy",
      })
  void textsThatAreTheSameAreSaidToBe(String options, String message) {
    assertThat(run("sample --length 5 " + options).err()).contains(message);
  }

  @Test
  void otherwiseNothingIsSaid() {
    for (String options : List.of("--temperature 0,1", "--best-of 5", "--temperature 0 --json")) {
      assertThat(run("sample --length 5 " + options).err())
          .doesNotContain("the same", "texts,"); // nor is there a status within 2 seconds
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--temperature 0.5,hot | --temperature must be a number, 0 to 1e9, got 'hot'",
        "--temperature 0.5, | --temperature must be numbers with a comma between them, got '0.5,', a comma too many",
        "--temperature 0.5,-1 | --temperature must be 0 to 1e9, got -1",
        "--temperature 1 --temperature 2 | --temperature is given twice",
        "--temperature 0,1 --surprise 2 | --surprise needs a temperature above 0",
        "--temperature 0.5,1 --dynamic-temperature 1:2 | exclude each other",
        "--temperature 0.5,1 --endless | --endless never comes to the second --temperature",
        "--best-of 0 | --best-of must be 1 or more, got 0",
        "--best-of 2 --endless | --best-of is for texts that end",
        "--json --endless | --json is for texts that end",
        "--json --raw | --json and --raw exclude each other",
        "--top 3 | --top belongs to --json",
        "--json --top 0 | --top must be 1 or more, got 0",
        "--count 100000 --best-of 100000 | --count times --best-of times the temperatures must be at most",
      })
  void wrongUseIsSaid(String options, String message) {
    CommandRun run = run("sample " + options);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }
}
