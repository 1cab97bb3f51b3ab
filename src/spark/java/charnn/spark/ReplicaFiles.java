package charnn.spark;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.model.Model;
import charnn.model.TrainingState;
import charnn.nn.Network;
import charnn.train.TrainingException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a checkpoint of a run on a cluster has besides an ordinary one: the states of all replicas
 * but the first, and the velocity of the outer step. They are model files, one folder a step:
 * replica-1.zip and so on, and outer.zip, whose parameters are the velocity.
 */
final class ReplicaFiles {
  private static final String PREFIX = "step-";

  /** The checkpoint that is being written, and the one before it. */
  private static final int KEPT = 2;

  private final Path folder;
  private final Model start;
  private final int replicas;
  private final Deque<Long> ordinary = new ArrayDeque<>();
  private final Deque<Long> forRollback = new ArrayDeque<>();

  /**
   * @param folder of all steps
   * @param start the model of the run as it starts
   */
  ReplicaFiles(Path folder, Model start, int replicas) {
    this.folder = folder;
    this.start = start;
    this.replicas = replicas;
  }

  private Path of(long step) {
    return folder.resolve(PREFIX + step);
  }

  private static Path replica(Path step, int number) {
    return step.resolve("replica-" + number + ".zip");
  }

  private static Path outer(Path step) {
    return step.resolve("outer.zip");
  }

  /** Writes the files of a step, and deletes those that no checkpoint needs any more. */
  void write(long step, boolean isForRollback, List<ReplicaState> states, float[] velocity)
      throws IOException {
    if (replicas > 1 || velocity.length > 0) {
      Path files = of(step);
      Files.createDirectories(files);
      Network network = start.network().copy();
      java.util.Arrays.fill(network.parameters(), 0);
      for (int r = 1; r < replicas; r++) {
        TrainingState state = initial();
        states.get(r).copyTo(state);
        ModelFile.write(replica(files, r), model(network), state);
      }
      if (velocity.length > 0) {
        System.arraycopy(velocity, 0, network.parameters(), 0, velocity.length);
        ModelFile.write(outer(files), model(network), null);
      }
    }
    Deque<Long> written = isForRollback ? forRollback : ordinary;
    if (!written.contains(step)) {
      written.addLast(step);
    }
    if (written.size() > KEPT) {
      written.removeFirst();
    }
    deleteOthers();
  }

  /** These steps have a checkpoint when training begins. */
  void keep(List<Long> steps) throws IOException {
    forRollback.addAll(steps);
    deleteOthers();
  }

  private void deleteOthers() throws IOException {
    Set<Path> kept = new HashSet<>();
    ordinary.forEach(step -> kept.add(of(step)));
    forRollback.forEach(step -> kept.add(of(step)));
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path step : all) {
        if (!kept.contains(step)) {
          delete(step);
        }
      }
    }
  }

  private static void delete(Path step) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(step)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(step);
  }

  /**
   * Reads the states of a step.
   *
   * @param first state of the first replica, which the checkpoint itself has
   * @param velocity filled, if it is not empty
   */
  List<ReplicaState> read(long step, TrainingState first, float[] velocity) throws IOException {
    List<ReplicaState> states = new ArrayList<>();
    states.add(ReplicaState.of(0, first));
    try {
      for (int r = 1; r < replicas; r++) {
        ModelFile.Checkpoint read = ModelFile.readCheckpoint(replica(of(step), r));
        requireSameShape(read.model());
        states.add(ReplicaState.of(r, read.training().orElseThrow()));
      }
      if (velocity.length > 0) {
        Model read = ModelFile.read(outer(of(step)));
        requireSameShape(read);
        System.arraycopy(read.network().parameters(), 0, velocity, 0, velocity.length);
      }
    } catch (ModelFileException e) {
      throw new TrainingException(
          e.getMessage()
              + "; without it the run cannot be resumed exactly: take it from a backup, or start a"
              + " new run from its model with --init-from");
    }
    return states;
  }

  private void requireSameShape(Model read) throws TrainingException {
    if (!read.network().architecture().equals(start.network().architecture())
        || read.hyperparameters().batchSize() != start.hyperparameters().batchSize()) {
      throw new TrainingException("the files in " + folder + " are of another run");
    }
  }

  private TrainingState initial() {
    return TrainingState.initial(
        start.network().architecture(), start.hyperparameters().batchSize());
  }

  private Model model(Network network) {
    return new Model(
        network, start.vocabulary(), start.hyperparameters(), start.progress(), start.provenance());
  }
}
