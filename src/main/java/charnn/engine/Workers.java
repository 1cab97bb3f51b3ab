package charnn.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Runs numbered tasks on a fixed number of threads, the caller's own among them. Which thread runs
 * a task never changes what the task computes.
 *
 * <p>Between two runs the threads spin for a while before they go to sleep: a training step has
 * several short parts, and waking a sleeping thread takes as long as one of them. Not for use by
 * several callers at once; a task that itself calls {@link #run} does its own tasks alone.
 */
public final class Workers implements AutoCloseable {
  private static final int SPINS = 20_000;

  private final Thread[] threads;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger unfinished = new AtomicInteger();
  private volatile int round; // of tasks; odd once closed
  private volatile Throwable failure;
  private IntConsumer task; // written before round, read after it
  private int count;
  private boolean running;

  /**
   * @param count the threads, 1 or more; with 1, the caller does all the work
   */
  public Workers(int count) {
    threads = new Thread[count - 1];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(this::work, "charnn-worker-" + (i + 1));
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  /** Returns the number of threads, the caller's among them. */
  public int count() {
    return threads.length + 1;
  }

  /**
   * Runs tasks 0 to count - 1 and returns when all are done. They are begun in this order, so that
   * a task may wait for one before it. After an exception, which is thrown here, no more tasks are
   * begun.
   */
  public void run(int tasks, IntConsumer toRun) {
    if (threads.length == 0 || tasks == 1 || running) {
      for (int i = 0; i < tasks; i++) {
        toRun.accept(i);
      }
      return;
    }
    running = true;
    task = toRun;
    count = tasks;
    failure = null;
    next.set(0);
    unfinished.set(threads.length);
    round += 2;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    takeTasks();
    for (int turn = 0; unfinished.get() > 0; turn++) {
      pause(turn);
    }
    running = false;
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /**
   * To be called in a loop that waits for another thread: spins for a while, then lets others have
   * the processor, for the thread that is waited for may be one of them.
   *
   * @param turn of the loop, from 0
   */
  public static void pause(int turn) {
    if (turn >= 0 && turn < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  private void work() {
    int done = 0;
    while (true) {
      int spins = 0;
      while (round == done) {
        if (++spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      done = round;
      if (done % 2 != 0) {
        return;
      }
      takeTasks();
      unfinished.decrementAndGet();
    }
  }

  private void takeTasks() {
    try {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        task.accept(i);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      next.set(count);
    }
  }

  @Override
  public void close() {
    round |= 1;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}
