package charnn.lab;

import static charnn.util.Formats.format;

import charnn.engine.registry.EngineType;
import charnn.generate.Sampler;
import charnn.generate.SamplingSettings;
import charnn.model.Hyperparameters;
import charnn.model.LearningRate;
import charnn.model.Schedule;
import charnn.model.ScheduleHorizon;
import charnn.model.TrainingState;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.optim.TrainingStep;
import charnn.plan.HyperparameterAdvisor;
import charnn.plan.RunLength;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.report.figure.Figure;
import charnn.util.Range;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.buffer.DataType;

/** {@code lab transformer}: self-attention against charnn's LSTM. */
final class TransformerExperiment extends Experiment {
  private static final LabOption<Integer> UNITS =
      LabOption.count(
          "units", 16, 1024, 256, "Units of the LSTM; the transformer is made as large.");
  private static final LabOption<Integer> BLOCKS =
      LabOption.count("blocks", 1, 12, 3, "Blocks of the transformer.");
  private static final LabOption<Integer> CONTEXT =
      LabOption.count("context", 8, 512, 64, "Characters that the transformer looks back.");
  private static final LabOption<Double> RATE =
      LabOption.number(
          "learning-rate", Range.above(0, 1), 2e-3, "Highest learning rate of the transformer.");

  private static final Duration TIME = Duration.ofSeconds(400);
  private static final double PART = 0.45; // of the time, in which each model trains
  private static final int WARM_UP = 20; // steps of another model, before the time is taken
  private static final int POINTS = 10;
  private static final int PROMPT = 32;
  private static final int SAMPLE = 200;
  private static final double TEMPERATURE = 0.7;

  TransformerExperiment() {
    super(
        "transformer",
        "Does self-attention learn a text better and faster than an LSTM?",
        List.of(UNITS, BLOCKS, CONTEXT, RATE, LabOption.CORPUS));
  }

  @Override
  public void run(Lab lab) throws IOException {
    double seconds = PART * lab.timeOr(TIME).toMillis() / 1e3;
    try (TextTask task = new TextTask(lab.corpus(lab.value(LabOption.CORPUS)))) {
      lab.print(format("Each model trains for %.0f seconds, 45 %% of the time.\n", seconds));
      List<double[]> lstm = lstm(lab, task, seconds);
      results(lab, lstm, transformer(lab, task, seconds));
    }
  }

  /** Makes a step of training, and returns the loss before it. */
  interface Step {
    /**
     * @param step its number, from 0
     * @param over part of the time
     */
    double make(long step, double over) throws IOException;
  }

  /** Gives Java time to compile what a step needs: makes some of a model that is not used. */
  private static void warmUp(Lab lab, Step step) throws IOException {
    for (long made = 0; made < WARM_UP && !lab.isTimeUp(); made++) {
      step.make(made, 0);
    }
  }

  /**
   * Trains a model, measures it in between, and prints how it continues the beginning of the
   * held-out part, as far as the time allows.
   *
   * @param seconds of training
   * @param characters of a step
   * @param next returns the logits of what follows a text
   * @return of each measurement: seconds of training, characters read, the mean training loss since
   *     the one before it, and the held-out loss, in nats per character
   */
  static List<double[]> follow(
      Lab lab,
      TextTask task,
      String model,
      double seconds,
      int characters,
      Step step,
      DoubleSupplier loss,
      Function<char[], float[]> next)
      throws IOException {
    List<double[]> points = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    double trained = 0;
    for (long made = 0; points.size() < POINTS && !lab.isTimeUp(); made++) {
      double begun = lab.seconds();
      losses.add(step.make(made, Math.min(1, trained / seconds)));
      trained += lab.seconds() - begun;
      lab.progress("%s: %.0f of %.0f seconds", model, trained, seconds);
      if (trained >= seconds * (points.size() + 1) / POINTS) {
        double training = losses.stream().mapToDouble(l -> l).average().orElseThrow();
        losses.clear();
        points.add(new double[] {trained, (made + 1) * characters, training, loss.getAsDouble()});
      }
    }
    if (!points.isEmpty()) {
      lab.print("it writes: " + sample(lab, task, next) + "\n");
    }
    return points;
  }

  private static String sample(Lab lab, TextTask task, Function<char[], float[]> next) {
    char[] text = Arrays.copyOf(task.heldOut.first(PROMPT).toArray(), PROMPT + SAMPLE);
    Sampler sampler = SamplingSettings.ofTemperature(TEMPERATURE).sampler(lab.seed());
    StringBuilder sample = new StringBuilder();
    for (int i = PROMPT; i < text.length; i++) {
      text[i] = (char) sampler.next(next.apply(Arrays.copyOf(text, i)));
      sample.appendCodePoint(task.vocabulary.codePoint(text[i]));
    }
    return sample.toString().replaceAll("\\s+", " ");
  }

  /** Returns the rate of charnn's schedule when a part of the time is over. */
  private static double rate(Schedule schedule, long step, double over) {
    double warmUp = Math.min(1, (step + 1.0) / ScheduleHorizon.WARM_UP_STEPS);
    ScheduleHorizon now = new ScheduleHorizon(step + 1, 0, 0, step, over);
    return warmUp * new LearningRate(schedule, now).at(step);
  }

  private static List<double[]> lstm(Lab lab, TextTask task, double seconds) throws IOException {
    int units = lab.value(UNITS);
    int batch = HyperparameterAdvisor.batchSize(units);
    int seqLength = HyperparameterAdvisor.SEQ_LENGTH;
    Duration length = Duration.ofMillis((long) (1e3 * Math.max(1, seconds)));
    Network network = task.network(CellType.LSTM, units, lab.seed());
    NetworkSpec spec = network.architecture();
    Hyperparameters settings =
        HyperparameterAdvisor.measured(
                spec.cell(),
                task.training.length(),
                spec.vocabularySize(),
                new RunLength.Time(length),
                EngineType.fastest(),
                task.workers)
            .settings(1, units, batch, seqLength)
            .hyperparameters();
    String against = settings.regularization().describe();
    lab.print(format("LSTM: %,d parameters, %s", spec.parameterCount(), against));
    Network other = task.network(CellType.LSTM, units, lab.seed());
    try (TrainingStep training = training(task, other, settings)) {
      warmUp(
          lab, (step, over) -> training.step(step, rate(settings.schedule(), step, over)).loss());
    }
    try (TrainingStep training = training(task, network, settings)) {
      return follow(
          lab,
          task,
          "LSTM",
          seconds,
          batch * seqLength,
          (step, over) -> training.step(step, rate(settings.schedule(), step, over)).loss(),
          () -> task.loss(network),
          text -> logits(task.model(network), text));
    }
  }

  private static TrainingStep training(TextTask task, Network network, Hyperparameters settings) {
    TrainingState state = TrainingState.initial(network.architecture(), settings.batchSize());
    return new TrainingStep(task.engine, task.workers, network, state, settings, task.training);
  }

  private static float[] logits(LanguageModel model, char... text) {
    Predictor predictor = model.predictor(1);
    float[] logits = new float[model.vocabulary().size()];
    for (char read : text) {
      predictor.step(new int[] {read}, logits);
    }
    return logits;
  }

  private static List<double[]> transformer(Lab lab, TextTask task, double seconds)
      throws IOException {
    int v = task.vocabulary.size();
    int context = lab.value(CONTEXT);
    int blocks = lab.value(BLOCKS);
    long most = new NetworkSpec(CellType.LSTM, v, lab.value(UNITS), 1).parameterCount();
    int width = CharTransformer.HEADS;
    int half = width / 2; // The nearest width is wanted.
    while (CharTransformer.parameterCount(v, context, width + half, blocks) <= most) {
      width += CharTransformer.HEADS;
    }
    SplittableRandom random = lab.random(0);
    CharTransformer network =
        new CharTransformer(v, context, width, blocks, DataType.FLOAT, random);
    long parameters = CharTransformer.parameterCount(v, context, width, blocks);
    lab.print(
        format("transformer: %,d parameters, %d blocks of width %d", parameters, blocks, width));
    Schedule schedule = new Schedule(lab.value(RATE), 1, 1, 0, 1);
    char[] training = task.training.toArray();
    char[] heldOut = task.heldOut.toArray();
    SplittableRandom otherRandom = lab.random(1);
    CharTransformer other =
        new CharTransformer(v, context, width, blocks, DataType.FLOAT, otherRandom);
    warmUp(
        lab,
        (step, over) ->
            other.train(task.workers, training, otherRandom, rate(schedule, step, over)));
    return follow(
        lab,
        task,
        "transformer",
        seconds,
        CharTransformer.BATCH_SIZE * context,
        (step, over) -> network.train(task.workers, training, random, rate(schedule, step, over)),
        () -> network.loss(task.workers, heldOut),
        network::next);
  }

  private static void results(Lab lab, List<double[]> lstm, List<double[]> attention)
      throws IOException {
    DataTable table =
        new DataTable(
            "seconds",
            "LSTM read",
            "LSTM training",
            "LSTM held-out",
            "transformer read",
            "transformer training",
            "transformer held-out");
    for (int i = 0; i < lstm.size(); i++) {
      double[] l = lstm.get(i);
      if (i < attention.size()) {
        double[] a = attention.get(i);
        table.add(l[0], (long) l[1], l[2], l[3], (long) a[1], a[2], a[3]);
      } else { // The time was over before.
        table.add(l[0], (long) l[1], l[2], l[3], null, null, null);
      }
    }
    lab.print("");
    lab.print("loss", table);
    XYChart time = Figure.curves("Over time", "seconds of training", "nats per character");
    XYChart read =
        Figure.curves("Over the text read", "characters read (logarithmic)", "nats per character");
    read.getStyler().setXAxisLogarithmic(true);
    draw(time, read, "LSTM", lstm);
    draw(time, read, "transformer", attention);
    lab.save("loss", Figure.of(time, read));
  }

  private static void draw(XYChart time, XYChart read, String name, List<double[]> points) {
    double[][] columns = new double[4][];
    Arrays.setAll(columns, c -> points.stream().mapToDouble(point -> point[c]).toArray());
    Figure.points(time, name, columns[0], columns[3]);
    Figure.points(read, name, columns[1], columns[3]);
  }
}
