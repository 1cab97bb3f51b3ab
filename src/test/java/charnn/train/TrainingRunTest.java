package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.engine.EngineKind;
import charnn.engine.Workers;
import charnn.model.Model;
import charnn.model.ModelFile;
import charnn.model.Progress;
import charnn.model.Recipe;
import charnn.model.RunDirectory;
import charnn.text.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingRunTest {
  private static final String TEXT = "the cat sat on the mat. a rat ran to the cat. ".repeat(30);

  private static final Workers ONE = new Workers(1);
  private static final Workers TWO = new Workers(2);

  @TempDir private Path folder;

  private Corpus corpus(String text) throws IOException {
    return Corpus.read(
        List.of(Files.writeString(folder.resolve("text.txt"), text)),
        new Corpus.Reading(null, false));
  }

  private static TrainingSettings settings(Recipe.Order windows, RunLength length) {
    return new TrainingSettings(2, 6, 5, 7, 0.2, 0.01, 0.1, windows, 3, length);
  }

  private RunDirectory directory(String name) throws IOException {
    return new RunDirectory(Files.createDirectories(folder.resolve(name)));
  }

  private TrainingRun create(RunDirectory directory, TrainingSettings settings) throws IOException {
    return TrainingRun.create(
        settings, corpus(TEXT), directory, EngineKind.SCALAR, TWO, note -> {});
  }

  private TrainingRun resume(RunDirectory directory, RunLength length) throws IOException {
    return TrainingRun.resume(
        ModelFile.readCheckpoint(directory.last()),
        corpus(TEXT),
        length,
        directory,
        EngineKind.SCALAR,
        ONE,
        note -> {});
  }

  /** Interrupts when asked for the n-th time. */
  private static BooleanSupplier after(int steps) {
    int[] asked = {0};
    return () -> asked[0]++ == steps;
  }

  private static final class Recorder implements TrainingListener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void reported(Metrics metrics) {
      events.add(metrics.step() + " " + metrics.training() + " " + metrics.learningRate());
    }

    @Override
    public void evaluated(Progress.Evaluation evaluation, boolean best) {
      events.add(evaluation + " " + best);
    }

    @Override
    public void sampled(long step, String text) {
      events.add(step + " " + text);
    }
  }

  @ParameterizedTest
  @EnumSource(Recipe.Order.class)
  void anInterruptedRunEndsAsAnUninterruptedOne(Recipe.Order windows) throws IOException {
    TrainingSettings settings = settings(windows, new RunLength.Steps(110));
    Recorder whole = new Recorder();
    RunDirectory straight = directory("straight");
    assertThat(create(straight, settings).run(whole, () -> false))
        .isEqualTo(TrainingRun.Outcome.FINISHED);

    Recorder pieces = new Recorder();
    RunDirectory broken = directory("broken");
    assertThat(create(broken, settings).run(pieces, after(1)))
        .isEqualTo(TrainingRun.Outcome.INTERRUPTED);
    for (int steps : new int[] {0, 12, 36, 37, 5}) {
      assertThat(resume(broken, null).run(pieces, after(steps)))
          .isEqualTo(TrainingRun.Outcome.INTERRUPTED);
    }
    assertThat(resume(broken, null).run(pieces, () -> false))
        .isEqualTo(TrainingRun.Outcome.FINISHED);

    assertThat(pieces.events).isEqualTo(whole.events);
    ModelFile.Checkpoint expected = ModelFile.readCheckpoint(straight.last());
    ModelFile.Checkpoint actual = ModelFile.readCheckpoint(broken.last());
    assertThat(actual.model().network().parameters())
        .isEqualTo(expected.model().network().parameters());
    assertThat(actual.model().progress().evaluations())
        .isEqualTo(expected.model().progress().evaluations());
    assertThat(actual.training().orElseThrow().mean())
        .isEqualTo(expected.training().orElseThrow().mean());
    assertThat(actual.training().orElseThrow().variance())
        .isEqualTo(expected.training().orElseThrow().variance());
    assertThat(actual.training().orElseThrow().carried().cell())
        .isDeepEqualTo(expected.training().orElseThrow().carried().cell());
    assertThat(ModelFile.read(broken.best()).network().parameters())
        .isEqualTo(ModelFile.read(straight.best()).network().parameters());
  }

  @Test
  void learns() throws IOException {
    RunDirectory directory = directory("run");
    create(directory, settings(Recipe.Order.STREAM, new RunLength.Epochs(40)))
        .run(new Recorder(), () -> false);
    List<Progress.Evaluation> evaluations =
        ModelFile.read(directory.last()).progress().evaluations();
    double first = evaluations.get(0).heldOut().loss();
    double best = ModelFile.read(directory.last()).progress().bestLoss();
    assertThat(best).isLessThan(first / 2).isLessThan(1.2);
  }

  @Test
  void theBestModelHasTheLowestHeldOutLossAndTellsNoPath() throws IOException {
    RunDirectory directory = directory("run");
    create(directory, settings(Recipe.Order.STREAM, new RunLength.Steps(200)))
        .run(new Recorder(), () -> false);
    Model best = ModelFile.read(directory.best());
    Model last = ModelFile.read(directory.last());
    List<Progress.Evaluation> made = best.progress().evaluations();
    assertThat(made.get(made.size() - 1).heldOut().loss()).isEqualTo(last.progress().bestLoss());
    assertThat(best.provenance().corpus().get(0).path()).isNull();
    assertThat(last.provenance().corpus().get(0).path())
        .isEqualTo(folder.resolve("text.txt").toString());
  }

  @Test
  void withoutHeldOutTextTheLatestModelIsTheBest() throws IOException {
    TrainingSettings settings =
        new TrainingSettings(
            1, 6, 5, 7, 0, 0.01, 0, Recipe.Order.STREAM, 3, new RunLength.Steps(30));
    RunDirectory directory = directory("run");
    create(directory, settings).run(new Recorder(), () -> false);
    assertThat(ModelFile.read(directory.best()).network().parameters())
        .isEqualTo(ModelFile.read(directory.last()).network().parameters());
  }

  @Test
  void moreStepsExtendAFinishedRun() throws IOException {
    RunDirectory directory = directory("run");
    create(directory, settings(Recipe.Order.STREAM, new RunLength.Steps(20)))
        .run(new Recorder(), () -> false);
    assertThat(resume(directory, null).isFinished()).isTrue();
    resume(directory, new RunLength.Steps(30)).run(new Recorder(), () -> false);
    assertThat(ModelFile.read(directory.last()).progress().step()).isEqualTo(30);
    assertThatThrownBy(() -> resume(directory, new RunLength.Steps(10)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("already made 30 steps");
  }

  @Test
  void anotherTextIsRefused() throws IOException {
    RunDirectory directory = directory("run");
    create(directory, settings(Recipe.Order.STREAM, new RunLength.Steps(5)))
        .run(new Recorder(), () -> false);
    assertThatThrownBy(
            () ->
                TrainingRun.resume(
                    ModelFile.readCheckpoint(directory.last()),
                    corpus(TEXT + "!"),
                    null,
                    directory,
                    EngineKind.SCALAR,
                    ONE,
                    note -> {}))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another text (text.txt)");
  }

  @Test
  void aTextShorterThanAWindowIsRefused() throws IOException {
    Corpus tiny = corpus("too short");
    assertThatThrownBy(
            () ->
                TrainingRun.create(
                    TrainingSettings.DEFAULT,
                    tiny,
                    directory("run"),
                    EngineKind.SCALAR,
                    ONE,
                    note -> {}))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("too short");
  }

  @Test
  void aTextShorterThanABatchIsReadInOverlappingStreams() throws IOException {
    Corpus small = corpus("abcabcabcabcabcabcabcabcabcabcabcabcabc");
    TrainingSettings settings =
        new TrainingSettings(
            1, 4, 64, 16, 0, 0.05, 0, Recipe.Order.STREAM, 1, new RunLength.Steps(60));
    RunDirectory directory = directory("run");
    TrainingRun run =
        TrainingRun.create(settings, small, directory, EngineKind.SCALAR, ONE, note -> {});
    run.run(new Recorder(), () -> false);
    assertThat(run.progress().step()).isEqualTo(60);
  }

  @Test
  void dl4jTrainsOnWindowsFromZeroStateOnly() throws IOException {
    TrainingSettings stream = settings(Recipe.Order.STREAM, new RunLength.Steps(3));
    TrainingSettings random = settings(Recipe.Order.RANDOM, new RunLength.Steps(3));
    Corpus corpus = corpus(TEXT);
    assertThatThrownBy(
            () ->
                TrainingRun.create(
                    stream, corpus, directory("a"), EngineKind.DL4J, ONE, note -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--windows random");
    TrainingRun run =
        TrainingRun.create(random, corpus, directory("b"), EngineKind.DL4J, ONE, note -> {});
    assertThat(run.run(new Recorder(), () -> false)).isEqualTo(TrainingRun.Outcome.FINISHED);
  }

  @Test
  void aTimeBecomesStepsOnceBeforeTheFirst() throws IOException {
    List<String> notes = new ArrayList<>();
    TrainingRun run =
        TrainingRun.create(
            settings(Recipe.Order.STREAM, new RunLength.Time(Duration.ofSeconds(1))),
            corpus(TEXT),
            directory("run"),
            EngineKind.SCALAR,
            ONE,
            notes::add);
    assertThat(run.progress().step()).isZero();
    assertThat(notes).singleElement().asString().startsWith("1s of training is about ");
  }

  @Test
  void aRateThatIsTooHighEndsWithoutSavingNotANumber() throws IOException {
    TrainingSettings settings =
        new TrainingSettings(
            1, 6, 5, 7, 0, 10, 0.1, Recipe.Order.STREAM, 3, new RunLength.Steps(3));
    RunDirectory directory = directory("run");
    TrainingRun run = create(directory, settings);
    run.run(new Recorder(), () -> false);
    // Every file that was written is read with the check that all numbers are finite.
    assertThat(ModelFile.read(directory.last()).progress().step()).isEqualTo(3);
  }
}
