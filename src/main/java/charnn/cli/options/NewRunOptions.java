package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.DocumentUnit;
import charnn.data.EncodedCorpus;
import charnn.data.ValidationFrom;
import charnn.data.input.CorpusInput;
import charnn.data.input.CorpusInputs;
import charnn.data.input.Include;
import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import charnn.plan.HyperparameterAdvisor;
import charnn.plan.Planner;
import charnn.plan.RunLength;
import charnn.plan.TrainingClock;
import charnn.plan.TrainingSettings;
import charnn.train.NewRun;
import charnn.train.RunPreparation;
import charnn.util.Durations;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a new run. */
public final class NewRunOptions {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final int WORDS_OF_NAME = 3;
  private static final int BEGINNING = 1000;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      arity = "1..*",
      preprocessor = AttachedValue.class,
      converter = InputConverter.class,
      description =
          "What to train on: text files, folders, archives, e-books, HTML and PDF files, addresses, gutenberg:NUMBER, or - (standard input), joined in this order (default: the bundled tales). See docs/corpora.md.")
  private List<CorpusInput> corpus = List.of();

  @Mixin private ListedInputOptions listed;
  @Mixin private DocumentOptions documents;

  @Option(
      names = "--init-from",
      paramLabel = "NAME|FILE",
      preprocessor = AttachedValue.class,
      description =
          "Start a new run from this model's weights, on any text; characters it did not know are added.")
  private String initFrom;

  private String firstWords = "text";
  private CorpusInputs inputs; // made when they are needed

  @Mixin private SettingsOptions settings;
  @Mixin private TextOptions text;
  @Mixin private CharacterOptions characters;
  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  public boolean isInitFromGiven() {
    return initFrom != null;
  }

  public boolean isCorpusGiven() {
    return !corpus.isEmpty() || listed.isGiven();
  }

  public SettingsOptions settings() {
    return settings;
  }

  /** Returns how long the run is to be. */
  public RunLength length() {
    return settings.length(settings.defaultLength());
  }

  /** Returns the cell asked for; that of a model to start from is not known yet. */
  public CellType cell() {
    return settings.cell(null);
  }

  public DocumentOptions documents() {
    return documents;
  }

  public TextOptions text() {
    return text;
  }

  public CharacterOptions characters() {
    return characters;
  }

  public EngineOptions engine() {
    return engine;
  }

  public ThreadsOption threads() {
    return threads;
  }

  /**
   * Returns what the text is read from.
   *
   * @throws CorpusException if a list of names cannot be used
   */
  public CorpusInputs inputs(Console console) throws CorpusException {
    if (inputs == null) {
      CorpusInputs given = listed.of(corpus, console);
      inputs =
          isCorpusGiven()
              ? given
              : CorpusInputs.ofFiles(
                  List.of(console.home().resolve("corpora").resolve("tales.txt")));
    }
    return inputs;
  }

  /**
   * Returns the default name of a run: that of the first input. The name of a pipe is made of the
   * first words read from it.
   */
  public String nameOfRun(Console console) throws CorpusException {
    CorpusInput first = inputs(console).first();
    return first.isStream() ? firstWords : RunDirectory.nameFor(first.lastName());
  }

  private String firstWords(String text) {
    String words =
        WORD.matcher(text)
            .results()
            .limit(WORDS_OF_NAME)
            .map(MatchResult::group)
            .collect(Collectors.joining("-"));
    return words.isEmpty() ? firstWords : RunDirectory.nameFor(Path.of(words));
  }

  /**
   * Prepares a run. Options that are not given are chosen from the text and the time.
   *
   * @param note receives messages to the user
   * @param clock of the run
   * @param measured whether to measure the machine's speed even for a short run
   * @throws charnn.util.InvalidSettingException if an option is out of its range
   */
  public NewRun newRun(
      Console console,
      Consumer<String> note,
      Path modelsDir,
      EngineType kind,
      ThreadTeam workers,
      TrainingClock clock,
      boolean measured)
      throws IOException {
    ModelOptions.requireNamed("--init-from", initFrom);
    settings.requireValidation();
    RunLength length = length();
    Path start =
        initFrom == null
            ? null
            : RunDirectory.findModel(modelsDir, initFrom, console.bundledModel());
    Model from = start == null ? null : ModelFile.read(start);
    NetworkSpec before = from == null ? null : from.network().architecture();
    CellType cell = settings.cell(before);
    kind.requireCell(cell);
    if (settings.isPair()) {
      note.accept(describePair(length));
    }
    Model fromBackward = start == null || !settings.isPair() ? null : backwardOf(start);
    DecodingSettings usual = text.settings();
    DecodingSettings decoding =
        characters
            .of(usual, from == null || isOld(from) ? usual : from.provenance().decoding())
            .withDocuments(documents(from, kind));
    Corpus read = TextOptions.open(inputs(console), decoding, console);
    firstWords = firstWords(read.content().beginning(BEGINNING));
    EncodedCorpus encoded =
        from == null ? EncodedCorpus.of(read) : EncodedCorpus.extending(from.vocabulary(), read);
    int vocabularySize = encoded.vocabulary().size();
    if (from != null) {
      note.accept(
          format(
              "starting from %s, which knows %d characters; the text adds %d",
              initFrom, from.vocabulary().size(), vocabularySize - from.vocabulary().size()));
    }
    CharacterOptions.report(encoded, console);
    encoded = validated(encoded, console);
    RunPreparation.requireLongEnough(encoded.characters());
    double heldOut = settings.validationFraction(encoded.characters());
    long trained = encoded.trainingCharacters(heldOut);
    // Options out of their range are refused before anything is measured.
    TrainingSettings chosen =
        settings.over(
            HyperparameterAdvisor.usual(cell, trained, vocabularySize, length, kind),
            from,
            heldOut);
    if (from == null && trained < HyperparameterAdvisor.LEAST_CHARACTERS) {
      console.log(
          format(
              "%,d characters to train on are too few: the model will overfit (memorize them); take a text of %,d or more",
              trained, HyperparameterAdvisor.LEAST_CHARACTERS));
    }
    if (length instanceof RunLength.Time time) {
      if (measured || Planner.isWorthMeasuring(time)) {
        note.accept("measuring how fast this machine is...");
      }
      HyperparameterAdvisor plan =
          HyperparameterAdvisor.measured(cell, trained, vocabularySize, time, kind, workers);
      chosen = settings.over(plan, from, heldOut);
    }
    settings
        .changeForShortText(encoded.characters(), chosen)
        .ifPresent(change -> console.log(OptionNames.in(change)));
    if (settings.validationFrom() == null && encoded.vocabulary().documentMark() >= 0) {
      chosen = chosen.holdingOut(ValidationFrom.SPREAD);
    }
    NewRun run = RunPreparation.create(chosen, encoded, from, kind, workers, clock, measured);
    return settings.isPair() ? RunPreparation.pair(run, encoded, fromBackward) : run;
  }

  /** Returns whether a model is of charnn 0.1.0, which did not normalize its text. */
  private static boolean isOld(Model model) {
    return model.provenance().decoding().rules() == 0;
  }

  /** Returns what a document is, if the text is of documents. */
  private DocumentUnit documents(Model from, EngineType kind) {
    if (documents.isGiven()) {
      return documents.unit();
    }
    if (from != null && from.network().architecture().documents()) {
      DocumentUnit before = from.provenance().decoding().documents();
      return before == null ? DocumentUnit.FILE : before;
    }
    return kind.resetsState() ? DocumentUnit.FILE_IF_SEVERAL : null;
  }

  /** Reads the corpus to validate on, if one is given. */
  private EncodedCorpus validated(EncodedCorpus text, Console console) throws CorpusException {
    if (settings.validationCorpus().isEmpty()) {
      return text;
    }
    CorpusInputs other = new CorpusInputs(settings.validationCorpus(), Include.ALL, console.in());
    Corpus read = TextOptions.open(other, text.corpus().settings(), console);
    EncodedCorpus validated = text.validatedOn(read);
    validated.validation().text().note().ifPresent(unknown -> console.log(OptionNames.in(unknown)));
    return validated;
  }

  private Model backwardOf(Path start) throws ModelFileException {
    Path file =
        RunDirectory.backwardOf(start)
            .orElseThrow(
                () ->
                    new UsageException(
                        format(
                            "--direction both starts from a model for each direction, and %s has one; omit --direction both or --init-from",
                            initFrom)));
    return ModelFile.read(file);
  }

  /** Says what a pair is. */
  private static String describePair(RunLength length) {
    return "two models: one reads the text forwards, then one backwards"
        + (length instanceof RunLength.Time time
            ? format("; %s for each", Durations.format(time.time()))
            : "");
  }
}
