package charnn.train;

import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.Score;
import java.io.IOException;
import java.util.List;

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
      public void reported(Metrics metrics) throws IOException {
        for (TrainingListener l : each) {
          l.reported(metrics);
        }
      }

      @Override
      public void evaluated(Progress.Evaluation evaluation, boolean best) {
        each.forEach(l -> l.evaluated(evaluation, best));
      }

      @Override
      public void sampled(long step, String text) throws IOException {
        for (TrainingListener l : each) {
          l.sampled(step, text);
        }
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
  default void reported(Metrics metrics) throws IOException {}

  /**
   * The model has been scored on the held-out text; comes before the row of metrics of the same
   * step.
   */
  default void evaluated(Progress.Evaluation evaluation, boolean best) {}

  /** The model has written a sample of its present skill. */
  default void sampled(long step, String text) throws IOException {}

  /**
   * How training goes at a step.
   *
   * @param step steps done
   * @param totalSteps of the run
   * @param epoch how often the training text has been read
   * @param characters trained on so far
   * @param learningRate of the step
   * @param training score over the steps since the last row of metrics
   * @param heldOut the latest score on the held-out text, null if there is none yet
   * @param seconds spent in this run so far, on the clock
   */
  record Metrics(
      long step,
      long totalSteps,
      double epoch,
      long characters,
      double learningRate,
      Score training,
      Score heldOut,
      double seconds) {}
}
