package charnn.train;

/** How training stopped. */
public enum Outcome {
  FINISHED,
  STOPPED_EARLY,
  INTERRUPTED
}
