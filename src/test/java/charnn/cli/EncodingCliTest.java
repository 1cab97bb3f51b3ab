package charnn.cli;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.Console;
import charnn.data.BadBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts in any encoding, from files and from standard input. */
class EncodingCliTest {
  private static final String TALE =
      "Die Hexe aß süße Äpfel und grüßte den alten König.\n".repeat(40);
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir private static Path folder;

  private record Result(int code, String out, String err) {}

  private static Result run(byte[] stdin, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(stdin),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            stdin.length == 0,
            false,
            false,
            80,
            folder);
    int code = Cli.run(args, console);
    return new Result(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static Result train(String name, Path corpus, String... more) {
    List<String> args =
        List.of("train", "--name", name, "--corpus", corpus.toString(), "--layers", "1");
    List<String> small =
        List.of("--hidden", "8", "--batch-size", "4", "--seq-length", "8", "--steps", "20");
    return run(
        new byte[0],
        Stream.of(args, small, Arrays.asList(more)).flatMap(List::stream).toArray(String[]::new));
  }

  @BeforeAll
  static void trainOnce() throws IOException {
    Files.writeString(folder.resolve("tale.txt"), TALE);
    assertThat(train("tale", folder.resolve("tale.txt")).code).isZero();
  }

  @Test
  void badBytesAreTheRunsOwn() throws IOException {
    byte[] bytes = TALE.getBytes(UTF_8);
    bytes[30] = (byte) 0xFF; // an ASCII letter
    Path file = Files.write(folder.resolve("damaged.txt"), bytes);
    Result refused = train("damaged", file);
    assertThat(refused.code).isEqualTo(1);
    assertThat(refused.err)
        .contains(
            "1 byte that is not valid UTF-8, the first 0xFF at offset 30", "--bad-bytes skip");
    assertThat(train("damaged", file, "--bad-bytes", "skip").code).isZero();
    assertThat(
            ModelFile.read(folder.resolve("models/damaged/last.zip"))
                .provenance()
                .decoding()
                .badBytes())
        .isEqualTo(BadBytes.SKIP);
    Result resumed = run(new byte[0], "train", "--resume", "--name", "damaged", "--steps", "25");
    assertThat(resumed.err).contains("left out");
    assertThat(resumed.code).isZero();
  }

  @Test
  void eachFileMayHaveAnEncodingOfItsOwn() throws IOException {
    Path one =
        Files.write(
            folder.resolve("one.txt"), "Schöne Küsse über Öl.\n".repeat(20).getBytes(WINDOWS));
    Charset koi8 = Charset.forName("KOI8-R");
    Path two =
        Files.write(folder.resolve("two.txt"), "Да здравствует чай.\n".repeat(20).getBytes(koi8));
    Result trained =
        train(
            "mixed",
            one,
            "--corpus",
            two.toString(),
            "--encoding",
            "windows-1252",
            "--encoding=two.txt=KOI8-R",
            "--encoding",
            "three.txt=GBK",
            "--validation",
            "0");
    assertThat(trained.err)
        .contains("--encoding three.txt=GBK names none of the texts that were read here");
    assertThat(trained.code).isZero();
    assertThat(ModelFile.read(folder.resolve("models/mixed/last.zip")).vocabulary().codePoints())
        .contains('ö', 'Ö', 'з', 'й');
    Result resumed = run(new byte[0], "train", "--resume", "--name", "mixed", "--steps", "25");
    assertThat(resumed.code).as(resumed.err).isZero();
    Result twice = train("twice", one, "--encoding", "GBK", "--encoding", "windows-1252");
    assertThat(twice.code).isEqualTo(2);
    assertThat(twice.err)
        .contains(
            "--encoding names two encodings for all files, GBK and windows-1252; name the files of one");
    assertThat(train("none", one, "--encoding", "one.txt=klingon").err)
        .contains("'klingon' is no known encoding");
  }

  @Test
  void standardInputIsDecodedAsFilesAre() {
    for (Charset charset : new Charset[] {WINDOWS, UTF_16LE, UTF_8}) {
      Result novelty =
          run(TALE.getBytes(charset), "novelty", "--corpus", folder.resolve("tale.txt").toString());
      assertThat(novelty.out).contains("100");
      assertThat(novelty.code).isZero();
      Result longer = run(TALE.getBytes(charset), "continue", "--model", "tale", "--length", "10");
      assertThat(longer.out).startsWith(TALE.strip());
    }
    assertThat(run(TALE.getBytes(WINDOWS), "continue", "--model", "tale", "--length", "1").err)
        .contains("standard input", "read as windows-1252", "\"aß\", \"süße\"");
  }

  @Test
  void continueTakesAnEncodingAndBadBytes() {
    byte[] greek = "Κάτι".getBytes(Charset.forName("ISO-8859-7"));
    Result given =
        run(greek, "continue", "--model", "tale", "--length", "1", "--encoding", "ISO-8859-7");
    assertThat(given.out).startsWith("Κάτι");
    byte[] damaged = TALE.getBytes(UTF_8);
    damaged[1] = 0;
    Result refused = run(damaged, "continue", "--model", "tale", "--length", "1");
    assertThat(refused.code).isEqualTo(1);
    assertThat(refused.err).contains("standard input has a NUL (zero byte), the first at offset 1");
    Result skipped =
        run(damaged, "continue", "--model", "tale", "--length", "1", "--bad-bytes=replace");
    assertThat(skipped.out).startsWith("De Hexe");
  }
}
