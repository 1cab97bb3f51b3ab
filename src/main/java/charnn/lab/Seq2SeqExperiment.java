package charnn.lab;

import static charnn.util.Formats.format;

import charnn.lab.Seq2SeqNetwork.Kind;
import charnn.lab.SpokenForms.Pair;
import charnn.model.LearningRate;
import charnn.model.Schedule;
import charnn.model.ScheduleHorizon;
import charnn.report.figure.Figure;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code lab seq2seq}: numbers and dates in words to their formal form. */
final class Seq2SeqExperiment extends Experiment {
  private static final LabOption<String> TASK =
      LabOption.choice("task", List.of("dates", "numbers"), "dates", "What is read.");
  private static final LabOption<Integer> STEPS =
      LabOption.count("steps", 1, 1_000_000, 600, "Training steps.");
  private static final LabOption<Integer> BATCH =
      LabOption.count("batch-size", 1, 1000, 32, "Questions of a step.");
  private static final LabOption<Integer> UNITS =
      LabOption.count("units", 4, 512, 64, "Units of each layer, a multiple of 4.");

  private static final double LEARNING_RATE = 3e-3;
  private static final int QUESTION = 36; // characters, at most
  private static final int BIN = 6; // lengths of questions in a row of the table
  private static final int HELD_OUT = 1000;
  private static final int HELD_OUT_PART = 10; // one answer of so many is held out
  private static final int EXAMPLES = 5;
  private static final int CELL = 18; // pixels
  private static final int ASCENT = CELL * 3 / 4;
  private static final Kind[] KINDS = Kind.values();

  Seq2SeqExperiment() {
    super(
        "seq2seq",
        "What does attention give to a network that reads one text and writes another?",
        List.of(TASK, STEPS, BATCH, UNITS));
  }

  @Override
  public void run(Lab lab) throws IOException {
    int units = lab.value(UNITS);
    String rule = "%s must be a multiple of %d, got %d";
    LabOption.require(units % Seq2SeqNetwork.HEADS == 0, rule, UNITS, Seq2SeqNetwork.HEADS, units);
    boolean dates = lab.value(TASK).equals("dates");
    Function<SplittableRandom, Pair> task = dates ? SpokenForms::date : SpokenForms::number;
    int longest = 1 + (dates ? SpokenForms.DATE : SpokenForms.DIGITS);
    List<Pair> heldOut = heldOut(task, HELD_OUT, lab.random(0));
    Seq2SeqNetwork[] networks = new Seq2SeqNetwork[KINDS.length];
    for (int i = 0; i < networks.length; i++) {
      SplittableRandom random = lab.random(1, i);
      networks[i] = new Seq2SeqNetwork(KINDS[i], QUESTION, longest, units, DataType.FLOAT, random);
    }
    int steps = train(lab, networks, task);
    if (steps == 0) {
      return;
    }
    if (steps < lab.value(STEPS)) {
      lab.print(format("The time was over after %,d of %,d steps:", steps, lab.value(STEPS)));
    }
    DataTable all =
        new DataTable(
            "network",
            "parameters",
            "seconds",
            "exact match",
            "character accuracy",
            "teacher-forced accuracy");
    List<List<String>> answers = new ArrayList<>();
    for (int i = 0; i < networks.length; i++) {
      lab.progress("%s: writing the answers", KINDS[i]);
      List<String> own = networks[i].decode(heldOut);
      List<String> forced =
          networks[i].predict(heldOut, heldOut.stream().map(Pair::meant).toList());
      answers.add(own.stream().map(text -> text.split("\n", 2)[0]).toList());
      all.add(
          KINDS[i],
          networks[i].parameters.values().stream().mapToLong(INDArray::length).sum(),
          networks[i].seconds(),
          exactMatch(heldOut, answers.get(i), IntStream.range(0, HELD_OUT).boxed().toList()),
          characterAccuracy(heldOut, own),
          characterAccuracy(heldOut, forced));
    }
    lab.print("networks", all);
    lab.print("");
    lengths(lab, heldOut, answers);
    lab.print("");
    examples(lab, heldOut, answers, networks);
  }

  private static int length(Pair pair) {
    return pair.said().length();
  }

  /** Draws different questions, whose answers are in no training set, in any form. */
  static List<Pair> heldOut(
      Function<SplittableRandom, Pair> task, int count, SplittableRandom random) {
    return pairs(task, random).filter(p -> isHeldOut(p.meant())).distinct().limit(count).toList();
  }

  /** Draws questions to train on. */
  static List<Pair> batch(
      Function<SplittableRandom, Pair> task, int count, SplittableRandom random) {
    return pairs(task, random).filter(p -> !isHeldOut(p.meant())).limit(count).toList();
  }

  private static Stream<Pair> pairs(
      Function<SplittableRandom, Pair> task, SplittableRandom random) {
    return Stream.generate(() -> task.apply(random)).filter(pair -> length(pair) <= QUESTION);
  }

  private static boolean isHeldOut(String answer) {
    return Math.floorMod(RandomStreams.mix(0, answer.hashCode()), HELD_OUT_PART) == 0;
  }

  /**
   * Trains all networks on the same batches, on a thread each; returns the steps made before the
   * time was over.
   */
  private static int train(
      Lab lab, Seq2SeqNetwork[] networks, Function<SplittableRandom, Pair> task) {
    int steps = lab.value(STEPS);
    LearningRate rate =
        new LearningRate(new Schedule(LEARNING_RATE, 1, 1, 0, 1), ScheduleHorizon.ofSteps(steps));
    double[] losses = new double[networks.length];
    int step = 0;
    try (ThreadTeam workers = new ThreadTeam(Runtime.getRuntime().availableProcessors())) {
      for (; step < steps && !lab.isTimeUp(); step++) {
        List<Pair> batch = batch(task, lab.value(BATCH), lab.random(2, step));
        double now = rate.at(step);
        workers.run(networks.length, i -> losses[i] = networks[i].train(batch, now));
        lab.progress(
            "step %,d of %,d: losses %.3f, %.3f, %.3f",
            step + 1, steps, losses[0], losses[1], losses[2]);
      }
    }
    return step;
  }

  /** Returns the share of some questions whose answers are right in every character. */
  private static double exactMatch(List<Pair> pairs, List<String> answers, List<Integer> some) {
    return some.stream().filter(i -> answers.get(i).equals(pairs.get(i).meant())).count()
        / (double) some.size();
  }

  /** Returns the share of right characters, the ends of the answers among them. */
  private static double characterAccuracy(List<Pair> pairs, List<String> written) {
    int count = 0;
    int right = 0;
    for (int i = 0; i < pairs.size(); i++) {
      String meant = pairs.get(i).meant() + '\n';
      for (int j = 0; j < meant.length(); j++) {
        count++;
        right += meant.charAt(j) == written.get(i).charAt(j) ? 1 : 0;
      }
    }
    return (double) right / count;
  }

  private static void lengths(Lab lab, List<Pair> heldOut, List<List<String>> answers)
      throws IOException {
    DataTable table = new DataTable("length", "questions", name(0), name(1), name(2));
    IntStream.range(0, HELD_OUT)
        .boxed()
        .collect(
            Collectors.groupingBy(
                i -> (length(heldOut.get(i)) - 1) / BIN, TreeMap::new, Collectors.toList()))
        .forEach(
            (bin, some) -> {
              double[] exact =
                  answers.stream().mapToDouble(a -> exactMatch(heldOut, a, some)).toArray();
              table.add((bin + 1) * BIN, some.size(), exact[0], exact[1], exact[2]);
            });
    lab.print("lengths", table);
    XYChart chart =
        Figure.curves(
            "Exact match over the length of the question",
            format("characters of the question, at most (%d lengths each)", BIN),
            "exact match");
    for (int i = 0; i < answers.size(); i++) {
      Figure.points(chart, name(i), table.column(0), table.column(2 + i));
    }
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    lab.save("lengths", Figure.of(chart));
  }

  private static String name(int network) {
    return KINDS[network].toString();
  }

  /** Prints some answers, and draws what is attended to in that to the longest question. */
  private static void examples(
      Lab lab, List<Pair> heldOut, List<List<String>> answers, Seq2SeqNetwork... networks)
      throws IOException {
    int longest =
        heldOut.indexOf(
            Collections.max(heldOut, Comparator.comparingInt(Seq2SeqExperiment::length)));
    DataTable table = new DataTable("question", name(0), name(1), name(2), "target");
    for (int i = 0; i <= EXAMPLES; i++) {
      int at = i == EXAMPLES ? longest : i;
      List<String> own = answers.stream().map(list -> list.get(at)).toList();
      Pair asked = heldOut.get(at);
      table.add(asked.said(), own.get(0), own.get(1), own.get(2), asked.meant());
    }
    lab.print("examples", table);
    Pair pair = heldOut.get(longest);
    INDArray[] weights = new INDArray[networks.length]; // [1, L, S]
    for (int n = 1; n < networks.length; n++) {
      String written = answers.get(n).get(longest);
      weights[n] = networks[n].output("attention", List.of(pair), List.of(written));
    }
    int height = (SpokenForms.DATE + 4) * CELL;
    Figure.Painter painter =
        (graphics, w, h) -> {
          graphics.setFont(new Font(Font.MONOSPACED, Font.PLAIN, ASCENT));
          for (int n = 1; n < networks.length; n++) {
            graphics.setColor(Color.BLACK);
            graphics.drawString(name(n), 2 * CELL, CELL);
            draw(graphics, pair.said(), answers.get(n).get(longest), weights[n]);
            graphics.translate(0, height);
          }
        };
    lab.save("attention", new Figure((QUESTION + 3) * CELL, 2 * height, painter));
  }

  /** Draws how much each character of an answer reads each of a question: the darker, the more. */
  private static void draw(Graphics2D graphics, String question, String answer, INDArray weights) {
    for (int i = 0; i < question.length(); i++) {
      graphics.drawString(
          question.substring(i, i + 1), (i + 2) * CELL + CELL / 4, 2 * CELL + ASCENT);
    }
    for (int j = 0; j < answer.length(); j++) {
      int y = (j + 3) * CELL;
      graphics.setColor(Color.BLACK);
      graphics.drawString(answer.substring(j, j + 1), CELL, y + ASCENT);
      for (int i = 0; i < question.length(); i++) {
        // In whole shades: rounding would tint the palest.
        long shade = Math.round((Figure.SHADES - 1) * weights.getDouble(0, j, i));
        int alpha = (int) (255 * shade / (Figure.SHADES - 1));
        graphics.setColor(new Color(0x0072B2 | alpha << 24, true));
        graphics.fillRect((i + 2) * CELL, y, CELL, CELL);
      }
    }
  }
}
