package charnn.fill;

import charnn.data.Vocabulary;
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

  /** Returns what fills each gap, in characters. */
  public List<String> texts(Vocabulary vocabulary) {
    List<String> texts = new ArrayList<>();
    for (int[] gap : gaps) {
      StringBuilder text = new StringBuilder();
      for (int token : gap) {
        text.appendCodePoint(vocabulary.codePoint(token));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  /**
   * Returns a text with its gaps filled.
   *
   * @param parts what stands before, between and after the gaps
   * @param gaps what fills each
   */
  public static String joined(List<String> parts, List<String> gaps) {
    StringBuilder whole = new StringBuilder(parts.get(0));
    for (int i = 0; i < gaps.size(); i++) {
      whole.append(gaps.get(i)).append(parts.get(i + 1));
    }
    return whole.toString();
  }

  /** Returns the mean of both, by which texts are ranked. */
  public double score() {
    return (forward + backward) / 2;
  }
}
