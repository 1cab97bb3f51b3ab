package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.ExitCode;
import charnn.model.Model;
import charnn.model.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resuming a run where something is not as it was. */
class ResumeCliTest {
  private static final String TALE =
      "\n  \u00ABOnce upon\u00BB a time there was a miller.\n".repeat(30);

  @TempDir private Path folder;

  private CommandRun train(String... more) {
    String[] args = new String[more.length + 1];
    args[0] = "train";
    System.arraycopy(more, 0, args, 1, more.length);
    return CommandRun.of(folder, args);
  }

  @Test
  void aTextThatWasMovedIsAskedFor() throws IOException {
    Path text = Files.writeString(folder.resolve("tale.txt"), TALE);
    assertThat(train("--corpus", text.toString(), "--hidden", "4", "--steps", "2").code()).isZero();
    Path moved = Files.move(text, folder.resolve("moved.txt"));
    CommandRun lost = train("--resume", "--name", "tale", "--steps", "3");
    assertThat(lost.code()).isEqualTo(ExitCode.FAILED.code());
    assertThat(lost.err())
        .contains(
            text
                + ", the text of run 'tale' is not there; if it was moved: "
                + "charnn train --resume --name 'tale' --corpus FILE");
    CommandRun found =
        train("--resume", "--name", "tale", "--steps", "3", "--corpus", moved.toString());
    assertThat(found.code()).as(found.err()).isZero();
    assertThat(train("--resume", "--name", "tale", "--steps", "4").code()).isZero();
  }

  /** Its other replicas' states would be lost. */
  @Test
  void aRunOfAClusterIsNotResumedHere() throws IOException {
    Path text = Files.writeString(folder.resolve("tale.txt"), TALE);
    assertThat(train("--corpus", text.toString(), "--hidden", "4", "--steps", "2").code()).isZero();
    Path run;
    try (var files = Files.find(folder, 4, (file, is) -> file.endsWith("tale/last.zip"))) {
      run = files.findFirst().orElseThrow().getParent();
    }
    Files.writeString(run.resolve("cluster.json"), "{}");
    CommandRun refused = train("--resume", "--name", "tale", "--steps", "3");
    assertThat(refused.code()).isEqualTo(ExitCode.FAILED.code());
    assertThat(refused.err())
        .contains(
            "run 'tale' was trained on a cluster; resume it with charnn-spark train --resume");
  }

  @Test
  void aRunOnAPipeIsCalledByItsFirstWordsAndNamesWhatResumesIt() throws Exception {
    Path pipe = folder.resolve("63");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    org.junit.jupiter.api.Assumptions.assumeTrue(made.waitFor() == 0);
    Thread writer = new Thread(() -> write(pipe));
    writer.start();
    CommandRun run = train("--corpus", pipe.toString(), "--hidden", "4", "--steps", "2");
    writer.join();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "the text comes from a pipe: to resume this run, name a file of the same text with --corpus",
            "training run 'Once-upon-a'");
    CommandRun lost = train("--resume", "--name", "Once-upon-a", "--steps", "3");
    assertThat(lost.code()).isEqualTo(ExitCode.FAILED.code());
    assertThat(lost.err())
        .contains(
            "the text of run 'Once-upon-a' came from a pipe; name a file of the same text: "
                + "charnn train --resume --name 'Once-upon-a' --corpus FILE");
    Path text = Files.writeString(folder.resolve("tale.txt"), TALE);
    CommandRun found =
        train("--resume", "--name", "Once-upon-a", "--steps", "3", "--corpus", text.toString());
    assertThat(found.code()).as(found.err()).isZero();
  }

  private static void write(Path pipe) {
    try (var out = Files.newOutputStream(pipe)) {
      out.write(TALE.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void settingsAreChangedOnPurposeOnly() throws IOException {
    Path text = Files.writeString(folder.resolve("tale.txt"), TALE);
    String[] start = {"--corpus", text.toString(), "--hidden", "4", "--steps", "20"};
    assertThat(train(start).code()).isZero();
    String[] more = {
      "--resume", "--name", "tale", "--steps", "30", "--learning-rate", "0.001", "--batch-size", "2"
    };
    CommandRun refused = train(more);
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(refused.err()).contains("change it on purpose with --change, or start a new run");
    String[] changing = java.util.Arrays.copyOf(more, more.length + 1);
    changing[more.length] = "--change";
    CommandRun changed = train(changing);
    assertThat(changed.code()).as(changed.err()).isZero();
    assertThat(changed.err())
        .containsPattern("after step 20: --batch-size 2 \\(was \\d+\\), --learning-rate 0.001");
    assertThat(train("--resume", "--name", "tale", "--steps", "31").code()).isZero();
    CommandRun info = CommandRun.of(folder, "info", "--model", "tale");
    assertThat(info.out()).contains("changed     after step 20: --batch-size 2 (was ");
    CommandRun seed =
        train("--resume", "--name", "tale", "--steps", "40", "--seed", "9", "--change");
    assertThat(seed.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(seed.err()).contains("it cannot be resumed with --seed 9: leave that out, or start");
    CommandRun fresh = train("--corpus", text.toString(), "--change");
    assertThat(fresh.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(fresh.err()).contains("--change is for a run that is resumed; add --resume");
  }

  @Test
  void anotherArithmeticIsSaid() throws IOException {
    Path text = Files.writeString(folder.resolve("tale.txt"), TALE);
    assertThat(train("--corpus", text.toString(), "--hidden", "4", "--steps", "2").code()).isZero();
    assertThat(train("--resume", "--name", "tale", "--steps", "3").err())
        .doesNotContain("same bits");
    setArithmetic("another arithmetic");
    CommandRun other = train("--resume", "--name", "tale", "--steps", "4");
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(other.err())
        .contains(
            "the run was computed with another arithmetic",
            "its results will not be bit-identical");
    setArithmetic(null); // as in files of before
    assertThat(train("--resume", "--name", "tale", "--steps", "5").err())
        .doesNotContain("the same bits");
  }

  private void setArithmetic(String arithmetic) throws IOException {
    for (String name : new String[] {"last.zip", "rollback.zip"}) {
      Path file = folder.resolve("models/tale").resolve(name);
      if (!Files.exists(file)) {
        continue;
      }
      ModelFile.Checkpoint checkpoint = ModelFile.readCheckpoint(file);
      Model model = checkpoint.model();
      Provenance from = model.provenance();
      Provenance other =
          new Provenance(
              from.corpus(),
              from.more(),
              from.decoding(),
              from.textSha256(),
              from.charnn(),
              from.java(),
              from.os(),
              from.cpu(),
              arithmetic,
              from.text());
      ModelFile.write(
          file,
          new Model(
              model.network(),
              model.vocabulary(),
              model.hyperparameters(),
              model.progress(),
              other),
          checkpoint.training().orElse(null));
    }
  }
}
