package charnn.spark;

import charnn.checkpoint.ModelFile;
import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.TrainingState;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.optim.DivergenceException;
import charnn.optim.TrainingStep;
import charnn.predict.SingleModel;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.TaskContext;

/**
 * A replica of the network on an executor. What it computes is a pure function of what it is given:
 * a round that is computed again, or twice at the same time, has the same result.
 */
final class Replica {
  /** Replicas of this process that no task uses: making one takes longer than a short round. */
  private static final ConcurrentMap<String, Queue<Replica>> IDLE = new ConcurrentHashMap<>();

  private final ThreadTeam workers;
  private final Engine engine;
  private final Model model;
  private final Network network;
  private final TrainingState state;
  private final TrainingStep step; // null in one that only evaluates
  private final Tokens validation;

  private Replica(Assignment assignment, int number) throws IOException {
    workers = new ThreadTeam(threads());
    EngineType kind = EngineType.of(assignment.engine());
    kind.requireAvailable();
    engine = kind.create(workers);
    model = read(assignment.model());
    network = model.network();
    Hyperparameters hyperparameters = seeded(model.hyperparameters(), number);
    state = TrainingState.initial(network.architecture(), hyperparameters.batchSize());
    validation = open(assignment.validation(), 0, assignment.validation().length(), assignment);
    step =
        number < 0
            ? null
            : new TrainingStep(
                engine,
                workers,
                network,
                state,
                hyperparameters,
                open(
                    assignment.training(),
                    assignment.bounds()[number],
                    assignment.bounds()[number + 1],
                    assignment));
  }

  /** Returns as many threads as Spark gives to a task. */
  private static int threads() {
    TaskContext context = TaskContext.get();
    return context == null ? 1 : Math.max(1, context.cpus());
  }

  private static Tokens open(TokenFile file, long from, long to, Assignment assignment)
      throws IOException {
    try {
      return file.open(from, to, assignment.hadoop().value());
    } catch (IOException e) {
      throw new IOException(
          file.address()
              + " cannot be read on "
              + InetAddress.getLocalHost().getHostName()
              + " ("
              + e.getMessage()
              + "); name a folder that all machines can read with --staging",
          e);
    }
  }

  /** The first replica has the seed of the run, so that a single one trains as train does. */
  static Hyperparameters seeded(Hyperparameters hyperparameters, int number) {
    return number <= 0
        ? hyperparameters
        : hyperparameters.toBuilder()
            .set(
                Hyperparameters.SEED,
                RandomStreams.mix(hyperparameters.seed(), RandomStreams.REPLICAS, number) >>> 1)
            .build();
  }

  private static Model read(byte[] file) throws IOException {
    Path copy = Files.createTempFile("charnn", ".zip");
    try {
      Files.write(copy, file);
      return ModelFile.read(copy);
    } finally {
      Files.delete(copy);
    }
  }

  /** Something to do with a replica. */
  private interface Work<R> {
    R of(Replica replica) throws IOException;
  }

  private static <R> R with(Assignment assignment, int number, Work<R> work) throws IOException {
    Queue<Replica> idle =
        IDLE.computeIfAbsent(assignment.id() + "/" + number, key -> new ConcurrentLinkedQueue<>());
    Replica replica = idle.poll();
    if (replica == null) {
      replica = new Replica(assignment, number);
    }
    R result = work.of(replica);
    idle.add(replica); // Not after a failure.
    return result;
  }

  /**
   * Makes the steps of a round.
   *
   * @param before the replica's state before the round
   */
  static RoundResult train(Assignment assignment, ReplicaState before, Round round)
      throws IOException {
    return with(assignment, before.number(), replica -> replica.train(before, round));
  }

  private RoundResult train(ReplicaState before, Round round) {
    float[] parameters = network.parameters();
    System.arraycopy(round.parameters(), 0, parameters, 0, parameters.length);
    before.copyTo(state);
    int count = round.rates().length;
    double[] lossSums = new double[count];
    long[] correct = new long[count];
    long[] characters = new long[count];
    String divergence = null;
    try {
      for (int i = 0; i < count; i++) {
        LossMetrics made = step.step(round.first() + i, round.rates()[i]);
        lossSums[i] = made.lossSum();
        correct[i] = made.correct();
        characters[i] = made.characters();
      }
    } catch (DivergenceException e) {
      divergence = e.getMessage();
    }
    return new RoundResult(
        ReplicaState.of(before.number(), state),
        parameters.clone(),
        lossSums,
        correct,
        characters,
        divergence);
  }

  /** The score of a part of the validation set. */
  record PartScore(double lossSum, long correct, long characters) implements Serializable {
    private static PartScore of(LossMetrics score) {
      return new PartScore(score.lossSum(), score.correct(), score.characters());
    }

    LossMetrics metrics() {
      return new LossMetrics(lossSum, correct, characters);
    }
  }

  /** Evaluates a part of the validation set, as {@link Evaluator#evaluatePart} does. */
  static PartScore evaluate(Assignment assignment, float[] parameters, int part)
      throws IOException {
    return with(
        assignment,
        -1,
        replica -> {
          System.arraycopy(parameters, 0, replica.network.parameters(), 0, parameters.length);
          return PartScore.of(
              new Evaluator(replica.engine, replica.workers)
                  .evaluatePart(
                      new SingleModel(replica.engine, replica.network, replica.model.vocabulary()),
                      replica.validation,
                      part)
                  .score());
        });
  }
}
