package charnn.eval;

/**
 * Receives the predictions of an evaluation, each once, in any order and from any thread: several
 * may call at the same time.
 */
@FunctionalInterface
public interface PredictionSink {
  PredictionSink NONE = (index, loss, logits, offset) -> {};

  /**
   * Receives a prediction.
   *
   * @param index of the predicted character in the text
   * @param loss -ln p of that character
   * @param logits the V logits from the offset on, valid during this call only
   */
  void predicted(long index, double loss, float[] logits, int offset);
}
