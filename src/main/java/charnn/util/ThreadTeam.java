package charnn.util;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A thread pool with a parallel loop: runs numbered tasks on a fixed number of threads, among them
 * the caller's. Which thread runs a task never changes what the task computes.
 *
 * <p>A loop ends with its last task. It does not wait for threads without a task: on a busy
 * machine, the system may have descheduled them. Between two loops the threads stay awake for a
 * while: a training step has many short loops, and waking a sleeping thread takes as long as one of
 * them. Not for use by several callers at once. A task that itself calls {@link #run} runs its
 * tasks sequentially.
 */
public final class ThreadTeam implements AutoCloseable {
  /** Iterations of a waiting loop in which a thread spins; then it yields. */
  private static final int SPIN_ITERATIONS = 500;

  /** Iterations after which a thread without tasks goes to sleep: one or two milliseconds. */
  private static final int AWAKE_ITERATIONS = 2500;

  private final Thread[] threads;

  /**
   * How many tasks the loop has (upper 32 bits), and the next to begin (lower). It is one number,
   * so that a task is always taken from the loop in progress, however long ago a thread looked for
   * one.
   */
  private final AtomicLong tasks = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger(); // tasks of the loop
  private final AtomicInteger sleeping = new AtomicInteger(); // threads
  private IntConsumer toRun; // written before tasks, read after it

  /** The first of the run's failures; those that came later are suppressed by it. */
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private volatile boolean closed;
  private boolean running;

  /**
   * @param count threads, 1 or more; with 1, the caller runs all tasks
   */
  public ThreadTeam(int count) {
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
   * Runs tasks 0 to count - 1, started in this order, and returns when all are done. After an
   * exception, which is thrown here, no more tasks are started; the exceptions of tasks that were
   * running are suppressed by it.
   */
  public void run(int count, IntConsumer task) {
    if (threads.length == 0 || count <= 1 || running) {
      for (int i = 0; i < count; i++) {
        task.accept(i);
      }
      return;
    }
    running = true;
    toRun = task;
    failure.set(null);
    unfinished.set(count);
    tasks.set((long) count << 32);
    wake();
    takeTasks();
    for (int iteration = 0; unfinished.get() > 0; iteration++) {
      pause(iteration);
    }
    running = false;
    Throwable first = failure.get();
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw (RuntimeException) first;
    }
  }

  /**
   * For a loop that waits for another thread: spins at first, then yields the processor, which that
   * thread may need.
   *
   * @param iteration of the loop, from 0
   */
  public static void pause(int iteration) {
    if (iteration >= 0 && iteration < SPIN_ITERATIONS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  private void work() {
    while (!closed) {
      takeTasks();
      for (int iteration = 0; !closed && !hasTasks(); iteration++) {
        if (iteration < AWAKE_ITERATIONS) {
          pause(iteration);
        } else {
          sleep();
        }
      }
    }
  }

  /** Sleeps unless there are tasks; may wake up spuriously. */
  private void sleep() {
    sleeping.incrementAndGet(); // before looking again: from here on, wake() sees it
    if (!closed && !hasTasks()) {
      LockSupport.park(this);
    }
    sleeping.decrementAndGet();
  }

  private void wake() {
    if (sleeping.get() > 0) {
      for (Thread thread : threads) {
        LockSupport.unpark(thread);
      }
    }
  }

  private boolean hasTasks() {
    long seen = tasks.get();
    return (int) seen < (int) (seen >>> 32);
  }

  private void takeTasks() {
    for (int task = take(); task >= 0; task = take()) {
      try {
        toRun.accept(task);
      } catch (RuntimeException | Error e) {
        skipTasks();
        keep(e);
      } finally {
        unfinished.decrementAndGet();
      }
    }
  }

  private void keep(Throwable thrown) {
    if (!failure.compareAndSet(null, thrown) && failure.get() != thrown) {
      failure.get().addSuppressed(thrown);
    }
  }

  /** Takes the next task and returns its number; negative if there is none. */
  private int take() {
    while (true) {
      long seen = tasks.get();
      int next = (int) seen;
      if (next >= (int) (seen >>> 32)) {
        return -1;
      }
      if (tasks.compareAndSet(seen, seen + 1)) {
        return next;
      }
    }
  }

  /** Takes all tasks that are left at once, so that none of them is started. */
  private void skipTasks() {
    long seen = tasks.getAndUpdate(now -> now >>> 32 << 32 | now >>> 32);
    unfinished.addAndGet((int) seen - (int) (seen >>> 32));
  }

  @Override
  public void close() {
    closed = true;
    wake();
  }
}
