package charnn.train;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFile;
import charnn.data.Corpus;
import charnn.data.Direction;
import charnn.data.EncodedCorpus;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import charnn.engine.registry.EngineType;
import charnn.eval.TextAnalysis;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.model.Regularization;
import charnn.model.SettingsChange;
import charnn.model.TrainingState;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.optim.TrainingStep;
import charnn.plan.MemoryEstimate;
import charnn.plan.Plan;
import charnn.plan.Planner;
import charnn.plan.ShortText;
import charnn.plan.TrainingClock;
import charnn.plan.TrainingSettings;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Prepares runs: checks that everything fits together, and plans how long they train. */
public final class RunPreparation {
  /** The fraction of Java's memory that large arrays can fill. */
  private static final double USABLE_MEMORY = 0.75;

  private RunPreparation() {}

  /**
   * Prepares a new run. Before a long run, the machine's speed is measured for a few seconds.
   *
   * @param text encoded in a vocabulary that has all of {@code from}'s characters
   * @param from a model whose weights to start from, of the same cell, layers and hidden size; null
   *     to start from random ones
   * @param clock of the run
   * @param measured whether to measure the speed before a short time-budgeted run, too
   * @throws TrainingException if the text is too short
   * @throws InvalidSettingException if a setting is out of its range, or is incompatible with
   *     another
   */
  public static NewRun create(
      TrainingSettings settings,
      EncodedCorpus text,
      Model from,
      EngineType kind,
      ThreadTeam workers,
      TrainingClock clock,
      boolean measured)
      throws IOException {
    Vocabulary vocabulary = text.vocabulary();
    MemoryEstimate memory = requireFits(memory(settings, text, kind, workers));
    NetworkSpec architecture =
        new NetworkSpec(
            settings.cell(),
            vocabulary.size(),
            settings.hiddenSize(),
            settings.layers(),
            vocabulary.documentMark() >= 0);
    Hyperparameters draft = settings.hyperparameters();
    requireSupported(kind, architecture, draft);
    TrainValidationSplit split = split(text, draft);
    draft.requireFits(architecture);
    Network network =
        from == null
            ? Network.initialised(architecture, draft.seed())
            : grown(from, architecture, vocabulary, draft);
    Plan plan =
        new Planner(kind, workers, split, clock).plan(settings, network, memory.bytes(), measured);
    Progress progress = Progress.start(plan.stepsPerEpoch());
    Model model =
        new Model(
            network,
            vocabulary,
            plan.hyperparameters(),
            progress,
            provenance(
                Provenance.here(
                        text.corpus(),
                        kind.arithmetic(),
                        TextAnalysis.of(split, vocabulary, draft.direction()))
                    .without(text.rare()),
                text));
    return new NewRun(
        plan,
        new PreparedRun(
            kind,
            workers,
            model,
            TrainingState.initial(architecture, plan.hyperparameters().batchSize()),
            split,
            plan.hyperparameters(),
            clock,
            settings.reportEvery() == 0),
        Optional.empty());
  }

  /**
   * Makes a pair of a new run that reads forwards and one that reads backwards. That is planned,
   * and starts, as the first.
   *
   * @param text of the run
   * @param from a model whose weights the second starts from, that reads backwards; null to start
   *     from those that the first starts from
   * @throws InvalidSettingException if both do not fit into memory
   */
  public static NewRun pair(NewRun first, EncodedCorpus text, Model from) throws TrainingException {
    PreparedRun run = first.run();
    Model start = run.start();
    MemoryEstimate memory =
        requireFits(memory(TrainingSettings.of(start), text, run.kind(), run.workers()).ofPair());
    Hyperparameters hyperparameters =
        start.hyperparameters().toBuilder()
            .set(Hyperparameters.DIRECTION, Direction.BACKWARD)
            .build();
    NetworkSpec architecture = start.network().architecture();
    TrainValidationSplit split = split(text, hyperparameters);
    Model backward =
        new Model(
            from == null
                ? start.network().copy()
                : grown(from, architecture, start.vocabulary(), hyperparameters),
            start.vocabulary(),
            hyperparameters,
            start.progress(),
            start
                .provenance()
                .with(
                    text.corpus(), TextAnalysis.of(split, start.vocabulary(), Direction.BACKWARD)));
    return new NewRun(
        first.plan().taking(memory.bytes()),
        run,
        Optional.of(
            new PreparedRun(
                run.kind(),
                run.workers(),
                backward,
                TrainingState.initial(architecture, hyperparameters.batchSize()),
                split,
                hyperparameters,
                run.clock(),
                run.rowsFollow())));
  }

  private static Provenance provenance(Provenance provenance, EncodedCorpus text) {
    return text.validation() == null
        ? provenance
        : provenance.validatedOn(text.validation().corpus());
  }

  private static Network grown(
      Model from, NetworkSpec architecture, Vocabulary vocabulary, Hyperparameters draft) {
    Direction direction = from.hyperparameters().direction();
    if (direction != draft.direction()) {
      throw new InvalidSettingException(
          Sentence.of(
              "the model to start from reads %s; leave %s %s out, or start without it",
              direction.adverb(), Setting.DIRECTION, draft.direction()));
    }
    NetworkSpec before = from.network().architecture();
    if (before.cell() != architecture.cell()
        || before.layers() != architecture.layers()
        || before.hiddenSize() != architecture.hiddenSize()) {
      throw new InvalidSettingException(
          Sentence.of(
              "the model to start from has %s, not %s; leave %s, %s, %s and %s out",
              before.describe(),
              architecture.describe(),
              Setting.CELL,
              Setting.PRESET,
              Setting.LAYERS,
              Setting.HIDDEN_SIZE));
    }
    return from.network().grown(from.vocabulary(), vocabulary, draft.seed());
  }

  /**
   * Resumes a run from its last checkpoint.
   *
   * @param checkpoint of the run
   * @param corpus the same text as before
   * @param settings the same as before; only length, report interval and what else a resumed run
   *     may change may differ
   * @param clock of this process
   * @throws TrainingException if the text is not the same, or the run is past the new end
   * @throws InvalidSettingException if the settings are not the same
   */
  public static PreparedRun resume(
      ModelFile.Checkpoint checkpoint,
      Corpus corpus,
      TrainingSettings settings,
      EngineType kind,
      ThreadTeam workers,
      TrainingClock clock)
      throws IOException {
    return resume(checkpoint, corpus, null, settings, false, kind, workers, clock);
  }

  /**
   * As {@link #resume(ModelFile.Checkpoint, Corpus, TrainingSettings, EngineType, ThreadTeam,
   * TrainingClock)}.
   *
   * @param validation the same corpus to validate on as before; null if there was none
   * @param onPurpose whether the user says that other settings than before are meant
   */
  public static PreparedRun resume(
      ModelFile.Checkpoint checkpoint,
      Corpus corpus,
      Corpus validation,
      TrainingSettings settings,
      boolean onPurpose,
      EngineType kind,
      ThreadTeam workers,
      TrainingClock clock)
      throws IOException {
    Model model = checkpoint.model();
    requireSameText(model.provenance(), corpus);
    TrainingSettings before = TrainingSettings.of(model);
    requireSameSettings(before, settings, onPurpose);
    requireSameValidation(model.provenance().validation(), validation);
    EncodedCorpus encoded = EncodedCorpus.of(corpus, model.vocabulary());
    EncodedCorpus text = validation == null ? encoded : encoded.validatedOn(validation);
    requireFits(memory(settings, text, kind, workers));
    Hyperparameters saved = model.hyperparameters();
    Hyperparameters hyperparameters =
        saved.resumedWith(settings.hyperparameters(), onPurpose).toBuilder()
            .plan(
                saved.horizon(),
                saved.evaluateEvery(),
                settings.reportEvery() > 0 ? settings.reportEvery() : saved.defaultReportEvery())
            .build();
    requireSupported(kind, model.network().architecture(), hyperparameters);
    TrainValidationSplit split = split(text, hyperparameters);
    Progress progress = model.progress();
    List<SettingsChange.Value> changes = hyperparameters.changes(saved);
    if (!changes.isEmpty()) {
      long stepsPerEpoch = TrainingStep.batches(hyperparameters, split.training()).stepsPerEpoch();
      progress = progress.changed(changes, stepsPerEpoch);
    }
    if (!settings.length().equals(before.length())) {
      hyperparameters =
          new Planner(kind, workers, split, clock)
              .extended(hyperparameters, settings, model, progress);
      if (hyperparameters.totalSteps() < progress.step()) {
        throw new TrainingException(
            format(
                "the run has already made %,d steps, more than the %,d requested; request more",
                progress.step(), hyperparameters.totalSteps()));
      }
    }
    Model start =
        new Model(
            model.network(),
            model.vocabulary(),
            hyperparameters,
            progress,
            provenance(
                model
                    .provenance()
                    .with(
                        corpus,
                        TextAnalysis.of(split, model.vocabulary(), hyperparameters.direction())),
                text));
    TrainingState state = checkpoint.training().orElseThrow();
    int batchSize = hyperparameters.batchSize();
    return new PreparedRun(
        kind,
        workers,
        start,
        batchSize == saved.batchSize()
            ? state
            : state.withBatchSize(model.network().architecture(), batchSize),
        split,
        saved,
        clock,
        settings.reportEvery() == 0);
  }

  private static MemoryEstimate memory(
      TrainingSettings settings, EncodedCorpus text, EngineType kind, ThreadTeam workers) {
    return MemoryEstimate.of(
        settings,
        text.vocabulary().size(),
        text.vocabulary().documentMark() >= 0,
        text.corpus().content().inMemory(),
        kind,
        workers.count());
  }

  private static MemoryEstimate requireFits(MemoryEstimate need) {
    need.requireFits(USABLE_MEMORY * Runtime.getRuntime().maxMemory());
    return need;
  }

  private static void requireSupported(
      EngineType kind, NetworkSpec architecture, Hyperparameters hyperparameters) {
    kind.requireCell(architecture.cell());
    if (architecture.documents()) {
      kind.requireDocuments();
    }
    Regularization regularization = hyperparameters.regularization();
    if (hyperparameters.windows() == Hyperparameters.Order.STREAM && !kind.carriesState()) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s %s trains only on windows from zero state, because DL4J's gradients are wrong for stateful batches; add %s %s",
              Setting.ENGINE, kind, Setting.WINDOWS, Hyperparameters.Order.RANDOM));
    }
    if (regularization.dropout() > 0 && regularization.lockedDropout() && !kind.locksDropout()) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s %s has no locked dropout; add %s",
              Setting.ENGINE, kind, Setting.UNLOCKED_DROPOUT));
    }
  }

  /**
   * Checks that there is enough text for a new run.
   *
   * @param characters of the whole text
   */
  public static void requireLongEnough(long characters) throws TrainingException {
    if (characters < ShortText.LEAST_CHARACTERS) {
      throw new TrainingException(
          format(
              "the text is too short to train on: it has %,d characters, and %d is the least; add text",
              characters, ShortText.LEAST_CHARACTERS));
    }
  }

  /**
   * Checks that a text has a window to train on.
   *
   * @param characters to train on
   * @param seqLength characters of a window; one more is its last target
   */
  private static void requireWindow(long characters, int seqLength) throws TrainingException {
    if (characters <= seqLength) {
      throw new TrainingException(
          Sentence.of(
              "the text is too short: %,d characters to train on are fewer than one window of %d + 1; add text or lower %s",
              characters, seqLength, Setting.SEQ_LENGTH));
    }
  }

  private static TrainValidationSplit split(EncodedCorpus text, Hyperparameters hyperparameters)
      throws TrainingException {
    TrainValidationSplit split =
        text.split(
                hyperparameters.validationFrom(),
                hyperparameters.validationFraction(),
                hyperparameters.seed())
            .turned(hyperparameters.direction());
    requireWindow(split.training().length(), hyperparameters.seqLength());
    return split;
  }

  private static void requireSameSettings(
      TrainingSettings before, TrainingSettings settings, boolean onPurpose) {
    List<Sentence> differences = settings.differences(before, onPurpose);
    if (differences.isEmpty()) {
      return;
    }
    boolean isEnough = !onPurpose && settings.differences(before, true).isEmpty();
    throw new InvalidSettingException(
        Sentence.of(
            "the run has %s; it cannot be resumed with %s: leave that out, %sor start a new run",
            Sentence.join(", ", before.differences(settings, onPurpose)),
            Sentence.join(", ", differences),
            isEnough ? Sentence.of("change it on purpose with %s, ", Setting.CHANGE) : ""));
  }

  private static void requireSameValidation(Provenance.Validation before, Corpus validation)
      throws TrainingException {
    if (before != null
        && (validation == null || !before.textSha256().equals(validation.textSha256()))) {
      throw new TrainingException(
          Sentence.of(
              "the run was validated on another text (%s); resume it with that (%s)",
              before.corpus().get(0).name(), Setting.VALIDATION_CORPUS));
    }
  }

  private static void requireSameText(Provenance before, Corpus corpus) throws TrainingException {
    if (!before.textSha256().equals(corpus.textSha256())) {
      throw new TrainingException(
          Sentence.of(
              "the run was started on another text (%s); resume it with that, or start a new run with another %s",
              before.describeFiles(Corpus.Source::name), Setting.NAME));
    }
  }
}
