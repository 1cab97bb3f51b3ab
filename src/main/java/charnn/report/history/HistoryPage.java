package charnn.report.history;

import static charnn.report.Html.escaped;
import static charnn.util.Formats.format;
import static charnn.util.Formats.number;

import charnn.data.Corpus;
import charnn.eval.Novelty;
import charnn.eval.Overlap;
import charnn.model.Hyperparameter;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.report.NumberTable;
import charnn.report.PageTemplate;
import charnn.report.VisibleText;
import charnn.util.Durations;
import charnn.util.Setting;
import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A page for a browser that shows how runs were trained: curves to zoom and point at, samples,
 * settings. It loads nothing from elsewhere: the plotting library uPlot is in it. What runs and
 * texts are called and what models write is text in it, never markup.
 */
public final class HistoryPage {
  /** Rows of a run that the page has: with more, it would become slow. */
  static final int MOST_ROWS = 3000;

  /** Samples of a run that are listed; the first table has fewer. */
  private static final int MOST_SAMPLES = 200;

  private static final int FEW_SAMPLES = 10;
  private static final int MOST_EVENTS = 200;
  private static final String MARK = "<meta name=\"generator\" content=\"charnn report\">";

  /** Where the build's library of the class path has uPlot. */
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  private final List<ReportedRun> runs;
  private final Function<Setting, String> names;
  private final StringBuilder body = new StringBuilder();

  private HistoryPage(List<ReportedRun> runs, Function<Setting, String> names) {
    this.runs = runs;
    this.names = names;
  }

  /** Returns whether a file is such a page. */
  public static boolean isPage(Path file) throws IOException {
    return PageTemplate.isMarked(file, MARK);
  }

  /**
   * Returns the page.
   *
   * @param axes that it is first drawn with; the vertical one is that of each chart
   * @param names the option of each setting
   */
  public static String of(
      List<ReportedRun> runs, HistoryFigure.Axes axes, Function<Setting, String> names) {
    HistoryPage page = new HistoryPage(runs, names);
    page.appendBody();
    String library = resource(UPLOT + "dist/uPlot.iife.min.js");
    String script = resource("report.js");
    return PageTemplate.filled(
        resource("report.html"),
        Map.of(
            "hashes", PageTemplate.hash(library) + " " + PageTemplate.hash(script),
            "title", escaped(page.title()),
            "uplot-style", resource(UPLOT + "dist/uPlot.min.css"),
            "style", resource(PageTemplate.STYLE) + resource("report.css"),
            "body", page.body.toString(),
            "licence", escaped(resource(UPLOT + "LICENSE")),
            "data", page.data(axes),
            "uplot", library,
            "script", script));
  }

  private static String resource(String name) {
    return PageTemplate.resource(HistoryPage.class, name);
  }

  private String title() {
    return runs.size() == 1
        ? "Training of " + shown(runs.get(0).history().name())
        : format("Training of %,d runs", runs.size());
  }

  private static String shown(String name) {
    return VisibleText.oneLine(name);
  }

  private void appendBody() {
    body.append(format("<h1>%s</h1>%n", escaped(title())));
    appendVerdicts();
    appendCharts();
    appendEvents();
    for (ReportedRun run : runs) {
      appendSamples(run);
    }
    appendSettings();
  }

  private void appendVerdicts() {
    body.append("<div class=\"runs\">\n");
    for (int i = 0; i < runs.size(); i++) {
      RunHistory run = runs.get(i).history();
      Progress progress = run.model().progress();
      body.append(format("<article class=\"run\" data-run=\"%d\">%n", i));
      body.append(
          format(
              "<h2><span class=\"swatch c%d\"></span>%s</h2>%n",
              i % 8, escaped(shown(run.name()))));
      run.best()
          .ifPresent(
              best ->
                  body.append(
                      format(
                          "<p class=\"figure\"><b>%.3f</b> nats per character <span>(%.2f bits) on"
                              + " the validation set at step %,d, accuracy %.1f %%</span></p>%n",
                          best.validation().loss(),
                          best.validation().bitsPerCharacter(),
                          best.step(),
                          100 * best.validation().accuracy())));
      body.append(
          format(
              "<p class=\"verdict\"><b>%s.</b> %s.</p>%n",
              unbroken(capital(shown(run.diagnosis().finding().naming(names)))),
              unbroken(capital(shown(run.diagnosis().advice().naming(names))))));
      body.append(
          format(
              "<p class=\"note\">%,d steps, %.1f epochs, %,d characters%s.</p>%n",
              progress.step(),
              progress.epoch(),
              progress.charactersSeen(),
              progress.seconds() == 0 ? "" : ", " + escaped(time(progress.seconds()))));
      if (!runs.get(i).note().isEmpty()) {
        body.append(
            format("<p class=\"note\">%s.</p>%n", escaped(capital(shown(runs.get(i).note())))));
      }
      body.append("</article>\n");
    }
    body.append("</div>\n");
  }

  /** Returns a sentence for HTML in which no option is broken between two lines. */
  private static String unbroken(String sentence) {
    return escaped(sentence).replaceAll("-{2}[a-z-]+", "<span class=\"option\">$0</span>");
  }

  private static String capital(String sentence) {
    return sentence.isEmpty()
        ? sentence
        : Character.toString(Character.toUpperCase(sentence.codePointAt(0)))
            + sentence.substring(Character.charCount(sentence.codePointAt(0)));
  }

  private static String time(double seconds) {
    return Durations.format(Duration.ofMillis(Math.round(seconds * 1e3)));
  }

  private void appendCharts() {
    body.append(
        """
        <noscript><p>The curves need JavaScript, which is off here. All else is on the page.</p></noscript>
        <form id="view" aria-label="How the curves are drawn">
        <label>over <select name="over"><option value="step">steps</option><option value="characters">characters</option>\
        <option value="epoch">epochs</option><option value="seconds">time</option></select></label>
        <label><input type="checkbox" name="log"> logarithmic</label>
        <label>loss in <select name="unit"><option value="nats">nats</option><option value="bits">bits</option></select></label>
        <span class="zoom"><button type="button" data-zoom="in" title="zoom in (+)">+</button>\
        <button type="button" data-zoom="out" title="zoom out (-)">−</button>\
        <button type="button" data-zoom="left" title="earlier">◂</button>\
        <button type="button" data-zoom="right" title="later">▸</button>\
        <button type="button" data-zoom="all" title="the whole run (Escape)">all</button></span>
        </form>
        <p class="note">Drag over a chart to zoom in, in all of them; a double click shows all again. Point at a curve, or go to it with
        Tab and use the arrow keys, to read its values. A click on a name hides its curve.</p>
        <div class="charts">
        """);
    chart("loss", "Loss", "", has(run -> run.metrics().has(RunHistory.LOSS)));
    chart(
        "accuracy",
        "Accuracy",
        "Percent of the characters that are predicted right.",
        has(
            run ->
                run.metrics().has(RunHistory.ACCURACY)
                    || run.metrics().has(RunHistory.VALIDATION_ACCURACY)));
    chart("rate", "Learning rate", "", has(run -> run.metrics().has(RunHistory.RATE)));
    boolean measured = has(run -> run.layers().has("gradient_norm"));
    chart("gradient", "Norm of the gradient", "Before clipping, which is at 1.", measured);
    chart("weights", "Size of the weights", "Root mean square of each layer's weights.", measured);
    chart(
        "update",
        "Size of the updates",
        "Root mean square of what a step changes a layer's weights by.",
        measured);
    chart(
        "ratio",
        "Updates relative to the weights",
        "Often near 0.001 where training goes well.",
        measured);
    chart(
        "copied",
        "Longest passage copied",
        "Characters of each sample's longest passage that stands in the text of the run; dashed:"
            + " the median of the text's own last part, in pieces as long.",
        runs.stream().anyMatch(run -> run.novelty() != null && run.novelty().samples().size() > 1));
    body.append("</div>\n");
    if (!measured) {
      body.append(
          "<p class=\"note\">The sizes of gradient, weights and updates were not recorded: by a"
              + " version before, or this is a model without its run's folder.</p>\n");
    }
  }

  private boolean has(java.util.function.Predicate<RunHistory> recorded) {
    return runs.stream().map(ReportedRun::history).anyMatch(recorded);
  }

  private void chart(String id, String title, String note, boolean isThere) {
    if (isThere) {
      body.append(
          format(
              "<section class=\"chart\" id=\"%s\"><header><h2>%s</h2><label><input"
                  + " type=\"checkbox\" data-log=\"%s\"> logarithmic</label></header>%n",
              id, title, id));
      body.append("<div class=\"plot\"></div>");
      body.append(note.isEmpty() ? "" : format("<p class=\"note\">%s</p>", note));
      body.append("</section>\n");
    }
  }

  private void appendEvents() {
    if (runs.stream().allMatch(run -> run.history().events().isEmpty())) {
      return;
    }
    body.append("<h2>What happened</h2>\n<div class=\"wide\"><table class=\"events\"><tr>");
    body.append(runs.size() > 1 ? "<th>run</th>" : "");
    body.append("<th>step</th><th>mark</th><th>what</th></tr>\n");
    for (ReportedRun run : runs) {
      for (TrainingEvent event : first(run.history().events(), MOST_EVENTS)) {
        body.append("<tr>");
        body.append(
            runs.size() > 1 ? format("<td>%s</td>", escaped(shown(run.history().name()))) : "");
        body.append(
            format(
                "<td class=\"number\">%,d</td><td>%s</td><td>%s</td></tr>%n",
                event.step(), mark(event.kind()), escaped(shown(event.text()))));
      }
    }
    body.append("</table></div>\n");
  }

  private static <T> List<T> first(List<T> list, int most) {
    return list.subList(0, Math.min(most, list.size()));
  }

  /** Returns the letter by which charts mark an event. */
  private static String mark(TrainingEvent.Kind kind) {
    return switch (kind) {
      case ROLLBACK -> "R";
      case RECOVERY -> "D";
      case RESUME -> "▸";
      case CHANGE -> "C";
      case OVERFITTING -> "O";
    };
  }

  private void appendSamples(ReportedRun run) {
    List<TrainingSample> all = run.history().samples();
    if (all.isEmpty()) {
      return;
    }
    body.append(
        format(
            "<h2>Samples%s</h2>%n<p class=\"note\">What the model wrote at its evaluations, at"
                + " temperature 0.8.%s</p>%n",
            runs.size() == 1 ? "" : " of " + escaped(shown(run.history().name())),
            run.novelty() == null
                ? ""
                : format(
                    " Copied: the sample's part in passages of %d characters and more that stand in"
                        + " the run's text; longest: the characters of the longest such passage,"
                        + " however short%s.",
                    Novelty.COPIED, baseline(run))));
    List<TrainingSample> few = TrainingSample.some(all, FEW_SAMPLES);
    appendSamples(run, few);
    if (few.size() < all.size()) {
      List<TrainingSample> more = TrainingSample.some(all, MOST_SAMPLES);
      body.append(
          format(
              "<details><summary>%s</summary>%n",
              more.size() < all.size()
                  ? format("%,d of %,d samples", more.size(), all.size())
                  : format("all %,d samples", all.size())));
      appendSamples(run, more);
      body.append("</details>\n");
    }
  }

  private static String baseline(ReportedRun run) {
    return run.novelty().baseline() == null
        ? ""
        : format(
            " (of the author's own unseen pages, in pieces as long: %d)",
            run.novelty().baseline().typicalLongest());
  }

  private void appendSamples(ReportedRun run, List<TrainingSample> samples) {
    boolean compared = run.novelty() != null;
    body.append("<div class=\"wide\"><table class=\"samples\"><tr><th>step</th><th>sample</th>");
    body.append(compared ? "<th>copied</th><th>longest</th>" : "").append("</tr>\n");
    for (TrainingSample sample : samples) {
      body.append(
          format(
              "<tr><td class=\"number\">%,d</td><td class=\"text\">%s</td>",
              sample.step(), escaped(VisibleText.of(sample.text().strip()))));
      if (compared) {
        Overlap overlap = run.novelty().samples().get(run.history().samples().indexOf(sample));
        body.append(
            format(
                "<td class=\"number\">%.0f %%</td><td class=\"number\">%d</td>",
                100 * overlap.copiedFraction(Novelty.COPIED), overlap.longest()));
      }
      body.append("</tr>\n");
    }
    body.append("</table></div>\n");
  }

  private void appendSettings() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      int run = i;
      settings(runs.get(i).history().model())
          .forEach(
              (name, value) -> {
                List<String> values = rows.computeIfAbsent(name, n -> new ArrayList<>());
                while (values.size() < run) {
                  values.add("");
                }
                values.add(value);
              });
    }
    body.append(
        format(
            "<h2>%s</h2>%n<div class=\"wide\"><table class=\"settings\"><tr><th></th>",
            runs.size() == 1 ? "Settings and machine" : "Settings, machines and differences"));
    for (ReportedRun run : runs) {
      body.append(format("<th>%s</th>", escaped(shown(run.history().name()))));
    }
    body.append("</tr>\n");
    rows.forEach(
        (name, values) -> {
          while (values.size() < runs.size()) {
            values.add("");
          }
          boolean differs = new HashSet<>(values).size() > 1;
          body.append(
              format(
                  "<tr%s><th>%s%s</th>",
                  differs ? " class=\"differs\"" : "",
                  escaped(name),
                  differs ? " <span title=\"differs\">≠</span>" : ""));
          values.forEach(value -> body.append(format("<td>%s</td>", escaped(shown(value)))));
          body.append("</tr>\n");
        });
    body.append("</table></div>\n");
  }

  /** Returns what decided a run's result, and where it was computed, in words. */
  private Map<String, String> settings(Model model) {
    Hyperparameters hyperparameters = model.hyperparameters();
    Provenance provenance = model.provenance();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("network", model.network().architecture().describe());
    rows.put("parameters", format("%,d", model.network().parameters().length));
    rows.put("vocabulary", format("%,d characters", model.vocabulary().size()));
    for (Hyperparameter<?> row : Hyperparameters.table()) {
      Object value = row.of(hyperparameters);
      rows.put(
          names.apply(row.setting()),
          value instanceof Double real ? number(real) : String.valueOf(value));
    }
    rows.put(
        "planned",
        hyperparameters.horizon().seconds() > 0
            ? time(hyperparameters.horizon().seconds())
            : format("%,d steps", hyperparameters.totalSteps()));
    rows.put("evaluated every", format("%,d steps", hyperparameters.evaluateEvery()));
    rows.put("text", provenance.describeFiles(source -> source.name()));
    if (provenance.validation() != null) {
      rows.put(
          "validation corpus",
          Corpus.some(provenance.validation().corpus().stream().map(Corpus.Source::name).toList()));
    }
    if (provenance.text() != null) {
      rows.put(
          "characters",
          format(
              "%,d to train on, %,d for validation",
              provenance.text().trainingCharacters(), provenance.text().validationCharacters()));
    }
    rows.put("text's SHA-256", first12(provenance.textSha256()));
    rows.put("engine", hyperparameters.engine());
    rows.put("charnn", provenance.charnn());
    rows.put("Java", provenance.java());
    rows.put("system", provenance.os());
    rows.put("processor", provenance.cpu());
    Progress progress = model.progress();
    if (progress.seconds() > 0) {
      rows.put(
          "characters per second", format("%,.0f", progress.charactersSeen() / progress.seconds()));
    }
    return rows;
  }

  private static String first12(String sha256) {
    return sha256.length() <= 12 ? sha256 : sha256.substring(0, 12) + "...";
  }

  /** Returns what the curves are drawn from, as JSON without a character that HTML knows. */
  private String data(HistoryFigure.Axes axes) {
    StringBuilder json = new StringBuilder("{\"over\":\"").append(axes.over().column());
    json.append("\",\"log\":").append(axes.logX()).append(",\"logY\":").append(axes.logY());
    json.append(",\"runs\":[");
    for (int i = 0; i < runs.size(); i++) {
      json.append(i == 0 ? "" : ",");
      append(runs.get(i), json);
    }
    return json.append("]}").toString();
  }

  private static void append(ReportedRun run, StringBuilder json) {
    RunHistory history = run.history();
    NumberTable metrics = history.metrics().thinned(MOST_ROWS, RunHistory.VALIDATION_LOSS);
    NumberTable layers = history.layers().thinned(MOST_ROWS, RunHistory.STEP);
    json.append("{\"name\":").append(string(shown(history.name())));
    json.append(",\"metrics\":");
    appendColumns(metrics, history, json);
    json.append(",\"layers\":");
    appendColumns(layers, history, json);
    json.append(",\"layerNames\":[");
    for (int l = 0; l < history.layerNames().size(); l++) {
      json.append(l == 0 ? "" : ",").append(string(history.layerNames().get(l)));
    }
    json.append("],\"events\":");
    List<TrainingEvent> events = first(history.events(), MOST_EVENTS);
    double[] steps = events.stream().mapToDouble(TrainingEvent::step).toArray();
    json.append('{');
    appendAxes(steps, history, json);
    json.append(",\"marks\":[");
    for (int i = 0; i < events.size(); i++) {
      json.append(i == 0 ? "" : ",").append(string(mark(events.get(i).kind())));
    }
    json.append("]},\"yardsticks\":[");
    for (int i = 0; i < run.yardsticks().size(); i++) {
      ReportedRun.Yardstick yardstick = run.yardsticks().get(i);
      json.append(i == 0 ? "" : ",").append("{\"name\":").append(string(yardstick.name()));
      json.append(",\"loss\":").append(value(yardstick.loss())).append('}');
    }
    json.append("],\"copied\":{");
    List<TrainingSample> samples =
        run.novelty() == null ? List.of() : first(history.samples(), MOST_ROWS);
    appendAxes(samples.stream().mapToDouble(TrainingSample::step).toArray(), history, json);
    json.append(",\"longest\":");
    appendNumbers(
        first(run.novelty() == null ? List.<Overlap>of() : run.novelty().samples(), MOST_ROWS)
            .stream()
            .mapToDouble(Overlap::longest)
            .toArray(),
        json);
    json.append(",\"usual\":");
    json.append(
        run.novelty() == null || run.novelty().baseline() == null
            ? "null"
            : value(run.novelty().baseline().typicalLongest()));
    json.append("}}");
  }

  private static void appendColumns(NumberTable table, RunHistory run, StringBuilder json) {
    json.append('{');
    appendAxes(table.column(RunHistory.STEP), run, json);
    for (String name : table.names()) {
      if (RunHistory.Axis.ofColumn(name).isEmpty() && table.has(name)) {
        json.append(',').append(string(name)).append(':');
        appendNumbers(table.column(name), json);
      }
    }
    json.append('}');
  }

  /** Appends the steps, and what they are on the other axes. */
  private static void appendAxes(double[] steps, RunHistory run, StringBuilder json) {
    for (RunHistory.Axis axis : RunHistory.Axis.values()) {
      json.append(axis == RunHistory.Axis.STEPS ? "" : ",").append(string(axis.column()));
      appendNumbers(run.along(axis, steps), json.append(':'));
    }
  }

  private static void appendNumbers(double[] values, StringBuilder json) {
    json.append('[');
    for (int i = 0; i < values.length; i++) {
      json.append(i == 0 ? "" : ",").append(value(values[i]));
    }
    json.append(']');
  }

  /** Returns a number for JSON, of a float's precision; null if it is none. */
  private static String value(double number) {
    if (!Double.isFinite(number)) {
      return "null";
    }
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Float.toString((float) number);
  }

  /** Returns a text for JSON within HTML: with no angle bracket and no ampersand. */
  private static String string(String text) {
    return new Gson().toJson(text);
  }
}
