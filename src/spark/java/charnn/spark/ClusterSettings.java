package charnn.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import charnn.checkpoint.RunDirectory;
import charnn.train.TrainingException;
import charnn.util.AtomicFile;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a run is trained on a cluster; kept in its directory.
 *
 * @param workers W: replicas of the network, each trained by a task
 * @param innerSteps H: steps of each in a round
 * @param outerRate learning rate of the outer step
 * @param outerMomentum momentum of the outer step
 */
public record ClusterSettings(int workers, int innerSteps, double outerRate, double outerMomentum) {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();
  private static final int MOST = 10_000;

  private static Path file(Path directory) {
    return new RunDirectory(directory).cluster();
  }

  /** Returns whether a run has begun on a cluster. */
  public static boolean areIn(Path directory) {
    return Files.exists(file(directory));
  }

  /** Returns whether the outer step is more than the mean. */
  boolean hasMomentum() {
    return outerMomentum != 0;
  }

  /** Writes them for a new run, or checks that a resumed one has the same. */
  void keep(Path directory) throws IOException {
    if (!areIn(directory)) {
      AtomicFile.write(
          file(directory), out -> out.write((GSON.toJson(this) + "\n").getBytes(UTF_8)));
      return;
    }
    ClusterSettings before = of(directory);
    if (!equals(before)) {
      throw new TrainingException(
          "the run was begun with "
              + before.describe()
              + "; it cannot be resumed with "
              + describe()
              + ": leave these options out, or start a new run");
    }
  }

  /** Reads those of a run. */
  public static ClusterSettings of(Path directory) throws IOException {
    Path file = file(directory);
    if (!Files.exists(file)) {
      throw new TrainingException(
          directory + " was not trained on a cluster; resume it with charnn train --resume");
    }
    try {
      ClusterSettings read =
          Files.size(file) > MOST
              ? null
              : GSON.fromJson(Files.readString(file, UTF_8), ClusterSettings.class);
      if (read != null && read.workers >= 1 && read.innerSteps >= 1) {
        return read;
      }
    } catch (JsonParseException e) {
      // Said below.
    }
    throw new TrainingException(file + " is damaged; take it from a backup, or start a new run");
  }

  String describe() {
    return "--workers "
        + workers
        + " --inner-steps "
        + innerSteps
        + " --outer-rate "
        + outerRate
        + " --outer-momentum "
        + outerMomentum;
  }
}
