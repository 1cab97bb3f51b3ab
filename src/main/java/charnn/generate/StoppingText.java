package charnn.generate;

import charnn.data.SpecialSymbols;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A text that ends at a stop string, or at the end of a line, sentence, paragraph or document.
 * Characters are passed on once it is sure that they do not begin such an end. A document mark that
 * does not end the text is passed on as a line end.
 */
public final class StoppingText {
  private final IntPredicate sink;
  private final List<int[]> stops;
  private final boolean keepStop;
  private final boolean mayBeginWithStop;
  private final LineEnd line; // of a line or paragraph; null: does not matter
  private final SentenceEnd sentence; // null: does not matter
  private final boolean isDocument; // the unit to end with
  private final StringBuilder held = new StringBuilder(); // a suffix that may begin an end
  private boolean begun; // has a character
  private boolean passed; // any character, to the sink
  private TextEnd ended; // by the rule; null: not yet

  /** The parameters are those of {@link StopRule#text}. */
  StoppingText(StopRule rule, String before, IntPredicate sink) {
    this.sink = sink;
    this.keepStop = rule.keepStop();
    mayBeginWithStop = rule.cut() && before.isEmpty();
    stops =
        rule.stops().stream()
            .filter(stop -> !stop.isEmpty())
            .map(stop -> stop.codePoints().toArray())
            .toList();
    Until until = rule.until();
    line =
        until == Until.LINE || until == Until.PARAGRAPH
            ? new LineEnd(until == Until.LINE ? 1 : 2)
            : null;
    sentence = until == Until.SENTENCE ? new SentenceEnd() : null;
    isDocument = until == Until.DOCUMENT;
    rule.earlier().codePoints().forEach(this::unitEndsAt);
    before.codePoints().forEach(this::unitEndsAt);
  }

  /**
   * Reads the next character; returns whether a unit ends with it, or, if that is a sentence,
   * before it.
   */
  private boolean unitEndsAt(int codePoint) {
    return line != null
        ? line.endsWith(codePoint)
        : sentence != null && sentence.endsBefore(codePoint);
  }

  /** Writes a character; returns whether to continue. */
  public boolean write(int codePoint) {
    if (codePoint == SpecialSymbols.DOCUMENT && isDocument) {
      pass(held.codePointCount(0, held.length()) - heldLineEnds());
      held.setLength(0);
      ended = TextEnd.UNTIL;
      return false;
    }
    return writeCharacter(SpecialSymbols.inText(codePoint));
  }

  /** Returns how many line ends the held characters end with. */
  private int heldLineEnds() {
    int from = held.length();
    while (from > 0 && held.charAt(from - 1) == '\n') {
      from--;
    }
    return held.length() - from;
  }

  private boolean writeCharacter(int codePoint) {
    if (stops.isEmpty() && line == null && sentence == null && !isDocument) {
      return sink.test(codePoint);
    }
    boolean unitEnds = unitEndsAt(codePoint);
    // A sentence that the text before ended is not this text's.
    if (unitEnds && sentence != null && begun) {
      end();
      ended = TextEnd.UNTIL;
      return false;
    }
    begun = true;
    held.appendCodePoint(codePoint);
    int[] text = held.codePoints().toArray();
    int stop = longestStop(text);
    if (mayBeginWithStop && !passed && stop == text.length) {
      stop = 0;
    }
    int unitEnd = unitEnds && line != null ? Math.min(line.needed(), text.length) : 0;
    if (stop > 0 || unitEnd > 0) {
      boolean keep = keepStop && stop >= unitEnd;
      pass(text.length - (keep ? 0 : Math.max(stop, unitEnd)));
      held.setLength(0);
      ended = stop >= unitEnd ? TextEnd.STOP : TextEnd.UNTIL;
      return false;
    }
    int newlines =
        line == null ? isDocument ? heldLineEnds() : 0 : Math.min(line.newlines(), text.length);
    return pass(text.length - Math.max(newlines, longestBeginning(text)));
  }

  /** Ends the text: passes on what was held back. */
  public void end() {
    pass(held.codePointCount(0, held.length()));
  }

  /** Returns what the text ended at, or {@link TextEnd#LENGTH} if the rule did not end it. */
  public TextEnd ended() {
    return ended == null ? TextEnd.LENGTH : ended;
  }

  private boolean pass(int count) {
    boolean continues = true;
    passed |= count > 0;
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
