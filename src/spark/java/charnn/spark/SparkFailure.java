package charnn.spark;

import charnn.train.TrainingException;
import java.io.IOException;
import org.apache.spark.SparkException;

/** Says in a line why Spark gave up. */
final class SparkFailure {
  private static final String MESSAGE_BEGINS = "Exception: ";

  private SparkFailure() {}

  /** Returns what to throw for a failed job: the message of the task that failed last. */
  static IOException of(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (!(cause instanceof SparkException)) {
      return new IOException("Spark failed: " + message, cause);
    }
    return new TrainingException(
        "Spark gave up a task after several attempts: "
            + reason(message)
            + ". What was saved is kept; mend the cause, and continue with --resume");
  }

  private static String reason(String message) {
    for (String line : message.lines().toList()) {
      int at = line.indexOf(MESSAGE_BEGINS);
      if (at >= 0) {
        return line.substring(at + MESSAGE_BEGINS.length());
      }
    }
    return message.lines().findFirst().orElse("no reason given");
  }
}
