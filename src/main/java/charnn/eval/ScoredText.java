package charnn.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * A text and how probable each of its characters is to a model.
 *
 * @param text the text, '\n' as line end
 * @param score of the whole text
 * @param nats [code points] -ln p of each character, its charge included; NaN where a character is
 *     not scored. Their sum is the score's, but for rounding
 * @param charged [code points] whether the character is unknown to the model
 * @param alternatives at the first positions; null unless they were asked for
 */
public record ScoredText(
    String text, TextScore score, double[] nats, boolean[] charged, Alternatives alternatives) {

  /**
   * A line that has a scored character.
   *
   * @param number of the line in the text, from 1
   * @param text without its line end
   * @param score of its characters, and of its line end if that is scored
   */
  public record Line(int number, String text, TextScore score) {}

  /** Returns the lines that have a scored character. */
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    int number = 1;
    int position = 0; // of the line's first character
    for (int start = 0; start < text.length(); number++) {
      int end = text.indexOf('\n', start);
      int next = end < 0 ? text.length() : end + 1;
      int after = position + text.codePointCount(start, next);
      TextScore score = score(position, after);
      if (score.known() + score.unknown() > 0) {
        lines.add(new Line(number, text.substring(start, end < 0 ? next : end), score));
      }
      start = next;
      position = after;
    }
    return lines;
  }

  private TextScore score(int from, int to) {
    long known = 0;
    long unknown = 0;
    double sum = 0;
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(nats[i])) {
        sum += nats[i];
        unknown += charged[i] ? 1 : 0;
        known += charged[i] ? 0 : 1;
      }
    }
    return TextScore.of(known, unknown, sum);
  }
}
