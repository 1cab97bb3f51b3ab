package charnn.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Runs numbered tasks on a fixed number of threads. Which thread runs a task never changes what the
 * task computes.
 */
public final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  /**
   * @param count the threads, 1 or more; with 1, the caller's own thread does the work
   */
  public Workers(int count) {
    threads =
        count == 1
            ? null
            : Executors.newFixedThreadPool(
                count,
                task -> {
                  Thread thread = new Thread(task, "charnn-worker");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  /**
   * Runs tasks 0 to count - 1 and returns when all are done; an exception of one of them is thrown
   * here.
   */
  public void run(int count, IntConsumer task) {
    if (threads == null || count == 1) {
      for (int i = 0; i < count; i++) {
        task.accept(i);
      }
      return;
    }
    List<Callable<Void>> calls = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = i;
      calls.add(
          () -> {
            task.accept(number);
            return null;
          });
    }
    try {
      for (Future<Void> result : threads.invokeAll(calls)) {
        result.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while computing", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a worker failed", e.getCause());
    }
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
