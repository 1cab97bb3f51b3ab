package charnn.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Trains a list of runs, each by a task of its own. */
public final class Sweep {
  private Sweep() {}

  /**
   * Trains the runs.
   *
   * @param folder of the runs, which all machines see under the same name
   * @param javaOptions of the processes
   * @return in the order of the list
   * @throws CancellationException if interrupted; the runs are saved
   */
  public static List<SweptRun> run(
      Cluster spark,
      List<RunList.Run> runs,
      Path folder,
      List<String> javaOptions,
      BooleanSupplier interruption)
      throws IOException {
    List<SweptRun.Task> tasks = new ArrayList<>();
    String here = Path.of("").toAbsolutePath().toString();
    for (RunList.Run run : runs) {
      tasks.add(new SweptRun.Task(run, folder.toString(), here, javaOptions));
    }
    // An interrupted task ends its process, which saves.
    spark.context().setJobGroup("sweep", "charnn sweep", true);
    try {
      return Jobs.collect(
          spark.context().parallelize(tasks, tasks.size()).map(SweptRun::train), interruption);
    } catch (CancellationException e) {
      spark.awaitIdle(SweptRun.SECONDS_TO_SAVE);
      throw e;
    }
  }
}
