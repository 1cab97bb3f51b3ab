package charnn.predict;

import charnn.nn.RecurrentState;
import java.util.List;

/**
 * What a language model remembers of a text.
 *
 * @param states of each network, of one row; not changed
 * @param logits of each network, [V] each, after the last character that it read; not changed. For
 *     language models that must repeat a prediction, otherwise empty
 */
public record TextState(List<RecurrentState> states, List<float[]> logits) {
  public TextState {
    states = List.copyOf(states);
    logits = List.copyOf(logits);
  }

  /** The state of a language model that repeats no prediction. */
  public TextState(List<RecurrentState> states) {
    this(states, List.of());
  }

  /** Returns how many numbers it has. */
  public long size() {
    long size = 0;
    for (RecurrentState state : states) {
      for (float[][] layers : state.values()) {
        for (float[] layer : layers) {
          size += layer.length;
        }
      }
    }
    for (float[] repeated : logits) {
      size += repeated.length;
    }
    return size;
  }
}
