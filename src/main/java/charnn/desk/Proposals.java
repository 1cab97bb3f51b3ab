package charnn.desk;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Has proposals made on a thread of its own, so that keys never wait for the model. Only the
 * request that came last is of interest.
 */
final class Proposals implements AutoCloseable {
  private final Proposer proposer;
  private final Consumer<Answer> listener;
  private Request waiting; // guarded by this
  private boolean closed; // guarded by this

  /**
   * What to propose.
   *
   * @param number of the request
   * @param begun what the proposal begins with, perhaps nothing
   */
  record Request(long number, Context context, String begun, Proposer.Settings settings) {}

  /**
   * A proposal.
   *
   * @param number of its request
   * @param failure why there is none; null if there is one
   */
  record Answer(long number, String proposal, Throwable failure) {}

  /**
   * @param listener called on the other thread
   */
  Proposals(Proposer proposer, Consumer<Answer> listener) {
    this.proposer = proposer;
    this.listener = listener;
  }

  /** Starts the thread. */
  void start() {
    Thread thread = new Thread(this::work, "charnn-proposals");
    thread.setDaemon(true);
    thread.start();
  }

  /** Asks for a proposal; those asked for before are not made any more. */
  synchronized void request(Request request) {
    waiting = request;
    notifyAll();
  }

  private void work() {
    try {
      for (Request request = take(); request != null; request = take()) {
        answer(request);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Request request) {
    BooleanSupplier isStopped = this::isWanted;
    try {
      String proposal =
          proposer.propose(request.context, request.begun, request.settings, isStopped);
      if (proposal != null) {
        listener.accept(new Answer(request.number, proposal, null));
        proposer.prepare(request.context, isStopped);
      }
    } catch (RuntimeException | Error e) {
      listener.accept(new Answer(request.number, "", e));
    }
  }

  private synchronized Request take() throws InterruptedException {
    while (waiting == null && !closed) {
      wait();
    }
    Request taken = closed ? null : waiting;
    waiting = null;
    return taken;
  }

  /** Returns whether the thread is wanted for something else. */
  private synchronized boolean isWanted() {
    return waiting != null || closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
