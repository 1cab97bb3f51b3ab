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
}
