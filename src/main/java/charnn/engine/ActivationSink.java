package charnn.engine;

/** Receives what the cells of a layer did in a step. */
@FunctionalInterface
public interface ActivationSink {
  /**
   * Called once in a step for each layer, from the bottom up.
   *
   * @param layer from 0
   * @param gates [G][H] the activated gates, which the next call overwrites
   * @param states [S][H] the states after the step, likewise
   */
  void activated(int layer, float[][] gates, float[][] states);
}
