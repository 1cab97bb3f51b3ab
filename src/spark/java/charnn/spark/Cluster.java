package charnn.spark;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A connection to a cluster, or to a local master where none is named. */
public final class Cluster implements AutoCloseable {
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String TASK_CPUS = "spark.task.cpus";
  private static final int POLL_MILLIS = 50;
  private static final String MASTER = "spark.master";

  private final JavaSparkContext context;

  private Cluster(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * Connects. What spark-submit was given goes before what is set here.
   *
   * @param threads of each task; 0: as Spark is configured
   * @param javaOptions of the executors' virtual machines
   */
  public static Cluster open(int threads, List<String> javaOptions) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing(MASTER, "local[*]");
    conf.setIfMissing("spark.app.name", "charnn");
    conf.setIfMissing("spark.ui.enabled", "false");
    if (threads > 0) {
      conf.set(TASK_CPUS, Integer.toString(threads));
    }
    conf.set(
        EXECUTOR_OPTIONS,
        (conf.get(EXECUTOR_OPTIONS, "") + " " + String.join(" ", javaOptions)).strip());
    return new Cluster(new JavaSparkContext(conf));
  }

  public JavaSparkContext context() {
    return context;
  }

  /** Returns how many tasks the cluster runs at once. */
  public int tasksAtOnce() {
    int cpus = context.getConf().getInt(TASK_CPUS, 1);
    return Math.max(1, context.defaultParallelism() / cpus);
  }

  /** Waits until no task runs, but no longer than so many seconds. */
  void awaitIdle(long seconds) throws InterruptedIOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (isBusy() && System.nanoTime() < end) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("waiting for Spark was interrupted");
    }
  }

  private boolean isBusy() {
    return Arrays.stream(context.sc().statusTracker().getExecutorInfos())
        .anyMatch(executor -> executor.numRunningTasks() > 0);
  }

  @Override
  public void close() {
    context.stop();
  }
}
