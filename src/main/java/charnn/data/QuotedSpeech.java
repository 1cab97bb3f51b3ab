package charnn.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A text without its double quotation marks.
 *
 * @param text its characters but those marks
 * @param spoken whether each char of it stood between two marks of one paragraph
 */
public record QuotedSpeech(String text, BitSet spoken) {
  public static QuotedSpeech of(String marked) {
    StringBuilder text = new StringBuilder();
    BitSet spoken = new BitSet();
    boolean inside = false;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == '"' || c == '“' || c == '”') {
        inside = c == '"' ? !inside : c == '“';
        continue;
      }
      inside &= !marked.startsWith("\n\n", i); // A paragraph's end closes what was left open.
      spoken.set(text.length(), inside);
      text.append(c);
    }
    return new QuotedSpeech(text.toString(), spoken);
  }

  /** Returns the segments of speech, or those between them. */
  public List<String> segments(boolean ofSpeech) {
    List<String> segments = new ArrayList<>();
    for (int from = 0, to; from < text.length(); from = to) {
      boolean isSpeech = spoken.get(from);
      int end = isSpeech ? spoken.nextClearBit(from) : spoken.nextSetBit(from);
      to = end < 0 || end > text.length() ? text.length() : end;
      if (isSpeech == ofSpeech) {
        segments.add(text.substring(from, to));
      }
    }
    return segments;
  }
}
