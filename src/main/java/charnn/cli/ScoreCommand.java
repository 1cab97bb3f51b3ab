package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.MixOptions;
import charnn.cli.options.Mixture;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.OptionNames;
import charnn.cli.options.OutputFile;
import charnn.cli.options.PathConverter;
import charnn.cli.options.TextOptions;
import charnn.cli.options.ThreadsOption;
import charnn.cli.options.UsageException;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.Direction;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.eval.ScoredText;
import charnn.eval.TextScore;
import charnn.eval.TextScorer;
import charnn.predict.LanguageModel;
import charnn.report.ProgressDisplay;
import charnn.report.ScoreReport;
import charnn.report.SurprisePage;
import charnn.report.SurpriseText;
import charnn.util.AtomicFile;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code charnn score}. */
@Command(
    description = {
      "Measure how probable texts are to a model: bits per character and perplexity.",
      "(Several models are compared: which predicts each text best? With --mix, so are all of them"
          + " together. The first character of a text is not scored, by a model that reads"
          + " backwards the last; unknown characters are charged as by eval.)"
    },
    sortOptions = false)
final class ScoreCommand extends ReportCommand<ScoreCommand.Request> {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      converter = PathConverter.class,
      description = "Plain-text files, each scored on its own (default: standard input).")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--lines",
      description = "Score each line on its own, as it stands after a line end.")
  private boolean lines;

  @Option(
      names = "--show",
      description =
          "Print the texts, each character in the colour of its surprise; with marks where there"
              + " are no colours.")
  private boolean show;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description =
          "Write a page that shows the surprise of each character, and what was more likely in its"
              + " place.")
  private Path page;

  @Mixin private ModelOptions model;
  @Mixin private MixOptions mix;
  @Mixin private TextOptions text;
  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  /**
   * Texts to score.
   *
   * @param models to compare; the last one's surprise is shown
   * @param threads of the evaluation
   */
  record Request(List<Mixture> models, EngineType kind, int threads) {}

  /** A decoded text. */
  private record Source(String name, String text) {}

  /**
   * A model that texts are scored by, or several as one.
   *
   * @param label its name, unlike all others
   * @param direction in which it reads
   * @param decoding how its training text was read
   */
  private record Candidate(
      String label, LanguageModel model, Direction direction, DecodingSettings decoding) {}

  ScoreCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    if (files.isEmpty() && console.inTerminal()) {
      throw new UsageException(
          "score needs a text: charnn score FILE, or a text on standard input, for instance: charnn"
              + " sample | charnn score");
    }
    TextOptions.requireNoWords(files, "score");
    if (json() && show) {
      throw new UsageException("--json and --show both print; omit one");
    }
    if (page != null) {
      requireWritablePage();
    }
    int count = threads.count();
    EngineType kind = engine.kind(console);
    if (model.count() > 1 && !mix.isGiven() && (show || page != null)) {
      throw new UsageException(
          format(
              "%s shows the surprise of one model, got %,d; give one --model, or --mix to show all"
                  + " as one",
              show ? "--show" : "--html", model.count()));
    }
    List<Double> weights = mix.weights(model.count());
    List<ModelOptions.Found> found = model.findAll(console);
    found.forEach(one -> one.requireEngine(kind));
    List<Mixture> models = new ArrayList<>(found.stream().map(Mixture::of).toList());
    if (mix.isGiven()) {
      models.add(Mixture.of(found, weights));
    }
    return new Request(models, kind, count);
  }

  /** Checks before the work what would make it useless, and that no text is overwritten. */
  private void requireWritablePage() throws IOException {
    OutputFile.requirePlace("--html", page, "page", ".html", ".htm");
    for (Path file : files) {
      if (Files.exists(page) && Files.exists(file) && Files.isSameFile(page, file)) {
        throw new UsageException(
            format("--html %s would overwrite the text to score; choose another name", page));
      }
    }
    OutputFile.requireOwn("--html", page, "page", SurprisePage::isPage);
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    List<Source> sources = sources();
    List<SurprisePage.Text> shown = new ArrayList<>();
    ScoreReport report;
    List<String> labels;
    try (ThreadTeam workers = request.kind.workers(request.threads)) {
      Engine compute = request.kind.create(workers);
      List<Candidate> candidates = candidates(request.models, compute);
      labels = candidates.stream().map(Candidate::label).toList();
      ScoreReport.Builder scored = new ScoreReport.Builder(labels, lines);
      score(sources, candidates, new Evaluator(compute, workers), scored, shown);
      report = scored.report();
    }
    for (ScoreReport.Figures total : report.total()) {
      if (total.unknownCharacters() > 0) {
        console.log(
            format(
                "%,d of the characters are unknown to %s: left out of its input, and charged",
                total.unknownCharacters(), total.model()));
      }
    }
    if (page != null) {
      writePage(labels.get(labels.size() - 1), shown);
    }
    if (show) {
      show(shown);
    }
    return print(report, report.toText(terminalColumns()));
  }

  private List<Source> sources() throws IOException {
    if (files.isEmpty()) {
      return List.of(new Source("standard input", text.decoding().readStandardInput(console)));
    }
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      sources.add(new Source(file.toString(), text.decoding().readFile(file, console)));
    }
    return sources;
  }

  private List<Candidate> candidates(List<Mixture> models, Engine compute) {
    List<Candidate> candidates = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    for (Mixture one : models) {
      String label = one.label();
      for (int n = 2; !labels.add(label); n++) {
        label = one.label() + " (" + n + ")";
      }
      console.log("scoring by " + one.labelWithSteps());
      candidates.add(
          new Candidate(label, one.languageModel(compute), one.direction(), one.decoding()));
    }
    return candidates;
  }

  /**
   * Scores the texts one by one.
   *
   * @param shown receives those of which each character is shown, as the last model, all as one,
   *     scores them
   */
  private void score(
      List<Source> sources,
      List<Candidate> candidates,
      Evaluator evaluator,
      ScoreReport.Builder scored,
      List<SurprisePage.Text> shown)
      throws IOException {
    boolean needsCharacters = lines || show || page != null || candidates.size() > 1;
    Set<String> notes = new HashSet<>(); // printed once, not for each model
    try (ProgressDisplay display = console.progressDisplay()) {
      for (Source source : sources) {
        List<TextScore> scores = new ArrayList<>();
        List<ScoredText> characters = new ArrayList<>();
        for (Candidate candidate : candidates) {
          boolean isShown = candidate == candidates.get(candidates.size() - 1);
          int alternatives = page != null && isShown ? SurprisePage.MOST : 0;
          String read = read(source, candidate, notes);
          TextScorer scorer = new TextScorer(evaluator, candidate.model, candidate.direction);
          LongConsumer progress =
              done ->
                  display.updateStatus(
                      () -> format("%s: %,d of %,d characters", source.name, done, read.length()));
          try {
            if (needsCharacters) {
              characters.add(
                  lines
                      ? scorer.scoreLines(read, alternatives, progress)
                      : scorer.scoreCharacters(read, alternatives, progress));
              scores.add(characters.get(characters.size() - 1).score());
            } else {
              scores.add(scorer.score(read, progress));
            }
          } catch (CorpusException e) {
            throw new CorpusException(source.name + ": " + e.getMessage(), e);
          }
        }
        scored.add(source.name, scores, characters);
        if (show || page != null) {
          shown.add(new SurprisePage.Text(source.name, characters.get(characters.size() - 1)));
        }
      }
    }
  }

  /** Returns a text as a model's training text was read. */
  private String read(Source source, Candidate candidate, Set<String> notes) {
    DecodingSettings settings = text.settings().withCharactersOf(candidate.decoding);
    String book =
        Corpus.book(
            source.name,
            settings.composed(source.text),
            settings,
            note -> {
              String line = OptionNames.in(note);
              if (notes.add(line)) {
                console.log(line);
              }
            });
    book = settings.cased(book);
    return settings.normalization() == null ? candidate.model.vocabulary().spelling(book) : book;
  }

  private void writePage(String label, List<SurprisePage.Text> shown) throws IOException {
    byte[] bytes = SurprisePage.of(label, shown).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(page, out -> out.write(bytes));
    long all = shown.stream().mapToLong(one -> one.characters().nats().length).sum();
    console.log(
        all > SurprisePage.MOST
            ? format(
                "%s shows the first %,d of %,d characters; to see others, score a part of the text",
                page, SurprisePage.MOST, all)
            : format("%s shows the surprise of each character; open it in a browser", page));
  }

  private void show(List<SurprisePage.Text> shown) {
    PrintStream out = console.rawOut();
    SurpriseText surprise = new SurpriseText(console.colours(), console.columns());
    for (SurprisePage.Text one : shown) {
      if (shown.size() > 1) {
        console.out().print(one.name() + ":\n");
      }
      surprise.print(one.characters(), out);
      out.print("\n");
    }
    out.print(surprise.legend() + "\n");
  }
}
