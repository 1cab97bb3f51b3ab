package charnn.report.explore;

import static charnn.report.Html.escaped;
import static charnn.util.Formats.format;

import charnn.explore.ContextLoss;
import charnn.explore.Exploration;
import charnn.explore.GateStatistics;
import charnn.explore.Influence;
import charnn.explore.Knowledge;
import charnn.explore.Recording;
import charnn.explore.TrainedCells;
import charnn.model.Model;
import charnn.nn.CellType;
import charnn.report.PageTemplate;
import charnn.report.VisibleText;
import com.google.gson.Gson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A page for a browser that shows what the cells of a model know. It loads nothing from elsewhere.
 * What the model and the text are called, and the text, is text in it, never markup.
 */
public final class ExplorePage {
  private static final String MARK = "<meta name=\"generator\" content=\"charnn explore\">";

  /** Cells of a property in the table. */
  private static final int FEW_CELLS = 4;

  private final String name;
  private final String text;
  private final Model model;
  private final Exploration found;
  private final Recording recording;
  private final StringBuilder body = new StringBuilder();

  private ExplorePage(String name, String text, Model model, Exploration found) {
    this.name = name;
    this.text = text;
    this.model = model;
    this.found = found;
    this.recording = found.recording();
  }

  /** Returns whether a file is such a page. */
  public static boolean isPage(Path file) throws IOException {
    return PageTemplate.isMarked(file, MARK);
  }

  /**
   * Returns the page.
   *
   * @param name of the model
   * @param text what was read, in words
   */
  public static String of(String name, String text, Model model, Exploration found) {
    ExplorePage page = new ExplorePage(name, text, model, found);
    page.appendBody();
    String script = resource("explore.js");
    return PageTemplate.filled(
        resource("explore.html"),
        Map.of(
            "hashes", PageTemplate.hash(script),
            "title", escaped(page.title()),
            "style", resource(PageTemplate.STYLE) + resource("explore.css"),
            "body", page.body.toString(),
            "data", page.data(),
            "script", script));
  }

  private static String resource(String name) {
    return PageTemplate.resource(ExplorePage.class, name);
  }

  private String title() {
    return "What the cells of " + VisibleText.oneLine(name) + " know";
  }

  private void append(String form, Object... values) {
    body.append(format(form, values)).append('\n');
  }

  private void appendBody() {
    append("<h1>%s</h1>", escaped(title()));
    append(
        "<p>%s, at step %,d of its training, read %,d characters of %s; its loss was %.3f nats per"
            + " character (%.2f bits).</p>",
        escaped(recording.network().describe()),
        model.progress().step(),
        recording.length(),
        escaped(VisibleText.oneLine(text)),
        recording.loss(),
        recording.loss() / Math.log(2));
    body.append(
        "<noscript><p>The text is coloured by a script, and scripts are off here.</p></noscript>\n");
    body.append(resource("reader.html").replace("{memory}", memory()));
    appendKnowledge();
    appendTraining();
    appendGates();
    appendContext();
    appendInfluence();
  }

  /** Returns what a cell remembers, as a formula. */
  private String memory() {
    return recording.network().cell().memory() == 0
        ? "its hidden state h"
        : "tanh of its cell state c";
  }

  private void appendKnowledge() {
    Knowledge knowledge = found.knowledge();
    body.append("<h2 id=\"knowledge\">What cells know</h2>\n");
    append(
        "<p class=\"note\">r is the correlation of what a cell remembers (%s) with a property of the"
            + " text. Listed are cells whose r is larger than chance explains: than the largest r of"
            + " any of the %,d cells and of any property, in 95 of 100 texts that are moved against"
            + " the cells in a circle. A click on a cell shows it in the text above.</p>",
        memory(), recording.cells());
    body.append(
        "<div class=\"wide\"><table class=\"knowledge\"><tr><th>property</th><th>cells, and their"
            + " r</th><th>chance</th></tr>\n");
    List<String> unknown = new ArrayList<>();
    for (Knowledge.OfProperty of : knowledge.findings()) {
      if (of.cells().isEmpty()) {
        unknown.add(VisibleText.oneLine(of.property()));
        continue;
      }
      append(
          "<tr><th scope=\"row\">%s%s</th><td>%s</td><td class=\"number\">%.2f</td></tr>",
          escaped(VisibleText.oneLine(of.property())),
          of.places() < 0
              ? ""
              : format(
                  " <span class=\"note\">%.1f %%</span>", 100.0 * of.places() / knowledge.length()),
          of.cells().stream().limit(FEW_CELLS).map(this::button).collect(Collectors.joining(" ")),
          of.chance());
    }
    body.append("</table></div>\n");
    if (!unknown.isEmpty()) {
      append(
          "<p class=\"note\">No cell knows more than by chance: %s.</p>",
          escaped(String.join(", ", unknown)));
    }
    append(
        "<p class=\"note\">The percentage is the part of the text where a property holds. With %,d"
            + " shifts of the text, no p is below %.3f.</p>",
        knowledge.shifts(), 1.0 / (knowledge.shifts() + 1));
  }

  private String button(Knowledge.Cell cell) {
    return format(
        "<button type=\"button\" class=\"cell\" data-cell=\"%d:%d\" title=\"mean %.2f where it holds,"
            + " %.2f elsewhere; p = %.3f\">%d:%d <span>%+.2f</span></button>",
        cell.layer(),
        cell.unit(),
        cell.yes(),
        cell.no(),
        cell.p(),
        cell.layer(),
        cell.unit(),
        cell.correlation());
  }

  private void appendTraining() {
    TrainedCells training = found.training();
    if (training == null) {
      return;
    }
    body.append("<h2 id=\"learned\">When cells learned it</h2>\n");
    append(
        "<p class=\"note\">The correlation r at %,d steps of the training: of the cell that knows a"
            + " property best at the end (line), and the largest of any cell then (dotted). Below"
            + " the grey line, it is chance.</p>",
        training.steps().size());
    body.append("<div class=\"learned\">\n");
    for (TrainedCells.Line line : training.lines()) {
      if (line.layer() > 0) {
        append(
            "<figure><figcaption>%s <button type=\"button\" class=\"cell\""
                + " data-cell=\"%d:%d\">%d:%d</button></figcaption>%s</figure>",
            escaped(VisibleText.oneLine(line.property())),
            line.layer(),
            line.unit(),
            line.layer(),
            line.unit(),
            Drawing.overTraining(training, line));
      }
    }
    body.append(
        "</div>\n<details><summary>as a table</summary><div class=\"wide\"><table><tr><th>step</th><th>loss</th>");
    List<TrainedCells.Line> lines =
        training.lines().stream().filter(line -> line.layer() > 0).toList();
    lines.forEach(line -> append("<th>%s</th>", escaped(VisibleText.oneLine(line.property()))));
    body.append("</tr>\n");
    for (int i = 0; i < training.steps().size(); i++) {
      append(
          "<tr><td class=\"number\">%,d</td><td class=\"number\">%.3f</td>",
          training.steps().get(i), training.loss().get(i));
      int at = i;
      lines.forEach(line -> append("<td class=\"number\">%.2f</td>", line.cell().get(at)));
      body.append("</tr>\n");
    }
    body.append("</table></div></details>\n");
  }

  private void appendGates() {
    GateStatistics gates = recording.gates();
    if (gates.gates().isEmpty()) {
      append(
          "<h2>Gates</h2>%n<p class=\"note\">A cell of %s has no gates.</p>",
          recording.network().cell().title());
      return;
    }
    body.append("<h2>Gates</h2>\n");
    body.append(
        "<p class=\"note\">How open they are, from 0 to 1; the part of the time in which a gate is closed"
            + " (below 0.1) and open (above 0.9), of all units of a layer. Each dot is a unit: one at"
            + " the top left is always open, one at the bottom right always closed.</p>\n");
    body.append(
        "<div class=\"wide\"><table><tr><th>layer</th><th>gate</th><th>mean</th><th>closed</th><th>open</th></tr>\n");
    for (GateStatistics.OfGate gate : gates.gates()) {
      append(
          "<tr><td class=\"number\">%d</td><td>%s</td><td class=\"number\">%.2f</td><td"
              + " class=\"number\">%.1f %%</td><td class=\"number\">%.1f %%</td></tr>",
          gate.layer() + 1,
          gate.name(),
          GateStatistics.OfGate.mean(gate.mean()),
          100 * GateStatistics.OfGate.mean(gate.closed()),
          100 * GateStatistics.OfGate.mean(gate.open()));
    }
    body.append("</table></div>\n<div class=\"gates\">\n");
    for (GateStatistics.OfGate gate : gates.gates()) {
      append(
          "<figure><figcaption>%s gate%s</figcaption>%s</figure>",
          gate.name(),
          recording.network().layers() == 1 ? "" : format(", layer %d", gate.layer() + 1),
          Drawing.saturation(gate));
    }
    body.append("</div>\n");
    appendMemoryLengths(gates);
  }

  private void appendMemoryLengths(GateStatistics gates) {
    if (gates.memoryLengths().length == 0) {
      return;
    }
    String gate = recording.network().cell() == CellType.GRU ? "update" : "forget";
    body.append("<h2>How long cells remember</h2>\n");
    append(
        "<p class=\"note\">After so many characters, a cell has lost all but a third (1/e) of what it"
            + " held, as its %s gate usually is open: -1 / mean(ln kept).</p>",
        gate);
    for (int layer = 0; layer < gates.memoryLengths().length; layer++) {
      double[] lengths = gates.memoryLengths()[layer].clone();
      Arrays.sort(lengths);
      append(
          "<figure class=\"lengths\"><figcaption>Layer %d: half of the cells remember fewer than %s"
              + " characters. The longest: %s</figcaption>%s</figure>",
          layer + 1,
          number(lengths[lengths.length / 2]),
          longest(layer, gates.memoryLengths()[layer]),
          Drawing.lengths(lengths));
    }
  }

  private String longest(int layer, double... lengths) {
    return IntStream.range(0, lengths.length)
        .boxed()
        .sorted(Comparator.comparingDouble(unit -> -lengths[unit]))
        .limit(8)
        .map(
            unit ->
                format(
                    "<button type=\"button\" class=\"cell\" data-cell=\"%d:%d\">%d:%d"
                        + " <span>%s</span></button>",
                    layer + 1, unit + 1, layer + 1, unit + 1, number(lengths[unit])))
        .collect(Collectors.joining(" "));
  }

  private static String number(double value) {
    return value >= GateStatistics.LONGEST
        ? "a million"
        : value < 10 ? format("%.1f", value) : format("%,.0f", value);
  }

  private void appendContext() {
    ContextLoss context = found.context();
    if (context == null || context.points().isEmpty()) {
      return;
    }
    ContextLoss.Point last = context.points().get(context.points().size() - 1);
    body.append("<h2>How far back predictions depend on the text</h2>\n");
    append(
        "<p class=\"note\">The loss on the same %,d characters, after so many characters before"
            + " each, from zero state.</p>",
        context.targets());
    append(
        "<figure><figcaption>Nats per character, over the characters of context</figcaption>%s</figure>",
        Drawing.context(context));
    body.append(
        "<details><summary>as a table</summary><div class=\"wide\"><table><tr><th>characters"
            + " before</th><th>nats</th>");
    append("<th>more than with %,d</th></tr>", last.context());
    for (ContextLoss.Point point : context.points()) {
      append(
          "<tr><td class=\"number\">%,d</td><td class=\"number\">%.3f</td><td"
              + " class=\"number\">%.3f ± %.3f</td></tr>",
          point.context(), point.nats(), point.above(), point.error());
    }
    body.append("</table></div></details>\n");
  }

  private void appendInfluence() {
    Influence influence = found.influence();
    if (influence == null) {
      return;
    }
    body.append("<h2>Which characters a prediction depends on</h2>\n");
    body.append(
        "<p class=\"note\">The norm of the gradient of one prediction's loss with respect to each"
            + " character before it (to its embedding). Point at a character, or use the arrow keys:"
            + " the colours show what the prediction after it depended on.</p>\n");
    body.append(
        "<p id=\"influence\" class=\"places\" tabindex=\"0\" role=\"application\""
            + " aria-label=\"Characters and what the prediction after each depended on\"></p>\n"
            + "<p id=\"influence-note\" class=\"note\" aria-live=\"polite\"></p>\n");
    if (influence.byDistance().length > 0) {
      append(
          "<figure><figcaption>Mean norm by distance, of %,d predictions</figcaption>%s</figure>",
          influence.targets(), Drawing.influence(influence.byDistance()));
    }
  }

  private String data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("layers", recording.network().layers());
    data.put("hidden", recording.network().hiddenSize());
    data.put("cellState", recording.network().cell().memory() == 1);
    data.put("backward", recording.next().length > 1 && recording.next()[1] == 0);
    data.put("text", visible(recording.text()));
    data.put("vocabulary", visible(model.vocabulary().codePoints()));
    data.put("memory", base64(bytes(recording.memory())));
    int k = recording.likeliest()[0].length;
    data.put("kept", k);
    data.put("likeliest", base64(shorts(recording.likeliest(), k)));
    data.put("probabilities", base64(bytes(recording.probabilities(), k)));
    data.put(
        "lengths",
        Arrays.stream(recording.gates().memoryLengths())
            .map(layer -> Arrays.stream(layer).mapToObj(ExplorePage::number).toList())
            .toList());
    data.put("knowledge", found.knowledge().findings());
    Influence influence = found.influence();
    if (influence != null) {
      data.put("from", influence.from());
      data.put(
          "norms",
          Arrays.stream(influence.norms())
              .map(row -> Arrays.stream(row).map(ExplorePage::rounded).toArray())
              .toList());
    }
    return new Gson().toJson(data); // which escapes <, > and & within texts
  }

  private static double rounded(double value) {
    return value == 0 ? 0 : Double.parseDouble(format("%.3g", value));
  }

  /** Returns each character as it is shown. */
  private static List<String> visible(int... codePoints) {
    return Arrays.stream(codePoints).mapToObj(c -> VisibleText.of(Character.toString(c))).toList();
  }

  /** Returns values of -1 to 1 [N][cells] as bytes of -127 to 127 [cells][N]. */
  private static byte[] bytes(float[][] memory) {
    int n = memory.length;
    int cells = memory[0].length;
    byte[] bytes = new byte[n * cells];
    for (int t = 0; t < n; t++) {
      for (int c = 0; c < cells; c++) {
        bytes[c * n + t] = (byte) Math.round(127 * memory[t][c]);
      }
    }
    return bytes;
  }

  /** Returns probabilities [N][k] as bytes of 0 to 255. */
  private static byte[] bytes(float[][] probabilities, int k) {
    byte[] bytes = new byte[probabilities.length * k];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(255 * probabilities[i / k][i % k]);
    }
    return bytes;
  }

  private static byte[] shorts(int[][] ids, int k) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * k * ids.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int[] row : ids) {
      for (int id : row) {
        buffer.putShort((short) id);
      }
    }
    return buffer.array();
  }

  private static String base64(byte... bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
