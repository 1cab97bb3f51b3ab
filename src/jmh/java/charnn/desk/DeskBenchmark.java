package charnn.desk;

import charnn.checkpoint.ModelFile;
import charnn.data.DecodingSettings;
import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From a key to the screen with its proposal: a letter is typed in the middle of a text, the model
 * reads it, proposes six words, and the window is laid out anew. The model is the bundled one, the
 * text the bundled tales, repeated; without threads and a terminal.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DeskBenchmark {
  /** Characters of the text. */
  @Param({"2000", "200000"})
  public int length;

  private ThreadTeam workers;
  private Proposer proposer;
  private String text;
  private byte[] keys; // what is typed, from another place of the tales
  private Path folder;
  private Session session;
  private Proposals.Request request;
  private int typed;

  @Setup
  public void load() throws IOException {
    Model model = ModelFile.read(Path.of("models/bundled.zip"));
    workers = EngineType.fastest().workers(1);
    proposer =
        new Proposer(
            new SingleModel(EngineType.fastest().create(workers), model),
            model.provenance().decoding()::normalized,
            1);
    String tales = Files.readString(Path.of("corpora/tales.txt"));
    keys = tales.replace('\n', ' ').getBytes(StandardCharsets.US_ASCII);
    text = tales.repeat(length / tales.length() + 1).substring(0, length);
    folder = Files.createTempDirectory("desk");
  }

  /** The text grows within an iteration only. */
  @Setup(Level.Iteration)
  public void open() throws IOException {
    Document document = new Document(text);
    document.moveTo(text.indexOf("\n\n", length / 2) + 1);
    TextStore store = TextStore.open(folder.resolve("none.txt"), new DecodingSettings(null, false));
    session = new Session(document, new Autosave(document, store, news -> {}), this::ask, 0.5, 6);
    session.resize(200, 50);
    session.update();
    answer();
  }

  @TearDown
  public void close() throws IOException {
    workers.close();
    Files.delete(folder);
  }

  private void ask(Proposals.Request asked) {
    request = asked;
  }

  private void answer() {
    if (request != null) {
      String proposal =
          proposer.propose(request.context(), request.begun(), request.settings(), () -> false);
      session.handle(new Event.Proposed(new Proposals.Answer(request.number(), proposal, null)));
      request = null;
    }
  }

  /** Types one character. */
  @Benchmark
  public View.Frame key() {
    session.handle(new Event.Bytes(new byte[] {keys[typed++ % keys.length]}));
    session.update();
    answer();
    return session.frame();
  }
}
