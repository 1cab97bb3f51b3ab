package charnn.lab;

import static charnn.util.Formats.format;

import charnn.data.Batch;
import charnn.data.BatchSource;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.TrainingPass;
import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.nn.RecurrentState;
import charnn.report.figure.Figure;
import charnn.util.RandomStreams;
import charnn.util.Range;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * {@code lab palindromes}: how long a network remembers. It reads all but the last digit of a
 * palindrome; that is the first digit.
 */
final class PalindromesExperiment extends Experiment {
  private static final List<String> ALL_CELLS = List.of("rnn", "lstm", "gru", "phased-lstm");
  private static final LabOption<List<String>> CELLS =
      LabOption.choices("cells", ALL_CELLS, String.join(",", ALL_CELLS), "Cells of the networks.");
  private static final LabOption<List<Integer>> LENGTHS =
      LabOption.counts("lengths", 3, 500, "5,10,20,30,40", "Digits of the palindromes.");
  private static final LabOption<Integer> SEEDS =
      LabOption.count("seeds", 1, 100, 2, "Runs of each cell at each length.");
  private static final LabOption<Integer> STEPS =
      LabOption.count("steps", 1, 1_000_000, 1500, "Most training steps of a run.");
  private static final LabOption<Integer> UNITS =
      LabOption.count("units", 1, 1024, 128, "Hidden units.");
  private static final LabOption<Double> RATE =
      LabOption.number("learning-rate", Range.above(0, 10), 0.001, "Learning rate of RMSprop.");
  private static final LabOption<Double> RADIUS =
      LabOption.number(
          "radius", Range.of(0, 2), 0.577, "Spectral radius of the recurrent weights at first.");
  private static final LabOption<Double> GATE =
      LabOption.number(
          "gate-bias",
          Range.of(-10, 10),
          4,
          "Bias at first of the gate that keeps the state: an LSTM's forget, a GRU's update gate.");
  private static final LabOption<Boolean> FULL =
      LabOption.flag(
          "full",
          "The whole figure, in hours: lengths 5, 10, ... 60, 3 seeds, 10,000 steps. Runs that are"
              + " in the folder are not run again.");

  private static final List<Integer> FULL_LENGTHS =
      List.of(5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60);
  private static final String HEADER =
      "cell,length,seed,units,rate,radius,gate bias,most steps,accuracy,steps,seconds";
  private static final int DIGITS = 10;
  private static final int BATCH_SIZE = 128;
  private static final double MAX_NORM = 10;
  private static final int TESTS = 512;
  private static final long TEST_SEED = -1;
  private static final int TEST_EVERY = 100; // steps

  PalindromesExperiment() {
    super(
        "palindromes",
        "For how many steps does a recurrent network remember a digit?",
        List.of(CELLS, LENGTHS, SEEDS, STEPS, UNITS, RATE, RADIUS, GATE, FULL));
  }

  /** A training run. Its text is the beginning of its line in runs.csv. */
  record Run(Lab lab, String cell, int length, long seed, int steps) {
    @Override
    public String toString() {
      String options =
          Stream.of(UNITS, RATE, RADIUS, GATE)
              .map(option -> lab.value(option) + ",")
              .collect(Collectors.joining());
      return String.join(",", cell, "" + length, "" + seed, options + steps, "");
    }

    /** Returns its accuracy; nothing if it has no whole line. */
    DoubleStream accuracy(List<String> lines) {
      Pattern whole = Pattern.compile(Pattern.quote(toString()) + "([01]\\.\\d+),\\d+,[\\dE.-]+");
      return lines.stream()
          .map(whole::matcher)
          .filter(Matcher::matches)
          .mapToDouble(line -> Double.parseDouble(line.group(1)))
          .filter(accuracy -> accuracy <= 1)
          .limit(1);
    }

    /**
     * Returns the network before training. The recurrent weights, which have variance 1 / H, are
     * scaled: a random matrix of variance s^2 has a spectral radius of about s sqrt(H) (Girko,
     * "Circular law", 1984).
     */
    Network network() {
      int units = lab.value(UNITS);
      float radius = lab.value(RADIUS).floatValue();
      CellType type = CellType.of(cell.replace('-', '_').toUpperCase(Locale.ROOT));
      Network network = Network.initialised(new NetworkSpec(type, DIGITS, units, 1), seed);
      ParameterLayout.Layer layer = network.architecture().parameterLayout().layer(0);
      for (int i = layer.recurrent(); i < layer.bias(); i++) {
        network.parameters()[i] *= radius;
      }
      if (type != CellType.RNN) {
        int gate = layer.bias() + (type == CellType.GRU ? 2 : 1) * units;
        Arrays.fill(network.parameters(), gate, gate + units, lab.value(GATE).floatValue());
      }
      return network;
    }

    /**
     * Trains until all tests are right, or for all steps. Returns the line of the run; nothing if
     * time cut it short.
     */
    Optional<String> train(Engine engine) {
      double before = lab.seconds();
      Network network = network();
      int seqLength = length - 1;
      Batch test = new Batch(TESTS, seqLength);
      new Palindromes(TEST_SEED).nextBatch(0, test);
      float[] unused = new float[network.parameters().length];
      IUpdater rmsProp = Optimizer.rmsProp(lab.value(RATE), 0.99);
      BatchSource source = new Palindromes(seed);
      double accuracy = 0;
      int step = 0;
      try (TrainingPass pass = engine.training(network, TESTS, seqLength, Dropout.NONE);
          EngineTraining training =
              new EngineTraining(
                  engine, network, source, BATCH_SIZE, seqLength, rmsProp, MAX_NORM)) {
        while (step < steps && accuracy < 1) {
          if (lab.isTimeUp()) {
            return Optional.empty();
          }
          training.step();
          step++;
          if (step % TEST_EVERY == 0 || step == steps) {
            RecurrentState zero = new RecurrentState(network.architecture(), TESTS);
            accuracy = pass.lossAndGradient(test, zero, 0, unused).accuracy();
          }
          String tested = step < TEST_EVERY ? "" : format(", accuracy %.3f", accuracy);
          lab.progress("%s, length %d, seed %d: step %,d%s", cell, length, seed, step, tested);
        }
      }
      return Optional.of(this + "" + accuracy + "," + step + "," + (lab.seconds() - before));
    }
  }

  /** Palindromes of random digits: of each all inputs but the last digit, the only target. */
  record Palindromes(long seed) implements BatchSource {
    @Override
    public boolean nextBatch(long step, Batch batch) {
      int rows = batch.batchSize();
      int last = batch.seqLength();
      SplittableRandom random = RandomStreams.random(seed, RandomStreams.LAB, last, step);
      Arrays.fill(batch.targets(), Batch.IGNORED);
      for (int b = 0; b < rows; b++) {
        for (int t = 0; t < last; t++) {
          batch.inputs()[t * rows + b] =
              2 * t <= last ? random.nextInt(DIGITS) : batch.inputs()[(last - t) * rows + b];
        }
        batch.targets()[(last - 1) * rows + b] = batch.inputs()[b];
      }
      return false;
    }

    @Override
    public long stepsPerEpoch() {
      return 1;
    }
  }

  @Override
  public void run(Lab lab) throws IOException {
    boolean full = lab.value(FULL);
    List<Integer> lengths = full && !lab.isGiven(LENGTHS) ? FULL_LENGTHS : lab.value(LENGTHS);
    int seeds = full && !lab.isGiven(SEEDS) ? 3 : lab.value(SEEDS);
    int steps = full && !lab.isGiven(STEPS) ? 10_000 : lab.value(STEPS);
    boolean isTest = lab.seed() <= TEST_SEED && TEST_SEED < lab.seed() + seeds;
    LabOption.require(
        !isTest, "the seed %s is that of the test palindromes: take another", TEST_SEED);
    List<Run> runs = new ArrayList<>();
    for (long seed = lab.seed(); seed < lab.seed() + seeds; seed++) {
      for (int length : lengths) {
        for (String cell : lab.value(CELLS)) {
          runs.add(new Run(lab, cell, length, seed, steps));
        }
      }
    }
    Path file = lab.file("runs.csv");
    try (ThreadTeam workers = new ThreadTeam(Runtime.getRuntime().availableProcessors())) {
      Engine engine = EngineType.fastest().create(workers);
      for (Run run : runs) {
        if (run.accuracy(lines(file)).count() == 0 && !lab.isTimeUp()) {
          Optional<String> line = run.train(engine);
          if (line.isPresent()) {
            append(file, line.get());
          }
        }
      }
    }
    report(lab, lengths, runs, lines(file));
  }

  /** Returns the lines of a file, which another run may be writing; whatever bytes it has. */
  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()
        : List.of();
  }

  /** Appends a line. What others have appended stays; a line that was cut off is ended. */
  private static void append(Path file, String line) throws IOException {
    String before = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    String start = before.isEmpty() ? HEADER + "\n" : before.endsWith("\n") ? "" : "\n";
    Files.writeString(
        file, start + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Prints and draws the mean and the range of each cell's runs at each length. */
  private static void report(Lab lab, List<Integer> lengths, List<Run> runs, List<String> lines)
      throws IOException {
    DataTable table = new DataTable("length", "runs", "accuracy", "least", "most", "cell");
    XYChart chart =
        Figure.curves("Last digits of palindromes: mean and range of runs", "length", "accuracy");
    List<String> cells = lab.value(CELLS);
    for (int c = 0; c < cells.size(); c++) {
      String cell = cells.get(c);
      double shift = 0.3 * c; // so that ranges do not hide each other
      double[] x = lengths.stream().mapToDouble(length -> length + shift).toArray();
      double[] mean = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        int length = lengths.get(i);
        DoubleSummaryStatistics of =
            runs.stream()
                .filter(run -> run.cell.equals(cell) && run.length == length)
                .flatMapToDouble(run -> run.accuracy(lines))
                .summaryStatistics();
        mean[i] = of.getCount() == 0 ? Double.NaN : of.getAverage();
        if (of.getCount() > 0) {
          table.add(length, of.getCount(), of.getAverage(), of.getMin(), of.getMax(), cell);
          double[] range = {of.getMin(), of.getMax()};
          double[] same = {x[i], x[i]};
          Figure.thin(chart, cell + length, same, range, Figure.COLOURS[c]);
        }
      }
      Figure.points(chart, cell, x, mean, c);
    }
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.02);
    lab.print("accuracy", table);
    lab.save("accuracy", Figure.of(chart));
  }
}
