package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.console.ExitCode;
import charnn.data.Corpus;
import charnn.data.web.WebServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Texts from the web as corpora, and {@code charnn corpus fetch}, from a server on this machine.
 */
class WebCorpusCliTest {
  private static final byte[] TALE =
      "Once upon a time there was a miller.\n".repeat(30).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("charnn.cache", folder.resolve("cache").toString());
    server = new WebServer((request, out) -> answer(request.target(), out));
  }

  @AfterEach
  void stop() {
    System.clearProperty("charnn.cache");
    server.close();
  }

  private static void answer(String path, OutputStream out) throws IOException {
    switch (path) {
      case "/tale.txt", "/m/cache/epub/12/pg12.txt" -> WebServer.whole(out, TALE);
      case "/books.zip" -> WebServer.whole(out, zip());
      default -> WebServer.head(out, "404 Not Found", "Content-Length: 0");
    }
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("a/tale.txt", "b.txt")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(
            name.equals("b.txt") ? "another".repeat(20).getBytes(StandardCharsets.UTF_8) : TALE);
      }
    }
    return bytes.toByteArray();
  }

  private CommandRun run(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.addAll(List.of(more));
    return CommandRun.of(folder, args.toArray(String[]::new));
  }

  private CommandRun done(String command, String... more) {
    CommandRun run = run(command, more);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  @Test
  void aRunOnAnAddressIsResumedFromWhatWasFetched() throws IOException {
    String address = server.url("/tale.txt");
    done("train --hidden 4 --steps 2 --corpus", address);
    assertThat(done("info --model tale").out())
        .contains("tale.txt (1,110 bytes, SHA-256 " + Corpus.sha256(TALE).substring(0, 12));
    done("train --resume --name tale --steps 3");
    assertThat(server.requests()).hasSize(1);
    assertThat(done("eval --model tale --corpus", address).out()).contains("1,109");
    assertThat(server.requests()).hasSize(1);

    for (Path file : files()) {
      Files.delete(file);
    }
    CommandRun lost = run("train --resume --name tale --steps 4");
    assertThat(lost.code()).isEqualTo(ExitCode.FAILED.code());
    assertThat(lost.err())
        .contains(
            address
                + ", the text of run 'tale', is no longer among the downloads; fetch it again: charnn corpus fetch "
                + address);
    assertThat(server.requests()).hasSize(1);
    done("corpus fetch", address);
    done("train --resume --name tale --steps 4");
    assertThat(server.requests()).hasSize(2);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
      return all.filter(file -> file.endsWith("text")).toList();
    }
  }

  @Test
  void anEntryOfAnArchiveInTheWebIsRead() {
    String entry = server.url("/books.zip!/a/tale.txt");
    done("train --hidden 4 --steps 2 --name entry --corpus", entry);
    done("train --resume --name entry --steps 3");
    assertThat(done("corpus info --json", entry).out()).contains("\"characters\": 1110");
    assertThat(done("corpus info --json", server.url("/books.zip")).out()).contains("\"texts\": 2");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aListMayNameAddresses() throws IOException {
    Path list =
        Files.writeString(folder.resolve("list"), server.url("/tale.txt") + "\n# no more\n");
    assertThat(done("corpus info --json --corpus-list", list.toString()).out())
        .contains("\"characters\": 1110");
  }

  @Test
  void whatIsFetchedIsPrintedAndMayBeCopied() throws IOException {
    Path books = folder.resolve("books");
    String[] args = {
      "12", server.url("/tale.txt"), "--mirror", server.url("/m"), "--to", books.toString()
    };
    CommandRun run = done("corpus fetch", args);
    assertThat(run.out().lines())
        .containsExactly(
            books.resolve("pg12.txt").toString(), books.resolve("tale.txt").toString());
    assertThat(run.err())
        .contains("gutenberg:12: 1,110 bytes from " + server.url("/m/cache/epub/12/pg12.txt"))
        .contains("SHA-256 " + Corpus.sha256(TALE));
    assertThat(books.resolve("pg12.txt")).hasBinaryContent(TALE);
    done("corpus fetch", args);
    assertThat(server.requests()).hasSize(2);
    done("corpus fetch --again", server.url("/tale.txt"));
    assertThat(server.requests()).hasSize(3);
    Files.writeString(books.resolve("pg12.txt"), "mine");
    CommandRun other = run("corpus fetch", args);
    assertThat(other.code()).isEqualTo(ExitCode.FAILED.code());
    assertThat(other.err()).contains("pg12.txt is there already, with another text");
    assertThat(books.resolve("pg12.txt")).hasContent("mine");
  }

  @Test
  void whatIsNotThereIsSaid() {
    for (String command :
        List.of("train --corpus", "corpus fetch", "corpus info", "novelty --corpus")) {
      CommandRun run =
          CommandRun.withInput("a text", folder, (command + " " + server.url("/no")).split(" "));
      assertThat(run.code()).isEqualTo(ExitCode.FAILED.code());
      assertThat(run.err())
          .contains("cannot find " + server.url("/no") + " (404); check the address");
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --corpus ftp://a.org/b | addresses begin with https:// or http://",
        "train --corpus gutenberg:x | give its number, for instance gutenberg:2591",
        "corpus fetch grimm | 'grimm' is neither the number of a book, such as 2591, nor an address with http",
        "corpus fetch 0 | is no book",
        "corpus fetch 1 --mirror x | begin with https:// or http://",
        "corpus fetch | NUMBER",
      })
  void whatIsNoAddressIsWrongUsage(String command, String message) {
    CommandRun run = run(command);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains(message);
  }
}
