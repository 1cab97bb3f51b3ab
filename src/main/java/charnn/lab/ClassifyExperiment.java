package charnn.lab;

import static charnn.checkpoint.ClassifierFile.Description.MAX_CLASSES;
import static charnn.checkpoint.ClassifierFile.Description.MAX_LENGTH;
import static charnn.checkpoint.ClassifierFile.Description.MAX_VOCABULARY;

import charnn.checkpoint.ClassifierFile.Description;
import charnn.checkpoint.ModelFileException;
import charnn.data.QuotedSpeech;
import charnn.data.TextUnit;
import charnn.eval.NaiveBayes;
import charnn.lab.TextClassifier.Passage;
import charnn.report.figure.Figure;
import charnn.util.PathState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code lab classify}: who wrote a passage. */
final class ClassifyExperiment extends Experiment {
  private static final LabOption<List<String>> CLASS =
      LabOption.texts(
          "class",
          "NAME=FILE",
          "Text of a class; again for each class, and for more texts of one (default: narration and"
              + " speech of the bundled tales).");
  private static final LabOption<Path> TEST =
      LabOption.file("test", "Text whose passages are classified.");
  private static final LabOption<String> UNIT =
      LabOption.choice(
          "unit", List.of("words", "characters"), "words", "What passages are made of.");
  private static final LabOption<Integer> LENGTH =
      LabOption.count("length", 1, MAX_LENGTH, 20, "Units of a passage, at most.");
  private static final LabOption<Integer> VOCABULARY =
      LabOption.count("vocabulary", 1, MAX_VOCABULARY, 1000, "Known units: the commonest.");
  private static final LabOption<Integer> EPOCHS =
      LabOption.count("epochs", 1, 1000, 10, "Epochs of training.");
  private static final LabOption<Path> SAVE =
      LabOption.file("save", "File for the trained classifier, in DL4J's format.");
  private static final LabOption<Path> MODEL =
      LabOption.file("model", "Saved classifier of the test text, instead of training one.");

  private static final int MIN_PASSAGES = 10; // passages of a class
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
    Path test = lab.value(TEST);
    String trained = "the model of %s is trained already: leave %s out";
    for (LabOption<?> option : List.of(CLASS, UNIT, LENGTH, VOCABULARY, EPOCHS, SAVE)) {
      LabOption.require(model == null || !lab.isGiven(option), trained, MODEL, option);
    }
    String needed = "%s needs a text to classify: give %s";
    LabOption.require(model == null || test != null, needed, MODEL, TEST);
    boolean isFile =
        save == null
            || !Files.isDirectory(save) && Files.isDirectory(save.toAbsolutePath().getParent());
    String where = "%s must name a file in a folder that exists, got %s";
    LabOption.require(isFile, where, SAVE, save);
    if (save != null && PathState.isTaken(save)) {
      requireReplaceable(lab, save);
    }
    TextClassifier saved = model == null ? null : TextClassifier.read(model);
    TextUnit unit =
        saved == null
            ? TextUnit.valueOf(lab.value(UNIT).toUpperCase(Locale.ROOT))
            : saved.description.unit();
    int length = saved == null ? lab.value(LENGTH) : saved.description.length();
    List<List<String>> passages = List.of(); // of the test text, which is read before training
    if (test != null) {
      passages = unit.passages(lab.corpus(List.of(test)).text(), length);
      LabOption.require(!passages.isEmpty(), "the text of %s has no %s", TEST, unit);
    }
    TextClassifier classifier = saved == null ? train(lab, unit, length) : saved;
    if (classifier != null && save != null) {
      classifier.write(save);
    }
    if (classifier != null && test != null) {
      classify(lab, classifier, passages);
    }
  }

  /** Checks that nothing but a classifier is replaced, and nothing that is read. */
  private static void requireReplaceable(Lab lab, Path save) throws IOException {
    List<Path> texts = new ArrayList<>();
    lab.value(CLASS).stream()
        .filter(given -> given.contains("="))
        .forEach(given -> texts.add(Path.of(given.split("=", 2)[1])));
    if (lab.value(TEST) != null) {
      texts.add(lab.value(TEST));
    }
    for (Path text : texts) {
      boolean isSame = Files.exists(text) && Files.exists(save) && Files.isSameFile(text, save);
      LabOption.require(!isSame, "%s would replace %s, which is read: name another", SAVE, save);
    }
    boolean isClassifier = true;
    try {
      TextClassifier.read(save);
    } catch (ModelFileException e) {
      isClassifier = false;
    }
    String none = "%s replaces nothing but a classifier, and %s is none: name another file";
    LabOption.require(isClassifier, none, SAVE, save);
  }

  /**
   * Trains a classifier and says how good it is; null if the time was over before the first epoch
   * was.
   */
  private static TextClassifier train(Lab lab, TextUnit unit, int length) throws IOException {
    Map<String, List<String>> texts = texts(lab);
    List<String> classes = List.copyOf(texts.keySet());
    List<Passage> training = new ArrayList<>();
    List<Passage> heldOut = new ArrayList<>();
    Map<List<String>, Integer> seen = new HashMap<>(); // What stands twice is used once.
    for (int label = 0; label < classes.size(); label++) {
      List<Passage> passages = new ArrayList<>();
      Set<String> sharing = new LinkedHashSet<>(); // classes that have passages of this one, too
      for (String text : texts.get(classes.get(label))) {
        for (List<String> units : unit.passages(text, length)) {
          if (4 * units.size() < length) {
            continue;
          }
          Integer first = seen.putIfAbsent(units, label);
          if (first == null) {
            passages.add(new Passage(units, label));
          } else if (first != label) {
            sharing.add(classes.get(first));
          }
        }
      }
      requireEnough(classes.get(label), passages.size(), String.join(" or ", sharing));
      int count = passages.size();
      Collections.shuffle(passages, new Random(lab.random(label).nextLong()));
      heldOut.addAll(passages.subList(0, count / HELD_OUT));
      training.addAll(passages.subList(count / HELD_OUT, count));
    }
    List<String> vocabulary = TextClassifier.commonest(training, lab.value(VOCABULARY));
    Nd4j.getRandom().setSeed(lab.seed());
    TextClassifier classifier =
        new TextClassifier(new Description(unit, length, vocabulary, classes), lab.seed());
    DataTable epochs =
        new DataTable("epoch", "training loss", "training accuracy", "held-out accuracy");
    Random random = new Random(lab.random(classes.size()).nextLong());
    for (int epoch = 1; epoch <= lab.value(EPOCHS) && !lab.isTimeUp(); epoch++) {
      double loss = classifier.epoch(lab, "epoch " + epoch, training, random);
      if (!Double.isNaN(loss)) {
        double accuracy = classifier.evaluate(training).accuracy();
        epochs.add(epoch, loss, accuracy, classifier.evaluate(heldOut).accuracy());
      }
    }
    if (epochs.rows().isEmpty()) {
      return null;
    }
    lab.save("epochs", epochs);
    report(lab, classifier, training, heldOut, epochs);
    return classifier;
  }

  /**
   * @param count passages that no class before it has
   * @param sharing classes that have others of its passages
   */
  private static void requireEnough(String name, int count, String sharing) {
    LabOption.require(
        count > 0 || sharing.isEmpty(),
        "all passages of class %s are in %s, too: give it another text",
        name,
        sharing);
    LabOption.require(
        count >= MIN_PASSAGES,
        "class %s has %s passage%s%s, fewer than %s: give it more text, or a smaller %s",
        name,
        count,
        count == 1 ? "" : "s",
        sharing.isEmpty() ? "" : " not in " + sharing,
        MIN_PASSAGES,
        LENGTH);
  }

  /** Returns the texts of each class. */
  private static Map<String, List<String>> texts(Lab lab) throws IOException {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (String given : lab.value(CLASS)) {
      String[] parts = given.split("=", 2);
      boolean valid = parts[0].matches("[^\\p{Cntrl}]{1,100}") && given.matches("(?s).+=.+");
      LabOption.require(valid, "%s must be NAME=FILE, got '%s'", CLASS, given);
      String text = lab.corpus(List.of(Path.of(parts[1]))).text();
      texts.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(text);
    }
    if (texts.isEmpty()) {
      QuotedSpeech tales = QuotedSpeech.of(lab.corpus(List.of()).text());
      texts.put("narration", tales.segments(false));
      texts.put("speech", tales.segments(true));
    }
    int count = texts.size();
    String rule = "there must be 2 to %s classes, got %s: give %s NAME=FILE for each";
    LabOption.require(count >= 2 && count <= MAX_CLASSES, rule, MAX_CLASSES, count, CLASS);
    return texts;
  }

  private static void report(
      Lab lab,
      TextClassifier classifier,
      List<Passage> training,
      List<Passage> heldOut,
      DataTable epochs)
      throws IOException {
    List<String> classes = classifier.description.classes();
    Evaluation evaluation = classifier.evaluate(heldOut);
    DataTable confusion =
        new DataTable(
            Stream.concat(Stream.of("held-out passages of"), classes.stream().map("as "::concat))
                .toArray(String[]::new));
    int largest = 0; // passages of the commonest class
    for (int label = 0; label < classes.size(); label++) {
      Object[] row = new Object[classes.size() + 1];
      row[0] = classes.get(label);
      for (int c = 0; c < classes.size(); c++) {
        row[c + 1] = evaluation.getConfusion().getCount(label, c);
      }
      confusion.add(row);
      largest = Math.max(largest, evaluation.classCount(label));
    }
    lab.print("confusion", confusion);
    lab.print("");
    NaiveBayes bayes =
        new NaiveBayes(
            training.stream().map(classifier::encode).toList(),
            classes.size(),
            classifier.description.vocabulary().size() + 1);
    double baseline = bayes.accuracy(heldOut.stream().map(classifier::encode).toList());
    DataTable methods = new DataTable("method", "passages", "accuracy");
    int count = heldOut.size();
    methods.add("LSTM", count, evaluation.accuracy());
    methods.add("naive Bayes", count, baseline);
    methods.add("always the commonest class", count, (double) largest / count);
    lab.print("accuracy", methods);
    XYChart chart = Figure.curves("Accuracy over the epochs", "epoch", "accuracy");
    double[] x = epochs.column(0);
    Figure.points(chart, "LSTM, training", x, epochs.column(2));
    Figure.points(chart, "LSTM, held out", x, epochs.column(3));
    double[] ends = {1, x.length};
    Figure.reference(chart, "naive Bayes, held out", ends, new double[] {baseline, baseline});
    lab.save("classify", Figure.of(chart));
  }

  /** Prints who wrote each passage of a text. */
  private static void classify(Lab lab, TextClassifier classifier, List<List<String>> passages)
      throws IOException {
    INDArray probabilities =
        classifier.probabilities(passages.stream().map(units -> new Passage(units, 0)).toList());
    int[] best = probabilities.argMax(1).toIntVector();
    DataTable table = new DataTable("passage", "begins", "class", "probability");
    for (int p = 0; p < best.length; p++) {
      String begins =
          classifier.description.unit().text(passages.get(p).stream().limit(SHOWN).toList());
      String name = classifier.description.classes().get(best[p]);
      table.add(p + 1, begins, name, probabilities.getDouble(p, best[p]));
    }
    if (!lab.isGiven(MODEL)) {
      lab.print("");
    }
    lab.print("passages", table);
  }
}
