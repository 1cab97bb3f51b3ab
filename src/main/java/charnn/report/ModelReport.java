package charnn.report;

import static charnn.util.Formats.format;
import static charnn.util.Formats.number;

import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.Direction;
import charnn.data.DocumentUnit;
import charnn.data.SpecialSymbols;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.model.SettingsChange;
import charnn.nn.CellType;
import charnn.nn.LayerSpec;
import charnn.nn.NetworkSpec;
import charnn.train.TrainingDiagnosis;
import charnn.util.Durations;
import charnn.util.JsonName;
import charnn.util.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A description of a model: layers with shapes and parameter counts, training history, vocabulary.
 *
 * @param hyperparameters of its run
 * @param progress of the model
 * @param run progress of its run, which may be further
 * @param resumable whether there is a checkpoint to resume that run from
 * @param diagnosis of its run
 * @param kept steps of the models that its run kept; null: none
 */
public record ModelReport(
    String file,
    NetworkSpec architecture,
    List<LayerRow> layers,
    int parameters,
    @JsonName("recipe") Hyperparameters hyperparameters,
    Progress progress,
    Progress run,
    boolean resumable,
    Provenance provenance,
    @JsonName("alphabet") List<String> vocabulary,
    @JsonName("verdict") TrainingDiagnosis diagnosis,
    List<Long> kept) {
  private static final int NAME_COLUMNS = 12;
  private static final int LEAST_SHAPE_COLUMNS = 38;

  /**
   * One layer.
   *
   * @param shapes of its parameters, in their order in the file
   */
  public record LayerRow(
      String name, int inputSize, int outputSize, List<String> shapes, int parameters) {
    private String shapeList() {
      return String.join("  ", shapes);
    }
  }

  /**
   * Makes the report on a model.
   *
   * @param checkpoint the latest of the same run, to resume from; empty if there is none
   */
  public static ModelReport of(String file, Model model, Optional<Model> checkpoint) {
    Model latest = checkpoint.orElse(model);
    NetworkSpec architecture = model.network().architecture();
    List<LayerSpec> specs = architecture.layerSpecs();
    List<LayerRow> rows = new ArrayList<>();
    for (int l = 0; l < specs.size(); l++) {
      rows.add(row(specs.get(l), l + 1));
    }
    return new ModelReport(
        file,
        architecture,
        rows,
        architecture.parameterCount(),
        latest.hyperparameters(),
        model.progress(),
        latest.progress(),
        checkpoint.isPresent()
            && !latest.progress().isFinished(latest.hyperparameters(), latest.provenance().text()),
        model.provenance(),
        characters(model),
        TrainingDiagnosis.of(latest),
        null);
  }

  /** Returns the same with the steps of the models that the run kept. */
  public ModelReport withKept(List<Long> steps) {
    return new ModelReport(
        file,
        architecture,
        layers,
        parameters,
        hyperparameters,
        progress,
        run,
        resumable,
        provenance,
        vocabulary,
        diagnosis,
        steps.isEmpty() ? null : List.copyOf(steps));
  }

  private static LayerRow row(LayerSpec layer, int number) {
    List<String> shapes = new ArrayList<>();
    shapes.add("W " + layer.inputSize() + " x " + layer.inputColumns());
    if (layer instanceof LayerSpec.Recurrent) {
      shapes.add("R " + layer.recurrentInputs() + " x " + layer.recurrentColumns());
    }
    int h = layer.outputSize();
    CellType cell = layer instanceof LayerSpec.Recurrent recurrent ? recurrent.cell() : null;
    if (cell == CellType.GRU) {
      shapes.add("b " + 3 * h);
      shapes.add("c " + h); // after the reset gate
    } else if (cell == CellType.PHASED_LSTM) {
      shapes.add("b " + 4 * h);
      shapes.add("time gate " + 3 * h);
    } else {
      shapes.add("b " + layer.biasColumns());
    }
    return new LayerRow(
        layer instanceof LayerSpec.Recurrent recurrent
            ? recurrent.cell().title() + " " + number
            : "softmax",
        layer.inputSize(),
        layer.outputSize(),
        shapes,
        layer.parameterCount());
  }

  /** Returns how the characters of the text became those of the vocabulary, if it is not usual. */
  private Optional<String> spelling() {
    DecodingSettings decoding = provenance.decoding();
    List<String> parts = new ArrayList<>();
    if (DecodingSettings.NFKC.equals(decoding.normalization())) {
      parts.add("in Unicode's form NFKC");
    } else if (decoding.normalization() == null) {
      parts.add("as they stand in the text");
    }
    if (decoding.lowercase()) {
      parts.add("in small letters");
    }
    if (provenance.rare() != null) {
      parts.add(
          format(
              "those that occur fewer than %,d times (%,d characters, together %,d times) are the unknown character (U+10FFFE)",
              decoding.minCount(),
              provenance.rare().characters(),
              provenance.rare().occurrences()));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }

  private static List<String> characters(Model model) {
    return Arrays.stream(model.vocabulary().codePoints())
        .filter(codePoint -> !SpecialSymbols.isSpecial(codePoint))
        .mapToObj(Character::toString)
        .toList();
  }

  /**
   * Returns the report as tables.
   *
   * @param names the option of each setting
   * @param columns of the terminal, for lines of words; 0: there is none
   */
  public String toText(Function<Setting, String> names, int columns) {
    double seconds = run.seconds();
    StringBuilder text = new StringBuilder();
    text.append(format("model       %s%n%n", file));
    int width =
        layers.stream()
            .mapToInt(row -> row.shapeList().length())
            .reduce(LEAST_SHAPE_COLUMNS, Math::max);
    String form = "%-13s %6s %6s  %-" + width + "s %12s%n";
    text.append(format(form, "layer", "in", "out", "shapes", "parameters"));
    for (LayerRow layer : layers) {
      text.append(
          format(
              form,
              layer.name,
              layer.inputSize,
              layer.outputSize,
              layer.shapeList(),
              format("%,d", layer.parameters)));
    }
    text.append(format(form, "all", "", "", "", format("%,d", parameters))).append(format("%n"));
    if (!architecture.cell().hasDl4jLayer()) {
      text.append(
          format(
              "opens in    charnn only: DL4J has no layer of the cell %s%n", architecture.cell()));
    }
    named(text, columns, "trained on  " + provenance.describeFiles(ModelReport::describe));
    if (hyperparameters.direction() == Direction.BACKWARD) {
      text.append(format("reads       backwards, from the end of the text%n"));
    }
    spelling().ifPresent(line -> named(text, columns, "characters  " + line));
    if (architecture.documents()) {
      DocumentUnit unit = provenance.decoding().documents();
      named(
          text,
          columns,
          "documents   "
              + (unit == null ? "" : VisibleText.oneLine(unit.describe()) + "; ")
              + "each begins at zero state, and ends with the document mark");
    }
    if (provenance.adapted() != null) {
      named(text, columns, "adapted to  " + describe(provenance.adapted()));
    }
    named(
        text,
        columns,
        format(
            "progress    step %,d, epoch %.1f; the run: %,d of %,d steps%s, %,d characters%s",
            progress.step(),
            progress.epoch(),
            run.step(),
            hyperparameters.totalSteps(),
            resumable ? format(" (charnn train %s continues it)", names.apply(Setting.RESUME)) : "",
            run.charactersSeen(),
            seconds == 0
                ? ""
                : " in " + Durations.format(Duration.ofMillis(Math.round(seconds * 1e3)))));
    if (kept != null) {
      long last = kept.get(kept.size() - 1);
      named(
          text,
          columns,
          format(
              "kept        %,d %s, to look at how it learned: step %s",
              kept.size(),
              kept.size() == 1 ? "model" : "models",
              kept.size() == 1
                  ? format("%,d", last)
                  : format("%,d, %,d ... %,d", kept.get(0), kept.get(1), last)));
    }
    for (SettingsChange change : run.changes()) {
      named(
          text,
          columns,
          format("changed     after step %,d: %s", change.step(), change.describe().naming(names)));
    }
    named(
        text,
        columns,
        format(
            "training    batch size %d, sequence length %d, %s batches, %s, %s, validation %s%s, seed %d",
            hyperparameters.batchSize(),
            hyperparameters.seqLength(),
            hyperparameters.windows().toString().toLowerCase(Locale.ROOT),
            hyperparameters.schedule().describe(),
            hyperparameters.regularization().describe(),
            number(hyperparameters.validationFraction()),
            switch (hyperparameters.validationFrom()) {
              case LAST -> "";
              case SPREAD -> " spread over it";
              case CORPUS -> " (" + validationCorpus() + ")";
            },
            hyperparameters.seed()));
    named(
        text,
        columns,
        VisibleText.oneLine(
            "made by     charnn "
                + String.join(
                    ", ",
                    provenance.charnn(),
                    provenance.java(),
                    provenance.os(),
                    provenance.cpu(),
                    "engine " + hyperparameters.engine())));
    text.append(
        format(
            "vocabulary  %d characters%s: %s%n",
            vocabulary.size(),
            architecture.documents() ? " and the document mark (U+10FFFF)" : "",
            VisibleText.oneLine(String.join("", vocabulary))));
    if (!run.evaluations().isEmpty()) {
      text.append(
          format(
              "%n%12s %14s %14s %14s %10s%n",
              "step", "training loss", "validation loss", "validation bits", "accuracy"));
      for (Progress.Evaluation row : thinned(run.evaluations())) {
        text.append(
            format(
                "%,12d %14.4f %14.4f %14.4f %9.1f%%%s%n",
                row.step(),
                row.trainingLoss(),
                row.validation().loss(),
                row.validation().bitsPerCharacter(),
                100 * row.validation().accuracy(),
                row.validation().loss() == run.bestLoss() ? "  best" : ""));
      }
    }
    if (run.step() > 0) {
      String finding = diagnosis.finding().naming(names) + ";";
      text.append(
          format(
              "%n%s%n%s%n",
              LineWrap.wrap(finding, columns),
              LineWrap.wrap(diagnosis.advice().naming(names), columns)));
    }
    return text.toString();
  }

  /** Appends a line that begins with its name. */
  private static void named(StringBuilder text, int columns, String line) {
    text.append(LineWrap.wrap(line, columns, NAME_COLUMNS)).append(System.lineSeparator());
  }

  private String validationCorpus() {
    return provenance.validation() == null
        ? ""
        : String.join(
            ", ",
            provenance.validation().corpus().stream()
                .map(source -> VisibleText.oneLine(source.name()))
                .toList());
  }

  private static String describe(Corpus.Source source) {
    return format(
        "%s (%,d bytes, SHA-256 %s...)",
        VisibleText.oneLine(source.name()), source.bytes(), source.sha256().substring(0, 12));
  }

  private static String describe(Provenance.Adapted adapted) {
    return format(
        "%,d characters of %,d text%s, from %s (SHA-256 %s...)",
        adapted.characters(),
        adapted.texts(),
        adapted.texts() == 1 ? "" : "s",
        VisibleText.oneLine(adapted.model()),
        adapted.sha256().substring(0, 12));
  }

  /** Returns at most about twenty rows, with the best and the last. */
  private List<Progress.Evaluation> thinned(List<Progress.Evaluation> rows) {
    int every = (rows.size() + 19) / 20;
    List<Progress.Evaluation> kept = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      boolean best = rows.get(i).validation().loss() == run.bestLoss();
      if (i % every == every - 1 || best || i == rows.size() - 1) {
        kept.add(rows.get(i));
      }
    }
    return kept;
  }
}
