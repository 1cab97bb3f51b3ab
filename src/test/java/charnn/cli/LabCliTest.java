package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.lab.Experiment;
import charnn.lab.Experiments;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code charnn lab}. */
class LabCliTest {
  private static final String SMALL = "lab hopfield --units 60 --loads 0.05,0.5";

  @TempDir private Path folder;

  @BeforeEach
  void copyTales() throws IOException {
    Files.createDirectories(folder.resolve("corpora"));
    Files.copy(Path.of("corpora/tales.txt"), folder.resolve("corpora/tales.txt"));
  }

  private InProcess.Result run(String line, String... more) {
    List<String> args = new ArrayList<>(List.of(line.split(" ")));
    args.addAll(List.of(more));
    return new InProcess(folder).run("", args.toArray(String[]::new));
  }

  static List<String> names() {
    return Experiments.all().stream().map(Experiment::name).toList();
  }

  @Test
  void withoutANameTheExperimentsAreListed() {
    InProcess.Result listed = run("lab");
    assertThat(listed.code()).isZero();
    assertThat(listed.out()).contains(names());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyExperimentHasHelpWithTheCommonOptions(String name) {
    InProcess.Result help = run("lab " + name + " --help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("--seed", "--out", "--time", "?");
  }

  @Test
  void theHelpCommandKnowsTheExperiments() {
    assertThat(run("help lab hopfield").out()).isEqualTo(run("lab hopfield --help").out());
    assertThat(run("help lab hopfeld").out()).isEqualTo(run("lab --help").out());
    assertThat(run("help labs hopfield").err()).contains("there is no command 'labs'");
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyExperimentHasAPageWithItsCommandAndAFigure(String name) throws IOException {
    assertThat(Files.readString(Path.of("docs/lab", name + ".md")))
        .contains("$ charnn lab " + name, "](" + name + "/");
  }

  @Test
  void theTableIsPrintedAndFiguresAndNumbersAreInTheFolder() throws IOException {
    Path out = folder.resolve("new/results");
    InProcess.Result result = run(SMALL, "--out", out.toString());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("stored / unit");
    assertThat(result.err()).contains(out.toString());
    assertThat(Files.readString(out.resolve("capacity.csv")))
        .startsWith("stored")
        .contains("0.05,");
    BufferedImage image = ImageIO.read(out.resolve("capacity.png").toFile());
    assertThat(image.getWidth()).isGreaterThan(image.getHeight());
    assertThat(Files.readString(out.resolve("capacity.svg"))).contains("<svg", "</svg");
  }

  @Test
  void theSameSeedGivesTheSameTable() {
    String[] out = {"--out", folder.resolve("out").toString()};
    String first = run(SMALL, out).out();
    assertThat(run(SMALL, out).out()).isEqualTo(first);
    assertThat(run(SMALL + " --seed 2", out).out()).isNotEqualTo(first);
  }

  @Test
  void whatTheTimeDoesNotAllowIsMissingAndSaidToBe() {
    InProcess.Result result = run(SMALL + " --time 0s", "--out", folder.resolve("out").toString());
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("the time is over");
  }

  @Test
  void aFolderWithoutResultsIsNotNamed() {
    Path out = folder.resolve("out");
    InProcess.Result result = run("lab bidirectional --units 4 --time 0s", "--out", out.toString());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("the time is over").doesNotContain("figures and numbers");
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lab hopfeld | hopfield",
        "lab hopfield --unit 5 | --units",
        "lab hopfield --units | --units",
        "lab hopfield --units x | --units must be a whole number, 16 to 2000, got 'x'",
        "lab hopfield --units 5 | --units must be a whole number, 16 to 2000, got '5'",
        "lab hopfield --loads 1,,2 | --loads must be a number, more than 0 and at most 100, got ''",
        "lab hopfield --damage NaN | --damage must be a number, 0 to 0.5, got 'NaN'",
        "lab hopfield --damage 0.1 --damage 0.2 | --damage is given twice; give it once",
        "lab hopfield --units 2000 --loads 1,100 | --loads times the square of --units must be 20,000,000 or less, got 400,000,000",
        "lab hopfield --time soon | --time must be a number with its unit",
        "lab hopfield --seed x | --seed",
        "lab hopfield extra | extra",
      })
  void aWrongOptionGetsOneClearLine(String line, String said) {
    InProcess.Result result = run(line);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().findFirst().orElse("")).contains(said);
    assertThat(result.err().lines()).hasSize(2);
    assertThat(folder.resolve("lab")).doesNotExist();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    InProcess.Result result =
        run(SMALL + " --corpus none.txt", "--out", folder.resolve("out").toString());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("none.txt");
    assertThat(result.out()).as("it is read before anything is computed").isEmpty();
  }

  @Test
  void aTextIsNotReplacedByAClassifier() throws IOException {
    Path tales = folder.resolve("corpora/tales.txt");
    String before = Files.readString(tales);
    Path other = Files.writeString(folder.resolve("other"), "text");
    assertThat(refused("--class", "a=" + tales, "--class", "b=" + other, "--save", "" + tales))
        .isEqualTo("charnn: --save would replace " + tales + ", which is read: name another");
    assertThat(refused("--test", "" + other, "--save", folder.resolve("./other").toString()))
        .contains("which is read");
    assertThat(refused("--save", "" + tales))
        .contains("--save replaces nothing but a classifier, and " + tales + " is none");
    assertThat(tales).hasContent(before);
  }

  @Test
  void aClassNeedsPassagesOfItsOwn() throws IOException {
    Path tales = folder.resolve("corpora/tales.txt");
    assertThat(refused("--class", "a=" + tales, "--class", "b=" + tales))
        .isEqualTo("charnn: all passages of class b are in a, too: give it another text");
    Path few = Files.writeString(folder.resolve("few"), "one two three four five six");
    assertThat(refused("--class", "a=" + tales, "--class", "b=" + few))
        .startsWith("charnn: class b has 1 passage, fewer than 10: give it more text");
  }

  /** Runs {@code lab classify}, and returns the line that says why it does not train. */
  private String refused(String... options) {
    InProcess.Result result = run("lab classify", options);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(folder.resolve("lab")).doesNotExist();
    return result.err().lines().findFirst().orElse("");
  }

  @Test
  void theTextToClassifyIsReadBeforeAnythingIsComputed() {
    InProcess.Result result = run("lab classify --test none.txt");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("none.txt");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeIsRefusedBeforeAnythingIsComputed() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "text");
    for (Path out : new Path[] {file, file.resolve("below")}) {
      InProcess.Result result = run(SMALL, "--out", out.toString());
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .contains("cannot write figures into " + out + ": " + file + " is a file; name another");
    }
  }
}
