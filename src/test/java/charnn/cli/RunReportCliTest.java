package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportCliTest {
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
            folder.resolve("text.txt"), "a quiet day, and a <b>night</b>. ".repeat(90));
  }

  private void train(String more) {
    InProcess.Result result = charnn.line(TRAIN + text + " " + more);
    assertThat(result.code()).as(result.err()).isZero();
  }

  private InProcess.Result report(String arguments) {
    InProcess.Result result = charnn.line("report " + arguments);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).isEmpty();
    return result;
  }

  private String page(String runs) throws IOException {
    Path page = folder.resolve("page.html");
    report(runs + (runs.isEmpty() ? "" : " ") + "--html " + page);
    return Files.readString(page);
  }

  private static String table(String page, String name) {
    int from = page.indexOf("<table class=\"" + name + "\">");
    return from < 0 ? "" : page.substring(from, page.indexOf("</table>", from));
  }

  @Test
  void aRunHasCurvesSamplesCopiesAndSettings() throws IOException {
    train("--name run");
    String page = page("");
    assertThat(page)
        .contains("<h1>Training of run</h1>", "nats per character", "id=\"gradient\"")
        .contains(
            "\"weights_output\":[",
            "\"held_out_loss\":[",
            "unigram entropy",
            "\"order-5 n-gram\"",
            "\"xz\"",
            "MIT")
        .doesNotContain("src=\"", "href=", "@import", "What happened");
    assertThat(table(page, "samples")).contains("<th>copied</th>", "<td class=\"number\">40</td>");
    assertThat(table(page, "settings")).contains("--batch-size", "text.txt").doesNotContain("≠");
    // uPlot's own text names no address that is loaded; the policy forbids any.
    assertThat(page).contains("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-");
  }

  @Test
  void runsStandSideBySideWithTheirDifferences() throws IOException {
    train("--name one");
    train("--name two --dropout 0.5");
    String page = page("one two");
    assertThat(page).contains("Training of 2 runs");
    List<String> differing =
        Arrays.stream(table(page, "settings").split("<tr"))
            .filter(row -> row.contains("differs"))
            .filter(row -> row.contains("--"))
            .toList();
    assertThat(differing).hasSize(1).first().asString().contains("--dropout", "0.5");
  }

  @Test
  void whatHappenedIsMarked() throws IOException {
    train("--name run");
    InProcess.Result resumed =
        charnn.line("train --resume --name run --steps 80 --change --learning-rate 0.001 --quiet");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    Path log = folder.resolve("models/run/train.log");
    String lines = Files.readString(log);
    Files.writeString(
        log,
        lines
            + "  | a sample, 5 parameters; x, resuming at step 7\n"
            + "the loss became NaN and the gradient norm NaN at step 61: rolled back to step 60;"
            + " training continues with half the learning rate (halving 1 of 5)\n");
    String events = table(page("run"), "events");
    assertThat(events.split("<tr>")).hasSize(5); // with its head
    assertThat(events)
        .contains("<td class=\"number\">40</td><td>▸</td><td>resumed at step 40</td>")
        .contains("<td class=\"number\">40</td><td>C</td>", "--learning-rate")
        .contains("<td class=\"number\">60</td><td>R</td><td>the loss became NaN");
  }

  @Test
  void oldRunsAndLoneModelsShowWhatTheyHave() throws IOException {
    train("--name run");
    Files.delete(folder.resolve("models/run/layers.csv"));
    String old = page("run");
    assertThat(old).contains("were not recorded", "id=\"loss\"").doesNotContain("id=\"gradient\"");
    Path alone = Files.copy(folder.resolve("models/run/best.zip"), folder.resolve("alone.zip"));
    String lone = page(alone.toString());
    assertThat(lone)
        .contains("id=\"loss\"", "\"held_out_loss\":[")
        .doesNotContain("class=\"samples\"");
    Files.writeString(text, "another text ".repeat(200));
    assertThat(page("run"))
        .contains("The run was not compared with its text: it has changed since")
        .contains("class=\"samples\"", "order-5 n-gram on training text")
        .doesNotContain("<th>copied</th>");
    Files.delete(text);
    assertThat(page("run")).contains("it is no longer where it was");
  }

  private static String measured(String page) {
    Matcher line = Pattern.compile("\\{\"name\":\"order-5 n-gram\",.*?\\}.*?\\}").matcher(page);
    assertThat(line.find()).isTrue();
    return line.group();
  }

  /** A text and another to validate on are measured as one text whose last part is that other. */
  @Test
  void anNGramModelAndXzAreMeasuredOnAValidationCorpus() throws IOException {
    String tenth = "a tidy night, and a <b>quiet</b>".repeat(9);
    Path other = Files.writeString(folder.resolve("other.txt"), tenth);
    train("--name apart --validation-corpus " + other);
    String apart = page("apart");
    assertThat(table(apart, "settings")).contains("validation corpus", "other.txt");
    Files.writeString(other, tenth + "and more");
    assertThat(page("apart"))
        .contains("were not measured on the validation corpus: it has changed since")
        .contains("<th>copied</th>", "order-5 n-gram on training text")
        .doesNotContain("\"order-5 n-gram\"");
    Files.writeString(text, Files.readString(text) + tenth);
    train("--name joined --validation " + (tenth.length() + 0.5) / Files.size(text));
    assertThat(measured(page("joined"))).isEqualTo(measured(apart)).contains("\"xz\"");
  }

  @Test
  void theTableHasAllThatWasRecorded() throws IOException {
    train("--name run");
    Path csv = folder.resolve("all.csv");
    report("--csv " + csv);
    List<String> rows = Files.readAllLines(csv);
    List<String> metrics = Files.readAllLines(folder.resolve("models/run/metrics.csv"));
    List<String> layers = Files.readAllLines(folder.resolve("models/run/layers.csv"));
    assertThat(rows.get(0))
        .isEqualTo("run," + metrics.get(0) + layers.get(0).substring("step".length()));
    assertThat(rows).hasSameSizeAs(metrics);
    String[] last = rows.get(rows.size() - 1).split(",");
    String[] measured = layers.get(layers.size() - 1).split(",");
    assertThat(last).startsWith("run", "40");
    for (int i = 1; i < measured.length; i++) {
      double number = Double.parseDouble(measured[i]);
      assertThat(Double.parseDouble(last[last.length - measured.length + i])).isEqualTo(number);
    }
  }

  @Test
  void figuresAreOfTheChartsThatAreAskedFor() throws IOException {
    train("--name run");
    Path png = folder.resolve("figure.png");
    Path svg = folder.resolve("figure.svg");
    report("--png " + png + " --svg " + svg + " --chart loss,weights --over characters --log x");
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(Files.readString(svg)).contains("<svg", "width=\"1600\"");
    report("run --png " + png + " --chart updates --chart learning-rate"); // replaces its own
    Files.delete(folder.resolve("models/run/layers.csv"));
    InProcess.Result none = charnn.line("report --svg " + svg + " --chart gradient");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err())
        .isEqualTo(
            "charnn: there is no figure: gradient was not recorded over steps with two points or"
                + " more\n");
  }

  @Test
  void whatCannotBeWrittenIsToldBefore() throws IOException {
    train("--name run");
    Path mine = Files.writeString(folder.resolve("mine.html"), "my own page");
    Path notes = Files.writeString(folder.resolve("notes.csv"), "a,b\n");
    for (String[] wrong :
        new String[][] {
          {"", "report needs a file to write: --html FILE"},
          {"--chart loss --html a.html", "--chart is for --png and --svg"},
          {"--html page.txt", "--html needs the name of the page to write, ending in .html"},
          {"--html .html", "ending in .html, got '.html'"},
          {"--html none/page.html", "there is no folder"},
          {"--html " + mine, "is there already, and no page of charnn"},
          {"--csv " + notes, "is there already, and no table of charnn"},
          {"--png " + folder + "/models.png/a.png", "there is no folder"},
          {"--html a.html --over miles", "--over"},
          {"--html a.html --log z", "--log"},
          {"--png a.png --chart lines", "--chart"},
        }) {
      InProcess.Result result = charnn.line(("report " + wrong[0]).strip());
      assertThat(result.code()).as(wrong[0]).isEqualTo(2);
      assertThat(result.err()).contains(wrong[1]);
    }
    assertThat(mine).hasContent("my own page");
    InProcess.Result unknown = charnn.line("report nobody --html a.html");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("there is no model 'nobody'");
  }

  @Test
  void infoDrawsTheLoss() throws IOException {
    train("--name run");
    InProcess.Result info = charnn.line("info --curve");
    assertThat(info.code()).isZero();
    List<String> lines = info.out().lines().toList();
    assertThat(lines.subList(lines.size() - 16, lines.size()))
        .allMatch(line -> line.length() <= 72)
        .last()
        .asString()
        .contains("training loss");
    assertThat(info.out()).contains("o", "⠒").doesNotContain("\u001B");
    assertThat(charnn.line("info --curve --json").code()).isEqualTo(2);
    assertThat(charnn.line("train --curve --quiet --corpus " + text).code()).isEqualTo(2);
  }
}
