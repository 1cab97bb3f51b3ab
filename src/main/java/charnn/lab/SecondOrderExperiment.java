package charnn.lab;

import static charnn.util.Formats.format;

import charnn.report.figure.Figure;
import charnn.util.ThreadTeam;
import java.awt.Color;
import java.awt.geom.Point2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * {@code lab second-order}: networks that learn the seven languages of Tomita ("Dynamic
 * construction of finite-state automata from examples using hill-climbing", 1982), and the automata
 * that they have become.
 */
final class SecondOrderExperiment extends Experiment {
  /** The minimal automata of the languages. */
  static final List<Automaton> TOMITA =
      List.of(
          Automaton.of("+10 -11"), // 1*
          Automaton.of("+21 -02 -22"), // (10)*
          Automaton.of("+01 +20 -34 +21 -44"), // no odd run of 0s after an odd run of 1s
          Automaton.of("+10 +20 +30 -33"), // no 000
          Automaton.of("+12 -03 -30 -21"), // an even number of 0s and an even number of 1s
          Automaton.of("+21 -02 -10"), // as many 0s as 1s, modulo 3
          Automaton.of("+01 +21 +23 +43 -44")); // 0*1*0*1*

  private static final LabOption<List<Integer>> LANGUAGES =
      LabOption.counts("languages", 1, 7, "1,2,3,4,5,6,7", "Which of Tomita's languages.");
  private static final LabOption<Integer> UNITS =
      LabOption.count("units", 2, 100, 8, "Units of order 2; order 1 has half as many again.");
  private static final LabOption<Integer> LENGTH =
      LabOption.count("length", 4, 30, 14, "Length of the longest training string.");
  private static final LabOption<Integer> STRINGS =
      LabOption.count("strings", 20, 5000, 400, "Training strings of a language.");
  private static final LabOption<Integer> STEPS =
      LabOption.count("steps", 1, 100_000, 1500, "Training steps at most.");
  private static final LabOption<Integer> SEEDS =
      LabOption.count("seeds", 1, 100, 3, "Runs of each network, on other strings and weights.");

  private static final int TEST_STRINGS = 1000;
  private static final double LEARNING_RATE = 0.01;
  private static final double CLIP = 1; // norm of the gradient
  private static final double LEARNED = 0.003; // loss at which the training ends
  private static final int MAX_INTERVALS = 8;
  private static final int MAX_STATES = 1000; // before they are minimized
  private static final int MAX_DRAWN = 12; // states
  private static final int CELL = 225; // pixels of a drawn automaton

  SecondOrderExperiment() {
    super(
        "second-order",
        "Which finite automaton has a recurrent network become?",
        List.of(LANGUAGES, UNITS, LENGTH, STRINGS, STEPS, SEEDS));
  }

  /**
   * What a training has led to.
   *
   * @param weights of the network
   * @param longer accuracy on longer strings
   * @param difference the shortest string that only the automaton or only the language accepts
   */
  private record Result(
      int language,
      int order,
      int weights,
      int steps,
      double accuracy,
      double longer,
      Automaton automaton,
      String difference) {
    boolean isRight() {
      return difference == null;
    }
  }

  @Override
  public void run(Lab lab) throws IOException {
    DataTable means =
        new DataTable(
            "language",
            "order",
            "weights",
            "steps",
            "right automata",
            "accuracy",
            "longer strings",
            "states",
            "target states");
    DataTable each =
        new DataTable(
            "language",
            "order",
            "seed",
            "steps",
            "accuracy",
            "longer strings",
            "states",
            "differs on");
    List<Result> drawn = new ArrayList<>();
    int seeds = lab.value(SEEDS);
    Result[] results = new Result[2 * seeds]; // first those of order 2
    try (ThreadTeam workers = new ThreadTeam(Runtime.getRuntime().availableProcessors())) {
      for (int language : lab.value(LANGUAGES)) {
        workers.run(
            results.length,
            i -> results[i] = result(lab, language, i < seeds ? 2 : 1, i % seeds + 1));
        if (Arrays.asList(results).contains(null)) {
          break;
        }
        for (List<Result> some :
            List.of(
                List.of(results).subList(0, seeds), List.of(results).subList(seeds, 2 * seeds))) {
          drawn.add(some.stream().filter(Result::isRight).findFirst().orElse(some.get(0)));
          addMeans(means, some);
          for (int i = 0; i < seeds; i++) {
            Result r = some.get(i);
            each.add(
                language,
                r.order,
                i + 1,
                r.steps,
                r.accuracy,
                r.longer,
                r.automaton.size(),
                r.difference);
          }
        }
      }
    }
    if (!drawn.isEmpty()) {
      lab.save("seeds", each);
      lab.print("languages", means);
      lab.save("automata", figure(drawn));
    }
  }

  private static void addMeans(DataTable table, List<Result> results) {
    Result first = results.get(0);
    table.add(
        first.language,
        first.order,
        first.weights,
        Math.round(results.stream().mapToInt(Result::steps).average().orElseThrow()),
        format("%d of %d", results.stream().filter(Result::isRight).count(), results.size()),
        results.stream().mapToDouble(Result::accuracy).average().orElseThrow(),
        results.stream().mapToDouble(Result::longer).average().orElseThrow(),
        results.stream().map(r -> r.automaton.size() + "").collect(Collectors.joining(", ")),
        TOMITA.get(first.language - 1).size());
  }

  /** Trains a network and extracts its automaton; returns null if the time is over before. */
  private static Result result(Lab lab, int language, int order, int seed) {
    Automaton truth = TOMITA.get(language - 1);
    int length = lab.value(LENGTH);
    SplittableRandom random = lab.random(language, seed);
    List<String> strings = strings(truth, 0, length, lab.value(STRINGS), random);
    List<String> longer = strings(truth, length + 1, 4 * length, TEST_STRINGS, random);
    int units = lab.value(UNITS) * (order == 2 ? 2 : 3) / 2;
    Network network = new Network(order, units, random);
    String name = format("language %d, order %d, run %d", language, order, seed);
    int steps = network.train(lab, name, truth, strings);
    if (steps == 0) {
      return null;
    }
    Automaton automaton = network.automaton(strings);
    return new Result(
        language,
        order,
        network.parameters(),
        steps,
        accuracy(network, truth, strings),
        accuracy(network, truth, longer),
        automaton,
        truth.difference(automaton));
  }

  private static double accuracy(Network network, Automaton language, List<String> strings) {
    return strings.stream().filter(x -> network.accepts(x) == language.accepts(x)).count()
        / (double) strings.size();
  }

  private static Figure figure(List<Result> results) {
    return new Figure(
        CELL * ((results.size() + 1) / 2),
        2 * CELL + 40,
        (graphics, width, height) -> {
          for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            Automaton automaton = result.automaton;
            boolean isDrawn = automaton.size() <= MAX_DRAWN;
            int x = CELL * (i / 2) + 10;
            int y = i % 2 * (CELL + 20) + 20;
            graphics.setColor(Color.BLACK);
            graphics.drawString(
                format("language %d, order %d", result.language, result.order), x, y);
            graphics.drawString(
                result.isRight() ? "equivalent" : format("differs on '%s'", result.difference),
                x,
                y + 16);
            if (isDrawn) {
              automaton.draw(graphics, new Point2D.Double(x + 100, y + 120), 60);
            } else {
              graphics.drawString(automaton.size() + " states, not drawn", x, y + 32);
            }
          }
        });
  }

  /**
   * Returns strings of random lengths, half of them accepted. Of those that are not, half differ
   * from an accepted one in one symbol.
   */
  static List<String> strings(
      Automaton language, int shortest, int longest, int count, SplittableRandom random) {
    List<String> strings = new ArrayList<>();
    while (strings.size() < count) {
      boolean wanted = strings.size() % 2 == 0;
      int length = shortest + random.nextInt(longest - shortest + 1);
      StringBuilder string = walk(language, length, wanted || random.nextBoolean(), random);
      if (!wanted && string.length() > 0) {
        int changed = random.nextInt(string.length());
        string.setCharAt(changed, (char) ('0' + '1' - string.charAt(changed)));
      }
      if (string.length() == length && language.accepts(string.toString()) == wanted) {
        strings.add(string.toString());
      }
    }
    return strings;
  }

  /** Returns one of the strings of a length that are accepted, or are not; empty if none is. */
  private static StringBuilder walk(
      Automaton language, int length, boolean accepted, SplittableRandom random) {
    int[][] next = language.next();
    double[][] ways = new double[length + 1][next.length]; // [symbols left][state], to such an end
    for (int left = 0; left <= length; left++) {
      for (int s = 0; s < next.length; s++) {
        double end = language.accepting()[s] == accepted ? 1 : 0;
        ways[left][s] = left == 0 ? end : ways[left - 1][next[s][0]] + ways[left - 1][next[s][1]];
      }
    }
    StringBuilder string = new StringBuilder();
    int state = 0;
    for (int left = length; left > 0 && ways[left][state] > 0; left--) {
      double zero = ways[left - 1][next[state][0]] / ways[left][state];
      int symbol = random.nextDouble() < zero ? 0 : 1;
      string.append(symbol);
      state = next[state][symbol];
    }
    return string;
  }

  /**
   * A network of n units that begins with h = (1, 0, 0, ...), reads 0 as x = (1, 0) and 1 as x =
   * (0, 1), and accepts what ends with v h + b above 0.
   *
   * <p>Second order (Giles et al., "Learning and extracting finite state automata with second-order
   * recurrent neural networks", 1992): h'_k = sigmoid(sum_ij w_ijk h_i x_j). First order (Elman,
   * "Finding structure in time", 1990): h'_k = sigmoid(sum_i w_ik h_i + sum_j w_jk x_j).
   */
  static final class Network {
    private final int order;
    private final int units;
    private double[][] weights; // [n j + i][n] of the second order; [n + 2][n] of the first
    private double[] readout; // v, then b

    /**
     * @param random its initial weights: normal, with standard deviation 1 / sqrt(n)
     */
    Network(int order, int units, SplittableRandom random) {
      this.order = order;
      this.units = units;
      double deviation = 1 / Math.sqrt(units);
      Supplier<double[]> row =
          () ->
              DoubleStream.generate(() -> deviation * random.nextGaussian()).limit(units).toArray();
      int rows = order == 2 ? 2 * units : units + 2;
      weights = Stream.generate(row).limit(rows).toArray(double[][]::new);
      readout = Arrays.copyOf(row.get(), units + 1);
    }

    /**
     * Trains on all strings in each step, by their ends alone.
     *
     * @return the number of steps; 0 if the time was over before its end
     */
    int train(Lab lab, String name, Automaton language, List<String> strings) {
      int count = strings.size();
      int longest = strings.stream().mapToInt(String::length).max().orElseThrow();
      float[][][] x = new float[2][longest][count]; // x_j [j][symbol][string]; 0 after its end
      float[][] signs = new float[longest + 1][count]; // at its end, 1 if it is accepted, or -1
      for (int i = 0; i < count; i++) {
        String string = strings.get(i);
        for (int t = 0; t < string.length(); t++) {
          x[string.charAt(t) - '0'][t][i] = 1;
        }
        signs[string.length()][i] = language.accepts(string) ? 1 : -1;
      }
      SameDiff graph = SameDiff.create();
      SDVariable w = graph.var(Nd4j.createFromArray(weights).castTo(DataType.FLOAT));
      INDArray read = Nd4j.createFromArray(readout).castTo(DataType.FLOAT).reshape(-1, 1);
      SDVariable v = graph.var(read.get(NDArrayIndex.interval(0, units)).dup());
      SDVariable b = graph.var(Nd4j.zeros(1, 1));
      INDArray start = Nd4j.zeros(count, units);
      start.getColumn(0).assign(1);
      SDVariable[] states = new SDVariable[longest + 1]; // [string][unit]
      states[0] = graph.constant(start);
      for (int t = 0; t < longest; t++) {
        SDVariable h = states[t];
        SDVariable zero = graph.constant(Nd4j.createFromArray(x[0][t]).reshape(count, 1));
        SDVariable one = graph.constant(Nd4j.createFromArray(x[1][t]).reshape(count, 1));
        SDVariable inputs =
            order == 2 ? graph.concat(1, h.mul(zero), h.mul(one)) : graph.concat(1, h, zero, one);
        states[t + 1] = graph.nn().sigmoid(inputs.mmul(w));
      }
      SDVariable logits = graph.concat(0, states).mmul(v).add(b);
      SDVariable signed = logits.mul(graph.constant(Nd4j.createFromArray(signs).reshape(-1, 1)));
      double others = longest * count * Math.log(2); // of the states that are no ends
      graph.nn().softplus(signed.neg()).sum().sub(others).div(count).markAsLoss();
      GraphTraining training = new GraphTraining(graph, Optimizer.of("Adam", LEARNING_RATE), CLIP);
      int steps = lab.value(STEPS);
      int step = 0;
      for (double loss = 1; step < steps && loss > LEARNED; step++) {
        if (lab.isTimeUp()) {
          return 0;
        }
        lab.progress("%s, step %,d: loss %.3f", name, step, loss);
        loss = training.step(Map.of());
      }
      weights = w.getArr().toDoubleMatrix();
      readout = Nd4j.vstack(v.getArr(), b.getArr()).data().asDouble();
      return step;
    }

    int parameters() {
      return weights.length * units + readout.length;
    }

    double[] start() {
      double[] start = new double[units];
      start[0] = 1;
      return start;
    }

    double[] next(double[] h, int symbol) {
      double[] next = new double[units];
      for (int k = 0; k < units; k++) {
        double sum = order == 2 ? 0 : weights[units + symbol][k];
        for (int i = 0; i < units; i++) {
          sum += h[i] * weights[order == 2 ? symbol * units + i : i][k];
        }
        next[k] = 1 / (1 + StrictMath.exp(-sum));
      }
      return next;
    }

    boolean accepts(double[] h) {
      double z = readout[units];
      for (int k = 0; k < units; k++) {
        z += readout[k] * h[k];
      }
      return z > 0;
    }

    boolean accepts(String string) {
      double[] h = start();
      for (char symbol : string.toCharArray()) {
        h = next(h, symbol - '0');
      }
      return accepts(h);
    }

    /**
     * Returns the minimal automaton of the network's states, cut into q intervals in each unit:
     * states in the same intervals are one, and go where the first of them goes (Giles et al.,
     * 1992). The smallest q is taken whose automaton accepts what the network accepts of some
     * strings, or else the one that agrees with it most.
     */
    Automaton automaton(List<String> strings) {
      Automaton best = null;
      long agreed = -1;
      for (int q = 2; q <= MAX_INTERVALS && agreed < strings.size(); q++) {
        int n = q;
        Function<double[], List<Integer>> intervals =
            h -> Arrays.stream(h).mapToObj(x -> (int) (x * n)).toList();
        Automaton automaton =
            Automaton.explore(start(), this::next, h -> accepts(h), intervals, MAX_STATES)
                .minimal();
        long same = strings.stream().filter(x -> automaton.accepts(x) == accepts(x)).count();
        best = same > agreed ? automaton : best;
        agreed = Math.max(same, agreed);
      }
      return best;
    }
  }
}
