package charnn.report;

import static charnn.util.Formats.format;

import charnn.explore.ContextLoss;
import charnn.explore.Exploration;
import charnn.explore.GateStatistics;
import charnn.explore.Knowledge;
import charnn.explore.Recording;
import charnn.explore.TrainedCells;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the cells of a model know, as a table or as JSON.
 *
 * @param model its name
 * @param characters that it read
 * @param loss nats per character of these
 * @param shifts by which chance was measured
 * @param properties of the text, with the cells that know each
 * @param gates of each layer
 * @param context loss by the length of the context; null if it was not measured
 * @param training when the cells learned it; null without checkpoints
 */
public record KnowledgeReport(
    String model,
    int characters,
    double loss,
    int shifts,
    List<Knowledge.OfProperty> properties,
    List<GateRow> gates,
    List<ContextLoss.Point> context,
    TrainedCells training) {
  /** Cells of a property that the table has. */
  private static final int SHOWN = 3;

  /**
   * A gate of a layer.
   *
   * @param layer from 1
   * @param mean over the text and all units
   * @param closed part of the time below 0.1
   * @param open part of the time above 0.9
   */
  public record GateRow(int layer, String gate, double mean, double closed, double open) {}

  public static KnowledgeReport of(String model, Exploration exploration) {
    Recording recording = exploration.recording();
    List<GateRow> gates = new ArrayList<>();
    for (GateStatistics.OfGate gate : recording.gates().gates()) {
      gates.add(
          new GateRow(
              gate.layer() + 1,
              gate.name(),
              GateStatistics.OfGate.mean(gate.mean()),
              GateStatistics.OfGate.mean(gate.closed()),
              GateStatistics.OfGate.mean(gate.open())));
    }
    return new KnowledgeReport(
        model,
        recording.length(),
        recording.loss(),
        exploration.knowledge().shifts(),
        exploration.knowledge().findings(),
        gates,
        exploration.context() == null ? null : exploration.context().points(),
        exploration.training());
  }

  /** Returns it as tables. */
  public String toText() {
    TextTable table = new TextTable("r", "p", "cell", "yes", "no", "property");
    List<String> unknown = new ArrayList<>();
    for (Knowledge.OfProperty of : properties) {
      for (Knowledge.Cell cell : of.cells().subList(0, Math.min(SHOWN, of.cells().size()))) {
        table.add(
            format("%.3f", cell.correlation()),
            format("%.3f", cell.p()),
            cell.layer() + ":" + cell.unit(),
            format("%.2f", cell.yes()),
            format("%.2f", cell.no()),
            VisibleText.oneLine(of.property()));
      }
      if (of.cells().isEmpty()) {
        unknown.add(VisibleText.oneLine(of.property()));
      }
    }
    TextTable ofGates = new TextTable("layer", "mean", "below 0.1", "above 0.9", "gate");
    for (GateRow row : gates) {
      ofGates.add(
          String.valueOf(row.layer()),
          format("%.2f", row.mean()),
          format("%.1f%%", 100 * row.closed()),
          format("%.1f%%", 100 * row.open()),
          row.gate());
    }
    return table
        + (unknown.isEmpty()
            ? ""
            : "no cell knows more than by chance: "
                + unknown.stream().collect(Collectors.joining(", "))
                + "\n")
        + (gates.isEmpty() ? "" : "\n" + ofGates);
  }
}
