package charnn.cli;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.checkpoint.RunLock;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.console.Interrupts;
import charnn.cli.options.ModelsDirOption;
import charnn.cli.options.OptionNames;
import charnn.data.Direction;
import charnn.engine.registry.EngineType;
import charnn.generate.Generator;
import charnn.generate.SamplingSettings;
import charnn.generate.Start;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.predict.SingleModel;
import charnn.report.BaselineReport;
import charnn.report.LayersCsv;
import charnn.report.LiveCurve;
import charnn.report.LogFile;
import charnn.report.MetricsCsv;
import charnn.report.PhaseLog;
import charnn.report.PlainDisplay;
import charnn.report.ProgressDisplay;
import charnn.report.ProgressReporter;
import charnn.report.SamplesFile;
import charnn.report.TextWriter;
import charnn.train.Outcome;
import charnn.train.PreparedRun;
import charnn.train.RunExecutor;
import charnn.train.TrainingDiagnosis;
import charnn.train.TrainingListener;
import charnn.util.Sentence;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains a run before the user's eyes.
 *
 * @param quiet whether to show only warnings and errors
 * @param curve whether to draw the loss above the progress
 * @param interval of checkpoints
 * @param directory of the run
 * @param lock of the directory
 * @param executors computes
 * @param program that resumes the run: charnn or charnn-spark
 */
record RunSession(
    Console console,
    ModelsDirOption modelsDir,
    boolean quiet,
    boolean curve,
    Duration interval,
    RunDirectory directory,
    RunLock lock,
    RunExecutor.Factory executors,
    String program) {
  private static final int SAMPLE_LENGTH = 500;
  private static final double SAMPLE_TEMPERATURE = 0.8;

  /** Trains a run to its end, or until interrupted, and samples from the model. */
  ExitCode train(PreparedRun run) throws IOException {
    keepProgramOpen();
    TrainingDiagnosis.warning(run.text(), run.start().hyperparameters().validationFrom())
        .ifPresent(warning -> console.log(warning.naming(OptionNames::of)));
    BaselineMeasurement baselines =
        quiet ? null : BaselineMeasurement.beside(run.split(), run.start().vocabulary());
    PreparedRun.Result result = trainShowing(run);
    Outcome outcome = result.outcome();
    Progress progress = result.model().progress();
    if (outcome == Outcome.INTERRUPTED) {
      console.log(
          format(
              "saved at step %,d; resume with: %s train --resume --name '%s'%s",
              progress.step(), program, directory.pair().name(), modelsDir.asArgument()));
      return ExitCode.INTERRUPTED;
    }
    if (outcome == Outcome.STOPPED_EARLY) {
      note(
          format(
              "stopped early at step %,d: no lower validation loss in %d evaluations; to train"
                  + " further: %s train --resume --patience 0 --name '%s'%s",
              progress.step(),
              progress.evaluationsSinceBest(),
              program,
              directory.pair().name(),
              modelsDir.asArgument()));
    }
    if (baselines != null && Double.isFinite(progress.bestLoss())) {
      baselines
          .await(console)
          .ifPresent(found -> note(BaselineReport.of(found).beside(progress.bestLoss())));
    }
    TrainingDiagnosis diagnosis = TrainingDiagnosis.of(result.model());
    if (outcome == Outcome.FINISHED || diagnosis.kind() != TrainingDiagnosis.Kind.IMPROVING) {
      note(
          Sentence.join("; ", List.of(diagnosis.finding(), diagnosis.advice()))
              .naming(OptionNames::of));
    }
    writeSample(run.kind(), diagnosis.kind() == TrainingDiagnosis.Kind.UNLIKE);
    return ExitCode.DONE;
  }

  /**
   * Opens charnn's jar, if it is not open yet. A class that is first needed at the end of a run is
   * then found even if the jar has been deleted meanwhile.
   */
  private static void keepProgramOpen() {
    RunSession.class.getResource("RunSession.class");
  }

  private void note(String line) {
    if (!quiet) {
      console.log(line);
    }
  }

  private void logInterrupt() {
    console.endLine();
    console.log("interrupted, saving...");
  }

  private PreparedRun.Result trainShowing(PreparedRun run) throws IOException {
    note(
        format(
            "training run '%s'%s in %s; Ctrl-C saves and stops",
            directory.pair().name(),
            directory.isPair() || !directory.pair().equals(directory)
                ? " " + run.start().hyperparameters().direction().adverb()
                : "",
            directory.path()));
    LiveCurve live = new LiveCurve(directory.metrics(), console.errCurve(), curve);
    try (Interrupts interrupts = new Interrupts(this::logInterrupt);
        ProgressDisplay progress = quiet ? null : console.progressDisplay(live)) {
      return run.train(directory, listeners(run, progress, live), interval, interrupts, executors);
    }
  }

  /**
   * Returns what listens to the run: its files, the progress and the lock.
   *
   * @param progress null if quiet
   */
  private TrainingListener listeners(PreparedRun run, ProgressDisplay progress, LiveCurve live)
      throws IOException {
    List<TrainingListener> listeners = new ArrayList<>();
    Consumer<String> toUser = quiet ? console::log : progress::printLine;
    ProgressDisplay logDisplay = new PlainDisplay(new LogFile(directory.log(), toUser)::append);
    Consumer<String> warnings = toUser.andThen(logDisplay::printLine);
    listeners.add(new MetricsCsv(directory.metrics(), warnings));
    listeners.add(new LayersCsv(directory.layers(), warnings));
    listeners.add(live); // after the rows that it reads are cut back
    listeners.add(new SamplesFile(directory.samples(), warnings));
    listeners.add(new ProgressReporter(logDisplay));
    listeners.add(new PhaseLog(logDisplay, run.clock()::seconds));
    listeners.add(quiet ? warnings() : new ProgressReporter(progress));
    listeners.add(
        new TrainingListener() {
          @Override
          public void folderRemade() throws IOException {
            lock.retake();
          }
        });
    return TrainingListener.all(listeners);
  }

  /** Reads a model. If it is damaged, warns and reads another. */
  private Model readOr(Path file, Path other) throws ModelFileException {
    try {
      return ModelFile.read(file);
    } catch (ModelFileException e) {
      console.log(e.getMessage() + "; taking " + other);
      return ModelFile.read(other);
    }
  }

  private TrainingListener warnings() {
    return new TrainingListener() {
      @Override
      public void warned(String warning) {
        console.log(warning);
      }

      @Override
      public void rolledBack(Model model, String reason) {
        console.log(reason);
      }
    };
  }

  /**
   * Prints a sample of the trained model.
   *
   * @param ofLast whether to use the last model, because the best was chosen by a validation set
   *     that is unlike the training text
   */
  private void writeSample(EngineType kind, boolean ofLast) throws IOException {
    Path file = ofLast ? directory.last() : directory.modelFile().orElseThrow();
    Model model = readOr(file, directory.last());
    note(
        format(
            "saved %s; a sample (more: charnn sample --model '%s'%s)",
            file, ofLast ? file : directory.name(), ofLast ? "" : modelsDir.asArgument()));
    TextWriter writer = new TextWriter(console.out(), console.outTerminal());
    Direction direction = model.hyperparameters().direction();
    StringBuilder whole = new StringBuilder(); // a text that begins with its end is shown at once
    try (ThreadTeam alone = new ThreadTeam(1)) {
      new Generator(new SingleModel(kind.create(alone), model), alone)
          .generate(
              new int[0],
              Start.PARAGRAPH,
              SAMPLE_LENGTH,
              SamplingSettings.ofTemperature(SAMPLE_TEMPERATURE)
                  .sampler(model.hyperparameters().seed()),
              direction == Direction.FORWARD
                  ? writer::write
                  : codePoint -> whole.appendCodePoint(codePoint) != null);
    }
    writer.write(direction.turned(whole.toString()));
    writer.end();
  }
}
