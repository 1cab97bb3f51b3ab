package charnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.Console;
import charnn.model.Models;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sun.misc.Signal;

/** {@code charnn serve}. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ServeCliTest {
  private static final Pattern ADDRESS = Pattern.compile("open (http://[^ /]+/)");

  @TempDir private Path folder;
  private final ExecutorService background = Executors.newSingleThreadExecutor();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Future<Integer> running;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("models/tale"));
    ModelFile.write(folder.resolve("models/tale/best.zip"), Models.random("abc de.\n", 9, 1), null);
  }

  @AfterEach
  void end() {
    background.shutdownNow(); // which stops a server that still runs
  }

  /** Starts the server, and returns its address. */
  private String start(String... args) throws InterruptedException {
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            false,
            80,
            folder);
    String[] all = new String[args.length + 3];
    all[0] = "serve";
    all[1] = "--port";
    all[2] = "0";
    System.arraycopy(args, 0, all, 3, args.length);
    running = background.submit(() -> Cli.run(all, console));
    while (true) {
      Matcher address = ADDRESS.matcher(err.toString(UTF_8));
      if (address.find()) {
        return address.group(1);
      }
      assertThat(running.isDone()).as(err.toString(UTF_8)).isFalse();
      Thread.sleep(5);
    }
  }

  private static HttpResponse<String> post(String address, String body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address + "v1/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String text(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonParser.parseString(response.body())
        .getAsJsonObject()
        .getAsJsonArray("choices")
        .get(0)
        .getAsJsonObject()
        .get("text")
        .getAsString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are others there")
  void itServesUntilASignal(String signal) throws Exception {
    String address = start();
    assertThat(err.toString(UTF_8)).contains("serving the model tale", "open http://127.0.0.1:");
    String body = "{\"prompt\": \"ab\", \"max_tokens\": 80, \"temperature\": 0.8, \"seed\": 5}";
    String served = text(post(address, body));
    Signal.raise(new Signal(signal));
    assertThat(running.get()).isZero();
    assertThat(out.toString(UTF_8)).isEmpty();
    CommandRun same =
        CommandRun.of(folder, "sample", "--raw", "--prompt", "ab", "--length", "80", "--seed", "5");
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(served).isEqualTo(same.out());
  }

  @Test
  void withoutAPromptItIsTheTextOfSample() throws Exception {
    String address = start("--quiet");
    String served =
        text(
            post(
                address,
                "{\"max_tokens\": 60, \"seed\": 3, \"temperature\": 0.8, \"stop\": "
                    + new JsonPrimitive("zz")
                    + "}"));
    CommandRun same = CommandRun.of(folder, "sample", "--raw", "--length", "60", "--seed", "3");
    assertThat(served).isEqualTo(same.out());
    assertThat(err.toString(UTF_8)).startsWith("charnn: open http").hasLineCount(1);
  }

  @Test
  void otherMachinesAreToldTheToken() throws Exception {
    String address = start("--host", "0.0.0.0");
    assertThat(post(address, "{}").statusCode()).isEqualTo(401);
    String said = err.toString(UTF_8);
    Matcher token = Pattern.compile("open http://127.*/#token=([0-9a-f]{32})\n").matcher(said);
    assertThat(token.find()).isTrue();
    assertThat(said).contains("on other machines", "Authorization: Bearer " + token.group(1));
  }

  @Test
  void aRunThatIsSavedLaterIsServed() throws Exception {
    Files.delete(folder.resolve("models/tale/best.zip"));
    String address = start();
    assertThat(err.toString(UTF_8)).contains("there is no model in", "charnn train");
    HttpResponse<String> none = post(address, "{}");
    assertThat(none.statusCode()).isEqualTo(404);
    write();
    assertThat(text(post(address, "{\"max_tokens\": 5}"))).hasSize(5);
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun run =
          CommandRun.of(folder, "serve", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("port " + taken.getLocalPort(), "--port (0 takes a free one)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--host=127.0.0.1 --texts 5000 | 2 | --texts must be 1 to 1,024, got 5,000",
        "--texts 0 | 2 | --texts must be 1",
        "--queue -1 | 2 | --queue must be 0",
        "--timeout 0 | 2 | --timeout must be 1",
        "--host= | 2 | --host needs an address",
        "--model= | 2 | --model needs",
        "--model none | 1 | there is no model 'none'",
        "--host 192.0.2.1 | 2 | of 192.0.2.1 cannot be used",
        "--threads 0 | 2 | --threads must be",
      })
  void whatCannotBeIsNamed(String options, int code, String message) {
    String[] args = ("serve --port 0 " + options).split(" ");
    CommandRun run = CommandRun.of(folder, args);
    assertThat(run.err()).contains(message);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
  }
}
