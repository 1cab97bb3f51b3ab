package charnn.lab;

import charnn.data.Vocabulary;
import charnn.report.figure.Figure;
import charnn.util.Range;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@code lab hopfield}: how many patterns an associative memory holds. */
final class HopfieldExperiment extends Experiment {
  /** Patterns for each unit beyond which recall fails (Amit, Gutfreund and Sompolinsky, 1985). */
  private static final double LIMIT = 0.138;

  private static final LabOption<Integer> UNITS =
      LabOption.count("units", 16, 2000, 400, "Units of the networks that store random patterns.");
  private static final LabOption<List<Double>> LOADS =
      LabOption.numbers(
          "loads",
          Range.above(0, 100),
          "0.02,0.05,0.08,0.11,0.138,0.17,0.2,0.3,1,5",
          "Stored patterns for each unit.");
  private static final LabOption<Double> DAMAGE =
      LabOption.number("damage", Range.of(0, 0.5), 0.1, "Share of a cue's units that are wrong.");
  private static final LabOption<Double> BETA =
      LabOption.number(
          "beta", Range.above(0, 100), 0.5, "Inverse temperature of the modern network.");

  private static final int MAX_STORED = 20_000_000; // units of all patterns, 4 bytes each
  private static final int CUES = 100;
  private static final double RECALLED = 0.95; // overlap
  private static final int PASSAGE = 32; // characters
  private static final int CODE = 16; // units of a character
  private static final int[] PASSAGES = {5, 10, 20, 1000};

  /** Letters of which the first three are the least alike, a row of 8 pixels in each byte. */
  private static final long[] LETTERS = {
    0x6666667E66666600L, 0x3C18181818183C00L, 0x7E60607C60607E00L, 0x3C66666666663C00L,
    0x7C66667C60606000L, 0x7E60607C60606000L, 0x6060606060607E00L, 0x7C66666666667C00L
  };

  static final int FEW = 3; // letters
  private static final String[] STATES = {
    "letter", "cue", "classical, 3 stored", "classical, 8 stored", "modern, 8 stored"
  };

  HopfieldExperiment() {
    super(
        "hopfield",
        "How many patterns does a Hopfield network hold, and why does its modern form hold more?",
        List.of(UNITS, LOADS, DAMAGE, BETA, LabOption.CORPUS));
  }

  @Override
  public void run(Lab lab) throws IOException {
    double units = lab.value(UNITS);
    double most = Collections.max(lab.value(LOADS)) * units * units;
    String rule = "%s times the square of %s must be %,d or less, got %,.0f";
    LabOption.require(most <= MAX_STORED, rule, LOADS, UNITS, MAX_STORED, most);
    String text = lab.corpus(lab.value(LabOption.CORPUS)).text().replaceAll("\\s+", " ");
    int least = PASSAGES[0] * PASSAGE;
    int characters = text.codePointCount(0, text.length());
    String few =
        "the corpus must have %s or more characters (white space between two words is one), got %s:"
            + " give another %s";
    LabOption.require(characters >= least, few, least, characters, LabOption.CORPUS);
    seed(lab, 0);
    capacity(lab);
    seed(lab, 1);
    letters(lab);
    seed(lab, 2);
    passages(lab, text);
  }

  /** Makes a part independent of the options of those before it. */
  private static void seed(Lab lab, int part) {
    Nd4j.getRandom().setSeed(lab.random(part).nextLong());
  }

  private static void capacity(Lab lab) throws IOException {
    int units = lab.value(UNITS);
    DataTable table =
        new DataTable(
            "stored / unit", "stored", "overlap", "recalled", "modern overlap", "modern recalled");
    for (double load : lab.value(LOADS)) {
      if (lab.isTimeUp()) {
        break;
      }
      int stored = Math.max(1, (int) Math.round(load * units));
      lab.progress("storing %,d patterns in %,d units", stored, units);
      double[] recall = recall(units, stored, lab.value(DAMAGE), lab.value(BETA));
      table.add(load, stored, recall[0], recall[1], recall[2], recall[3]);
    }
    lab.print("Random patterns, recalled from damaged ones:");
    lab.print("capacity", table);
    String x = "stored patterns for each unit (logarithmic)";
    XYChart chart =
        Figure.curves("Recall over the number of stored patterns", x, "share of patterns recalled");
    Figure.points(chart, "classical", table.column(0), table.column(3));
    Figure.points(chart, "modern (attention)", table.column(0), table.column(5));
    Figure.reference(chart, "limit 0.138", new double[] {LIMIT, LIMIT}, new double[] {0, 1});
    chart.getStyler().setXAxisLogarithmic(true);
    lab.save("capacity", Figure.of(chart));
  }

  /**
   * Returns the mean overlap of what the classical network recalls with what was stored, and the
   * share of patterns that it recalls; then the same of the modern one.
   */
  static double[] recall(int units, int stored, double damage, double beta) {
    INDArray patterns = noise(stored, units);
    HopfieldNetwork network = new HopfieldNetwork(patterns);
    INDArray some = patterns.get(NDArrayIndex.interval(0, Math.min(CUES, stored)));
    INDArray cues = damaged(some, damage);
    return Stream.of(network.classical(cues), network.modern(cues, beta))
        .map(recalled -> recalled.mul(some).mean(1)) // overlaps: (1/n) sum_i a_i b_i
        .flatMap(overlaps -> Stream.of(overlaps, overlaps.gte(RECALLED).castTo(DataType.FLOAT)))
        .mapToDouble(values -> values.meanNumber().doubleValue())
        .toArray();
  }

  /** Returns random patterns. */
  private static INDArray noise(int rows, int units) {
    return damaged(Nd4j.ones(rows, units), 0.5);
  }

  private static INDArray damaged(INDArray patterns, double damage) {
    return patterns.mul(Transforms.sign(Nd4j.rand(patterns.shape()).subi(damage)));
  }

  /** Returns the letters [letter][pixel], 1 for ink. */
  static INDArray letters() {
    INDArray letters = Nd4j.create(LETTERS.length, Long.SIZE);
    for (int i = 0; i < letters.length(); i++) {
      long bit = LETTERS[i / Long.SIZE] >>> Long.SIZE - 1 - i % Long.SIZE & 1;
      letters.putScalar(i, 2 * bit - 1);
    }
    return letters;
  }

  private static void letters(Lab lab) throws IOException {
    INDArray letters = letters();
    INDArray cues = damaged(letters, lab.value(DAMAGE));
    INDArrayIndex few = NDArrayIndex.interval(0, FEW);
    HopfieldNetwork all = new HopfieldNetwork(letters);
    INDArray fewRecalled = new HopfieldNetwork(letters.get(few)).classical(cues.get(few));
    INDArray modern = all.modern(cues, lab.value(BETA));
    INDArray[] states = {letters, cues, fewRecalled, all.classical(cues), modern};
    DataTable table = new DataTable(STATES);
    for (int i = 0; i < LETTERS.length; i++) {
      Object[] cells = new Object[STATES.length];
      cells[0] = "HIEOPFLD".charAt(i);
      INDArray letter = letters.getRow(i);
      for (int s = 1; s < cells.length; s++) {
        cells[s] = i < states[s].rows() ? (int) letter.distance1(states[s].getRow(i)) / 2 : null;
      }
      table.add(cells);
    }
    lab.print("\nLetters of 64 pixels: how many are wrong in the cue and in what is recalled:");
    lab.print("letters", table);
    lab.save("letters", new Figure(760, 460, (graphics, width, height) -> draw(graphics, states)));
  }

  private static void draw(Graphics2D graphics, INDArray... states) {
    for (int s = 0; s < states.length; s++) {
      int y = 16 + 88 * s;
      graphics.setColor(Color.BLACK);
      graphics.drawString(STATES[s], 10, y + 35);
      for (int i = 0; i < states[s].rows(); i++) {
        for (int p = 0; p < Long.SIZE; p++) {
          graphics.setColor(states[s].getInt(i, p) > 0 ? Figure.COLOURS[0] : new Color(0xEEEEEE));
          graphics.fillRect(150 + 76 * i + p % 8 * 8, y + p / 8 * 8, 7, 7);
        }
      }
    }
  }

  /** Stores passages of a text, and recalls each from its first half. */
  private static void passages(Lab lab, String text) throws IOException {
    Vocabulary vocabulary = Vocabulary.ofText(text);
    char[] tokens = vocabulary.encode(text);
    INDArray codes = noise(vocabulary.size(), CODE);
    INDArrayIndex half = NDArrayIndex.interval(0, PASSAGE * CODE / 2);
    DataTable table =
        new DataTable("passages", "classical, %", "modern, %", "the first one, classical");
    for (int count : PASSAGES) {
      if (tokens.length < count * PASSAGE || lab.isTimeUp()) {
        break;
      }
      lab.progress("recalling from %,d passages", count);
      int[] ids = IntStream.range(0, count * PASSAGE).map(i -> tokens[i]).toArray();
      INDArray stored = codes.getRows(ids).reshape(count, PASSAGE * CODE);
      HopfieldNetwork network = new HopfieldNetwork(stored);
      INDArray cues = noise(Math.min(CUES, count), PASSAGE * CODE);
      INDArrayIndex some = NDArrayIndex.interval(0, cues.rows());
      cues.put(new INDArrayIndex[] {NDArrayIndex.all(), half}, stored.get(some, half));
      int[] classical = read(network.classical(cues), codes);
      int[] modern = read(network.modern(cues, lab.value(BETA)), codes);
      StringBuilder first = new StringBuilder();
      Arrays.stream(classical, 0, PASSAGE)
          .map(vocabulary::codePoint)
          .forEach(first::appendCodePoint);
      table.add(count, right(classical, ids), right(modern, ids), first.toString());
    }
    lab.print("\nPassages of 32 characters, recalled from 16: how many of the others are right:");
    lab.print("passages", table);
  }

  /** Returns the characters whose codes are the most like the states [state][unit]. */
  private static int[] read(INDArray states, INDArray codes) {
    return states.reshape(-1, CODE).mmul(codes.transpose()).argMax(1).toIntVector();
  }

  /** Returns the percentage of the characters of second halves that are right. */
  private static long right(int[] read, int[] ids) {
    IntStream unknown = IntStream.range(0, read.length).filter(i -> i % PASSAGE >= PASSAGE / 2);
    return 200 * unknown.filter(i -> read[i] == ids[i]).count() / read.length;
  }
}
