package charnn.fill;

import java.util.ArrayList;
import java.util.List;

/**
 * A text whose gaps are filled.
 *
 * @param gaps what fills each, token ids
 * @param forward sum over the gaps of what the forward model says, in nats
 * @param backward the same of the backward model
 */
public record FilledText(List<int[]> gaps, double forward, double backward) {
  static final FilledText NONE = new FilledText(List.of(), 0, 0);

  FilledText with(Filling filling) {
    List<int[]> more = new ArrayList<>(gaps);
    more.add(filling.tokens());
    return new FilledText(more, forward + filling.forward(), backward + filling.backward());
  }

  /** Returns the mean of both, by which texts are ranked. */
  public double score() {
    return (forward + backward) / 2;
  }
}
