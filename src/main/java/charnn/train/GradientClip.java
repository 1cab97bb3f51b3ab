package charnn.train;

/**
 * Clipping by global norm (Pascanu et al., "On the difficulty of training recurrent neural
 * networks", 2013).
 */
final class GradientClip {
  private GradientClip() {}

  /**
   * Scales a gradient down to a norm if it is longer.
   *
   * @return its norm before
   */
  static double clip(float[] gradient, double maxNorm) {
    double squares = 0;
    for (float g : gradient) {
      squares += (double) g * g;
    }
    double norm = Math.sqrt(squares);
    if (norm > maxNorm) {
      float scale = (float) (maxNorm / norm);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= scale;
      }
    }
    return norm;
  }
}
