package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number that is not finite is never a result. */
class DamagedModelCliTest {
  private static final String TALE =
      "Once upon a time there was a miller who had a daughter, and she had a goose.\n".repeat(20);

  @TempDir private static Path folder;
  private static InProcess charnn;

  @BeforeAll
  static void damage() throws IOException {
    charnn = new InProcess(folder);
    Path tale = Files.writeString(folder.resolve("tale.txt"), TALE);
    Path empty = Files.createDirectories(folder.resolve("models"));
    InProcess.Result trained =
        charnn.line(
            "train --steps 5 --hidden 16 --layers 1 --batch-size 8 --seq-length 16 --name whole --corpus "
                + tale);
    assertThat(trained.code()).as(trained.err()).isZero();
    for (float value : new float[] {3e38f, 1e30f}) {
      Path damaged = folder.resolve(value == 3e38f ? "overflows.zip" : "large.zip");
      Files.copy(empty.resolve("whole").resolve("best.zip"), damaged);
      try (FileSystem zip = FileSystems.newFileSystem(damaged)) {
        Path entry = zip.getPath("coefficients.bin");
        byte[] coefficients = Files.readAllBytes(entry);
        for (int i = 1; i <= 100; i++) {
          float signed = i % 2 == 0 ? value : -value;
          ByteBuffer.wrap(coefficients)
              .putFloat(coefficients.length - 4 * i, value == 3e38f ? value : signed);
        }
        Files.write(entry, coefficients);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval --corpus TALE --model OVERFLOWS",
        "eval --corpus TALE --model OVERFLOWS --json",
        "eval --corpus TALE --model OVERFLOWS --protocol dynamic",
        "eval --corpus TALE --model OVERFLOWS --protocol windows --context 20 --engine scalar",
        "sample --model OVERFLOWS",
        "sample --model OVERFLOWS --temperature 0",
        "continue Once --model OVERFLOWS",
        "info --model OVERFLOWS",
        "info --model OVERFLOWS --json",
        "train --corpus TALE --init-from OVERFLOWS --steps 5",
      })
  void aModelWhoseSumsOverflowIsRefusedInALine(String line) {
    InProcess.Result result = run(line);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .contains("overflows.zip is broken", "coefficients.bin", "too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --json", " --protocol windows --context 20", " --protocol dynamic"})
  void aScoreThatIsNoFigureIsRefusedInALine(String options) {
    InProcess.Result result = run("eval --corpus TALE --model LARGE" + options);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("no usable figure").doesNotContain("internal error");
  }

  @Test
  void aModelOfLargeNumbersStillWrites() {
    assertThat(run("sample --model LARGE --length 20 --raw").out()).hasSize(20);
    assertThat(run("sample --model LARGE --model LARGE --length 20 --raw").out()).hasSize(20);
    assertThat(run("sample --model LARGE --length 20 --raw --best-of 3").out()).hasSize(20);
    InProcess.Result json = run("sample --model LARGE --length 20 --json --top 3");
    assertThat(json.code()).as(json.err()).isZero();
    assertThat(json.out()).doesNotContain("NaN", "Infinity");
  }

  private static InProcess.Result run(String line) {
    return charnn.line(
        line.replace("TALE", folder.resolve("tale.txt").toString())
            .replace("OVERFLOWS", folder.resolve("overflows.zip").toString())
            .replace("LARGE", folder.resolve("large.zip").toString()));
  }
}
