package charnn.report.history;

import charnn.eval.SampleNovelty;
import java.util.List;

/**
 * A run to show.
 *
 * @param novelty of its samples, in their order; null if the text is not there
 * @param yardsticks that its validation loss is compared with
 * @param note what is missing and why; empty if nothing is
 */
public record ReportedRun(
    RunHistory history, SampleNovelty novelty, List<Yardstick> yardsticks, String note) {
  /**
   * A method without a network.
   *
   * @param loss in nats per character
   */
  public record Yardstick(String name, double loss) {}
}
