package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.model.Model;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corpora in the cache, and {@code charnn corpus clean}. */
class CorpusCliTest {
  private static final String TRAIN = "train --corpus TALE --hidden 2 --layers 1 --steps 1";

  @TempDir private Path folder;

  private Path text;

  @BeforeEach
  void makeText() throws IOException {
    text =
        Files.writeString(
            folder.resolve("tale.txt"),
            Files.readString(Path.of("corpora/tales.txt")).substring(0, 60_000));
  }

  private CommandRun run(String above, String line) {
    return run(Map.of("CHARNN_CACHE_ABOVE", above), "", line);
  }

  private CommandRun run(Map<String, String> environment, String in, String line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        Console.withEnvironment(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            folder,
            environment::get);
    int code = Cli.run(line.replace("TALE", text.toString()).split(" "), console);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private List<String> cached() throws IOException {
    if (!Files.exists(folder.resolve("cache"))) {
      return List.of();
    }
    try (var files = Files.list(folder.resolve("cache"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".corpus"))
          .toList();
    }
  }

  private Model last(String name) throws IOException {
    return ModelFile.read(folder.resolve("models").resolve(name).resolve("last.zip"));
  }

  private void assertSameBits(String one, String other) throws IOException {
    Model first = last(one);
    Model second = last(other);
    assertThat(first.sha256()).isEqualTo(second.sha256());
    assertThat(first.network().parameters()).isEqualTo(second.network().parameters());
    assertThat(first.provenance().textSha256()).isEqualTo(second.provenance().textSha256());
    assertThat(first.provenance().text()).isEqualTo(second.provenance().text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " --windows random --direction backward --dropout 0.2",
        " --records blank-line",
      })
  void aMappedTextTrainsToTheSameBits(String more) throws IOException {
    String train = "train --corpus TALE --hidden 16 --steps 40 --seed 5" + more;
    CommandRun inMemory = run("none", train + " --name memory");
    assertThat(inMemory.code()).as(inMemory.err()).isZero();
    assertThat(cached()).isEmpty();
    CommandRun mapped = run("0", train + " --name mapped");
    assertThat(mapped.code()).as(mapped.err()).isZero();
    assertThat(cached()).hasSize(1);
    assertSameBits("memory", "mapped");
    // found in the cache, in two parts, and resumed from either
    String part = train.replace("--steps 40", "--steps 25");
    assertThat(run("0", part + " --name parts").code()).isZero();
    CommandRun resumed = run("0", "train --resume --name parts --steps 40");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(run("0", part + " --name mixed").code()).isZero();
    assertThat(run("none", "train --resume --name mixed --steps 40").code()).isZero();
    assertThat(last("parts").network().parameters())
        .isEqualTo(last("mixed").network().parameters());
    assertThat(cached()).hasSize(1);
  }

  @Test
  void aTextIsEvaluatedAndPlannedTheSame() throws IOException {
    assertThat(run("0", "train --corpus TALE --hidden 8 --steps 10 --name t").code()).isZero();
    Path other =
        Files.writeString(folder.resolve("other.txt"), "Ж unknown ξ characters 中\n".repeat(99));
    for (String line :
        List.of(
            "eval --model t --corpus TALE",
            "eval --model t --corpus TALE --validation",
            "eval --model t --corpus TALE --validation --whole",
            "eval --model t --protocol dynamic --corpus " + other,
            "eval --model t --protocol windows --context 20 --count 30 --corpus " + other)) {
      CommandRun mapped = run("0", line);
      assertThat(mapped.code()).as(mapped.err()).isZero();
      CommandRun inMemory = run("none", line);
      assertThat(mapped.out()).isEqualTo(inMemory.out());
      assertThat(mapped.err()).isEqualTo(inMemory.err());
    }
    assertThat(run("0", "plan --corpus TALE --steps 100").code()).isZero();
    assertThat(cached()).hasSize(2);
    assertThat(run("0", "novelty --corpus TALE " + other).code()).isZero(); // in memory
    assertThat(cached()).hasSize(2);
  }

  @Test
  void aVocabularyIsExtendedFromTheCache() throws IOException {
    assertThat(run("none", "train --corpus TALE --hidden 8 --steps 5 --name first").code())
        .isZero();
    text = Files.writeString(folder.resolve("new.txt"), "Ελληνικά and 中文 words.\n".repeat(400));
    String train = "train --init-from first --corpus TALE --hidden 8 --steps 10";
    assertThat(run("none", train + " --name memory").code()).isZero();
    CommandRun mapped = run("0", train + " --name mapped");
    assertThat(mapped.code()).as(mapped.err()).isZero();
    assertThat(mapped.err()).contains("; the text adds ");
    assertSameBits("memory", "mapped");
  }

  @Test
  void aPipeIsEncodedAndNamedByItsWords() throws IOException {
    CommandRun piped =
        run(
            Map.of("CHARNN_CACHE_ABOVE", "0"),
            "Three old words, and more of them.\n".repeat(300),
            "train --corpus - --hidden 4 --steps 2");
    assertThat(piped.code()).as(piped.err()).isZero();
    assertThat(piped.err()).contains("training run 'Three-old-words'");
    assertThat(folder.resolve("cache")).exists();
    assertThat(cached()).isEmpty();
  }

  @Test
  void cleanListsAndFrees() throws IOException {
    CommandRun none = run("0", "corpus clean");
    assertThat(none.code()).isZero();
    assertThat(none.out()).isEqualTo(folder.resolve("cache") + " holds no encoded corpus\n");
    assertThat(folder.resolve("cache")).doesNotExist();
    assertThat(run("0", TRAIN).code()).isZero();
    assertThat(run("0", TRAIN + " --name second --keep-boilerplate").code()).isZero();
    assertThat(cached()).hasSize(2);
    CommandRun listed = run("0", "corpus clean");
    assertThat(listed.out()).contains("kept", "tale.txt", "60,0");
    assertThat(listed.err()).contains("to free them: charnn corpus clean --yes, or an ID");
    assertThat(cached()).hasSize(2);
    String id = cached().get(0).substring(0, 8);
    CommandRun freed = run("0", "corpus clean --json " + id);
    assertThat(freed.code()).isZero();
    assertThat(freed.out()).contains("\"state\": \"freed\"", "\"state\": \"kept\"");
    assertThat(cached()).hasSize(1);
    CommandRun unknown = run("0", "corpus clean " + id);
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(unknown.err()).contains("the cache holds no corpus " + id);
    assertThat(run("0", "corpus clean --yes").out()).contains("freed");
    assertThat(cached()).isEmpty();
  }

  @Test
  void theCommandListsItsCommands() {
    assertThat(run("0", "corpus").out()).contains("clean");
    assertThat(run("0", "help corpus clean").out()).contains("--yes");
  }

  @Test
  void theEnvironmentIsChecked() {
    CommandRun wrong = run("many", "plan --corpus TALE --steps 10");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(wrong.err())
        .contains("CHARNN_CACHE_ABOVE is many; set it to a number of megabytes or to none");
    CommandRun elsewhere =
        run(
            Map.of(
                "CHARNN_CACHE_ABOVE", "0", "CHARNN_CACHE", folder.resolve("elsewhere").toString()),
            "",
            TRAIN);
    assertThat(elsewhere.code()).as(elsewhere.err()).isZero();
    assertThat(folder.resolve("elsewhere/locks")).exists();
    assertThat(folder.resolve("cache")).doesNotExist();
  }
}
