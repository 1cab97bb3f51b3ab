package charnn.lab;

import charnn.util.Range;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.knowm.xchart.XYChart;

/** {@code lab hopfield}: how many patterns an associative memory holds. */
final class HopfieldExperiment implements Experiment {
  /** Patterns for each unit beyond which recall fails (Amit, Gutfreund and Sompolinsky, 1985). */
  static final double LIMIT = 0.138;

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
  private static final LabOption<List<Path>> CORPUS =
      LabOption.files("corpus", "Text of the passages (default: the bundled tales).");

  private static final int CUES = 100;
  private static final double RECALLED = 0.95; // overlap
  private static final int PASSAGE = 32; // characters
  private static final int CODE = 16; // units of a character
  private static final int[] PASSAGES = {5, 20, 70, 1000};

  /** H O P F I E L D, a row of 8 pixels in each byte. */
  private static final long[] LETTERS = {
    0x6666667E66666600L, 0x3C66666666663C00L, 0x7C66667C60606000L, 0x7E60607C60606000L,
    0x3C18181818183C00L, 0x7E60607C60607E00L, 0x6060606060607E00L, 0x7C66666666667C00L
  };

  @Override
  public String name() {
    return "hopfield";
  }

  @Override
  public String question() {
    return "How many patterns does a Hopfield network hold, and why does its modern form hold more?";
  }

  @Override
  public List<LabOption<?>> options() {
    return List.of(UNITS, LOADS, DAMAGE, BETA, CORPUS);
  }

  @Override
  public void run(Lab lab) throws IOException {
    capacity(lab);
    letters(lab);
    passages(lab);
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
      Recall recall = recall(lab, units, stored);
      table.add(
          load,
          stored,
          recall.overlap,
          recall.recalled,
          recall.modernOverlap,
          recall.modernRecalled);
    }
    lab.print("capacity", table);
    lab.save("capacity", figure(table));
  }

  /** Mean overlaps of what is recalled with what was stored, and the shares that are recalled. */
  record Recall(double overlap, double recalled, double modernOverlap, double modernRecalled) {}

  private static Recall recall(Lab lab, int units, int stored) {
    return recall(lab.random(units, stored), units, stored, lab.value(DAMAGE), lab.value(BETA));
  }

  static Recall recall(SplittableRandom random, int units, int stored, double damage, double beta) {
    List<byte[]> patterns = new ArrayList<>();
    for (int p = 0; p < stored; p++) {
      patterns.add(noise(units, random));
    }
    HopfieldNetwork network = new HopfieldNetwork(patterns);
    int cues = Math.min(CUES, stored);
    double[] sums = new double[4];
    for (int p = 0; p < cues; p++) {
      byte[] cue = damaged(patterns.get(p), damage, random);
      double classical = HopfieldNetwork.overlap(patterns.get(p), network.classical(cue));
      double modern = HopfieldNetwork.overlap(patterns.get(p), network.modern(cue, beta));
      sums[0] += classical / cues;
      sums[1] += classical >= RECALLED ? 1.0 / cues : 0;
      sums[2] += modern / cues;
      sums[3] += modern >= RECALLED ? 1.0 / cues : 0;
    }
    return new Recall(sums[0], sums[1], sums[2], sums[3]);
  }

  private static byte[] noise(int units, SplittableRandom random) {
    byte[] noise = new byte[units];
    for (int i = 0; i < units; i++) {
      noise[i] = (byte) (random.nextBoolean() ? 1 : -1);
    }
    return noise;
  }

  private static byte[] damaged(byte[] pattern, double damage, SplittableRandom random) {
    byte[] cue = pattern.clone();
    for (int i = 0; i < cue.length; i++) {
      cue[i] *= random.nextDouble() < damage ? -1 : 1;
    }
    return cue;
  }

  private static Figure figure(DataTable table) {
    XYChart chart =
        Figure.curves(
            "Recall over the number of stored patterns",
            "stored patterns for each unit (logarithmic)",
            "share of patterns recalled");
    double[] loads = table.column(0);
    Figure.points(chart, "classical", loads, table.column(3));
    Figure.points(chart, "modern (attention)", loads, table.column(5));
    Figure.reference(chart, "limit 0.138", new double[] {LIMIT, LIMIT}, new double[] {0, 1});
    chart.getStyler().setXAxisLogarithmic(true);
    return Figure.of(chart);
  }

  private static void letters(Lab lab) throws IOException {
    List<byte[]> letters = new ArrayList<>();
    for (long bits : LETTERS) {
      byte[] letter = new byte[Long.SIZE];
      for (int i = 0; i < letter.length; i++) {
        letter[i] = (byte) ((bits >>> Long.SIZE - 1 - i & 1) == 1 ? 1 : -1);
      }
      letters.add(letter);
    }
    SplittableRandom random = lab.random(0);
    HopfieldNetwork three = new HopfieldNetwork(letters.subList(0, 3));
    HopfieldNetwork all = new HopfieldNetwork(letters);
    List<List<byte[]>> columns = new ArrayList<>();
    DataTable table =
        new DataTable(
            "letter",
            "wrong in cue",
            "wrong, 3 stored",
            "wrong, 8 stored",
            "wrong, modern, 8 stored");
    for (int i = 0; i < letters.size(); i++) {
      byte[] letter = letters.get(i);
      byte[] cue = damaged(letter, lab.value(DAMAGE), random);
      List<byte[]> column =
          List.of(
              letter,
              cue,
              three.classical(cue),
              all.classical(cue),
              all.modern(cue, lab.value(BETA)));
      columns.add(column);
      table.add(
          "HOPFIELD".substring(i, i + 1),
          wrong(letter, column.get(1)),
          i < 3 ? wrong(letter, column.get(2)) : null,
          wrong(letter, column.get(3)),
          wrong(letter, column.get(4)));
    }
    lab.print("");
    lab.print("letters", table);
    lab.save("letters", new Figure(760, 460, (graphics, width, height) -> draw(graphics, columns)));
  }

  private static int wrong(byte[] pattern, byte[] other) {
    return (int) Math.round(pattern.length * (1 - HopfieldNetwork.overlap(pattern, other)) / 2);
  }

  private static void draw(Graphics2D graphics, List<List<byte[]>> columns) {
    String[] names = {
      "stored", "cue", "recalled, 3 stored", "recalled, 8 stored", "modern, 8 stored"
    };
    int pixel = 8;
    for (int row = 0; row < names.length; row++) {
      graphics.setColor(Color.BLACK);
      graphics.drawString(names[row], 10, 55 + 88 * row);
      for (int i = 0; i < columns.size(); i++) {
        byte[] state = columns.get(i).get(row);
        for (int p = 0; p < state.length; p++) {
          graphics.setColor(state[p] == 1 ? Figure.COLOURS[0] : new Color(0xEEEEEE));
          graphics.fillRect(
              150 + 76 * i + p % 8 * pixel, 16 + 88 * row + p / 8 * pixel, pixel - 1, pixel - 1);
        }
      }
    }
  }

  /** Stores passages of a text, and recalls each from its first half. */
  private static void passages(Lab lab) throws IOException {
    String text = lab.corpus(lab.value(CORPUS)).text().replaceAll("\\s+", " ");
    SplittableRandom random = lab.random(1);
    List<Integer> characters = text.codePoints().distinct().boxed().toList();
    List<byte[]> codes = characters.stream().map(c -> noise(CODE, random)).toList();
    DataTable table =
        new DataTable(
            "passages", "stored / unit", "right in second half", "modern right", "example");
    for (int count : PASSAGES) {
      int[] points = text.codePoints().limit((long) count * PASSAGE).toArray();
      if (points.length < count * PASSAGE || lab.isTimeUp()) {
        break;
      }
      List<byte[]> stored = new ArrayList<>();
      for (int p = 0; p < count; p++) {
        byte[] pattern = new byte[PASSAGE * CODE];
        for (int i = 0; i < PASSAGE; i++) {
          byte[] code = codes.get(characters.indexOf(points[p * PASSAGE + i]));
          System.arraycopy(code, 0, pattern, i * CODE, CODE);
        }
        stored.add(pattern);
      }
      lab.progress("recalling from %,d passages", count);
      HopfieldNetwork network = new HopfieldNetwork(stored);
      int cues = Math.min(CUES, count);
      double[] right = new double[2];
      String example = "";
      for (int p = 0; p < cues; p++) {
        byte[] cue = noise(PASSAGE * CODE, random);
        System.arraycopy(stored.get(p), 0, cue, 0, cue.length / 2);
        int[] passage = Arrays.copyOfRange(points, p * PASSAGE, (p + 1) * PASSAGE);
        int[] classical = read(network.classical(cue), characters, codes);
        int[] modern = read(network.modern(cue, lab.value(BETA)), characters, codes);
        right[0] += right(passage, classical) / cues;
        right[1] += right(passage, modern) / cues;
        example = p == 0 ? new String(classical, 0, PASSAGE) : example;
      }
      table.add(count, (double) count / (PASSAGE * CODE), right[0], right[1], example);
    }
    lab.print("");
    lab.print("passages", table);
  }

  /** Returns the characters whose codes are the most like a state. */
  private static int[] read(byte[] state, List<Integer> characters, List<byte[]> codes) {
    int[] read = new int[PASSAGE];
    for (int i = 0; i < PASSAGE; i++) {
      byte[] part = Arrays.copyOfRange(state, i * CODE, (i + 1) * CODE);
      int best = 0;
      for (int c = 1; c < codes.size(); c++) {
        best =
            HopfieldNetwork.overlap(codes.get(c), part)
                    > HopfieldNetwork.overlap(codes.get(best), part)
                ? c
                : best;
      }
      read[i] = characters.get(best);
    }
    return read;
  }

  private static double right(int[] passage, int[] read) {
    int right = 0;
    for (int i = PASSAGE / 2; i < PASSAGE; i++) {
      right += passage[i] == read[i] ? 1 : 0;
    }
    return 2.0 * right / PASSAGE;
  }
}
