package charnn.cli;

import static charnn.text.Messages.format;

import charnn.engine.EngineKind;
import charnn.engine.Workers;
import charnn.model.Score;
import charnn.report.Json;
import charnn.report.Lines;
import charnn.report.ScoreReport;
import charnn.score.Evaluator;
import charnn.text.Alphabet;
import charnn.text.Corpus;
import charnn.text.CorpusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code charnn eval}. */
@Command(description = "Tell how well a model predicts a text.")
final class EvalCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      description = "Plain-text files to score, joined in this order.")
  private List<Path> files;

  @Mixin private ModelOptions model;
  @Mixin private TextOptions text;
  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Mixin private CommonOptions common;

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ModelOptions.Found found = model.find(console);
    Corpus corpus = TextOptions.read(files, text.reading(), console);
    Alphabet alphabet = found.model().alphabet();
    String known = alphabet.withoutUnknown(corpus.text());
    long unknown =
        corpus.text().codePointCount(0, corpus.text().length())
            - known.codePointCount(0, known.length());
    if (unknown > 0) {
      console.say(format("left out %,d characters that the model does not know", unknown));
    }
    char[] indices = alphabet.encode(known);
    if (indices.length < 2) {
      throw new CorpusException(
          "fewer than two characters are left to score; is this the model for this text?");
    }
    console.say(
        format("scoring with %s (step %,d)", found.label(), found.model().progress().step()));
    ScoreReport report = ScoreReport.of(found.label(), score(found, indices), unknown);
    console.out().print(json ? Json.of(report) + "\n" : report.toText());
    return ExitCode.DONE.code();
  }

  private Score score(ModelOptions.Found found, char[] indices) throws IOException {
    EngineKind kind = Usage.check(spec, () -> engine.kind(console));
    try (Workers workers = Usage.check(spec, () -> threads.workers(kind));
        Lines lines = console.lines()) {
      return new Evaluator(kind.create(workers), workers)
          .evaluate(
              found.model().network(),
              indices,
              done -> lines.status(() -> format("%,d of %,d characters", done, indices.length)));
    }
  }
}
