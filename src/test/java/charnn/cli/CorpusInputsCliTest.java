package charnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.Console;
import charnn.data.input.Packed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All commands take the same inputs. */
class CorpusInputsCliTest {
  private static final String ONE = "The miller had a daughter. She was fair. ".repeat(20) + "\n";
  private static final String TWO = "The king had a son, who was not so clever. ".repeat(20) + "\n";

  @TempDir private Path folder;

  @BeforeEach
  void writeBooks() throws IOException {
    Path books = Files.createDirectory(folder.resolve("books"));
    Files.writeString(books.resolve("one.txt"), ONE);
    Files.writeString(books.resolve("two.txt"), TWO);
    Files.write(books.resolve("cover.jpg"), new byte[] {-1, -40, -1, 0, 0});
    Files.write(folder.resolve("books.zip"), Packed.zip("one.txt", ONE, "x/two.txt", TWO));
    Files.writeString(
        folder.resolve("books.list"), "# both\nbooks/one.txt\nbooks.zip!/x/two.txt\n");
  }

  private CommandRun run(String... args) {
    return CommandRun.of(folder, args);
  }

  private CommandRun train(String name, String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--hidden", "8", "--layers", "1"));
    args.addAll(List.of("--steps", "4", "--batch-size", "2", "--seq-length", "8"));
    args.addAll(name.isEmpty() ? List.of() : List.of("--name", name));
    args.addAll(Arrays.asList(more));
    return run(args.toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String textOf(String run) throws IOException {
    return ModelFile.read(folder.resolve("models").resolve(run).resolve("last.zip"))
        .provenance()
        .textSha256();
  }

  @Test
  void aFolderAnArchiveAndAListAreOneText() throws IOException {
    CommandRun first = train("folder", "--corpus", path("books"));
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("left out, being no text: " + path("books/cover.jpg"));
    assertThat(train("archive", "--corpus", path("books.zip")).code()).isZero();
    assertThat(train("list", "--corpus-list", path("books.list")).code()).isZero();
    assertThat(textOf("archive")).isEqualTo(textOf("folder"));
    assertThat(textOf("list")).isEqualTo(textOf("folder"));
  }

  @Test
  void aRunOnAFolderOrAnArchiveIsResumedFromWhatItRead() throws IOException {
    for (String corpus : List.of("books", "books.zip")) {
      assertThat(train("run", "--corpus", path(corpus)).code()).isZero();
      Files.writeString(folder.resolve("books/three.txt"), "Another book, which came later.\n");
      CommandRun resumed = run("train", "--resume", "--name", "run", "--steps", "8");
      assertThat(resumed.code()).as(resumed.err()).isZero();
      assertThat(ModelFile.read(folder.resolve("models/run/last.zip")).progress().step())
          .isEqualTo(8);
      CommandRun.of(folder, "info", "--model", "run");
      try (var files = Files.walk(folder.resolve("models/run"))) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    assertThat(train("gone", "--corpus", path("books.zip") + "!/one.txt").code()).isZero();
    Files.delete(folder.resolve("books.zip"));
    assertThat(run("train", "--resume", "--name", "gone", "--steps", "8").err())
        .contains(path("books.zip") + "!/one.txt, the text of run 'gone' is not there");
  }

  @Test
  void standardInputMayBePackedAndCannotBeResumed() throws IOException {
    CommandRun run =
        CommandRun.withInput(
            Packed.gzip(ONE.getBytes(UTF_8)),
            folder,
            ("train --hidden 8 --layers 1 --steps 4 --batch-size 2 --seq-length 8 --corpus -")
                .split(" "));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("the text comes from a pipe");
    assertThat(folder.resolve("models/The-miller-had")).isDirectory();
    assertThat(run("train", "--resume", "--name", "The-miller-had", "--steps", "8").err())
        .contains("came from a pipe; name a file of the same text");
  }

  @Test
  void runsAreNamedAfterTheirFirstInput() throws IOException {
    Files.write(folder.resolve("grimm.txt.gz"), Packed.gzip(ONE.getBytes(UTF_8)));
    train("", "--corpus", path("books"));
    train("", "--corpus", path("books.zip") + "!/x/two.txt");
    train("", "--corpus", path("grimm.txt.gz"));
    for (String name : List.of("books", "two", "grimm")) {
      assertThat(folder.resolve("models").resolve(name)).isDirectory();
    }
  }

  @Test
  void otherCommandsTakeThemToo() throws IOException {
    assertThat(train("run", "--corpus", path("books"), "--direction", "both").code()).isZero();
    String zip = path("books.zip");
    CommandRun whole = run("eval", "--model", "run", "--json", "--corpus", path("books/two.txt"));
    assertThat(whole.code()).as(whole.err()).isZero();
    CommandRun some = run("eval", "--model", "run", "--json", "--corpus", zip, "--include", "x/*");
    assertThat(some.out()).isEqualTo(whole.out());
    for (String line :
        List.of(
            "plan --hidden 8 --steps 10 --corpus ZIP",
            "novelty --corpus-list LIST FILE",
            "sample --model run --length 20 --max-copy 30 --corpus ZIP --include *.txt",
            "continue --model run --length 20 --max-copy 30 --corpus ZIP The",
            "fill --model run --measure 2 --gap 1 --corpus ZIP",
            "proofread --model run --measure --errors 20 --corpus ZIP")) {
      String[] args =
          line.replace("ZIP", zip)
              .replace("LIST", path("books.list"))
              .replace("FILE", path("books/one.txt"))
              .split(" ");
      CommandRun run = run(args);
      assertThat(run.code()).as("%s: %s", line, run.err()).isZero();
    }
  }

  @Test
  void aTextThatDoesNotFitInMemoryIsToldAsOne() {
    InputStream full =
        new InputStream() {
          @Override
          public int read() {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(err, true, UTF_8);
    Console console = new Console(full, out, out, false, false, false, 80, folder);
    assertThat(Cli.run(new String[] {"plan", "--corpus", "-"}, console)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("charnn: the text takes more memory than Java may use (")
        .contains("allow more with CHARNN_JAVA_OPTS=-Xmx8g")
        .hasLineCount(1);
  }

  @Test
  void whatIsWrongIsSaid() {
    String[][] cases = {
      {"train --include *.txt", "--include chooses from a folder or an archive; name it with"},
      {"train --include [ --corpus BOOKS", "--include must be a glob such as '*.txt', got '['"},
      {
        "train --corpus BOOKS --include *.md", "no text in BOOKS has a name that --include asks for"
      },
      {"train --corpus BOOKS.zip!/no.txt", "cannot find no.txt in BOOKS.zip; check the name"},
      {"train --corpus-list BOOKS.none", "cannot find BOOKS.none; check the path"},
      {"train --corpus ftp://x.org/a?b", "addresses begin with https:// or http://"},
      {"eval --model none", "eval needs --corpus FILE"},
    };
    for (String[] one : cases) {
      CommandRun run = run(one[0].replace("BOOKS", path("books")).split(" "));
      assertThat(run.code()).as(one[0]).isNotZero();
      assertThat(run.err()).as(one[0]).contains(one[1].replace("BOOKS", path("books")));
      assertThat(run.err().lines().count()).as(run.err()).isLessThanOrEqualTo(2);
    }
    assertThat(CommandRun.withInput("A text.", folder, "novelty", "--corpus", "-").err())
        .contains("standard input is the text to compare");
    assertThat(
            CommandRun.withInput("A text.", folder, "continue", "--max-copy", "30", "--corpus", "-")
                .err())
        .contains("standard input is the text to continue");
  }
}
