package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.cli.console.ExitCode;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that predict together. */
class SeveralModelsCliTest {
  private static final String CAT = "The cat sat on the mat, and the café slept.\n".repeat(40);
  private static final String DOG =
      "Der Hund lief über die Straße; die Katze schlief.\n".repeat(40);

  @TempDir private static Path folder;

  @BeforeAll
  static void train() throws IOException {
    train("cat", CAT, "");
    train("dog", DOG, "");
    train("all", CAT, " --validation 0");
  }

  private static void train(String name, String text, String more) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".txt"), text);
    out("train --steps 60 --hidden 16 --name " + name + " --corpus " + file + more);
  }

  private static CommandRun run(String line) {
    return CommandRun.of(folder, line.split(" "));
  }

  private static String out(String line) {
    CommandRun run = run(line);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private static JsonObject eval(String options, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), text);
    return JsonParser.parseString(out("eval --json --corpus " + file + " " + options))
        .getAsJsonObject();
  }

  private static double nats(JsonObject evaluation) {
    return evaluation.get("nats_per_character").getAsDouble();
  }

  @Test
  void aCommandOfOneModelSaysWhichTakeSeveral() {
    CommandRun run = run("info --model a --model=b");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .contains(
            "info takes one --model, got 2: a, b; sample, continue, eval and score take several");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aModelWithItselfWritesAndScoresAsItDoesAlone() throws IOException {
    String line = "sample --seed 1 --length 100 --temperature 0 --model cat";
    assertThat(out(line + " --model cat --mix 0.7,0.3")).isEqualTo(out(line));
    double alone = nats(eval("--model cat", CAT));
    assertThat(nats(eval("--model cat --model cat", CAT))).isCloseTo(alone, within(1e-6));
    assertThat(nats(eval("--model cat --model cat --protocol windows --context 20", CAT)))
        .isCloseTo(nats(eval("--model cat --protocol windows --context 20", CAT)), within(1e-6));
  }

  /** Where models know different languages, their mixture knows both. */
  @Test
  void aMixtureScoresByTheUnionOfTheVocabularies() throws IOException {
    String both = CAT.substring(0, 880) + DOG.substring(0, 1000);
    JsonObject mixed = eval("--model cat --model dog", both);
    assertThat(mixed.get("unknown_characters").getAsInt()).isZero();
    assertThat(nats(mixed))
        .isLessThan(nats(eval("--model cat", both)))
        .isLessThan(nats(eval("--model dog", both)));
    double mostlyCat = nats(eval("--model cat --model dog --mix 9,1", CAT));
    assertThat(mostlyCat).isLessThan(nats(eval("--model cat --model dog --mix 1,9", CAT)));
    assertThat(mostlyCat)
        .isCloseTo(nats(eval("--model dog --model cat --mix 0.1,0.9", CAT)), within(1e-6));
    assertThat(mixed.get("model").getAsString()).matches("0.5 \\S*cat\\S* \\+ 0.5 \\S*dog\\S*");
  }

  @Test
  void twoModelsOfOneTextScoreBetterThanEachAlone() throws IOException {
    String all = Files.readString(Path.of("corpora/tales.txt"));
    String tales = all.substring(0, 60_000);
    Path file = Files.writeString(folder.resolve("tales.txt"), tales);
    for (int seed = 1; seed <= 2; seed++) {
      out(
          "train --steps 250 --hidden 32 --batch-size 16 --seq-length 64 --corpus %s --seed %d --name tale%d"
              .formatted(file, seed, seed));
    }
    double together = nats(eval("--validation --model tale1 --model tale2", tales));
    for (String alone : new String[] {"tale1", "tale2"}) {
      assertThat(together).isLessThan(nats(eval("--validation --model " + alone, tales)));
    }
    Path unseen = Files.writeString(folder.resolve("unseen.txt"), all.substring(60_000, 68_000));
    JsonArray scores =
        JsonParser.parseString(out("score --json --mix 1,1 --model tale1 --model tale2 " + unseen))
            .getAsJsonObject()
            .getAsJsonArray("total");
    assertThat(scores).hasSize(3);
    double mixed = nats(scores.get(2).getAsJsonObject());
    assertThat(mixed)
        .isLessThan(nats(scores.get(0).getAsJsonObject()))
        .isLessThan(nats(scores.get(1).getAsJsonObject()));
    assertThat(mixed)
        .isCloseTo(
            nats(eval("--model tale1 --model tale2", all.substring(60_000, 68_000))), within(1e-6));
  }

  @Test
  void whatNoModelKnowsIsCharged() throws IOException {
    JsonObject mixed = eval("--model cat --model dog", CAT + "水".repeat(10));
    assertThat(mixed.get("unknown_characters").getAsInt()).isEqualTo(10);
    int union = (int) (CAT + DOG).codePoints().distinct().count();
    double fraction = 10.0 / (CAT.length() - 1 + 10); // of those predicted
    assertThat(mixed.get("nats_per_unknown_character").getAsDouble())
        .isCloseTo(Math.log((1_112_064 - union) / fraction), within(1e-9));
  }

  @Test
  void aMixtureReadsAndWritesWhatOneOfItsModelsKnows() {
    CommandRun run =
        run("continue --seed 1 --length 200 --model cat --model dog --mix 0.7,0.3 Straße");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).containsPattern("model 0.7 \\S+ \\(step \\d+\\) \\+ 0.3 \\S+ \\(step");
    assertThat(run.err()).doesNotContain("does not know");
    assertThat(run.out()).startsWith("Straße");
    String texts = "sample --seed 1 --length 50 --model cat --model dog --temperature 1.5";
    assertThat(out(texts + " --count 3 --raw")).startsWith(out(texts + " --raw")).hasSize(150);
    assertThat(out(texts + " --count 3 --json")).contains("\"model\":\"0.5 ").hasLineCount(3);
  }

  @Test
  void theValidationSetIsThatOfAllModels() throws IOException {
    Path cat = Files.writeString(folder.resolve("same.txt"), CAT);
    String line = "eval --validation --corpus " + cat + " --model cat --model ";
    CommandRun same = run(line + "cat");
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(same.err()).doesNotContain("not the text");
    assertThat(run(line + "dog").err())
        .containsPattern("not the text that \\S*dog\\S* was trained");
    CommandRun none = run(line + "all");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).containsPattern("\\S*all\\S* was trained without a validation set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model cat --mix 1 | --mix is for several --model",
        "--mix 0.5,0.5 | --mix is for several --model",
        "--model cat --model dog --mix 1 | --mix has a weight for each --model: got 1 for 2 models",
        "--model cat --model dog --mix 1,2,3 | got 3 for 2 models",
        "--model cat --model dog --mix 1,0 | --mix must be more than 0 and at most 1e9, got 0",
        "--model cat --model dog --mix 1,-1 | --mix must be more than 0 and at most 1e9, got -1",
        "--model cat --model dog --mix 1,x | --mix must be a number, more than 0 and at most 1e9, got 'x'",
        "--model cat --model dog --mix 1,2, | --mix must be numbers with a comma between them, got '1,2,', a comma too many",
        "--model cat --model= | --model needs a run's name or a model file",
      })
  void wrongUseIsSaid(String options, String message) {
    for (String command : new String[] {"sample ", "continue The ", "eval --corpus none.txt "}) {
      CommandRun run = run(command + options);
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE.code());
      assertThat(run.err()).contains(message);
      assertThat(run.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample", "continue The", "eval --corpus none.txt"})
  void aModelThatIsMissingIsNamed(String command) {
    CommandRun run = run(command + " --model cat --model bird");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("bird");
  }

  @Test
  void dynamicEvaluationTrainsOneModel() {
    CommandRun run = run("eval --protocol dynamic --corpus none.txt --model cat --model dog");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains("--protocol dynamic trains one model; give one --model");
  }
}
