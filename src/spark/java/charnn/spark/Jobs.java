package charnn.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;

/** Runs Spark jobs that can be interrupted. */
final class Jobs {
  private static final int POLL_MILLIS = 50;

  private Jobs() {}

  /**
   * Returns what an RDD has, in the order of its partitions.
   *
   * @param interruption asked while the job runs
   * @throws CancellationException if interrupted
   */
  static <T> List<T> collect(JavaRDD<T> rdd, BooleanSupplier interruption) throws IOException {
    JavaFutureAction<List<T>> action = rdd.collectAsync();
    while (true) {
      try {
        return action.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (interruption.getAsBoolean()) {
          action.cancel(true);
          throw new CancellationException("interrupted");
        }
      } catch (InterruptedException e) {
        action.cancel(true);
        throw new InterruptedIOException("waiting for Spark was interrupted");
      } catch (ExecutionException e) {
        throw SparkFailure.of(e.getCause());
      }
    }
  }
}
