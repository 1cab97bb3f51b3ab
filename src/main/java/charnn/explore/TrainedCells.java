package charnn.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * When cells learned what they know: correlations at checkpoints of a training, on the same text.
 *
 * @param steps of the checkpoints, ascending
 * @param loss [checkpoints] in nats per character
 * @param lines of the properties
 */
public record TrainedCells(List<Long> steps, List<Double> loss, List<Line> lines) {
  /**
   * A property over training.
   *
   * @param property its name
   * @param layer of the cell that knows it best at the end, from 1; 0: no cell knows it
   * @param unit from 1
   * @param chance the correlation that a cell must exceed at the end
   * @param cell [checkpoints] correlation of that cell
   * @param best [checkpoints] the largest magnitude of any cell
   */
  public record Line(
      String property, int layer, int unit, double chance, List<Double> cell, List<Double> best) {}

  /** Adds up checkpoints. */
  public static final class Builder {
    private final Knowledge end;
    private final List<Property> properties;
    private final int hiddenSize;
    private final List<Long> steps = new ArrayList<>();
    private final List<Double> loss = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param end what the cells know at the end
     * @param properties of the text
     */
    public Builder(Knowledge end, List<Property> properties, int hiddenSize) {
      this.end = end;
      this.properties = properties;
      this.hiddenSize = hiddenSize;
      for (Knowledge.OfProperty of : end.findings()) {
        Knowledge.Cell best = of.cells().isEmpty() ? null : of.cells().get(0);
        lines.add(
            new Line(
                of.property(),
                best == null ? 0 : best.layer(),
                best == null ? 0 : best.unit(),
                of.chance(),
                new ArrayList<>(),
                new ArrayList<>()));
      }
    }

    /** Adds a checkpoint, later than those before, that has read the same text. */
    public void add(long step, Recording recording) {
      steps.add(step);
      loss.add(recording.loss());
      double[][] correlations = Knowledge.correlations(recording.memory(), properties);
      for (int f = 0; f < lines.size(); f++) {
        Line line = lines.get(f);
        double best = 0;
        for (double r : correlations[f]) {
          best = Math.max(best, Math.abs(r));
        }
        line.best.add(best);
        line.cell.add(
            line.layer == 0 ? 0.0 : correlations[f][(line.layer - 1) * hiddenSize + line.unit - 1]);
      }
    }

    public TrainedCells build() {
      return new TrainedCells(List.copyOf(steps), List.copyOf(loss), List.copyOf(lines));
    }
  }
}
