package charnn.train;

import static charnn.util.Formats.format;
import static charnn.util.Formats.number;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.TrainingState;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.optim.DivergenceException;
import charnn.plan.TimeBudget;
import charnn.util.Durations;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongToDoubleFunction;

/**
 * The training loop. Everything that decides the result is in the checkpoint: an interrupted run
 * ends bit-identical to an uninterrupted one.
 */
final class Trainer implements AutoCloseable {
  private final PreparedRun run;
  private final TrainingListener listener;
  private final BooleanSupplier interruption;
  private final Network network;
  private final TrainingState state;
  private final DivergenceGuard guard;
  private final RunProgress progress;
  private final TimeBudget budget;
  private final RunEvaluator evaluator;
  private final RunExecutor executor;
  private final Checkpoints checkpoints;
  private volatile boolean stopping;

  /** The parameters are those of {@link PreparedRun#train}. */
  Trainer(
      PreparedRun run,
      RunDirectory directory,
      TrainingListener listener,
      Duration checkpointEvery,
      BooleanSupplier interruption,
      RunExecutor.Factory executors)
      throws IOException {
    this.run = run;
    this.listener = listener;
    this.interruption = interruption;
    Model start = run.start();
    network = start.network();
    state = run.state();
    guard = new DivergenceGuard(start.provenance().text(), start.vocabulary().size());
    executor = executors.open(run, network, this::isInterrupted);
    progress =
        new RunProgress(
            start.progress(),
            start.hyperparameters(),
            run.before(),
            run.split(),
            run.text(),
            guard,
            executor.replicas());
    budget =
        new TimeBudget(
            start.hyperparameters(),
            progress.step(),
            seconds(),
            start.progress().stepsPerEpoch(),
            run.split().validation().length(),
            run.rowsFollow());
    evaluator =
        new RunEvaluator(
            executor::evaluate,
            run.kind().create(run.workers()),
            run.workers(),
            start.vocabulary(),
            run.split().validation().length(),
            this::seconds,
            this::isInterrupted);
    checkpoints = new Checkpoints(directory, checkpointEvery);
  }

  @Override
  public void close() {
    try {
      checkpoints.close();
    } finally {
      executor.close();
    }
  }

  /** Returns the model as it is now; its parameters change with further training. */
  Model model() {
    return model(network);
  }

  private Model model(Network parameters) {
    Model start = run.start();
    return new Model(
        parameters,
        start.vocabulary(),
        progress.hyperparameters(),
        progress.at(seconds()),
        start.provenance());
  }

  /** Trains to the end, or until interrupted. */
  Outcome run() throws IOException {
    listener.started(run.start());
    recordSamplesBytes();
    run.clock().startHeartbeat();
    try {
      for (long s = progress.step() - guard.state().windowSteps(); s < progress.step(); s++) {
        guard.count(executor.targets(s));
      }
      if (!checkpoints.canRollBack(progress.step())) {
        double begun = seconds();
        saveForRollback(); // The first checkpoint.
        flush();
        budget.saved(seconds() - begun);
      }
      checkpoints.keepUntil(progress.step());
      if (progress.step() == 0 && checkpoints.isToKeep(0)) {
        keep(); // the network before training
      }
      if (!run.before().equals(run.start().hyperparameters())) {
        saveLast(); // A kill must not restore the old schedule.
        flush();
      }
      return train();
    } finally {
      run.clock().stopHeartbeat();
    }
  }

  private Outcome train() throws IOException {
    checkpoints.restartInterval(seconds());
    budget.continuesAt(progress.step(), seconds());
    listener.entered(TrainingListener.Phase.STEPS, progress.step());
    while (progress.isWorkPending() || !progress.isOver()) {
      if (isInterrupted()) {
        saveLast();
        flush();
        return Outcome.INTERRUPTED;
      }
      try {
        if (!progress.isWorkPending()) {
          makeSteps();
        }
        doPendingWork();
      } catch (DivergenceException e) {
        rollBack(e);
      } catch (CancellationException e) {
        continue; // The steps were not made; what is due is saved as the interrupted run.
      }
      if (!progress.isWorkPending() && checkpoints.isDue(seconds(), progress.isEpochsEnd())) {
        saveLast();
        checkpoints.restartInterval(seconds());
      }
      reportWarnings();
    }
    writeLast();
    flush();
    return progress.isStoppedEarly() ? Outcome.STOPPED_EARLY : Outcome.FINISHED;
  }

  private boolean isInterrupted() {
    stopping = stopping || interruption.getAsBoolean();
    return stopping;
  }

  /**
   * Makes as many steps as the executor makes at once, but none after an evaluation that is due.
   */
  private void makeSteps() throws DivergenceException, IOException {
    int count = progress.stepsToEvaluation(executor.stride());
    LongToDoubleFunction rates = progress.nextRates();
    long first = progress.step();
    List<LossMetrics> scores = executor.make(first, count, rates);
    for (int i = 0; i < count; i++) {
      double rate = rates.applyAsDouble(first + i);
      LossMetrics score = scores.get(i);
      progress.average(score.loss());
      boolean maySlow = progress.halvings() < Progress.MAX_HALVINGS;
      guard.stepped(first + i + 1, score.loss(), rate, executor.targets(first + i), !maySlow);
      progress.stepped(score, rate);
    }
    progress.madeAtOnce(count);
    if (progress.halvings() > 0 && guard.isLongHealthy(progress.rollbacks())) {
      progress.undoHalving();
      listener.warned(
          format(
              "training is stable again: the learning rate is doubled at step %,d",
              progress.step()));
    }
  }

  /** Evaluates and reports after a step. When interrupted, it returns early: work stays pending. */
  private void doPendingWork() throws IOException {
    followClock();
    boolean last = progress.isLastStep();
    boolean evaluates = progress.isEvaluationDue();
    boolean hasRow = evaluates || progress.isRowDue(run.rowsFollow());
    if (hasRow && (evaluates || progress.isMeasured())) {
      executor.sizes(progress.step()).ifPresent(sizes -> listener.measured(progress.step(), sizes));
    }
    if (evaluates && !evaluate()) {
      return;
    }
    TrainingListener.Metrics metrics = progress.metrics(seconds());
    listener.stepped(metrics);
    if (hasRow) {
      listener.reported(metrics);
      progress.rowWritten();
    }
    if (checkpoints.isToKeep(progress.step())) {
      keep();
    }
    progress.workDone();
    if (last) {
      followClock(); // The last evaluation may have been faster than estimated.
    }
    if (evaluates) {
      progress.checkPatience();
      if (guard.isSound()) {
        saveForRollback();
      } else {
        saveLast(); // A state that may be diverging is no rollback point.
      }
    }
  }

  private void keep() throws DivergenceException {
    listener.entered(TrainingListener.Phase.SAVING, progress.step());
    checkpoints.keep(progress.step(), toPassOn(snapshot()));
    listener.entered(TrainingListener.Phase.STEPS, progress.step());
  }

  /** Fits the hyperparameters of a time-budgeted run to the clock. */
  private void followClock() {
    progress.setHyperparameters(
        budget.next(progress.hyperparameters(), progress.step(), seconds()));
  }

  /** Evaluates and samples; returns false if interrupted in the middle. */
  private boolean evaluate() throws DivergenceException, IOException {
    listener.entered(TrainingListener.Phase.EVALUATION, progress.step());
    double begun = seconds();
    double scoring = 0; // seconds
    double again = 0; // seconds of another evaluation
    boolean best = true;
    if (progress.hasValidation()) {
      RunEvaluator.Timed evaluated;
      try {
        evaluated = evaluator.evaluate(network);
      } catch (CancellationException e) {
        return false;
      }
      LossMetrics score = evaluated.score();
      if (!Double.isFinite(score.lossSum())) {
        throw new DivergenceException(
            format("the validation loss became %s at step %,d", score.loss(), progress.step()));
      }
      scoring = seconds() - begun;
      again = evaluated.again();
      best = score.loss() < progress.at(0).bestLoss();
      listener.evaluated(progress.record(score), best);
    }
    Model now = snapshot();
    double sampling = seconds();
    String sample = evaluator.sample(now);
    sampling = seconds() - sampling;
    listener.sampled(progress.step(), sample);
    recordSamplesBytes();
    if (best) {
      checkpoints.writeBest(toPassOn(now));
    }
    progress.evaluated();
    budget.evaluated(seconds() - begun, seconds() - begun - scoring + again, sampling);
    listener.entered(TrainingListener.Phase.STEPS, progress.step());
    return true;
  }

  /**
   * Rolls back to the last evaluation, or the start, and continues at half the learning rate.
   *
   * @throws TrainingException after too many rollbacks
   */
  private void rollBack(DivergenceException cause) throws IOException {
    if (progress.halvings() >= Progress.MAX_HALVINGS) {
      throw new TrainingException(
          Sentence.of(
              "%s, after %d halvings of the learning rate. What run '%s' had saved is intact. Start"
                  + " another run with a lower %s than %s",
              cause.getMessage(),
              Progress.MAX_HALVINGS,
              checkpoints.runName(),
              Setting.LEARNING_RATE,
              number(progress.hyperparameters().schedule().learningRate())));
    }
    ModelFile.Checkpoint checkpoint = checkpoints.readForRollback(cause);
    Model model = checkpoint.model();
    float[] parameters = model.network().parameters();
    System.arraycopy(parameters, 0, network.parameters(), 0, parameters.length);
    state.copyFrom(checkpoint.training().orElseThrow());
    progress.rollBackTo(model.progress());
    checkpoints.keepUntil(progress.step());
    executor.rolledBack(progress.step());
    budget.continuesAt(progress.step(), seconds());
    saveForRollback();
    listener.rolledBack(
        model(),
        format(
            "%s: rolled back to step %,d; training continues with half the learning rate (halving"
                + " %d of %d)",
            cause.getMessage(), progress.step(), progress.halvings(), Progress.MAX_HALVINGS));
  }

  private void reportWarnings() throws IOException {
    Duration slept = run.clock().takeSleep();
    if (!slept.isZero()) {
      listener.warned(
          format(
              "the process did not run for %s (it was stopped, or the computer was suspended): that"
                  + " time is not counted",
              Durations.format(slept)));
    }
    if (checkpoints.takeFolderRemade()) {
      listener.folderRemade();
      recordSamplesBytes();
      try {
        saveForRollback();
      } catch (DivergenceException e) {
        rollBack(e); // which saves
      }
    }
    checkpoints.takeWarnings(listener::warned);
  }

  private void recordSamplesBytes() {
    progress.setSamplesBytes(listener.samplesBytes());
  }

  private void flush() throws IOException {
    checkpoints.flush();
    reportWarnings();
  }

  private void saveLast() throws IOException {
    try {
      writeLast();
    } catch (DivergenceException e) {
      rollBack(e); // which saves
    }
  }

  private void writeLast() throws DivergenceException, IOException {
    TrainingState copy = snapshotOfState(false);
    checkpoints.writeLast(snapshot(), copy);
  }

  private void saveForRollback() throws DivergenceException, IOException {
    TrainingState copy = snapshotOfState(true);
    checkpoints.writeForRollback(snapshot(), copy);
  }

  private TrainingState snapshotOfState(boolean isForRollback)
      throws DivergenceException, IOException {
    listener.entered(TrainingListener.Phase.SAVING, progress.step());
    executor.saving(progress.step(), state, isForRollback);
    TrainingState copy = state.copy();
    if (!copy.isFinite()) {
      throw new DivergenceException(
          format("the optimizer state is non-finite at step %,d", progress.step()));
    }
    return copy;
  }

  /** Returns a copy of the model. */
  private Model snapshot() throws DivergenceException {
    Network copy = network.copy();
    if (!copy.isFinite()) {
      throw new DivergenceException(
          format("the parameters are non-finite at step %,d", progress.step()));
    }
    return model(copy);
  }

  /** Returns a model without paths and times: repeating the run gives an identical file. */
  private static Model toPassOn(Model model) {
    return new Model(
        model.network(),
        model.vocabulary(),
        model.hyperparameters(),
        model.progress().toPassOn(),
        model.provenance().withoutPaths());
  }

  private double seconds() {
    return run.start().progress().seconds() + run.clock().seconds();
  }
}
