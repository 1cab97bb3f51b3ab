package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.ExitCode;
import charnn.data.ValidationFrom;
import charnn.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A validation set that is no part of the text. */
class ValidationCorpusCliTest {
  private static final String SMALL = " --hidden 8 --batch-size 4 --seq-length 16 --steps ";

  @TempDir private Path folder;
  private Path book;
  private Path other;

  @BeforeEach
  void write() throws IOException {
    book =
        Files.writeString(
            folder.resolve("book.txt"), "once upon a time there was a miller.\n".repeat(60));
    other =
        Files.writeString(
            folder.resolve("other.txt"), "there was a time, once upon a miller.\n".repeat(20));
  }

  private CommandRun charnn(String args) {
    return CommandRun.of(folder, args.strip().split(" +"));
  }

  private CommandRun done(String args) {
    CommandRun run = charnn(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private CommandRun train(String name, int steps) {
    return done(
        "train --corpus "
            + book
            + " --validation-corpus "
            + other
            + " --name "
            + name
            + SMALL
            + steps);
  }

  private Model model(String name) throws IOException {
    return ModelFile.read(folder.resolve("models").resolve(name).resolve("last.zip"));
  }

  @Test
  void allOfTheCorpusIsTrainedOn() throws IOException {
    CommandRun run = train("run", 30);
    assertThat(run.err())
        .contains(
            "2,220 characters to train on, 740 for validation in another",
            "left out of the validation corpus: 20 characters that never occur in the training text (',' (U+002C))");
    Model model = model("run");
    assertThat(model.hyperparameters().validationFrom()).isEqualTo(ValidationFrom.CORPUS);
    assertThat(model.hyperparameters().validationFraction()).isZero();
    int evaluations = model.progress().evaluations().size();
    double loss = model.progress().evaluations().get(evaluations - 1).validation().loss();
    String last = folder.resolve("models/run/last.zip").toString();
    String eval = done("eval --json --model " + last + " --corpus " + other).out();
    String known = eval.replaceAll("(?s).*\"nats_per_known_character\": ([0-9.]+).*", "$1");
    assertThat(Double.parseDouble(known)).isCloseTo(loss, Offset.offset(0.2));
    assertThat(done("info --model run").out().replaceAll("\\s+", " "))
        .contains("validation 0 (other.txt), seed 1");
    CommandRun refused = charnn("eval --validation --model run --corpus " + book);
    assertThat(refused.code()).isEqualTo(ExitCode.FAILED.code());
    assertThat(refused.err())
        .contains("the model was validated on a corpus of its own (other.txt); evaluate on that");
  }

  @Test
  void aRunIsResumedWithIt() throws IOException {
    train("whole", 20);
    train("piece", 20);
    done("train --resume --name whole --steps 26");
    Path moved = Files.move(other, folder.resolve("moved.txt"));
    CommandRun lost = charnn("train --resume --name piece --steps 26");
    assertThat(lost.err())
        .contains(
            other
                + ", the validation corpus of run 'piece' is not there; if it was moved: charnn train --resume --name 'piece' --validation-corpus FILE");
    CommandRun another =
        charnn("train --resume --name piece --steps 26 --validation-corpus " + book);
    assertThat(another.err()).contains("the run was validated on another text (other.txt)");
    done("train --resume --name piece --steps 26 --validation-corpus " + moved);
    assertThat(model("piece").network().parameters())
        .isEqualTo(model("whole").network().parameters());
    assertThat(model("piece").progress().evaluations())
        .isEqualTo(model("whole").progress().evaluations());
    done("train --resume --name piece --steps 27");
  }

  @Test
  void onTextOfAnotherKindNothingIsCalledMemorized() throws IOException {
    Files.writeString(other, "es war einmal ein müller, der hatte keine söhne. ".repeat(20));
    CommandRun run = train("run", 300);
    String warning = "the validation set is unlike the training set (";
    assertThat(run.err()).contains(warning, "Better take another --validation-corpus");
    assertThat(run.err().indexOf(warning)).isLessThan(run.err().indexOf("training run 'run'"));
    assertThat(run.err().substring(run.err().lastIndexOf("300/300")))
        .contains(warning, "for the next run, take another --validation-corpus")
        .doesNotContain("overfitting");
  }

  @Test
  void twoPlacesAreRefused() {
    String plan = "plan --corpus " + book + " --validation-corpus " + other;
    for (String more : new String[] {" --validation 0.2", " --validation-from spread"}) {
      CommandRun run = charnn(plan + more);
      assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
      assertThat(run.err()).contains("--validation-corpus is all that is held out; omit it, or");
    }
    CommandRun none = charnn("plan --validation-from corpus --corpus " + book);
    assertThat(none.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(none.err()).contains("--validation-from corpus needs --validation-corpus FILE");
  }
}
