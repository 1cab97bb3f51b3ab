package charnn.lab;

import static charnn.util.Formats.format;

import charnn.checkpoint.ClassifierFile.Description;
import charnn.data.QuotedSpeech;
import charnn.data.TextUnit;
import charnn.eval.NaiveBayes;
import charnn.lab.TextClassifier.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.knowm.xchart.XYChart;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.factory.Nd4j;

/** {@code lab classify}: who wrote a passage. */
final class ClassifyExperiment extends Experiment {
  private static final LabOption<List<String>> CLASS =
      LabOption.texts(
          "class",
          "NAME=FILE",
          "Text of a class; again for each class, and for more texts of one (default: narration and speech of the bundled tales).");
  private static final LabOption<Path> TEST =
      LabOption.file("test", "Text whose passages are classified.");
  private static final LabOption<String> UNIT =
      LabOption.choice(
          "unit", List.of("words", "characters"), "words", "What passages are made of.");
  private static final LabOption<Integer> LENGTH =
      LabOption.count("length", 1, Description.MAX_LENGTH, 20, "Units of a passage, at most.");
  private static final LabOption<Integer> VOCABULARY =
      LabOption.count(
          "vocabulary",
          1,
          Description.MAX_VOCABULARY,
          1000,
          "Units that are known: the commonest.");
  private static final LabOption<Integer> EPOCHS =
      LabOption.count("epochs", 1, 1000, 10, "Epochs of training.");
  private static final LabOption<Path> SAVE =
      LabOption.file("save", "File for the trained classifier, in DL4J's format.");
  private static final LabOption<Path> MODEL =
      LabOption.file("model", "Saved classifier of the test text, instead of training one.");

  private static final int LEAST = 10; // passages of a class
  private static final int HELD_OUT = 5; // one passage of so many
  private static final int SHOWN = 8; // units of a passage

  ClassifyExperiment() {
    super(
        "classify",
        "Who wrote this passage: does an LSTM tell better than counting words?",
        List.of(CLASS, TEST, UNIT, LENGTH, VOCABULARY, EPOCHS, SAVE, MODEL));
  }

  @Override
  public void run(Lab lab) throws IOException {
    Path model = lab.value(MODEL);
    Path save = lab.value(SAVE);
    for (LabOption<?> option : List.of(CLASS, UNIT, LENGTH, VOCABULARY, EPOCHS, SAVE)) {
      LabOption.require(
          model == null || !lab.isGiven(option),
          "the model of %s is trained already: leave %s out",
          MODEL,
          option);
    }
    LabOption.require(
        model == null || lab.isGiven(TEST), "%s needs a text to classify: give %s", MODEL, TEST);
    LabOption.require(
        save == null
            || (Files.isDirectory(save.toAbsolutePath().resolveSibling(""))
                && !Files.isDirectory(save)),
        "%s must name a file in a folder that exists, got %s",
        SAVE,
        String.valueOf(save));
    TextClassifier classifier = model == null ? train(lab) : TextClassifier.read(model);
    if (save != null) {
      classifier.write(save);
    }
    if (lab.isGiven(TEST)) {
      judge(lab, classifier);
    }
  }

  private static TextClassifier train(Lab lab) throws IOException {
    TextUnit unit = TextUnit.valueOf(lab.value(UNIT).toUpperCase(Locale.ROOT));
    int length = lab.value(LENGTH);
    Map<String, List<String>> texts = texts(lab);
    List<String> classes = List.copyOf(texts.keySet());
    List<Passage> training = new ArrayList<>();
    List<Passage> heldOut = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>(); // What stands twice is used once.
    for (int label = 0; label < classes.size(); label++) {
      List<Passage> passages = new ArrayList<>();
      for (String text : texts.get(classes.get(label))) {
        for (List<String> units : unit.passages(text, length)) {
          if (4 * units.size() >= length && seen.add(units)) {
            passages.add(new Passage(units, label));
          }
        }
      }
      LabOption.require(
          passages.size() >= LEAST,
          "class %s has %s passages, fewer than %s: give it more text, or a smaller %s",
          classes.get(label),
          passages.size(),
          LEAST,
          LENGTH);
      Collections.shuffle(passages, new Random(lab.random(label).nextLong()));
      heldOut.addAll(passages.subList(0, passages.size() / HELD_OUT));
      training.addAll(passages.subList(passages.size() / HELD_OUT, passages.size()));
    }
    List<String> vocabulary = TextClassifier.commonest(training, lab.value(VOCABULARY));
    Nd4j.getRandom().setSeed(lab.seed());
    TextClassifier classifier =
        new TextClassifier(new Description(unit, length, vocabulary, classes), lab.seed());
    DataTable epochs = new DataTable("epoch", "training loss", "training", "held out");
    Random random = new Random(lab.random(classes.size()).nextLong());
    for (int epoch = 1; epoch <= lab.value(EPOCHS) && !lab.isTimeUp(); epoch++) {
      String status = format("epoch %d of %d", epoch, lab.value(EPOCHS));
      BooleanSupplier more =
          () -> {
            lab.progress(status);
            return !lab.isTimeUp();
          };
      epochs.add(
          epoch,
          classifier.epoch(training, random, more),
          accuracy(training, classifier.classes(training)),
          accuracy(heldOut, classifier.classes(heldOut)));
    }
    lab.save("epochs", epochs);
    NaiveBayes bayes =
        new NaiveBayes(
            training.stream().map(classifier::encode).toList(),
            classes.size(),
            vocabulary.size() + 1);
    report(lab, classifier, bayes, heldOut, epochs);
    return classifier;
  }

  /** Returns the texts of each class. */
  private static Map<String, List<String>> texts(Lab lab) throws IOException {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (String given : lab.value(CLASS)) {
      String[] parts = given.split("=", 2);
      boolean valid = parts[0].matches("[^\\p{Cntrl}]{1,100}") && given.matches("(?s).+=.+");
      LabOption.require(valid, "%s must be NAME=FILE, got '%s'", CLASS, given);
      texts
          .computeIfAbsent(parts[0], name -> new ArrayList<>())
          .add(lab.corpus(List.of(Path.of(parts[1]))).text());
    }
    if (texts.isEmpty()) {
      QuotedSpeech tales = QuotedSpeech.of(lab.corpus(List.of()).text());
      texts.put("narration", tales.segments(false));
      texts.put("speech", tales.segments(true));
    }
    LabOption.require(
        texts.size() >= 2 && texts.size() <= Description.MAX_CLASSES,
        "there must be 2 to %s classes, got %s: give %s NAME=FILE for each",
        Description.MAX_CLASSES,
        texts.size(),
        CLASS);
    return texts;
  }

  private static void report(
      Lab lab, TextClassifier classifier, NaiveBayes bayes, List<Passage> heldOut, DataTable epochs)
      throws IOException {
    List<String> classes = classifier.description().classes();
    int[] predicted = classifier.classes(heldOut);
    int[] counted =
        heldOut.stream().mapToInt(p -> bayes.classOf(classifier.encode(p).units())).toArray();
    Evaluation evaluation = new Evaluation(classes.size());
    for (int p = 0; p < predicted.length; p++) {
      evaluation.eval(predicted[p], heldOut.get(p).label());
    }
    String[] names = new String[classes.size() + 1];
    Arrays.setAll(names, c -> c == 0 ? "held-out passages of" : "as " + classes.get(c - 1));
    DataTable confusion = new DataTable(names);
    double most = 0; // passages of the commonest class
    for (int label = 0; label < classes.size(); label++) {
      Object[] row = new Object[names.length];
      row[0] = classes.get(label);
      for (int c = 0; c < classes.size(); c++) {
        row[c + 1] = evaluation.getConfusion().getCount(label, c);
      }
      confusion.add(row);
      most = Math.max(most, evaluation.classCount(label));
    }
    lab.print("confusion", confusion);
    lab.print("");
    double baseline = accuracy(heldOut, counted);
    DataTable methods = new DataTable("method", "passages", "right");
    methods.add("LSTM", predicted.length, evaluation.accuracy());
    methods.add("naive Bayes", predicted.length, baseline);
    methods.add("always the commonest class", predicted.length, most / predicted.length);
    lab.print("accuracy", methods);
    if (epochs.rows().isEmpty()) {
      return;
    }
    XYChart chart = Figure.curves("Passages classified rightly", "epoch", "share");
    double[] x = epochs.column(0);
    Figure.points(chart, "LSTM, training", x, epochs.column(2));
    Figure.points(chart, "LSTM, held out", x, epochs.column(3));
    double[] level = new double[x.length];
    Arrays.fill(level, baseline);
    Figure.reference(chart, "naive Bayes, held out", x, level);
    lab.save("classify", Figure.of(chart));
  }

  private static double accuracy(List<Passage> passages, int[] classes) {
    double right = 0;
    for (int p = 0; p < classes.length; p++) {
      right += passages.get(p).label() == classes[p] ? 1 : 0;
    }
    return right / classes.length;
  }

  /** Prints who wrote each passage of a text. */
  private static void judge(Lab lab, TextClassifier classifier) throws IOException {
    Description description = classifier.description();
    String text = lab.corpus(List.of(lab.value(TEST))).text();
    List<Passage> passages = new ArrayList<>();
    description
        .unit()
        .passages(text, description.length())
        .forEach(units -> passages.add(new Passage(units, 0)));
    double[][] probabilities = classifier.probabilities(passages);
    DataTable table = new DataTable("passage", "begins", "class", "probability");
    for (int p = 0; p < probabilities.length; p++) {
      List<String> units = passages.get(p).units();
      String begins = description.unit().text(units.subList(0, Math.min(SHOWN, units.size())));
      int best = TextClassifier.best(probabilities[p]);
      table.add(p + 1, begins, description.classes().get(best), probabilities[p][best]);
    }
    if (!lab.isGiven(MODEL)) {
      lab.print("");
    }
    lab.print("passages", table);
  }
}
