package charnn.explore;

import charnn.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A simple function of a text that a cell may know, with a value at each place: after the character
 * there, in reading order.
 *
 * @param name in words
 * @param values [N]
 * @param isYesOrNo whether they are 0 and 1 only
 */
public record Property(String name, float[] values, boolean isYesOrNo) {
  /** So many frequent characters are told apart. */
  private static final int FREQUENT = 12;

  /** So often must a property hold, and not hold, to be looked for. */
  private static final int LEAST_PLACES = 20;

  private static final int LONGEST_SENTENCE = 300;
  private static final String TYPEWRITER = "\"'";
  private static final String OPENING_BRACKETS = "([{";
  private static final String CLOSING_BRACKETS = ")]}";

  /**
   * Returns the properties of a text that vary enough to be looked for.
   *
   * @param text code points
   * @param next [N] of the place that is predicted at each: the following one, or that before it in
   *     a text that is read backwards; -1 where there is none
   */
  public static List<Property> of(int[] text, int[] next) {
    List<Property> all = new ArrayList<>();
    all.add(yesOrNo("inside quotes", quoted(text)));
    all.add(yesOrNo("inside brackets", bracketed(text)));
    all.add(new Property("characters since the line began", sinceLine(text), false));
    all.add(new Property("letters of the word so far", lettersSoFar(text), false));
    all.add(new Property("letters left in the word", lettersLeft(text), false));
    all.add(new Property("length of the word", wordLength(text), false));
    all.add(yesOrNo("capital letter", i -> Character.isUpperCase(text[i]), text.length));
    all.add(yesOrNo("after a newline", i -> text[i] == '\n', text.length));
    all.add(yesOrNo("in a name", named(text)));
    all.add(yesOrNo("digit", i -> Character.isDigit(text[i]), text.length));
    all.add(new Property("characters since the sentence began", sinceSentence(text), false));
    for (int character : frequent(text)) {
      all.add(
          yesOrNo(
              "next is " + name(character),
              i -> next[i] >= 0 && text[next[i]] == character,
              text.length));
    }
    return all.stream().filter(Property::varies).toList();
  }

  /** Returns how many places have it, of one that holds or not. */
  public int count() {
    int count = 0;
    for (float value : values) {
      count += value > 0 ? 1 : 0;
    }
    return count;
  }

  private boolean varies() {
    if (isYesOrNo) {
      return Math.min(count(), values.length - count()) >= LEAST_PLACES;
    }
    int changed = 0;
    for (float value : values) {
      changed += value != values[0] ? 1 : 0;
    }
    return changed >= LEAST_PLACES;
  }

  private interface PlaceTest {
    boolean test(int place);
  }

  private static Property yesOrNo(String name, PlaceTest test, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = test.test(i) ? 1 : 0;
    }
    return new Property(name, values, true);
  }

  private static Property yesOrNo(String name, boolean... holds) {
    return yesOrNo(name, i -> holds[i], holds.length);
  }

  private static boolean letterAt(int[] text, int i) {
    return i >= 0 && i < text.length && Character.isLetter(text[i]);
  }

  /** Whether a paragraph ends with this character: an empty line follows it. */
  private static boolean endsParagraph(int[] text, int i) {
    return text[i] == '\n' && (i + 1 == text.length || text[i + 1] == '\n');
  }

  /**
   * Whether a place is inside quotation marks, the closing one excluded. A mark between two letters
   * is an apostrophe, and a typewriter's mark opens where no letter, digit or mark stands before
   * it. A paragraph's end closes what was left open.
   */
  private static boolean[] quoted(int[] text) {
    boolean[] inside = new boolean[text.length];
    int closing = 0; // the mark that ends it; 0 outside
    for (int i = 0; i < text.length; i++) {
      int c = text[i];
      boolean between = letterAt(text, i - 1) && letterAt(text, i + 1);
      if (closing == 0) {
        boolean begins =
            i == 0
                || Character.isWhitespace(text[i - 1])
                || OPENING_BRACKETS.indexOf(text[i - 1]) >= 0
                || text[i - 1] == '-'
                || text[i - 1] == '—';
        closing =
            switch (c) {
              case '“' -> '”';
              case '‘' -> '’';
              case '«' -> '»';
              case '„' -> '“';
              case '‚' -> '‘';
              default ->
                  TYPEWRITER.indexOf(c) >= 0
                          && begins
                          && i + 1 < text.length
                          && !Character.isWhitespace(text[i + 1])
                      ? c
                      : 0;
            };
      } else if (c == closing && !between && !letterAt(text, i + 1) || endsParagraph(text, i)) {
        closing = 0;
      }
      inside[i] = closing != 0;
    }
    return inside;
  }

  private static boolean[] bracketed(int[] text) {
    boolean[] inside = new boolean[text.length];
    int depth = 0;
    for (int i = 0; i < text.length; i++) {
      depth += OPENING_BRACKETS.indexOf(text[i]) >= 0 ? 1 : 0;
      depth -= CLOSING_BRACKETS.indexOf(text[i]) >= 0 && depth > 0 ? 1 : 0;
      depth = endsParagraph(text, i) ? 0 : depth;
      inside[i] = depth > 0;
    }
    return inside;
  }

  private static String name(int character) {
    return switch (character) {
      case ' ' -> "a space";
      case '\n' -> "a newline";
      case '\t' -> "a tab";
      default ->
          Character.isLetterOrDigit(character)
              ? Character.toString(character)
              : Vocabulary.describe(character);
    };
  }

  private static float[] sinceLine(int[] text) {
    float[] values = new float[text.length];
    for (int i = 0; i < text.length; i++) {
      values[i] = text[i] == '\n' ? 0 : i == 0 ? 1 : values[i - 1] + 1;
    }
    return values;
  }

  private static float[] lettersSoFar(int[] text) {
    float[] values = new float[text.length];
    for (int i = 0; i < text.length; i++) {
      values[i] = letterAt(text, i) ? (i == 0 ? 1 : values[i - 1] + 1) : 0;
    }
    return values;
  }

  private static float[] lettersLeft(int[] text) {
    float[] values = new float[text.length];
    for (int i = text.length - 2; i >= 0; i--) {
      values[i] = letterAt(text, i) && letterAt(text, i + 1) ? values[i + 1] + 1 : 0;
    }
    return values;
  }

  private static float[] wordLength(int[] text) {
    float[] before = lettersSoFar(text);
    float[] left = lettersLeft(text);
    for (int i = 0; i < text.length; i++) {
      before[i] += left[i];
    }
    return before;
  }

  /** Whether a place is in a capitalised word of two letters or more that begins no sentence. */
  private static boolean[] named(int[] text) {
    boolean[] named = new boolean[text.length];
    boolean inName = false;
    int last = '.'; // the last character that is no space
    for (int i = 0; i < text.length; i++) {
      if (!letterAt(text, i)) {
        inName = false;
      } else if (!letterAt(text, i - 1)) {
        inName =
            Character.isUpperCase(text[i])
                && letterAt(text, i + 1)
                && (Character.isLetterOrDigit(last) || last == ',' || last == ';');
      }
      named[i] = inName;
      last = endsParagraph(text, i) ? '.' : Character.isWhitespace(text[i]) ? last : text[i];
    }
    return named;
  }

  /** A sentence ends with a full stop, question or exclamation mark, or a paragraph. */
  private static float[] sinceSentence(int[] text) {
    float[] values = new float[text.length];
    for (int i = 0; i < text.length; i++) {
      boolean ends = text[i] == '.' || text[i] == '!' || text[i] == '?' || endsParagraph(text, i);
      values[i] = ends ? 0 : i == 0 ? 1 : Math.min(LONGEST_SENTENCE, values[i - 1] + 1);
    }
    return values;
  }

  private static int[] frequent(int... text) {
    int[] distinct = Arrays.stream(text).distinct().toArray();
    return IntStream.of(distinct)
        .boxed()
        .sorted(
            Comparator.comparingLong(
                    (Integer c) -> -Arrays.stream(text).filter(other -> other == c).count())
                .thenComparing(c -> c))
        .limit(FREQUENT)
        .mapToInt(c -> c)
        .toArray();
  }
}
