package charnn.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A text that ends at a stop string, or at the end of a line, sentence or paragraph. Characters are
 * passed on once it is sure that they do not begin a stop string.
 */
public final class StoppingText {
  private final IntPredicate sink;
  private final List<int[]> stops = new ArrayList<>();
  private final boolean keepStop;
  private final SentenceEnd sentence; // null: does not matter
  private final boolean skipsNewlines; // at the beginning
  private final StringBuilder held = new StringBuilder(); // a suffix that may begin a stop string
  private boolean begun;

  /** The parameters are those of {@link StopRule}. */
  StoppingText(IntPredicate sink, List<String> stops, boolean keepStop, Until until) {
    this.sink = sink;
    this.keepStop = keepStop;
    for (String stop : stops) {
      if (!stop.isEmpty()) {
        this.stops.add(stop.codePoints().toArray());
      }
    }
    if (until == Until.LINE || until == Until.PARAGRAPH) {
      this.stops.add((until == Until.LINE ? "\n" : "\n\n").codePoints().toArray());
    }
    skipsNewlines = until == Until.LINE || until == Until.PARAGRAPH;
    sentence = until == Until.SENTENCE ? new SentenceEnd() : null;
  }

  /** Writes a character; returns whether to continue. */
  public boolean write(int codePoint) {
    if (skipsNewlines && !begun && codePoint == '\n') {
      return sink.test(codePoint); // An empty line is no line.
    }
    begun = true;
    if (sentence != null && sentence.endsBefore(codePoint)) {
      end();
      return false;
    }
    held.appendCodePoint(codePoint);
    int[] text = held.codePoints().toArray();
    int stop = longestStop(text);
    if (stop > 0) {
      pass(keepStop ? text.length : text.length - stop);
      held.setLength(0);
      return false;
    }
    return pass(text.length - longestBeginning(text));
  }

  /** Ends the text: passes on what was held back. */
  public void end() {
    pass(held.codePointCount(0, held.length()));
  }

  private boolean pass(int count) {
    boolean continues = true;
    for (int i = 0; i < count && continues; i++) {
      int codePoint = held.codePointAt(0);
      held.delete(0, Character.charCount(codePoint));
      continues = sink.test(codePoint);
    }
    return continues;
  }

  /** Returns the length of the longest stop string that the text ends with, 0 if none. */
  private int longestStop(int[] text) {
    int longest = 0;
    for (int[] stop : stops) {
      if (stop.length > longest && endsWith(text, stop, stop.length)) {
        longest = stop.length;
      }
    }
    return longest;
  }

  /** Returns the length of the longest beginning of a stop string that the text ends with. */
  private int longestBeginning(int[] text) {
    int longest = 0;
    for (int[] stop : stops) {
      for (int length = stop.length - 1; length > longest; length--) {
        if (endsWith(text, stop, length)) {
          longest = length;
        }
      }
    }
    return longest;
  }

  private static boolean endsWith(int[] text, int[] stop, int length) {
    if (length > text.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text[text.length - length + i] != stop[i]) {
        return false;
      }
    }
    return true;
  }
}
