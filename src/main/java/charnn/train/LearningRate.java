package charnn.train;

/**
 * The learning rate's schedule: a linear warm-up of 100 steps or a tenth of the run, whichever is
 * less, then half a cosine down to {@value #FINAL_FRACTION} of the highest rate (Loshchilov and
 * Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017).
 *
 * @param highest reached at the end of the warm-up
 * @param totalSteps of the run
 */
record LearningRate(double highest, long totalSteps) {
  private static final int WARM_UP_STEPS = 100;
  private static final double FINAL_FRACTION = 0.02;

  /** Returns the rate of a step, counted from 0. */
  double at(long step) {
    long warmUp = Math.min(WARM_UP_STEPS, totalSteps / 10);
    if (step < warmUp) {
      return highest * (step + 1) / warmUp;
    }
    double progress = (double) (step - warmUp) / Math.max(1, totalSteps - warmUp);
    double cosine = 0.5 * (1 + StrictMath.cos(StrictMath.PI * Math.min(1, progress)));
    return highest * (FINAL_FRACTION + (1 - FINAL_FRACTION) * cosine);
  }
}
