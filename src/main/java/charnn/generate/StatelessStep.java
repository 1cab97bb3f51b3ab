package charnn.generate;

/** A step that remembers nothing of the text: one filter serves all texts. */
interface StatelessStep extends SamplingStep, LogitFilter {
  @Override
  default LogitFilter start() {
    return this;
  }
}
