package charnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Completes words as bash does. */
@EnabledIf("hasBash")
class CompletionCliTest {
  @TempDir private Path folder;

  static boolean hasBash() {
    return Files.isExecutable(Path.of("/bin/bash"));
  }

  @BeforeEach
  void someFilesAndRuns() throws IOException {
    for (String run : List.of("tales", "tom sawyer", "unsaved")) {
      Files.createDirectories(folder.resolve("it's/models").resolve(run));
    }
    Files.createFile(folder.resolve("it's/models/tales/last.zip"));
    Files.createFile(folder.resolve("it's/models/tom sawyer/best.zip"));
    Files.createDirectories(folder.resolve("my runs/other"));
    Files.createFile(folder.resolve("my runs/other/last.zip"));
    Files.createFile(folder.resolve("text one.txt"));
    Files.createFile(folder.resolve("text2.txt"));
  }

  /** Returns what the last word may become. */
  private List<String> complete(String... words) throws IOException, InterruptedException {
    Path script = folder.resolve("it's/completion");
    try (PrintStream out = new PrintStream(Files.newOutputStream(script), false, UTF_8)) {
      Console console =
          new Console(
              InputStream.nullInputStream(),
              out,
              new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
              false,
              false,
              false,
              80,
              folder.resolve("it's"));
      assertThat(Cli.run(new String[] {"generate-completion"}, console)).isZero();
    }
    StringBuilder line = new StringBuilder("source \"it's/completion\"\nCOMP_WORDS=(charnn");
    for (String word : words) {
      line.append(" '").append(word).append('\'');
    }
    line.append(")\nCOMP_CWORD=").append(words.length);
    line.append("\nCOMP_LINE=\"${COMP_WORDS[*]}\"\n_charnn\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
    Process bash =
        new ProcessBuilder("/bin/bash", "--norc", "-c", line.toString())
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD) // compopt: nobody is completing
            .start();
    String completed = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).isZero();
    return completed.lines().filter(word -> !word.isEmpty()).sorted().toList();
  }

  @Test
  void aModelIsARunOrAFile() throws IOException, InterruptedException {
    for (String command : List.of("sample", "continue", "info", "eval", "score")) {
      assertThat(complete(command, "--model", "t"))
          .containsExactly("tales", "text one.txt", "text2.txt", "tom sawyer");
    }
    assertThat(complete("train", "--init-from", "to")).containsExactly("tom sawyer");
    assertThat(complete("sample", "--model", "=", "tal")).containsExactly("tales");
    assertThat(complete("sample", "--length", "5", "--model", "tom\\ ")).contains("tom sawyer");
  }

  @Test
  void aReportIsOfRuns() throws IOException, InterruptedException {
    assertThat(complete("report", "ta")).containsExactly("tales");
    assertThat(complete("report", "tales", "to")).containsExactly("tom sawyer");
    assertThat(complete("report", "--html", "text")).containsExactly("text one.txt", "text2.txt");
    assertThat(complete("report", "--html", "a.html", "to")).containsExactly("tom sawyer");
    assertThat(complete("report", "--over", "e")).containsExactly("epochs");
    assertThat(complete("report", "--sv")).containsExactly("--svg");
  }

  @Test
  void runsAreThoseOfTheFolderThatIsNamed() throws IOException, InterruptedException {
    assertThat(complete("sample", "--models-dir", "my\\ runs", "--model", "o"))
        .containsExactly("other");
    assertThat(complete("sample", "--models-dir", "m")).containsExactly("my runs");
  }

  @Test
  void aRunToResumeIsNamedANewOneIsNot() throws IOException, InterruptedException {
    assertThat(complete("train", "--resume", "--name", "")).containsExactly("tales", "tom sawyer");
    assertThat(complete("train", "--name", "")).isEmpty();
  }

  @Test
  void aCorpusMayBeSeveralFiles() throws IOException, InterruptedException {
    for (String command : List.of("train", "plan", "eval")) {
      assertThat(complete(command, "--corpus", "text")).contains("text one.txt", "text2.txt");
      assertThat(complete(command, "--corpus", "text2.txt", "text"))
          .containsExactly("text one.txt", "text2.txt");
    }
    assertThat(complete("novelty", "--corpus", "text2.txt", "text"))
        .containsExactly("text one.txt", "text2.txt");
  }

  @Test
  void commandsOfACommandAreCompletedToo() throws IOException, InterruptedException {
    assertThat(complete("corpus", "fe")).containsExactly("fetch");
    assertThat(complete("corpus", "fetch", "--mi")).containsExactly("--mirror");
    assertThat(complete("corpus", "fetch", "2591", "--to", "m")).containsExactly("my runs");
    assertThat(complete("corpus", "info", "--corpus-list", "text2")).containsExactly("text2.txt");
  }

  @Test
  void valuesOptionsAndCommandsAreCompleted() throws IOException, InterruptedException {
    assertThat(complete("sample", "--engine", "s")).containsExactly("scalar", "simd");
    assertThat(complete("train", "--preset", "s")).containsExactly("small");
    assertThat(complete("eval", "--protocol", "")).contains("carried", "dynamic", "windows");
    assertThat(complete("train", "--corpus", "text2.txt", "--na")).containsExactly("--name");
    assertThat(complete("sa")).containsExactly("sample");
    assertThat(complete("score", "--li")).containsExactly("--lines");
    assertThat(complete("score", "text2")).containsExactly("text2.txt");
    assertThat(complete("help", "tr")).containsExactly("train");
  }
}
