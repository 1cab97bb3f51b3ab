package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.data.Corpora;
import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.Direction;
import charnn.data.DocumentUnit;
import charnn.data.EncodedCorpus;
import charnn.data.ValidationFrom;
import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import charnn.model.Progress;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import charnn.plan.RunLength;
import charnn.plan.TrainingClock;
import charnn.plan.TrainingSettings;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs on documents, and with a validation set that is spread over the text. */
class DocumentRunTest {
  private static final DocumentUnit LINE = new DocumentUnit(DocumentUnit.Kind.LINE, null);
  private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);
  private static final ThreadTeam ONE = new ThreadTeam(1);
  private static final ThreadTeam THREE = new ThreadTeam(3);

  @TempDir private Path folder;

  private Corpus corpus(DocumentUnit unit) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      text.append("the cat ".repeat(i % 4)).append(Integer.toString(i, 5)).append(" sat\n");
    }
    return Corpora.read(
        List.of(Files.writeString(folder.resolve("text.txt"), text)),
        new DecodingSettings(null, false).withDocuments(unit));
  }

  private static TrainingSettings settings(
      CellType cell, Direction direction, Hyperparameters.Order windows) {
    return new TrainingSettings(
        cell,
        2,
        6,
        Models.plain(9, 13, 0.01)
            .set(Hyperparameters.DROPOUT, 0.1)
            .set(Hyperparameters.WEIGHT_DROP, 0.1)
            .set(Hyperparameters.WINDOWS, windows)
            .set(Hyperparameters.DIRECTION, direction)
            .set(Hyperparameters.VALIDATION_FROM, ValidationFrom.SPREAD)
            .set(Hyperparameters.SEED, 3L)
            .build(),
        new RunLength.Steps(60),
        0);
  }

  private static BooleanSupplier after(int steps) {
    int[] asked = {0};
    return () -> asked[0]++ == steps;
  }

  private RunDirectory directory(String name) throws IOException {
    return new RunDirectory(Files.createDirectories(folder.resolve(name)));
  }

  private PreparedRun create(
      TrainingSettings settings, DocumentUnit unit, EngineType kind, ThreadTeam workers)
      throws IOException {
    return RunPreparation.create(
            settings,
            EncodedCorpus.of(corpus(unit)),
            null,
            kind,
            workers,
            new TrainingClock(System.nanoTime()),
            false)
        .run();
  }

  @ParameterizedTest
  @CsvSource({
    "SIMD,LSTM,FORWARD,STREAM,true",
    "SIMD,MLSTM,BACKWARD,STREAM,true",
    "SIMD,GRU,FORWARD,RANDOM,true",
    "SCALAR,PHASED_LSTM,FORWARD,STREAM,true",
    "SIMD,LSTM,FORWARD,STREAM,false",
    "SCALAR,RNN,BACKWARD,RANDOM,false"
  })
  void anInterruptedRunEndsAsAnUninterruptedOne(
      EngineType kind,
      CellType cell,
      Direction direction,
      Hyperparameters.Order windows,
      boolean documents)
      throws IOException {
    DocumentUnit unit = documents ? LINE : null;
    TrainingSettings settings = settings(cell, direction, windows);
    RunDirectory straight = directory("straight");
    create(settings, unit, kind, THREE)
        .train(straight, new TrainingListener() {}, EVERY_MINUTE, () -> false);
    RunDirectory broken = directory("broken");
    PreparedRun run = create(settings, unit, kind, ONE);
    for (int steps : new int[] {1, 12, 20, 1000}) {
      run.train(broken, new TrainingListener() {}, EVERY_MINUTE, after(steps));
      Path newest = broken.newestCheckpoint(note -> {});
      run =
          RunPreparation.resume(
              ModelFile.readCheckpoint(newest),
              corpus(unit),
              settings,
              kind,
              THREE,
              new TrainingClock(System.nanoTime()));
    }
    ModelFile.Checkpoint expected = ModelFile.readCheckpoint(straight.last());
    ModelFile.Checkpoint actual = ModelFile.readCheckpoint(broken.last());
    assertThat(actual.model().progress().step()).isEqualTo(60);
    assertThat(actual.model().network().architecture().documents()).isEqualTo(documents);
    assertThat(actual.model().network().parameters())
        .isEqualTo(expected.model().network().parameters());
    assertThat(actual.model().progress().evaluations())
        .isEqualTo(expected.model().progress().evaluations());
    assertThat(actual.training().orElseThrow().carried().values())
        .isDeepEqualTo(expected.training().orElseThrow().carried().values());
  }

  /** The loss of held-out documents is the mean of theirs alone, each end counted. */
  @Test
  void theValidationLossIsThatOfEachDocumentAlone() throws IOException {
    TrainingSettings settings =
        settings(CellType.LSTM, Direction.FORWARD, Hyperparameters.Order.STREAM);
    PreparedRun run = create(settings, LINE, EngineType.SIMD, ONE);
    Model model =
        run.train(directory("run"), new TrainingListener() {}, EVERY_MINUTE, () -> false).model();
    List<Progress.Evaluation> evaluations = model.progress().evaluations();
    LossMetrics measured = evaluations.get(evaluations.size() - 1).validation();
    int mark = model.vocabulary().documentMark();
    char[] tokens = run.split().validation().toArray();
    String[] documents = String.valueOf(tokens).split(String.valueOf((char) mark));
    Evaluator evaluator = new Evaluator(EngineType.SIMD.create(ONE), ONE);
    LossMetrics sum = LossMetrics.NONE;
    for (int i = 1; i < documents.length; i++) { // the first is empty: a mark begins the set
      String whole = (char) mark + documents[i] + (char) mark;
      sum =
          sum.plus(
              evaluator
                  .evaluate(
                      new SingleModel(EngineType.SIMD.create(ONE), model),
                      charnn.data.Tokens.of(whole.toCharArray()),
                      done -> {})
                  .score());
    }
    assertThat(documents).hasSize(16);
    assertThat(sum.characters()).isEqualTo(measured.characters());
    assertThat(sum.loss()).isCloseTo(measured.loss(), Offset.offset(1e-5));
  }
}
