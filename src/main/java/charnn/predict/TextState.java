package charnn.predict;

import charnn.nn.RecurrentState;
import java.util.List;

/**
 * What a language model remembers of a text.
 *
 * @param states of each network, of one row; not changed
 */
public record TextState(List<RecurrentState> states) {
  public TextState {
    states = List.copyOf(states);
  }
}
