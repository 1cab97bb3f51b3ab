package charnn.engine.simd.schedule;

/**
 * What one thread at a time does of the recurrent layers, for all hidden units of some row blocks,
 * or some units of all row blocks.
 */
public interface LayerTasks {
  /** Loads the state from before the window, of all units. */
  void load(Rows rows);

  /**
   * One time step of a layer's forward pass, or a stage of it: all units must have done a stage
   * before any begins the next.
   */
  void forward(int layer, int time, int stage, Rows rows);

  /** Ends a layer's forward pass. */
  void endForward(int layer, Rows rows);

  /** Stores the state after the window, of all units. */
  void store(Rows rows);

  /** Computes the gradient with respect to a layer's output, from dz of the layer above. */
  void beginBackward(int layer, Rows rows);

  /** One time step of a layer's backward pass, or a stage of it, the last first. */
  void backward(int layer, int time, int stage, Rows rows);
}
