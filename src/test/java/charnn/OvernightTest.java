package charnn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs scripts/overnight.sh beside a charnn that only notes its arguments and saves a file. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "overnight.sh is a bash script")
class OvernightTest {
  private static final String CHARNN =
      """
      #!/bin/bash
      printf '%s|' "$@" >>"${0%/*}/calls"
      echo >>"${0%/*}/calls"
      case " $* " in *" --fail "*) echo "charnn: it cannot" >&2; exit 1 ;; esac
      mkdir -p "$3/$5" && : >"$3/$5/last.zip"
      """;

  @TempDir private Path folder;
  private Path models;

  private record Result(int code, String err) {}

  @BeforeEach
  void putBesideEachOther() throws IOException {
    models = folder.resolve("models");
    Files.copy(Path.of("scripts", "overnight.sh"), folder.resolve("overnight.sh"));
    Path charnn = Files.writeString(folder.resolve("charnn"), CHARNN);
    Files.setPosixFilePermissions(charnn, PosixFilePermissions.fromString("rwx------"));
  }

  private Result overnight(String list) throws IOException, InterruptedException {
    Files.deleteIfExists(folder.resolve("calls"));
    Path runs = Files.writeString(folder.resolve("runs"), list, UTF_8);
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                "bash",
                folder.resolve("overnight.sh").toString(),
                runs.toString(),
                models.toString())
            .redirectError(err.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    return new Result(process.waitFor(), Files.readString(err));
  }

  /** Returns the arguments behind the run's name, a line for each call. */
  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls")).stream()
        .map(call -> call.substring(call.indexOf("--name|") + "--name|".length()))
        .toList();
  }

  @Test
  void lineEndsAndMarksOfWindowsAreNoPartOfTheList() throws Exception {
    Result result =
        overnight("\ufeffa --corpus 'my book.txt' --steps 5\r\n\r\n# more\r\nb --steps 6\r");
    assertThat(result.code).as(result.err).isZero();
    assertThat(calls()).containsExactly("a|--corpus|my book.txt|--steps|5|", "b|--steps|6|");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x9",
        "a/b",
        "/x",
        ".x",
        "-x",
        "..",
        "a\\b",
        "a:b",
        "cafe\u0301",
        "lock",
        "results.txt",
        "bundled",
        "a.log"
      })
  void namesAreCheckedBeforeAnythingIsWritten(String name) throws Exception {
    Result result = overnight("good --steps 5\n" + name + " --steps 5\n");
    assertThat(result.code).isEqualTo(2);
    assertThat(result.err).contains("'" + name + "'");
    assertThat(models).doesNotExist();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("charnn", "overnight.sh", "runs", "err", "out");
    }
  }

  @Test
  void aLongNameIsRefused() throws Exception {
    assertThat(overnight("日".repeat(81) + " --steps 5").code).isEqualTo(2);
    assertThat(models).doesNotExist();
  }

  @Test
  void aLineThatIsAsItWasIsOnlyResumed() throws Exception {
    overnight("a --corpus t.txt --steps 5\n");
    assertThat(overnight("a   --corpus t.txt --steps 5\r\n").code).isZero();
    assertThat(calls()).containsExactly("a|--resume|");
  }

  @Test
  void anEditedLineIsPassedOn() throws Exception {
    overnight("a --init-from old --corpus t.txt --steps 5\n");
    Result edited = overnight("a --init-from old --corpus t.txt --steps 9\n");
    assertThat(edited.code).isZero();
    assertThat(edited.err).contains("the line of run 'a' was edited");
    assertThat(calls()).containsExactly("a|--resume|--corpus|t.txt|--steps|9|");
    assertThat(overnight("a --init-from old --corpus t.txt --steps 9\n").err)
        .doesNotContain("edited");
    assertThat(calls()).containsExactly("a|--resume|");
  }

  @Test
  void anEditThatIsRefusedIsToldEachTime() throws Exception {
    overnight("a --steps 5\n");
    for (int i = 0; i < 2; i++) {
      Result result = overnight("a --steps 5 --fail\n");
      assertThat(result.code).isEqualTo(1);
      assertThat(result.err).contains("was edited", "charnn: it cannot");
    }
  }

  @Test
  void aRunWithoutOptionsOrOfBeforeIsResumed() throws Exception {
    assertThat(overnight("a\n").code).isZero();
    assertThat(calls()).containsExactly("a|");
    Files.delete(models.resolve("a.options"));
    Result result = overnight("a --steps 5\n");
    assertThat(result.err).doesNotContain("edited");
    assertThat(calls()).containsExactly("a|--resume|--steps|5|");
  }
}
