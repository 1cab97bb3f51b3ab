package charnn.engine.simd.schedule;

/** What one thread at a time does of the output layer. */
public interface OutputTask {
  /** Logits, loss and their gradient, for some time steps of some row blocks. */
  void run(int firstTime, int lastTime, Rows rows);
}
