package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.checkpoint.KeptModels;
import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.data.Corpora;
import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.EncodedCorpus;
import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import charnn.model.Progress;
import charnn.model.SettingsChange;
import charnn.model.TrainingState;
import charnn.nn.CellType;
import charnn.optim.StepSizes;
import charnn.plan.RunLength;
import charnn.plan.TrainingClock;
import charnn.plan.TrainingSettings;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final String TEXT = "the cat sat on the mat. a rat ran to the cat. ".repeat(30);
  private static final BooleanSupplier NEVER = () -> false;
  private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);
  private static final ThreadTeam ONE = new ThreadTeam(1);
  private static final ThreadTeam THREE = new ThreadTeam(3);

  @TempDir private Path folder;

  private Corpus corpus(String text) throws IOException {
    return Corpora.read(
        List.of(Files.writeString(folder.resolve("text.txt"), text)),
        new DecodingSettings(null, false));
  }

  /**
   * Batches of 20 rows: more than one shard of the scalar engine, more than one group of the fast
   * one.
   */
  private static TrainingSettings settings(Hyperparameters.Order windows, RunLength length) {
    return settings(CellType.LSTM, 2, 6, windows, length);
  }

  private static TrainingSettings settings(
      CellType cell, int layers, int hidden, Hyperparameters.Order windows, RunLength length) {
    return new TrainingSettings(
        cell,
        layers,
        hidden,
        Models.plain(20, 7, 0.01)
            .set(Hyperparameters.INPUT_FACTOR, 2.0)
            .set(Hyperparameters.RECURRENT_FACTOR, 0.5)
            .set(Hyperparameters.DROPOUT, 0.2)
            .set(Hyperparameters.LOCKED_DROPOUT, true)
            .set(Hyperparameters.WEIGHT_DROP, 0.1)
            .set(Hyperparameters.WEIGHT_DECAY, 0.01)
            .set(Hyperparameters.WINDOWS, windows)
            .set(Hyperparameters.SEED, 3L)
            .build(),
        length,
        0);
  }

  private static TrainingSettings steps(long steps) {
    return settings(Hyperparameters.Order.STREAM, new RunLength.Steps(steps));
  }

  private RunDirectory directory(String name) throws IOException {
    return new RunDirectory(Files.createDirectories(folder.resolve(name)));
  }

  private PreparedRun create(TrainingSettings settings, EngineType kind, ThreadTeam workers)
      throws IOException {
    return planned(settings, kind, workers).run();
  }

  private NewRun planned(TrainingSettings settings, EngineType kind, ThreadTeam workers)
      throws IOException {
    return RunPreparation.create(
        settings,
        EncodedCorpus.of(corpus(TEXT)),
        null,
        kind,
        workers,
        new TrainingClock(System.nanoTime()),
        false);
  }

  private RunDirectory trained(TrainingSettings settings) throws IOException {
    RunDirectory directory = directory("run");
    create(settings, EngineType.SIMD, THREE).train(directory, new Recorder(), EVERY_MINUTE, NEVER);
    return directory;
  }

  private PreparedRun resume(RunDirectory directory, TrainingSettings settings, EngineType kind)
      throws IOException {
    return RunPreparation.resume(
        ModelFile.readCheckpoint(directory.newestCheckpoint(note -> {})),
        corpus(TEXT),
        settings,
        kind,
        ONE,
        new TrainingClock(System.nanoTime()));
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
    public void measured(long step, StepSizes sizes) {
      events.add(step + " " + sizes);
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
  @CsvSource({
    "SIMD,LSTM,2,6,STREAM",
    "SIMD,LSTM,2,6,RANDOM",
    "SIMD,GRU,3,5,STREAM",
    "SIMD,RNN,2,17,STREAM",
    "SIMD,MLSTM,2,7,STREAM",
    "SIMD,MLSTM,1,9,RANDOM",
    "SIMD,PHASED_LSTM,4,3,STREAM",
    "SIMD,PHASED_LSTM,1,19,RANDOM",
    "SCALAR,LSTM,2,6,STREAM",
    "SCALAR,LSTM,2,6,RANDOM",
    "SCALAR,GRU,1,7,STREAM",
    "SCALAR,RNN,4,3,STREAM",
    "SCALAR,MLSTM,2,5,STREAM",
    "SCALAR,PHASED_LSTM,2,5,STREAM"
  })
  void anInterruptedRunEndsAsAnUninterruptedOneForAnyNumberOfThreads(
      EngineType kind, CellType cell, int layers, int hidden, Hyperparameters.Order windows)
      throws IOException {
    TrainingSettings settings = settings(cell, layers, hidden, windows, new RunLength.Steps(110));
    Recorder whole = new Recorder();
    RunDirectory straight = directory("straight");
    assertThat(create(settings, kind, THREE).train(straight, whole, EVERY_MINUTE, NEVER).outcome())
        .isEqualTo(Outcome.FINISHED);

    Recorder pieces = new Recorder();
    RunDirectory broken = directory("broken");
    assertThat(create(settings, kind, ONE).train(broken, pieces, EVERY_MINUTE, after(1)).outcome())
        .isEqualTo(Outcome.INTERRUPTED);
    for (int steps : new int[] {0, 12, 36, 37, 5}) {
      assertThat(
              resume(broken, settings, kind)
                  .train(broken, pieces, EVERY_MINUTE, after(steps))
                  .outcome())
          .isEqualTo(Outcome.INTERRUPTED);
    }
    assertThat(resume(broken, settings, kind).train(broken, pieces, EVERY_MINUTE, NEVER).outcome())
        .isEqualTo(Outcome.FINISHED);

    assertThat(pieces.events).isEqualTo(whole.events);
    ModelFile.Checkpoint expected = ModelFile.readCheckpoint(straight.last());
    ModelFile.Checkpoint actual = ModelFile.readCheckpoint(broken.last());
    assertThat(actual.model().network().parameters())
        .isEqualTo(expected.model().network().parameters());
    assertThat(actual.model().progress().evaluations())
        .isEqualTo(expected.model().progress().evaluations());
    TrainingState expectedState = expected.training().orElseThrow();
    TrainingState actualState = actual.training().orElseThrow();
    assertThat(actualState.firstMoment()).isEqualTo(expectedState.firstMoment());
    assertThat(actualState.secondMoment()).isEqualTo(expectedState.secondMoment());
    assertThat(actualState.carried().values()).isDeepEqualTo(expectedState.carried().values());
    assertThat(ModelFile.read(broken.best()).network().parameters())
        .isEqualTo(ModelFile.read(straight.best()).network().parameters());
  }

  /** Of 110 steps, every one is kept at first, then every second, then every fourth. */
  @Test
  void keptModelsAreFewAndTheSameHoweverTheRunIsInterrupted() throws IOException {
    TrainingSettings settings = steps(110);
    List<KeptModels> runs = new ArrayList<>();
    for (String name : List.of("straight", "broken")) {
      RunDirectory directory = directory(name);
      KeptModels kept = KeptModels.of(directory);
      kept.setEvery(1);
      PreparedRun run = create(settings, EngineType.SIMD, ONE);
      if (name.equals("broken")) {
        for (int steps : new int[] {37, 14, 52}) {
          run.train(directory, new Recorder(), EVERY_MINUTE, after(steps));
          run = resume(directory, settings, EngineType.SIMD);
        }
        // What a killed process had kept beyond its last checkpoint is made anew.
        Files.writeString(kept.file(1_000_000), "stale");
      }
      run.train(directory, new Recorder(), EVERY_MINUTE, NEVER);
      runs.add(kept);
    }
    List<Long> expected = LongStream.rangeClosed(0, 27).map(i -> 4 * i).boxed().toList();
    for (KeptModels kept : runs) {
      assertThat(kept.steps()).isEqualTo(expected);
      assertThat(kept.every()).isEqualTo(4);
    }
    for (long step : expected) {
      assertThat(runs.get(1).file(step)).hasSameBinaryContentAs(runs.get(0).file(step));
      assertThat(ModelFile.read(runs.get(0).file(step)).progress().step()).isEqualTo(step);
    }
  }

  /** Half as many rows and another dropout, with an interruption after that. */
  @Test
  void changedSettingsHoldFromThereOnHoweverTheRunIsInterrupted() throws IOException {
    TrainingSettings before = steps(100);
    TrainingSettings after =
        new TrainingSettings(
            before.cell(),
            before.layers(),
            before.hiddenSize(),
            before.hyperparameters().toBuilder()
                .set(Hyperparameters.BATCH_SIZE, 10)
                .set(Hyperparameters.DROPOUT, 0.1)
                .build(),
            before.length(),
            0);
    long changedAt = 0;
    List<ModelFile.Checkpoint> ends = new ArrayList<>();
    for (String name : List.of("straight", "broken")) {
      RunDirectory directory = directory(name);
      create(before, EngineType.SIMD, ONE)
          .train(directory, new Recorder(), EVERY_MINUTE, after(40));
      PreparedRun changed = resume(directory, after, true);
      Progress reached = ModelFile.read(directory.last()).progress();
      assertThat(changed.start().progress().epoch()).isEqualTo(reached.epoch());
      changedAt = reached.step();
      if (name.equals("broken")) {
        changed.train(directory, new Recorder(), EVERY_MINUTE, after(17));
        changed = resume(directory, after, false);
      }
      changed.train(directory, new Recorder(), EVERY_MINUTE, NEVER);
      ends.add(ModelFile.readCheckpoint(directory.last()));
    }
    Model end = ends.get(0).model();
    Progress progress = end.progress();
    assertThat(progress.changes())
        .containsExactly(
            new SettingsChange(
                changedAt,
                changedAt / 8.0,
                changedAt * 20 * 7,
                List.of(
                    new SettingsChange.Value(Setting.BATCH_SIZE, "20", "10"),
                    new SettingsChange.Value(Setting.DROPOUT, "0.2", "0.1"))));
    assertThat(progress.charactersSeen())
        .isEqualTo(changedAt * 20 * 7 + (100 - changedAt) * 10 * 7);
    assertThat(progress.epoch()).isEqualTo(changedAt / 8.0 + (100 - changedAt) / 17.0);
    assertThat(end.hyperparameters().batchSize()).isEqualTo(10);
    assertThat(ends.get(1).model().network().parameters()).isEqualTo(end.network().parameters());
    assertThat(ends.get(1).model().progress().changes()).isEqualTo(progress.changes());
    assertThat(ends.get(1).training().orElseThrow().carried().values())
        .isDeepEqualTo(ends.get(0).training().orElseThrow().carried().values());
  }

  @Test
  void aRollbackToBeforeAChangeKeepsIt() throws IOException {
    TrainingSettings before = steps(100);
    RunDirectory directory = directory("run");
    create(before, EngineType.SIMD, ONE).train(directory, new Recorder(), EVERY_MINUTE, after(40));
    Progress earlier = ModelFile.read(directory.last()).progress();
    Progress later =
        new Progress(
                60,
                earlier.stepsPerEpoch(),
                60 * 20 * 7,
                1,
                earlier.sinceReport(),
                earlier.evaluations(),
                1,
                0,
                0,
                false,
                null,
                null,
                null)
            .changed(List.of(new SettingsChange.Value(Setting.DROPOUT, "0.2", "0.1")), 7);
    Model model = ModelFile.read(directory.last());
    RunProgress progress =
        new RunProgress(
            later,
            model.hyperparameters(),
            model.hyperparameters(),
            create(before, EngineType.SIMD, ONE).split(),
            model.provenance().text(),
            new DivergenceGuard(model.provenance().text(), model.vocabulary().size()),
            1);
    progress.rollBackTo(earlier);
    Progress now = progress.at(1);
    assertThat(now.step()).isEqualTo(earlier.step());
    assertThat(now.epoch()).isEqualTo(earlier.epoch());
    assertThat(now.charactersSeen()).isEqualTo(earlier.charactersSeen());
    assertThat(now.latestChange().step()).isEqualTo(earlier.step());
    assertThat(now.latestChange().values()).isEqualTo(later.latestChange().values());
  }

  private PreparedRun resume(RunDirectory directory, TrainingSettings settings, boolean onPurpose)
      throws IOException {
    return RunPreparation.resume(
        ModelFile.readCheckpoint(directory.newestCheckpoint(note -> {})),
        corpus(TEXT),
        null,
        settings,
        onPurpose,
        EngineType.SIMD,
        ONE,
        new TrainingClock(System.nanoTime()));
  }

  @ParameterizedTest
  @EnumSource
  void theFastEngineFollowsTheScalarOnesLossCurve(CellType cell) throws IOException {
    TrainingSettings settings =
        settings(cell, 2, 6, Hyperparameters.Order.STREAM, new RunLength.Steps(100));
    create(settings, EngineType.SCALAR, ONE)
        .train(directory("scalar"), new Recorder(), EVERY_MINUTE, NEVER);
    create(settings, EngineType.SIMD, THREE)
        .train(directory("simd"), new Recorder(), EVERY_MINUTE, NEVER);
    List<Progress.Evaluation> expected =
        ModelFile.read(directory("scalar").last()).progress().evaluations();
    List<Progress.Evaluation> actual =
        ModelFile.read(directory("simd").last()).progress().evaluations();
    assertThat(actual).hasSameSizeAs(expected).hasSizeGreaterThan(7);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).validation().loss())
          .isCloseTo(
              expected.get(i).validation().loss(), org.assertj.core.api.Assertions.within(1e-3));
      assertThat(actual.get(i).trainingLoss())
          .isCloseTo(expected.get(i).trainingLoss(), org.assertj.core.api.Assertions.within(1e-3));
    }
  }

  @ParameterizedTest
  @CsvSource({"LSTM,1.2", "GRU,1.2", "RNN,1.2", "MLSTM,1.2", "PHASED_LSTM,1.6"})
  void learns(CellType cell, double loss) throws IOException {
    TrainingSettings settings =
        settings(cell, 2, 6, Hyperparameters.Order.STREAM, new RunLength.Epochs(120));
    Progress progress = ModelFile.read(trained(settings).last()).progress();
    assertThat(progress.evaluations().get(0).validation().loss()).isGreaterThan(2);
    assertThat(progress.bestLoss()).isLessThan(loss);
  }

  @Test
  void theBestModelHasTheLowestValidationLossAndTellsNoPath() throws IOException {
    RunDirectory directory = trained(steps(200));
    Model best = ModelFile.read(directory.best());
    Model last = ModelFile.read(directory.last());
    List<Progress.Evaluation> made = best.progress().evaluations();
    assertThat(made.get(made.size() - 1).validation().loss()).isEqualTo(last.progress().bestLoss());
    assertThat(best.provenance().corpus().get(0).path()).isNull();
    assertThat(last.provenance().corpus().get(0).path())
        .isEqualTo(folder.resolve("text.txt").toString());
  }

  @Test
  void withoutValidationTextTheLatestModelIsTheBest() throws IOException {
    RunDirectory directory =
        trained(
            new TrainingSettings(
                CellType.LSTM,
                1,
                6,
                Models.plain(5, 7, 0.01)
                    .set(Hyperparameters.VALIDATION, 0.0)
                    .set(Hyperparameters.SEED, 3L)
                    .build(),
                new RunLength.Steps(30),
                0));
    assertThat(ModelFile.read(directory.best()).network().parameters())
        .isEqualTo(ModelFile.read(directory.last()).network().parameters());
  }

  @Test
  void beforeTheFirstStepThereIsACheckpoint() throws IOException {
    RunDirectory directory = directory("run");
    create(steps(10), EngineType.SIMD, ONE)
        .train(
            directory,
            new Recorder(),
            EVERY_MINUTE,
            () -> {
              assertThat(directory.rollback()).exists();
              return true;
            });
    assertThat(ModelFile.read(directory.last()).progress().step()).isZero();
  }

  @Test
  void aLaterEndExtendsAFinishedRunAndThinsItsEvaluations() throws IOException {
    RunDirectory directory = trained(steps(8));
    assertThat(resume(directory, steps(8), EngineType.SCALAR).isFinished()).isTrue();
    resume(directory, steps(400), EngineType.SCALAR)
        .train(directory, new Recorder(), EVERY_MINUTE, NEVER);
    Model extended = ModelFile.read(directory.last());
    assertThat(extended.progress().step()).isEqualTo(400);
    assertThat(extended.progress().evaluations()).hasSizeLessThan(8 + 50);
    assertThatThrownBy(() -> resume(directory, steps(300), EngineType.SCALAR))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("already made 400 steps");
  }

  @Test
  void aTextShorterThanABatchIsReadInOverlappingStreams() throws IOException {
    Corpus small = corpus("abcabcabcabcabcabcabcabcabcabcabcabcabc");
    TrainingSettings settings =
        new TrainingSettings(
            CellType.LSTM,
            1,
            4,
            Models.plain(64, 16, 0.05).set(Hyperparameters.VALIDATION, 0.0).build(),
            new RunLength.Steps(60),
            0);
    PreparedRun run =
        RunPreparation.create(
                settings,
                EncodedCorpus.of(small),
                null,
                EngineType.SIMD,
                ONE,
                new TrainingClock(System.nanoTime()),
                false)
            .run();
    Model trained = run.train(directory("run"), new Recorder(), EVERY_MINUTE, NEVER).model();
    assertThat(trained.progress().step()).isEqualTo(60);
  }

  @Test
  void dl4jTrainsOnWindowsFromZeroStateOnly() throws IOException {
    assertThatThrownBy(() -> create(steps(3), EngineType.DL4J, ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order of windows random");
    TrainingSettings locked = settings(Hyperparameters.Order.RANDOM, new RunLength.Steps(3));
    assertThatThrownBy(() -> create(locked, EngineType.DL4J, ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dropout that is not locked");
    TrainingSettings plain =
        new TrainingSettings(
            CellType.LSTM,
            2,
            6,
            Models.plain(20, 7, 0.01)
                .set(Hyperparameters.DROPOUT, 0.2)
                .set(Hyperparameters.WEIGHT_DROP, 0.1)
                .set(Hyperparameters.WEIGHT_DECAY, 0.01)
                .set(Hyperparameters.WINDOWS, Hyperparameters.Order.RANDOM)
                .set(Hyperparameters.SEED, 3L)
                .build(),
            new RunLength.Steps(3),
            0);
    PreparedRun run = create(plain, EngineType.DL4J, ONE);
    assertThat(run.train(directory("run"), new Recorder(), EVERY_MINUTE, NEVER).outcome())
        .isEqualTo(Outcome.FINISHED);
  }

  @Test
  void aTimeBecomesStepsThatAreSetAgainAsTrainingGoes() throws IOException {
    TrainingSettings second =
        settings(Hyperparameters.Order.STREAM, new RunLength.Time(Duration.ofSeconds(1)));
    NewRun planned = planned(second, EngineType.SIMD, ONE);
    PreparedRun run = planned.run();
    assertThat(run.progress().step()).isZero();
    assertThat(planned.plan().hyperparameters().horizon().seconds()).isEqualTo(1);
    RunDirectory directory = directory("run");
    assertThat(run.train(directory, new Recorder(), EVERY_MINUTE, NEVER).outcome())
        .isEqualTo(Outcome.FINISHED);
    Model model = ModelFile.read(directory.last());
    assertThat(model.progress().step()).isEqualTo(model.hyperparameters().totalSteps());
    assertThat(model.hyperparameters().horizon().fromStep()).isPositive();
    assertThat(model.hyperparameters().horizon().progress(model.progress().step())).isEqualTo(1);
  }

  @Test
  void aRunOfAGivenTimeKeepsItWhenItIsResumed() throws IOException {
    TrainingSettings hour =
        settings(Hyperparameters.Order.STREAM, new RunLength.Time(Duration.ofHours(1)));
    RunDirectory directory = directory("run");
    NewRun first = planned(hour, EngineType.SIMD, ONE);
    long perReport = first.plan().hyperparameters().reportEvery();
    first.run().train(directory, new Recorder(), EVERY_MINUTE, after((int) (perReport + 5)));
    Model saved = ModelFile.read(directory.newestCheckpoint(note -> {}));
    assertThat(saved.progress().seconds()).isPositive();
    // Asked for again, the same time is no other end.
    for (TrainingSettings settings : List.of(hour, TrainingSettings.of(saved))) {
      PreparedRun resumed = resume(directory, settings, EngineType.SIMD);
      PreparedRun.Result result = resumed.train(directory, new Recorder(), EVERY_MINUTE, after(0));
      assertThat(result.model().progress().seconds()).isGreaterThan(saved.progress().seconds());
      Model later = ModelFile.read(directory.newestCheckpoint(note -> {}));
      assertThat(later.hyperparameters().horizon()).isEqualTo(saved.hyperparameters().horizon());
    }
    PreparedRun reporting = resume(directory, reportingEvery(3, hour), EngineType.SIMD);
    reporting.train(directory, new Recorder(), EVERY_MINUTE, after(0));
    Hyperparameters hyperparameters =
        ModelFile.read(directory.newestCheckpoint(note -> {})).hyperparameters();
    assertThat(hyperparameters.horizon())
        .isEqualTo(saved.hyperparameters().horizon()); // only the rows are other ones
    assertThat(hyperparameters.evaluateEvery()).isEqualTo(saved.hyperparameters().evaluateEvery());
    assertThat(hyperparameters.reportEvery()).isEqualTo(3);
    PreparedRun other = resume(directory, steps(100_000_000), EngineType.SIMD);
    other.train(directory, new Recorder(), EVERY_MINUTE, after(1));
    assertThat(ModelFile.read(directory.newestCheckpoint(note -> {})).hyperparameters().horizon())
        .isEqualTo(charnn.model.ScheduleHorizon.ofSteps(100_000_000));
  }

  private static TrainingSettings reportingEvery(long steps, TrainingSettings settings) {
    return new TrainingSettings(
        CellType.LSTM,
        settings.layers(),
        settings.hiddenSize(),
        settings.hyperparameters(),
        settings.length(),
        steps);
  }

  @Test
  void theSameRunGivesTheSameBestModelToTheByte() throws IOException {
    RunDirectory one = directory("one");
    RunDirectory other = directory("other");
    create(steps(60), EngineType.SIMD, ONE).train(one, new Recorder(), EVERY_MINUTE, NEVER);
    create(steps(60), EngineType.SIMD, THREE).train(other, new Recorder(), EVERY_MINUTE, NEVER);
    assertThat(Files.mismatch(one.best(), other.best())).isEqualTo(-1);
  }

  /** Noise cannot be learned, only overfitted. */
  @Test
  void stopsEarlyWhenNothingIsGainedAnyMore() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      noise.append((char) ('a' + random.nextInt(8)));
    }
    TrainingSettings settings = ofNoise(5);
    RunDirectory directory = directory("run");
    PreparedRun run =
        RunPreparation.create(
                settings,
                EncodedCorpus.of(corpus(noise.toString())),
                null,
                EngineType.SIMD,
                ONE,
                new TrainingClock(System.nanoTime()),
                false)
            .run();
    assertThat(run.train(directory, new Recorder(), EVERY_MINUTE, NEVER).outcome())
        .isEqualTo(Outcome.STOPPED_EARLY);
    Model last = ModelFile.read(directory.last());
    assertThat(last.progress().step()).isLessThan(2000);
    assertThat(last.progress().evaluationsSinceBest()).isEqualTo(5);
    assertThat(last.progress().isFinished(last.hyperparameters(), null)).isTrue();
    assertThat(TrainingDiagnosis.of(last).kind()).isEqualTo(TrainingDiagnosis.Kind.OVERFITTING);

    PreparedRun again =
        RunPreparation.resume(
            ModelFile.readCheckpoint(directory.last()),
            corpus(noise.toString()),
            settings,
            EngineType.SIMD,
            ONE,
            new TrainingClock(System.nanoTime()));
    assertThat(again.isFinished()).isTrue();
    PreparedRun withALaterEnd =
        RunPreparation.resume(
            ModelFile.readCheckpoint(directory.last()),
            corpus(noise.toString()),
            ofNoise(5, 20_000),
            EngineType.SIMD,
            ONE,
            new TrainingClock(System.nanoTime()));
    assertThat(withALaterEnd.isFinished()).isFalse(); // Its rate rises: patience begins anew.
    PreparedRun withoutPatience =
        RunPreparation.resume(
            ModelFile.readCheckpoint(directory.last()),
            corpus(noise.toString()),
            ofNoise(0),
            EngineType.SIMD,
            ONE,
            new TrainingClock(System.nanoTime()));
    assertThat(withoutPatience.train(directory, new Recorder(), EVERY_MINUTE, NEVER).outcome())
        .isEqualTo(Outcome.FINISHED);
    assertThat(ModelFile.read(directory.last()).progress().step()).isEqualTo(2000);
  }

  private static TrainingSettings ofNoise(int patience) {
    return ofNoise(patience, 2000);
  }

  private static TrainingSettings ofNoise(int patience, long steps) {
    return new TrainingSettings(
        CellType.LSTM,
        1,
        32,
        Models.plain(10, 10, 0.02)
            .set(Hyperparameters.SEED, 3L)
            .set(Hyperparameters.PATIENCE, patience)
            .build(),
        new RunLength.Steps(steps),
        0);
  }

  /** Spoils the parameters of a resumed run before its first step, and after so many rollbacks. */
  private List<String> spoiled(RunDirectory directory, int times) throws IOException {
    ModelFile.Checkpoint checkpoint = ModelFile.readCheckpoint(directory.last());
    float[] parameters = checkpoint.model().network().parameters();
    List<String> reasons = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void entered(Phase phase, long step) {
            if (phase == Phase.STEPS && reasons.isEmpty() && step == 10) {
              Arrays.fill(parameters, Float.NaN);
            }
          }

          @Override
          public void rolledBack(Model model, String reason) {
            reasons.add(reason);
            if (reasons.size() < times) {
              Arrays.fill(parameters, Float.NaN);
            }
          }
        };
    PreparedRun run =
        RunPreparation.resume(
            checkpoint,
            corpus(TEXT),
            steps(20),
            EngineType.SIMD,
            ONE,
            new TrainingClock(System.nanoTime()));
    run.train(directory, listener, EVERY_MINUTE, NEVER);
    return reasons;
  }

  @Test
  void aLossThatIsNoNumberSendsTheRunBackWithHalfTheRate() throws IOException {
    RunDirectory directory = trained(steps(10));
    assertThat(spoiled(directory, 2))
        .containsExactly(
            "the loss became NaN and the gradient norm NaN at step 11: rolled back to step 10;"
                + " training continues with half the learning rate (halving 1 of 5)",
            "the loss became NaN and the gradient norm NaN at step 11: rolled back to step 10;"
                + " training continues with half the learning rate (halving 2 of 5)");
    Model model = ModelFile.read(directory.last());
    assertThat(model.progress().step()).isEqualTo(20);
    assertThat(model.progress().rollbacks()).isEqualTo(2);
  }

  @Test
  void afterFiveRollbacksTheRunIsGivenUpAndItsLastCheckpointIsWhole() throws IOException {
    RunDirectory directory = trained(steps(10));
    assertThatThrownBy(() -> spoiled(directory, 9))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the loss became NaN")
        .hasMessageContaining("5 halvings")
        .hasMessageContaining("lower learning rate than");
    assertThat(ModelFile.read(directory.newestCheckpoint(note -> {})).progress().step())
        .isEqualTo(10);
  }

  @Test
  void aRunWhoseLossJumpsEndsTheSameHoweverOftenItIsInterrupted() throws IOException {
    TrainingSettings wild =
        new TrainingSettings(
            CellType.LSTM,
            1,
            40,
            Models.plain(40, 20, 10).set(Hyperparameters.SEED, 3L).build(),
            new RunLength.Steps(300),
            0);
    RunDirectory straight = directory("straight");
    create(wild, EngineType.SIMD, ONE).train(straight, new Recorder(), EVERY_MINUTE, NEVER);
    RunDirectory broken = directory("broken");
    create(wild, EngineType.SIMD, ONE).train(broken, new Recorder(), EVERY_MINUTE, after(1));
    for (int steps : new int[] {3, 40, 29, 1, 60, 80}) {
      resume(broken, wild, EngineType.SIMD)
          .train(broken, new Recorder(), EVERY_MINUTE, after(steps));
    }
    resume(broken, wild, EngineType.SIMD).train(broken, new Recorder(), EVERY_MINUTE, NEVER);
    Model expected = ModelFile.read(straight.last());
    Model actual = ModelFile.read(broken.last());
    assertThat(expected.progress().rollbacks()).isPositive();
    assertThat(actual.progress().rollbacks()).isEqualTo(expected.progress().rollbacks());
    assertThat(actual.network().parameters()).isEqualTo(expected.network().parameters());
  }

  @Test
  void aModelToStartFromKeepsItsKnowledgeAndLearnsNewCharacters() throws IOException {
    Model from = ModelFile.read(trained(steps(300)).best());
    Corpus same = corpus(TEXT);
    assertThat(startLoss(same, from)).isLessThan(startLoss(same, null) - 0.5);
    Corpus other = corpus(TEXT.replace('c', 'é').replace('r', '中') + " Z");
    PreparedRun run =
        RunPreparation.create(
                steps(200),
                EncodedCorpus.extending(from.vocabulary(), other),
                from,
                EngineType.SIMD,
                ONE,
                new TrainingClock(System.nanoTime()),
                false)
            .run();
    RunDirectory directory = directory("grown");
    run.train(directory, new Recorder(), EVERY_MINUTE, NEVER);
    Model grown = ModelFile.read(directory.last());
    assertThat(grown.vocabulary()).isEqualTo(from.vocabulary().with("é中Z"));
    assertThat(grown.progress().bestLoss()).isLessThan(1.5);
    assertThatThrownBy(
            () ->
                RunPreparation.create(
                    new TrainingSettings(
                        CellType.LSTM,
                        2,
                        7,
                        Models.plain(20, 7, 0.01).set(Hyperparameters.SEED, 3L).build(),
                        new RunLength.Steps(5),
                        0),
                    EncodedCorpus.extending(from.vocabulary(), same),
                    from,
                    EngineType.SIMD,
                    ONE,
                    new TrainingClock(System.nanoTime()),
                    false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave cell, preset, layers and hidden size out");
  }

  /** The training loss of the first steps. */
  private double startLoss(Corpus corpus, Model from) throws IOException {
    double[] loss = new double[1];
    EncodedCorpus encoded =
        from == null
            ? EncodedCorpus.of(corpus)
            : EncodedCorpus.extending(from.vocabulary(), corpus);
    RunPreparation.create(
            steps(10),
            encoded,
            from,
            EngineType.SIMD,
            ONE,
            new TrainingClock(System.nanoTime()),
            false)
        .run()
        .train(
            directory("start" + System.nanoTime()),
            new TrainingListener() {
              @Override
              public void stepped(Metrics metrics) {
                loss[0] = metrics.step() == 1 ? metrics.training().loss() : loss[0];
              }
            },
            EVERY_MINUTE,
            NEVER);
    return loss[0];
  }

  /** The loss is many times its average where the text changes, and soon low again. */
  @Test
  void aTextThatChangesSuddenlyIsNoDivergence() throws IOException {
    String first = "abcdabcd".repeat(100);
    String second = "zyxwvutsrqponmlkzyxwvutsrqponmlk".repeat(40);
    TrainingSettings settings =
        new TrainingSettings(
            CellType.LSTM,
            1,
            16,
            Models.plain(1, 32, 0.02)
                .set(Hyperparameters.VALIDATION, 0.0)
                .set(Hyperparameters.SEED, 3L)
                .build(),
            new RunLength.Steps(200),
            0);
    Corpus corpus = corpus(first.repeat(3) + second);
    RunDirectory directory = directory("run");
    RunPreparation.create(
            settings,
            EncodedCorpus.of(corpus),
            null,
            EngineType.SIMD,
            ONE,
            new TrainingClock(System.nanoTime()),
            false)
        .run()
        .train(directory, new Recorder(), EVERY_MINUTE, NEVER);
    Progress progress = ModelFile.read(directory.last()).progress();
    assertThat(progress.step()).isEqualTo(200);
    assertThat(progress.rollbacks()).isZero();
  }

  @Test
  void aRunWithoutItsRollbackFileMakesOneBeforeItGoesOn() throws IOException {
    RunDirectory directory = trained(steps(10));
    Files.delete(directory.rollback());
    assertThat(spoiled(directory, 1)).hasSize(1);
  }

  @Test
  void aFileThatCannotBeWrittenHoldsNoOtherUp() throws IOException {
    RunDirectory directory = directory("run");
    Files.createFile(
        Files.createDirectory(directory.path().resolve("best.zip.tmp")).resolve("file"));
    assertThatThrownBy(
            () ->
                create(steps(40), EngineType.SIMD, ONE)
                    .train(directory, new Recorder(), Duration.ZERO, NEVER))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("cannot save run 'run'");
    assertThat(ModelFile.read(directory.last()).progress().step()).isEqualTo(40);
    assertThat(ModelFile.read(directory.rollback()).progress().step()).isEqualTo(40);
  }

  @Test
  void whatCannotBeSavedForAWhileIsSavedLater() throws IOException {
    RunDirectory directory = directory("run");
    Path inTheWay =
        Files.createFile(
            Files.createDirectory(directory.path().resolve("best.zip.tmp")).resolve("file"));
    List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(Metrics metrics) {
            if (metrics.step() == 30) {
              try {
                Files.delete(inTheWay); // The folder goes with the next attempt.
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }

          @Override
          public void warned(String warning) {
            warnings.add(warning);
          }
        };
    create(steps(60), EngineType.SIMD, ONE).train(directory, listener, EVERY_MINUTE, NEVER);
    assertThat(warnings).first().asString().contains("cannot save", "best.zip", "tries again");
    assertThat(warnings).last().asString().contains("saving works again");
    assertThat(ModelFile.read(directory.best()).progress().step()).isPositive();
    assertThat(ModelFile.read(directory.last()).progress().step()).isEqualTo(60);
  }

  @Test
  void aFolderThatVanishesIsMadeAgain() throws IOException {
    RunDirectory directory = directory("run");
    List<String> warnings = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(Metrics metrics) {
            if (metrics.step() == 10) {
              deleteAll(directory.path());
            }
          }

          @Override
          public void warned(String warning) {
            warnings.add(warning);
          }
        };
    create(steps(30), EngineType.SIMD, ONE).train(directory, listener, EVERY_MINUTE, NEVER);
    assertThat(ModelFile.read(directory.last()).progress().step()).isEqualTo(30);
    assertThat(warnings).anyMatch(warning -> warning.contains("had vanished"));
  }

  @Test
  void numbersThatBlowUpWhileAFolderIsMadeAgainSendTheRunBack() throws IOException {
    RunDirectory directory = trained(steps(10));
    ModelFile.Checkpoint checkpoint = ModelFile.readCheckpoint(directory.last());
    List<String> reasons = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(Metrics metrics) {
            if (metrics.step() == 12) {
              deleteAll(directory.path());
            }
          }

          @Override
          public void folderRemade() {
            Arrays.fill(checkpoint.model().network().parameters(), Float.NaN);
          }

          @Override
          public void rolledBack(Model model, String reason) {
            reasons.add(reason);
          }
        };
    RunPreparation.resume(
            checkpoint,
            corpus(TEXT),
            steps(30),
            EngineType.SIMD,
            ONE,
            new TrainingClock(System.nanoTime()))
        .train(directory, listener, Duration.ZERO, NEVER);
    assertThat(reasons).singleElement().asString().contains("non-finite");
    assertThat(ModelFile.read(directory.last()).progress().step()).isEqualTo(30);
  }

  private static void deleteAll(Path folder) {
    while (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
        Files.delete(folder);
      } catch (IOException e) {
        continue; // A checkpoint came in between.
      }
    }
  }

  @Test
  void anEndThatCannotBeSavedIsAnErrorThatSaysSo() throws IOException {
    RunDirectory directory = directory("run");
    Files.createFile(
        Files.createDirectory(directory.path().resolve("last.zip.tmp")).resolve("file"));
    assertThatThrownBy(
            () ->
                create(steps(10), EngineType.SIMD, ONE)
                    .train(directory, new Recorder(), EVERY_MINUTE, NEVER))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("cannot save run 'run'")
        .hasMessageContaining("continue with resuming");
    assertThat(ModelFile.read(directory.rollback()).progress().step()).isEqualTo(10);
  }
}
