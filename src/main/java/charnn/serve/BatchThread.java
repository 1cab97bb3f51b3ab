package charnn.serve;

import charnn.generate.ContinuousBatch;
import charnn.serve.http.ApiException;
import charnn.util.ThreadTeam;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Computes the texts of all requests, a character of each at a time: those of a model in one batch,
 * the models in turn. Requests for which there is no room wait, the first one first.
 */
final class BatchThread implements AutoCloseable {
  /** Time between two looks at who waits no longer. */
  private static final long SWEEP_NANOS = 100_000_000;

  private final int mostTexts;
  private final int mostWaiting;
  private final ThreadTeam workers;
  private final Consumer<Throwable> log;
  private final Queue<Job> waiting = new ArrayDeque<>(); // guarded by this
  private int computed; // texts, guarded by this
  private boolean closed; // guarded by this
  private long swept = System.nanoTime(); // guarded by this
  private final Map<ServedModel, Running> running = new LinkedHashMap<>(); // of the thread

  /** Texts that are wanted. */
  interface Job {
    ServedModel model();

    List<ContinuousBatch.Task> tasks();

    /** Returns the number of its texts. */
    int texts();

    /** Returns whether nothing more is wanted of it. */
    boolean isOver();

    /** It cannot be done. */
    void fail(ApiException reason);
  }

  /** What is computed with a model. */
  private record Running(ContinuousBatch batch, List<Job> jobs) {}

  /**
   * @param mostTexts that are computed at once
   * @param mostWaiting requests
   * @param workers used by this thread alone
   * @param log receives mistakes of the program
   */
  BatchThread(int mostTexts, int mostWaiting, ThreadTeam workers, Consumer<Throwable> log) {
    this.mostTexts = mostTexts;
    this.mostWaiting = mostWaiting;
    this.workers = workers;
    this.log = log;
    Thread thread = new Thread(this::run, "charnn-batches");
    thread.setDaemon(true);
    thread.start();
  }

  int mostTexts() {
    return mostTexts;
  }

  /** Returns how many texts are computed now. */
  synchronized int computed() {
    return computed;
  }

  /** Returns how many requests wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  /**
   * Has the texts of a job computed.
   *
   * @throws ApiException if too many wait already
   */
  synchronized void submit(Job job) throws ApiException {
    if (closed) {
      throw Service.stopping();
    }
    if (waiting.size() >= mostWaiting) {
      waiting.removeIf(Job::isOver);
      if (waiting.size() >= mostWaiting) {
        throw ApiException.busy(
            "the server computes " + computed + " texts, and " + waiting.size() + " requests wait");
      }
    }
    waiting.add(job);
    notifyAll();
  }

  private void run() {
    try {
      while (admit()) {
        for (Iterator<Running> all = running.values().iterator(); all.hasNext(); ) {
          Running one = all.next();
          if (!advance(one)) {
            all.remove();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins what there is room for, and waits while there is nothing; returns false at the end. */
  private synchronized boolean admit() throws InterruptedException {
    computed = 0;
    for (Running one : running.values()) {
      computed += one.batch.size();
    }
    while (running.isEmpty() && waiting.isEmpty() && !closed) {
      wait();
    }
    if (System.nanoTime() - swept > SWEEP_NANOS) {
      swept = System.nanoTime();
      waiting.removeIf(Job::isOver);
    }
    for (Job next = waiting.peek(); next != null; next = waiting.peek()) {
      if (!next.isOver()) {
        if (computed + next.texts() > mostTexts) {
          break;
        }
        begin(next);
      }
      waiting.remove();
    }
    return !closed;
  }

  private void begin(Job job) {
    try {
      Running of = running.get(job.model());
      if (of == null) {
        of = new Running(new ContinuousBatch(job.model().inBatches(), workers), new ArrayList<>());
        running.put(job.model(), of);
      }
      job.tasks().forEach(of.batch::add);
      of.jobs.add(job);
      computed += job.texts();
    } catch (RuntimeException | Error e) {
      log.accept(e);
      job.fail(ApiException.internal());
    }
  }

  /** Computes a character of each text; returns whether there is one left. */
  private boolean advance(Running one) {
    try {
      one.batch.step();
      one.jobs.removeIf(Job::isOver);
      return one.batch.size() > 0;
    } catch (RuntimeException | Error e) {
      log.accept(e);
      one.jobs.forEach(job -> job.fail(ApiException.internal()));
      return false;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
