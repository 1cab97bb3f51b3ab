package charnn.cli;

import charnn.cli.console.Console;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import charnn.eval.Baselines;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Measures what methods without a network reach, beside what else is done. */
final class BaselineMeasurement {
  private static final long LOOK_EVERY_MILLIS = 200;

  private final TrainValidationSplit split;
  private final FutureTask<Optional<Baselines>> task;
  private volatile long done; // of Baselines.work

  private BaselineMeasurement(TrainValidationSplit split, Vocabulary vocabulary) {
    this.split = split;
    task = new FutureTask<>(() -> Baselines.of(split, vocabulary, characters -> done = characters));
  }

  /**
   * Starts on a thread of its own, which takes a few seconds of one processor and ends with the
   * process.
   *
   * @param vocabulary of the split's tokens
   */
  static BaselineMeasurement beside(TrainValidationSplit split, Vocabulary vocabulary) {
    BaselineMeasurement measurement = new BaselineMeasurement(split, vocabulary);
    Thread thread = new Thread(measurement.task, "baselines");
    thread.setDaemon(true);
    thread.start();
    return measurement;
  }

  /** Measures, and shows the progress if it takes a while. */
  static Optional<Baselines> now(
      Console console, TrainValidationSplit split, Vocabulary vocabulary) {
    return beside(split, vocabulary).await(console);
  }

  /**
   * Waits for the result, and shows the progress if it takes a while.
   *
   * @return empty without a validation set, or if Java has too little memory
   */
  Optional<Baselines> await(Console console) {
    try (Preparation shown = new Preparation(console, "baselines", Baselines.work(split))) {
      while (true) {
        try {
          return task.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          shown.accept(done);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        return Optional.empty();
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
