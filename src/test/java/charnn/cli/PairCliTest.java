package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.ExitCode;
import charnn.data.Corpora;
import charnn.data.DecodingSettings;
import charnn.data.EncodedCorpus;
import charnn.engine.registry.EngineType;
import charnn.model.Models;
import charnn.model.Progress;
import charnn.nn.CellType;
import charnn.plan.MemoryEstimate;
import charnn.plan.RunLength;
import charnn.plan.TrainingClock;
import charnn.plan.TrainingSettings;
import charnn.train.NewRun;
import charnn.train.Outcome;
import charnn.train.PreparedRun;
import charnn.train.RunPreparation;
import charnn.train.TrainingListener;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with a model that reads forwards, and one that reads backwards. */
class PairCliTest {
  private static final String TALE =
      "Once upon a time there was a miller who had a daughter, and they lived happily ever after.\n"
          .repeat(20);
  private static final int STEPS = 12;
  private static final BooleanSupplier NEVER = () -> false;
  private static final ThreadTeam ONE = new ThreadTeam(1);

  @TempDir private Path folder;
  private Path tale;

  @BeforeEach
  void write() throws IOException {
    tale = Files.writeString(folder.resolve("tale.txt"), TALE);
  }

  private CommandRun charnn(String args) {
    return CommandRun.of(folder, args.split(" "));
  }

  private CommandRun done(String args) {
    CommandRun run = charnn(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private CommandRun failed(ExitCode code, String args) {
    CommandRun run = charnn(args);
    assertThat(run.code()).as(run.err()).isEqualTo(code.code());
    assertThat(run.out()).isEmpty();
    return run;
  }

  private CommandRun train(String name, String options) {
    return done(
        "train --corpus " + tale + " --hidden 6 --engine scalar --name " + name + " " + options);
  }

  private RunDirectory run(String name) {
    return RunDirectory.named(folder.resolve("models"), name);
  }

  private static float[] parameters(RunDirectory run) throws IOException {
    return ModelFile.read(run.last()).network().parameters();
  }

  private static TrainingSettings settings() {
    return new TrainingSettings(
        CellType.LSTM, 1, 6, Models.plain(4, 7, 0.01).build(), new RunLength.Steps(STEPS), 0);
  }

  private EncodedCorpus text() throws IOException {
    return EncodedCorpus.of(Corpora.read(List.of(tale), new DecodingSettings(null, false)));
  }

  private NewRun prepared() throws IOException {
    EncodedCorpus text = text();
    NewRun first =
        RunPreparation.create(
            settings(),
            text,
            null,
            EngineType.SCALAR,
            ONE,
            new TrainingClock(System.nanoTime()),
            false);
    return RunPreparation.pair(first, text, null);
  }

  private static Outcome train(PreparedRun run, RunDirectory directory, BooleanSupplier stops)
      throws IOException {
    return run.train(directory, TrainingListener.all(List.of()), Duration.ofMinutes(1), stops)
        .outcome();
  }

  private static BooleanSupplier after(int times) {
    int[] asked = {0};
    return () -> ++asked[0] > times;
  }

  /** Trains a pair until it is interrupted, in the first or the second run, or between them. */
  private RunDirectory pair(String name, BooleanSupplier first, BooleanSupplier second)
      throws IOException {
    NewRun pair = prepared();
    RunDirectory run = run(name);
    assertThat(run.create()).isTrue();
    pair.backward().orElseThrow().saveStart(run.backward());
    if (train(pair.run(), run, first) != Outcome.INTERRUPTED && second != null) {
      train(pair.backward().orElseThrow(), run.backward(), second);
    }
    return run;
  }

  @Test
  void theMemoryOfAPairIsPlanned() throws IOException {
    NewRun pair = prepared();
    int parameters = pair.plan().architecture().parameterCount();
    double one =
        MemoryEstimate.of(
                settings(), text().vocabulary().size(), false, TALE.length(), EngineType.SCALAR, 1)
            .bytes();
    assertThat(pair.plan().bytes())
        .isGreaterThan(one + 12.0 * parameters + 2.0 * TALE.length() - 1);
  }

  @Test
  void aPairIsARunOfEachDirection() throws IOException {
    CommandRun both = train("both", "--steps 5 --direction both");
    train("forward", "--steps 5");
    train("backward", "--steps 5 --direction backward");
    assertThat(parameters(run("both"))).isEqualTo(parameters(run("forward")));
    assertThat(parameters(run("both").backward())).isEqualTo(parameters(run("backward")));
    assertThat(both.err())
        .contains(
            "two models: one reads the text forwards, then one backwards\n",
            "training run 'both' forwards in ",
            "training run 'both' backwards in ",
            "charnn sample --model 'both'",
            "charnn sample --model 'both/backward'");
  }

  @Test
  void anInterruptedPairResumesBitIdenticallyInEachHalf() throws IOException {
    RunDirectory whole = pair("whole", NEVER, NEVER);
    List<RunDirectory> interrupted =
        List.of(
            pair("first", after(5), null),
            pair("between", NEVER, null),
            pair("second", NEVER, after(5)));
    for (RunDirectory run : interrupted) {
      CommandRun resumed = done("train --resume --name " + run.name());
      assertThat(parameters(run)).as(run.name()).isEqualTo(parameters(whole));
      assertThat(parameters(run.backward())).as(run.name()).isEqualTo(parameters(whole.backward()));
      assertThat(resumed.err()).contains("training run '" + run.name() + "' backwards");
    }
  }

  @Test
  void theUnfinishedHalfIsResumedWithoutAName() throws IOException {
    pair("between", NEVER, null);
    done("train --resume");
    assertThat(ModelFile.read(run("between").backward().last()).progress().step()).isEqualTo(STEPS);
    assertThat(failed(ExitCode.FAILED, "train --resume").err()).contains("no unfinished run");
    assertThat(done("train --resume --name between").err())
        .contains("run 'between' is finished (12 steps)");
    done("train --resume --name between --steps 14 --direction both");
    assertThat(ModelFile.read(run("between").last()).progress().step()).isEqualTo(14);
    assertThat(ModelFile.read(run("between").backward().last()).progress().step()).isEqualTo(14);
  }

  @Test
  void aResumedRunKeepsItsDirections() throws IOException {
    train("both", "--steps 3 --direction both");
    train("one", "--steps 3");
    assertThat(
            failed(ExitCode.USAGE, "train --resume --name both --direction forward --steps 5")
                .err())
        .contains(
            "run 'both' has a model for each direction: resume it without --direction forward");
    assertThat(failed(ExitCode.USAGE, "train --resume --name one --direction both --steps 5").err())
        .contains("run 'one' has one model: resume it without --direction both");
  }

  @Test
  void theTimeIsShared() {
    CommandRun plan =
        done("plan --corpus " + tale + " --hidden 6 --engine scalar --direction both --time 4s");
    assertThat(plan.err()).contains("then one backwards; 2s for each");
    assertThat(
            done("plan --json --corpus "
                    + tale
                    + " --hidden 6 --engine scalar --direction both --time 4s")
                .out())
        .contains("\"seconds\": 2.0");
    assertThat(
            failed(ExitCode.USAGE, "plan --corpus " + tale + " --direction both --time 1s").err())
        .contains("--direction both shares --time between two models; give 2s or more");
  }

  @Test
  void commandsTakeTheModelThatReadsAsTheyNeedIt() {
    train("both", "--steps 5 --direction both");
    String options = " --engine scalar --length 9 --seed 1 ";
    assertThat(done("continue" + options + "Once").err()).contains("model both (");
    CommandRun before = done("continue --before after." + options);
    assertThat(before.err()).contains("model both/backward (");
    assertThat(before.out()).endsWith("after.\n");
    assertThat(done("sample --model both/backward" + options).err())
        .contains("model both/backward (");
    assertThat(done("sample" + options).err()).contains("model both (");
    assertThat(failed(ExitCode.USAGE, "continue --model both/backward" + options + "Once").err())
        .contains("both/backward reads backwards");
    String eval = "eval --engine scalar --corpus " + tale + " --model both";
    assertThat(done(eval + "/backward").out()).contains("read backwards");
    assertThat(done(eval).out()).doesNotContain("read backwards");
    String label = "models both (step 5) and both/backward (step 5)";
    for (String pair : List.of("", " --backward both", " --backward both/backward")) {
      assertThat(done("fill --engine scalar --gap 1 a___b" + pair).err()).contains(label);
    }
  }

  /** Its file has been there from the beginning, with the numbers that training starts from. */
  @Test
  void aPairWhoseSecondModelIsNotTrainedYetFillsNothing() throws IOException {
    pair("both", after(5), null);
    for (String command : List.of("fill --gap 1 a___b", "proofread " + tale)) {
      for (String pair : List.of("", " --backward both", " --backward both/backward")) {
        assertThat(failed(ExitCode.FAILED, command + " --engine scalar --model both" + pair).err())
            .contains("the backward model both/backward has not been trained yet");
      }
    }
  }

  /** However a model was named or found, the name that is printed is one that finds it. */
  @Test
  void modelsAreCalledWhatTheyAreFoundBy() {
    train("both", "--steps 5 --direction both");
    for (Path named :
        new Path[] {Path.of("both"), run("both").path(), run("both").best(), run("both").last()}) {
      String info = done("info --model " + named).out();
      assertThat(info).startsWith("model       " + named + "\n");
      String second =
          info.substring(info.lastIndexOf("\nmodel       ") + 13).lines().toList().get(0);
      assertThat(done("info --model " + second).out())
          .startsWith("model       " + second + "\n")
          .contains("reads       backwards");
    }
  }

  @Test
  void bothAreDescribed() {
    train("both", "--steps 5 --direction both");
    String text = done("info --model both").out();
    assertThat(text)
        .startsWith("model       both\n")
        .containsOnlyOnce("\nmodel       both/backward\n")
        .containsOnlyOnce("reads       backwards, from the end of the text");
    assertThat(done("info --model both --json").out())
        .startsWith("{\n  \"forward\": {")
        .contains("  \"backward\": {", "\"direction\": \"backward\"");
    assertThat(done("info --model both/backward").out()).startsWith("model       both/backward\n");
  }

  @Test
  void aPairStartsFromAPair() throws IOException {
    train("both", "--steps 5 --direction both");
    train("one", "--steps 5");
    String start = "train --corpus " + tale + " --engine scalar --steps 2 --direction both ";
    done(start + "--name next --init-from both");
    ModelFile.Checkpoint next = ModelFile.readCheckpoint(run("next").backward().last());
    assertThat(next.model().hyperparameters().direction())
        .isEqualTo(charnn.data.Direction.BACKWARD);
    assertThat(failed(ExitCode.USAGE, start + "--name none --init-from one").err())
        .contains("--direction both starts from a model for each direction, and one has one");
  }

  /** The validation set is the same, and about as hard to predict from either side. */
  @Test
  void bothAreAboutAsGood() throws IOException {
    String tales = Files.readString(Path.of("corpora/tales.txt"));
    Path some = Files.writeString(folder.resolve("tales.txt"), tales.substring(0, 20_000));
    done(
        "train --name tales --direction both --engine scalar --hidden 16 --steps 160 --corpus "
            + some);
    Progress forward = ModelFile.read(run("tales").last()).progress();
    Progress backward = ModelFile.read(run("tales").backward().last()).progress();
    assertThat(forward.bestLoss()).isLessThan(2.6);
    assertThat(backward.bestLoss() / forward.bestLoss()).isBetween(0.95, 1.05);
    assertThat(backward.evaluations().get(0).validation().characters())
        .isEqualTo(forward.evaluations().get(0).validation().characters());
  }

  /** A kill before the first checkpoint leaves nothing but the second run's start. */
  @Test
  void aPairThatEndedAtOnceIsStartedAgain() throws IOException {
    prepared().backward().orElseThrow().saveStart(makeEmpty("both").backward());
    assertThat(failed(ExitCode.FAILED, "train --resume --name both").err())
        .contains("run 'both' ended before anything was saved; start it again without --resume");
    train("both", "--steps 3");
    assertThat(run("both").isPair()).isFalse();
    prepared().backward().orElseThrow().saveStart(makeEmpty("again").backward());
    train("again", "--resume --steps 3 --direction both");
    assertThat(ModelFile.read(run("again").backward().last()).progress())
        .extracting(Progress::step)
        .isEqualTo(3L);
  }

  private RunDirectory makeEmpty(String name) throws IOException {
    RunDirectory run = run(name);
    assertThat(run.create()).isTrue();
    return run;
  }

  /** The run of this name is no second half of the models that stand beside it. */
  @Test
  void aRunMayBeCalledBackward() throws IOException {
    train("backward", "--steps 2");
    Path bundled = folder.resolve("models/bundled.zip");
    Files.copy(run("backward").best(), bundled);
    assertThat(RunDirectory.backwardOf(bundled)).isEmpty();
    assertThat(done("info --model bundled").out()).startsWith("model       bundled\n");
    assertThat(done("info --model backward").out()).startsWith("model       backward\n");
  }
}
