package charnn.train;

import charnn.model.Model;
import charnn.model.Progress;
import charnn.nn.LossMetrics;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Told what happens during training, on the training thread. */
public interface TrainingListener {
  /** Returns a listener that passes everything on to others, in order. */
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
   * The first step is about to be made.
   *
   * @param model as it starts, or as it goes on
   */
  default void started(Model model) throws IOException {}

  /** A step has been made; called after each. */
  default void stepped(Metrics metrics) {}

  /** A row of metrics is due. */
  default void reported(Metrics metrics) {}

  /**
   * The model has been scored on the validation set; comes before the row of metrics of the same
   * step.
   */
  default void evaluated(Progress.Evaluation evaluation, boolean best) {}

  /** The model has written a sample of its present skill. */
  default void sampled(long step, String text) {}

  /** Returns how many bytes of samples there are, for a listener that keeps them. */
  default OptionalLong samplesBytes() {
    return OptionalLong.empty();
  }

  /**
   * Numbers blew up, and training goes on from an earlier step.
   *
   * @param model as it goes on; what was told of later steps is void
   * @param reason in words for the user
   */
  default void rolledBack(Model model, String reason) throws IOException {}

  /** Something did not work that training can do without for a while. */
  default void warned(String warning) {}

  /** The run's folder had vanished, with all that was in it, and was made again. */
  default void folderRemade() throws IOException {}

  /** What training does at a time. */
  enum Phase {
    STEPS,
    EVALUATION,
    SAVING
  }

  /** A phase begins. Saving goes on beside the steps. */
  default void entered(Phase phase, long step) {}

  /**
   * How training goes at a step.
   *
   * @param step steps done
   * @param totalSteps of the run
   * @param epoch how often the training text has been read
   * @param characters trained on so far
   * @param learningRate of the step
   * @param training score over the steps since the last row of metrics
   * @param validation the latest score on the validation set, null if there is none yet
   * @param seconds spent in this run so far, on the clock
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
