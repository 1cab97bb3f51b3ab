package charnn.spark;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A connection to a cluster, or to a local master where none is named. */
public final class Cluster implements AutoCloseable {
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String TASK_CPUS = "spark.task.cpus";
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

  @Override
  public void close() {
    context.stop();
  }
}
