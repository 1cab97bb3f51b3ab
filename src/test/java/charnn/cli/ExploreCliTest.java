package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExploreCliTest {
  private static final String TRAIN =
      "train --steps 40 --hidden 8 --batch-size 4 --seq-length 8 --quiet --corpus ";

  @TempDir private Path folder;
  private InProcess charnn;
  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    charnn = new InProcess(folder);
    text =
        Files.writeString(
            folder.resolve("text.txt"), "a quiet “day”,\nand a (long) <b>Night</b>. ".repeat(120));
  }

  private String done(String line) {
    InProcess.Result result = charnn.line(line);
    assertThat(result.code()).as(result.err()).isZero();
    return result.out();
  }

  private static void exploredPage(String page) {
    assertThat(page)
        .contains(
            "What cells know",
            "How far back predictions depend",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-",
            "\"memory\":\"")
        .doesNotContain("src=\"", "href=", "@import", "<b>Night");
  }

  @ParameterizedTest
  @CsvSource({"lstm", "gru", "rnn", "mlstm", "phased-lstm"})
  void everyCellIsExplored(String cell) throws IOException {
    done(TRAIN + text + " --name run --layers 2 --cell " + cell);
    Path page = folder.resolve("page.html");
    InProcess.Result result = charnn.line("explore --threads 2 --characters 300 --html " + page);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("on its validation set: 300 characters", "open it in");
    exploredPage(Files.readString(page));
    JsonObject json =
        JsonParser.parseString(done("explore --characters 300 --json")).getAsJsonObject();
    assertThat(json.get("characters").getAsInt()).isEqualTo(300);
    assertThat(json.get("properties").getAsJsonArray()).isNotEmpty();
    assertThat(json.get("gates").getAsJsonArray().isEmpty()).isEqualTo(cell.equals("rnn"));
    assertThat(json.get("context").getAsJsonArray()).isNotEmpty();
    assertThat(Files.readString(page))
        .contains(cell.equals("rnn") ? "has no gates" : "bottom right");
    // A page is replaced; what charnn did not write is not.
    Files.writeString(page, "mine");
    InProcess.Result refused = charnn.line("explore --html " + page);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("no page of charnn");
    assertThat(Files.readString(page)).isEqualTo("mine");
    heldUnits(cell);
  }

  private void heldUnits(String cell) {
    String sample = "sample --seed 1 --length 200 --temperature 1";
    String plain = done(sample);
    assertThat(done(sample + " --clamp 2:1=0.9 --clamp 1:8=-1")).isNotEqualTo(plain);
    assertThat(done(sample + " --clamp 2:1=0.9 --engine scalar")).isNotEqualTo(plain);
    assertThat(done("continue --seed 1 --clamp 1:8=0 day")).startsWith("day");
    if (cell.equals("gru") || cell.equals("rnn")) {
      InProcess.Result result = charnn.line(sample + " --clamp 1:1=1.5");
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("the value must be -1 to 1, as a hidden state");
    } else {
      done(sample + " --clamp 1:1=1.5");
    }
  }

  @Test
  void aTextThatIsNamedIsExploredByAModelThatReadsBackwards() throws IOException {
    done(TRAIN + text + " --name run --direction backward");
    Path page = folder.resolve("page.html");
    InProcess.Result result = charnn.line("explore " + text + " --characters 200 --html " + page);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("on text.txt: 200 characters");
    assertThat(Files.readString(page)).contains("\"backward\":true");
    assertThat(done("explore " + text)).contains("property", "forget");
  }

  @Test
  void keptModelsShowWhenCellsLearned() throws IOException {
    done(TRAIN + text + " --name run --keep-every 10");
    assertThat(done("info"))
        .contains("kept        5 models, to look at how it learned: step 0, 10 ... 40");
    assertThat(done("info --json")).contains("\"kept\": [");
    done("train --resume --name run --steps 60 --quiet");
    assertThat(done("info")).contains("kept        7 models");
    assertThat(done("info --model run/step-20")).contains("progress    step 20,");
    assertThat(done("sample --model run/step-20 --length 20")).isNotEmpty();
    Path page = folder.resolve("page.html");
    JsonObject json =
        JsonParser.parseString(done("explore --json --characters 600 --html " + page))
            .getAsJsonObject()
            .getAsJsonObject("training");
    assertThat(json.getAsJsonArray("steps").toString()).isEqualTo("[0,10,20,30,40,50,60]");
    assertThat(json.getAsJsonArray("loss")).hasSize(7);
    assertThat(Files.readString(page)).contains("When cells learned it");
    done("train --resume --name run --steps 80 --keep-every 0 --quiet");
    assertThat(done("info")).contains("kept        7 models");
    InProcess.Result result = charnn.line("sample --model run/step-21");
    assertThat(result.code()).isEqualTo(1);
    result = charnn.line("train --keep-every -1 --corpus " + text);
    assertThat(result.err()).contains("--keep-every must be 0 or more, got -1");
  }

  /** The vocabulary lacks the typewriter's marks, and has curly ones. */
  @Test
  void whereTheTextIsGoneTheModelWritesOne() throws IOException {
    done(TRAIN + text + " --name run");
    Files.writeString(text, "another");
    InProcess.Result result = charnn.line("explore --characters 200");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("cannot be read: it has changed since; exploring a text that it writes")
        .contains("a text that it wrote: 200 characters");
    Path other = Files.writeString(folder.resolve("other.txt"), "a \"day\" # ".repeat(40));
    result = charnn.line("explore " + other);
    assertThat(result.err()).contains("replaced in the text: ", "left out of the text: '#'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explore --characters 99 | --characters must be 100 to 1000000, got 99",
        "explore --engine dl4j | --engine dl4j does not show what its cells do",
        "explore --html page.txt | ending in .html",
        "explore short.txt | 100 are needed",
        "sample --clamp 1 | --clamp must be LAYER:UNIT=VALUE, such as 1:217=2.5, got 1",
        "sample --clamp 1:1=x | --clamp must be LAYER:UNIT=VALUE",
        "sample --clamp 2:1=0 | --clamp 2:1=0: the layer must be 1 to 1, got 2",
        "sample --clamp 1:9=0 | --clamp 1:9=0: the unit must be 1 to 8, got 9",
        "sample --clamp 1:0=0 | --clamp 1:0=0: the unit must be 1 to 8, got 0",
        "sample --clamp 1:1=NaN | the value must be a finite number, got NaN",
        "sample --clamp 1:1=0 --clamp 1:1=1 | --clamp holds unit 1:1 at two values",
        "sample --clamp 1:1=0 --model run --model run | --clamp holds units of one model",
        "sample --clamp 1:1=0 --engine dl4j | --engine dl4j cannot hold a unit at a value",
      })
  void errorsSayWhatToDo(String line, String message) throws IOException {
    done(TRAIN + text + " --name run --layers 1");
    Files.writeString(folder.resolve("short.txt"), "a day");
    InProcess.Result result = charnn.line(line.replace("short.txt", folder + "/short.txt"));
    assertThat(result.code()).isNotZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(message);
    assertThat(result.err().strip().lines().count()).isLessThanOrEqualTo(4);
  }
}
