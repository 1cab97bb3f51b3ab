package charnn.train;

import charnn.model.Model;
import charnn.model.Progress;
import charnn.nn.LossMetrics;
import charnn.optim.StepSizes;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Callbacks of a training run, on the training thread. */
public interface TrainingListener {
  /** Returns a listener that notifies others, in order. */
  static TrainingListener all(List<TrainingListener> listeners) {
    List<TrainingListener> each = List.copyOf(listeners);
    return new TrainingListener() {
      @Override
      public void started(Model model) throws IOException {
        for (TrainingListener l : each) {
          l.started(model);
        }
      }

      @Override
      public void stepped(Metrics metrics) {
        for (TrainingListener l : each) {
          l.stepped(metrics);
        }
      }

      @Override
      public void reported(Metrics metrics) {
        each.forEach(l -> l.reported(metrics));
      }

      @Override
      public void measured(long step, StepSizes sizes) {
        each.forEach(l -> l.measured(step, sizes));
      }

      @Override
      public void evaluated(Progress.Evaluation evaluation, boolean best) {
        each.forEach(l -> l.evaluated(evaluation, best));
      }

      @Override
      public void sampled(long step, String text) {
        each.forEach(l -> l.sampled(step, text));
      }

      @Override
      public OptionalLong samplesBytes() {
        return each.stream()
            .map(TrainingListener::samplesBytes)
            .flatMapToLong(OptionalLong::stream)
            .max();
      }

      @Override
      public void rolledBack(Model model, String reason) throws IOException {
        for (TrainingListener l : each) {
          l.rolledBack(model, reason);
        }
      }

      @Override
      public void warned(String warning) {
        each.forEach(l -> l.warned(warning));
      }

      @Override
      public void folderRemade() throws IOException {
        for (TrainingListener l : each) {
          l.folderRemade();
        }
      }

      @Override
      public void entered(Phase phase, long step) {
        each.forEach(l -> l.entered(phase, step));
      }
    };
  }

  /**
   * Training starts.
   *
   * @param model as it starts or resumes
   */
  default void started(Model model) throws IOException {}

  /** A step is done. */
  default void stepped(Metrics metrics) {}

  /** A row of metrics is due, every report interval. */
  default void reported(Metrics metrics) {}

  /**
   * A step was measured, before the evaluation and the row of metrics that follow it. A run that is
   * resumed between the two does not measure it again.
   *
   * @param step steps done
   */
  default void measured(long step, StepSizes sizes) {}

  /**
   * The model was evaluated on the validation set. Called before {@link #reported} of the same
   * step.
   */
  default void evaluated(Progress.Evaluation evaluation, boolean best) {}

  /** The model generated a sample. */
  default void sampled(long step, String text) {}

  /** Returns the size of the samples file; empty if the listener has none. */
  default OptionalLong samplesBytes() {
    return OptionalLong.empty();
  }

  /**
   * Training diverged and was rolled back to an earlier step.
   *
   * @param model at the rollback point; earlier callbacks for later steps are void
   * @param reason a sentence for the user
   */
  default void rolledBack(Model model, String reason) throws IOException {}

  /** Something failed that does not stop training. */
  default void warned(String warning) {}

  /** The run's folder was deleted from outside, and was created again. */
  default void folderRemade() throws IOException {}

  /** Phases of training. */
  enum Phase {
    STEPS,
    EVALUATION,
    SAVING
  }

  /** A phase begins. Saving runs in parallel with the steps. */
  default void entered(Phase phase, long step) {}

  /**
   * Metrics of a step.
   *
   * @param step steps done
   * @param totalSteps of the run
   * @param epoch passes over the training text
   * @param characters trained on so far
   * @param learningRate of the step
   * @param training loss and accuracy since the last row of metrics
   * @param validation the latest loss and accuracy on the validation set, null before the first
   * @param seconds of the run so far
   */
  record Metrics(
      long step,
      long totalSteps,
      double epoch,
      long characters,
      double learningRate,
      LossMetrics training,
      LossMetrics validation,
      double seconds) {}
}
