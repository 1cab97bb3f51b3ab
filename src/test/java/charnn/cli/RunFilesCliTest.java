package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** No run is lost to its own files. */
class RunFilesCliTest {
  private static final String TRAIN =
      "train --steps 20 --hidden 8 --layers 1 --batch-size 4 --seq-length 8 --name run";

  @TempDir private Path folder;
  private InProcess charnn;
  private Path run;
  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    charnn = new InProcess(folder);
    run = folder.resolve("models/run");
    text = Files.writeString(folder.resolve("text.txt"), "a quiet day. ".repeat(60));
  }

  private InProcess.Result train(String more) {
    return charnn.line(TRAIN + " --corpus " + text + more);
  }

  @Test
  void aRunThatEndedBeforeItsFirstCheckpointBeginsAgain() throws IOException {
    Files.createDirectories(run);
    for (String left :
        List.of("lock", "metrics.csv", "layers.csv", "train.log", "rollback.zip.tmp")) {
      Files.writeString(run.resolve(left), "left");
    }
    InProcess.Result alone = charnn.line("train --resume --name run");
    assertThat(alone.code()).isEqualTo(1);
    assertThat(alone.err()).contains("ended before anything was saved; start it again");
    InProcess.Result again = train(" --resume");
    assertThat(again.err()).contains("starting it again");
    assertThat(again.code()).isZero();
    assertThat(run.resolve("last.zip")).isRegularFile();
    assertThat(run.resolve("metrics.csv")).content().startsWith("step,").doesNotContain("left");
  }

  @Test
  void aFolderThatIsNoRunsIsToldAsOne() throws IOException {
    Files.createDirectories(run.resolve("photos"));
    InProcess.Result result = train("");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("charnn: " + run + " is a folder, but not of a run; choose another --name\n");
    InProcess.Result resumed = train(" --resume");
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err()).contains("there is no run 'run' in").doesNotContain("add --resume");
    Files.writeString(run.resolve("best.zip"), "");
    assertThat(train("").err()).contains("run 'run' exists already");
  }

  @Test
  void aNameThatIsTooLongIsToldAtOnce() {
    InProcess.Result result =
        charnn.line("train --time 60s --corpus " + text + " --name " + "日".repeat(100));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("charnn: --name must have at most 255 bytes in UTF-8, got 300\n")
        .doesNotContain("measuring");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no named pipes in folders")
  void onlyRegularFilesAreWrittenTo() throws Exception {
    assertThat(train("").code()).isZero();
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    for (String name : List.of("lock", "metrics.csv", "layers.csv", "samples.txt", "train.log")) {
      Path file = run.resolve(name);
      Path away = Files.move(file, folder.resolve("away"));
      Files.createSymbolicLink(file, precious);
      assertRefused(file, "it is a symbolic link");
      Files.createDirectory(file);
      assertRefused(file, "it is a folder");
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      assertRefused(file, "it is a named pipe or a device");
      Files.move(away, file);
    }
    assertThat(precious).hasContent("precious");
    assertThat(charnn.line("train --resume --name run --steps 30").code()).isZero();
  }

  private void assertRefused(Path file, String why) throws IOException {
    InProcess.Result result = charnn.line("train --resume --name run --steps 30");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).startsWith("charnn: " + file + ": " + why).hasLineCount(1);
    Files.delete(file);
  }

  @Test
  void aTextOfVeryManyFilesIsTrainedAndResumed() throws IOException {
    List<String> args = new ArrayList<>(List.of(TRAIN.split(" ")));
    args.add("--corpus");
    Path lines = Files.createDirectory(folder.resolve("lines"));
    for (int i = 0; i < 3000; i++) {
      args.add(
          Files.writeString(lines.resolve("line" + i + ".txt"), "the line " + i + ".\n")
              .toString());
    }
    assertThat(charnn.run("", args.toArray(new String[0])).code()).isZero();
    String info = charnn.line("info --model run").out();
    assertThat(info).contains("line0.txt", " and 2,990 more files").doesNotContain("line10.txt");
    InProcess.Result alone = charnn.line("train --resume --name run --steps 30");
    assertThat(alone.code()).isEqualTo(1);
    assertThat(alone.err())
        .isEqualTo(
            "charnn: the text is of 3,000 files, more than a model lists; name all of them again"
                + " with --corpus\n");
    args.set(args.indexOf("--steps") + 1, "30");
    args.add("--resume");
    InProcess.Result resumed = charnn.run("", args.toArray(new String[0]));
    assertThat(resumed.err()).contains("30/30");
    assertThat(resumed.code()).isZero();
  }
}
