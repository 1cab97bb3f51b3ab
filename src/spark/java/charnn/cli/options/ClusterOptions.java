package charnn.cli.options;

import static charnn.util.Formats.number;

import charnn.spark.ClusterSettings;
import picocli.CommandLine.Option;

/** How a run is trained on a cluster. */
public final class ClusterOptions {
  private static final int DEFAULT_INNER_STEPS = 100;
  private static final int MOST_WORKERS = 10_000;
  private static final int MOST_INNER_STEPS = 1_000_000;

  @Option(
      names = "--workers",
      paramLabel = "W",
      preprocessor = AttachedValue.class,
      description =
          "Replicas of the network that train side by side, each on its part of the text (default: as many as the cluster runs at once).")
  private Integer workers;

  @Option(
      names = "--inner-steps",
      paramLabel = "H",
      preprocessor = AttachedValue.class,
      description = "Steps of each worker in a round, between two outer steps (default: 100).")
  private Integer innerSteps;

  @Option(
      names = "--outer-rate",
      paramLabel = "R",
      preprocessor = AttachedValue.class,
      description =
          "Learning rate of the outer step; 1 without momentum: the mean of the workers (default: 1).")
  private Double outerRate;

  @Option(
      names = "--outer-momentum",
      paramLabel = "M",
      preprocessor = AttachedValue.class,
      description = "Nesterov momentum of the outer step (default: 0).")
  private Double outerMomentum;

  @Option(
      names = "--staging",
      paramLabel = "FOLDER",
      preprocessor = AttachedValue.class,
      description =
          "Where the encoded text is kept for the workers: a folder or address that all machines can read, such as hdfs://host/path (default: the run's folder).")
  private String staging;

  /** Returns the folder that all machines can read; null if none is given. */
  public String staging() {
    return staging;
  }

  /**
   * Returns the settings of a new run.
   *
   * @param tasksAtOnce that the cluster runs
   */
  public ClusterSettings settings(int tasksAtOnce) {
    return over(new ClusterSettings(tasksAtOnce, DEFAULT_INNER_STEPS, 1, 0));
  }

  /** Returns settings of before, but with what is given. */
  public ClusterSettings over(ClusterSettings before) {
    ClusterSettings settings =
        new ClusterSettings(
            workers == null ? before.workers() : workers,
            innerSteps == null ? before.innerSteps() : innerSteps,
            outerRate == null ? before.outerRate() : outerRate,
            outerMomentum == null ? before.outerMomentum() : outerMomentum);
    require("--workers", 1, MOST_WORKERS, settings.workers());
    require("--inner-steps", 1, MOST_INNER_STEPS, settings.innerSteps());
    require("--outer-rate", 0.001, 10, settings.outerRate());
    require("--outer-momentum", 0, 0.999, settings.outerMomentum());
    return settings;
  }

  private static void require(String option, double least, double most, double value) {
    if (!(value >= least && value <= most)) {
      throw new UsageException(
          option + " must be " + number(least) + " to " + number(most) + ", got " + number(value));
    }
  }
}
