package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.ExitCode;
import charnn.data.Direction;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that read a text from its end to its beginning. */
class DirectionCliTest {
  private static final String TALE =
      "Once upon a time there was a miller who had a daughter, and they lived happily ever after.\n"
          .repeat(20);
  private static final String SIZE = " --hidden 6 --engine scalar --steps ";

  @TempDir private Path folder;
  private String tale;

  @BeforeEach
  void write() throws IOException {
    tale = Files.writeString(folder.resolve("tale.txt"), TALE).toString();
  }

  private CommandRun charnn(String args) {
    return CommandRun.of(folder, args.split(" "));
  }

  private CommandRun done(String args) {
    CommandRun run = charnn(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private CommandRun failed(ExitCode code, String args) {
    CommandRun run = charnn(args);
    assertThat(run.code()).as(run.err()).isEqualTo(code.code());
    assertThat(run.out()).isEmpty();
    return run;
  }

  private void train(String name, String options) {
    done("train --corpus " + tale + " --name " + name + SIZE + options);
  }

  private float[] parameters(String file) throws IOException {
    return ModelFile.read(folder.resolve("models").resolve(file)).network().parameters();
  }

  private Path best(String run) {
    return folder.resolve("models").resolve(run).resolve("best.zip");
  }

  /** Returns the file of a model with the same parameters as a run's that reads forwards. */
  private String twin(String run) throws IOException {
    Path twin = folder.resolve(run + "-twin.zip");
    Model model = ModelFile.read(best(run));
    Hyperparameters forward =
        model.hyperparameters().toBuilder()
            .set(Hyperparameters.DIRECTION, Direction.FORWARD)
            .build();
    ModelFile.write(
        twin,
        new Model(
            model.network(), model.vocabulary(), forward, model.progress(), model.provenance()),
        null);
    return twin.toString();
  }

  @Test
  void aBackwardModelIsAForwardModelOfTheReversedText() throws IOException {
    String reversed =
        Files.writeString(folder.resolve("elat.txt"), Direction.BACKWARD.turned(TALE)).toString();
    train("backward", "5 --validation 0 --direction backward");
    done("train --name elat --validation 0 --corpus " + reversed + SIZE + "5");
    assertThat(parameters("backward/last.zip")).isEqualTo(parameters("elat/last.zip"));
    train("forward", "5 --validation 0 --direction forward");
    assertThat(parameters("forward/last.zip")).isNotEqualTo(parameters("elat/last.zip"));
  }

  /** A forward model's is that of files from before there were directions. */
  @Test
  void theChecksumOfABackwardModelIsItsOwn() throws IOException {
    train("backward", "2 --direction backward");
    Model forward = ModelFile.read(Path.of(twin("backward")));
    assertThat(forward.sha256()).isNotEqualTo(ModelFile.read(best("backward")).sha256());
    assertThat(HexFormat.of().formatHex(Models.random("ab", 1, 1).sha256()))
        .isEqualTo("52faf87afdd4ff6971962c9f01780f8bac11e6465e858791b0acc43f1c637938");
  }

  @Test
  void forwardIsTheDefault() throws IOException {
    train("usual", "3");
    train("forward", "3 --direction forward");
    assertThat(folder.resolve("models/forward/best.zip"))
        .hasSameBinaryContentAs(folder.resolve("models/usual/best.zip"));
    assertThat(done("info --model usual").out()).doesNotContain("reads");
  }

  @Test
  void aBackwardModelIsDescribedAndKeepsItsDirection() throws IOException {
    train("whole", "6 --direction backward");
    train("piece", "3 --direction backward");
    done("train --resume --name piece --engine scalar --steps 6");
    done("train --resume --name whole --engine scalar --steps 6");
    assertThat(parameters("piece/last.zip")).hasSameSizeAs(parameters("whole/last.zip"));
    assertThat(done("info --model piece").out())
        .contains("reads       backwards, from the end of the text");
    assertThat(done("info --model piece --json").out()).contains("\"direction\": \"backward\"");
    assertThat(
            failed(ExitCode.USAGE, "train --resume --name piece --direction forward --steps 9")
                .err())
        .contains("has --direction backward; it cannot be resumed with --direction forward");
    assertThat(done("plan --corpus " + tale + " --direction backward" + SIZE + "3").out())
        .contains("reads    backwards, from the end of the text");
  }

  /** In all protocols; the validation set is the last part of the text as people read it. */
  @Test
  void aBackwardModelIsEvaluatedOnTheReversedText() throws IOException {
    train("backward", "5 --direction backward");
    String last = TALE.substring(TALE.length() - TALE.length() / 10);
    String reversed =
        Files.writeString(folder.resolve("tsal.txt"), Direction.BACKWARD.turned(last)).toString();
    String twin = twin("backward");
    for (String protocol :
        new String[] {"carried", "dynamic", "windows --context 20 --count 3 --seed 5"}) {
      String options = " --engine scalar --protocol " + protocol;
      String forward = done("eval --model " + twin + " --corpus " + reversed + options).out();
      String here =
          done("eval --model "
                  + folder.resolve("models/backward/last.zip")
                  + " --validation --corpus "
                  + tale
                  + options)
              .out();
      assertThat(here).contains(", the text read backwards\n").contains("\norder-5 n-gram ");
      String figures = here.substring(0, here.indexOf("order-5"));
      assertThat(figures.replace(", the text read backwards", "")).isEqualTo(forward);
    }
  }

  @Test
  void modelsOfTwoDirectionsDoNotPredictTogether() {
    train("backward", "2 --direction backward");
    train("forward", "2");
    assertThat(
            failed(
                    ExitCode.USAGE,
                    "eval --model forward --model backward --engine scalar --corpus " + tale)
                .err())
        .contains(
            "forward reads forwards, and backward backwards: they cannot predict together; give models of one direction");
  }

  @Test
  void aStartKeepsItsDirection() {
    train("backward", "2 --direction backward");
    String start = "train --corpus " + tale + " --engine scalar --init-from backward --steps 2";
    done(start + " --name next");
    assertThat(done("info --model next").out()).contains("reads       backwards");
    assertThat(failed(ExitCode.USAGE, start + " --name other --direction forward").err())
        .contains(
            "the model to start from reads backwards; leave --direction forward out, or start without it");
  }
}
