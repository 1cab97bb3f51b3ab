package charnn.generate;

/**
 * A step of sampling that a user can choose. The steps of a sampler run in the order of their
 * stages, whatever order they were given in.
 */
public interface SamplingStep {
  /** The stages, in order. */
  enum Stage {
    /** Which characters there are at all. */
    ALLOWED,
    REPETITION,
    TEMPERATURE,
    /** Before all that excludes characters: it measures the deviation of the model's logits. */
    TOP_N_SIGMA,
    TOP_K,
    TOP_P,
    MIN_P,
    TYPICAL_P,
    SURPRISE;

    /** Returns whether it changes which character is the most probable. */
    boolean changesGreedy() {
      return compareTo(TEMPERATURE) < 0;
    }
  }

  Stage stage();

  /** Returns the filter for a new text. */
  LogitFilter start();
}
