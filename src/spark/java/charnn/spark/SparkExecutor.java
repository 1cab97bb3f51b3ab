package charnn.spark;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.data.Batch;
import charnn.data.BatchSource;
import charnn.data.Tokens;
import charnn.eval.Evaluator;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.TrainingState;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.optim.DivergenceException;
import charnn.optim.StepSizes;
import charnn.optim.TrainingStep;
import charnn.predict.LanguageModel;
import charnn.train.PreparedRun;
import charnn.train.RunExecutor;
import charnn.train.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Trains replicas of a network on Spark's executors: local SGD with an outer step. A round is one
 * stage with a task for each replica: H steps from the common parameters. Then the outer step makes
 * the next common parameters. The replicas' own states stay on the executors; Spark computes them
 * again, from the last ones that the driver had, where an executor is lost.
 */
public final class SparkExecutor implements RunExecutor {
  /**
   * After so many rounds the driver fetches the states of the replicas and sends them out anew:
   * else ever more would have to be computed again for a lost executor.
   */
  static final int ROUNDS_OF_LINEAGE = 16;

  private final JavaSparkContext spark;
  private final ClusterSettings settings;
  private final Network network;
  private final BooleanSupplier interruption;
  private final OuterStep outer;
  private final ReplicaFiles files;
  private final Broadcast<Assignment> assignment;
  private final int validationParts;
  private final BatchSource firstBatches; // of the first replica
  private final Batch batch;
  private final Model start;
  private final TrainingState
      state; // of the run: that of the first replica, as far as it was saved

  private JavaRDD<RoundResult> lastMade; // null before the first round
  private JavaRDD<ReplicaState> states;
  private List<ReplicaState> fetched; // the states, if the driver has them
  private final List<Broadcast<?>> sent = new ArrayList<>(); // that the states are computed from
  private int rounds; // since the driver had the states

  /**
   * @param run whose replicas to train
   * @param network changed in place: the common parameters
   * @param interruption asked while tasks run
   * @param directory of the run; there is one on the driver's disk
   * @param staging folder that all machines can read; null: within the run's directory
   */
  public SparkExecutor(
      JavaSparkContext spark,
      ClusterSettings settings,
      PreparedRun run,
      Network network,
      BooleanSupplier interruption,
      RunDirectory directory,
      String staging)
      throws IOException {
    this.spark = spark;
    this.settings = settings;
    this.network = network;
    this.interruption = interruption;
    start = run.start();
    state = run.state();
    settings.keep(directory.path());
    java.nio.file.Path own = directory.path().toAbsolutePath().resolve("cluster");
    Files.createDirectories(own);
    Path shared = new Path(staging == null ? own.toUri().toString() : staging);
    int count = network.parameters().length;
    outer = new OuterStep(settings.outerRate(), settings.outerMomentum(), count);
    files = new ReplicaFiles(own, start, settings.workers());

    Hyperparameters hyperparameters = start.hyperparameters();
    Tokens training = run.split().training();
    Tokens validation = run.split().validation();
    long[] bounds = Parts.bounds(training, settings.workers(), start.vocabulary().documentMark());
    requireLongEnough(bounds, hyperparameters.seqLength());
    Configuration hadoop = spark.hadoopConfiguration();
    int v = start.vocabulary().size();
    String key = Parts.key(start, training.length(), validation.length());
    assignment =
        spark.broadcast(
            new Assignment(
                UUID.randomUUID().toString(),
                bytes(start),
                run.kind().toString(),
                TokenFile.write(new Path(shared, "training-" + key), training, v, hadoop),
                bounds,
                TokenFile.write(new Path(shared, "validation-" + key), validation, v, hadoop),
                new SerializableConfiguration(hadoop)));
    validationParts = validation.length() > 1 ? Evaluator.parts(validation) : 0;
    firstBatches = TrainingStep.batches(hyperparameters, training.part(bounds[0], bounds[1]));
    batch = new Batch(hyperparameters.batchSize(), hyperparameters.seqLength());
    files.keep(checkpoints(directory));
    if (start.progress().step() == 0) {
      send(IntStream.range(0, settings.workers()).mapToObj(ReplicaState::initial).toList());
    } else {
      send(files.read(start.progress().step(), run.state(), outer.velocity()));
    }
  }

  private static void requireLongEnough(long[] bounds, int seqLength) throws TrainingException {
    for (int r = 0; r + 1 < bounds.length; r++) {
      if (bounds[r + 1] - bounds[r] <= seqLength) {
        throw new TrainingException(
            "the text is too short for "
                + (bounds.length - 1)
                + " workers: one would read "
                + (bounds[r + 1] - bounds[r])
                + " characters, fewer than a window of "
                + seqLength
                + " + 1; take fewer --workers");
      }
    }
  }

  private static byte[] bytes(Model model) throws IOException {
    java.nio.file.Path file = Files.createTempFile("charnn", ".zip");
    try {
      ModelFile.write(file, model, null);
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static List<Long> checkpoints(RunDirectory directory) {
    List<Long> steps = new ArrayList<>();
    for (java.nio.file.Path file : List.of(directory.last(), directory.rollback())) {
      try {
        steps.add(ModelFile.read(file).progress().step());
      } catch (ModelFileException e) {
        // There is none, or a damaged one: it is not resumed from.
      }
    }
    return steps;
  }

  @Override
  public int stride() {
    return settings.innerSteps();
  }

  @Override
  public int replicas() {
    return settings.workers();
  }

  /** Sends out states, and forgets what earlier ones were computed from. */
  private void send(List<ReplicaState> all) {
    List<Broadcast<?>> before = new ArrayList<>(sent);
    sent.clear();
    List<Broadcast<ReplicaState>> each = new ArrayList<>();
    for (ReplicaState state : all) {
      Broadcast<ReplicaState> one = spark.broadcast(state);
      each.add(one);
      sent.add(one);
    }
    states = spark.parallelize(each, all.size()).map(Broadcast::value);
    fetched = all;
    rounds = 0;
    keepOnly(null);
    before.forEach(Broadcast::destroy);
  }

  /** Frees what the executors keep of the round before. */
  private void keepOnly(JavaRDD<RoundResult> made) {
    if (lastMade != null) {
      lastMade.unpersist(false);
    }
    lastMade = made;
  }

  private List<ReplicaState> fetch() throws IOException {
    if (fetched == null) {
      fetched = Jobs.collect(states, () -> false);
    }
    return fetched;
  }

  @Override
  public List<LossMetrics> make(long first, int count, LongToDoubleFunction rate)
      throws DivergenceException, IOException {
    if (rounds >= ROUNDS_OF_LINEAGE) {
      send(fetch());
    }
    double[] rates = new double[count];
    for (int i = 0; i < count; i++) {
      rates[i] = rate.applyAsDouble(first + i);
    }
    Broadcast<Round> round = spark.broadcast(new Round(network.parameters().clone(), first, rates));
    sent.add(round);
    Broadcast<Assignment> to = assignment;
    JavaRDD<RoundResult> made =
        states
            .map(state -> Replica.train(to.value(), state, round.value()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<RoundResult> results = Jobs.collect(made.map(RoundResult::withoutState), interruption);
    for (RoundResult result : results) {
      if (result.divergence() != null) {
        throw new DivergenceException(result.divergence());
      }
    }
    outer.apply(network.parameters(), results.stream().map(RoundResult::parameters).toList());
    states = made.map(RoundResult::state);
    fetched = null;
    rounds++;
    keepOnly(made);
    List<LossMetrics> losses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LossMetrics sum = LossMetrics.NONE;
      for (RoundResult result : results) {
        sum = sum.plus(result.metrics(i));
      }
      losses.add(sum);
    }
    return losses;
  }

  @Override
  public int[] targets(long step) {
    firstBatches.nextBatch(step, batch);
    return batch.targets();
  }

  @Override
  public Optional<StepSizes> sizes(long made) {
    return Optional.empty();
  }

  @Override
  public LossMetrics evaluate(LanguageModel model, LongConsumer progress) throws IOException {
    Broadcast<float[]> parameters = spark.broadcast(network.parameters().clone());
    Broadcast<Assignment> to = assignment;
    List<Integer> parts = IntStream.range(0, validationParts).boxed().toList();
    List<Replica.PartScore> scores =
        Jobs.collect(
            spark
                .parallelize(parts, validationParts)
                .map(part -> Replica.evaluate(to.value(), parameters.value(), part)),
            interruption);
    parameters.destroy();
    LossMetrics sum = LossMetrics.NONE;
    for (Replica.PartScore score : scores) {
      sum = sum.plus(score.metrics());
    }
    progress.accept(sum.characters());
    return sum;
  }

  @Override
  public void saving(long step, TrainingState copy, boolean isForRollback) throws IOException {
    List<ReplicaState> all = fetch();
    if (rounds > 0) {
      send(all);
    }
    all.get(0).copyTo(copy);
    files.write(step, isForRollback, all, outer.velocity());
  }

  @Override
  public void rolledBack(long step) throws IOException {
    send(files.read(step, state, outer.velocity()));
  }

  @Override
  public void close() {
    keepOnly(null);
    sent.forEach(Broadcast::destroy);
    assignment.destroy();
  }
}
