package charnn.engine.simd.schedule;

/** The sums of the weight gradients over all row blocks. */
public interface GradientTask {
  /** Marks row blocks whose dz is complete, or will never be, because of an exception. */
  void finish(Rows rows);

  /** Works on the sums, together with other threads, until they are complete. */
  void add();
}
