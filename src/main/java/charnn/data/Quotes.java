package charnn.data;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Quotation marks that a vocabulary does not have, and those of it that they stand for. */
public final class Quotes {
  private static final String SINGLE = "'’‘‛`´ʼ′";
  private static final String DOUBLE = "\"“”„«»″";

  /** Opening and closing marks that belong together, in the order in which they are looked for. */
  private static final String[] SINGLE_PAIRS = {"‘’", "‚‘"};

  private static final String[] DOUBLE_PAIRS = {"“”", "„“", "„”", "«»"};

  /** What a word may be that an apostrophe begins: 'tis, 'em, the '90s. */
  private static final Pattern AFTER_APOSTROPHE =
      Pattern.compile("(?is)(tis|twas|twere|twill|twould|em|ll|til|[0-9]{2}s)(?![\\p{L}\\p{N}]).*");

  /** Characters of the longest such word, and one that follows it. */
  private static final int LONGEST_WORD = 7;

  private Quotes() {}

  /**
   * Returns the index of the known mark that an unknown one at a place of a text stands for: a
   * typewriter's opens at the beginning, after white space and after an opening bracket or mark,
   * and closes elsewhere, as does an apostrophe that begins a word such as 'tis; others are
   * replaced by one of their look. Empty if it is no quotation mark, or none is known.
   *
   * @param text code points
   */
  public static OptionalInt closest(int[] text, int at, Vocabulary vocabulary) {
    if (text[at] == '\'' || text[at] == '"') {
      for (String pair : text[at] == '\'' ? SINGLE_PAIRS : DOUBLE_PAIRS) {
        if (vocabulary.unknown(pair) == 0) {
          return OptionalInt.of(vocabulary.indexOf(pair.charAt(opens(text, at) ? 0 : 1)));
        }
      }
    }
    return known(text[at], vocabulary).findFirst();
  }

  private static boolean opens(int[] text, int at) {
    if (text[at] == '\'' && beginsContraction(text, at)) {
      return false;
    }
    if (at == 0) {
      return true;
    }
    int before = text[at - 1];
    return switch (Character.getType(before)) {
      case Character.START_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION -> true;
      default ->
          Character.isWhitespace(before)
              || Character.isSpaceChar(before)
              || ((before == '\'' || before == '"') && opens(text, at - 1));
    };
  }

  private static boolean beginsContraction(int[] text, int at) {
    int count = Math.min(LONGEST_WORD, text.length - at - 1);
    return AFTER_APOSTROPHE.matcher(new String(text, at + 1, count)).matches();
  }

  /** Returns the indices of the known marks that look like one, most alike first. */
  private static IntStream known(int mark, Vocabulary vocabulary) {
    String alike = SINGLE.indexOf(mark) >= 0 ? SINGLE : DOUBLE.indexOf(mark) >= 0 ? DOUBLE : "";
    return alike.codePoints().map(vocabulary::indexOf).filter(i -> i >= 0);
  }

  /**
   * Returns what a phrase may be in a text: with known marks instead of unknown ones. Of one that
   * begins with such a mark, it is not known whether that opens or closes: one phrase for each.
   */
  public static List<String> phrases(String phrase, Vocabulary vocabulary) {
    int[] codePoints = phrase.codePoints().toArray();
    List<StringBuilder> phrases = new ArrayList<>(List.of(new StringBuilder()));
    for (int i = 0; i < codePoints.length; i++) {
      boolean isKnown = vocabulary.indexOf(codePoints[i]) >= 0;
      int[] marks =
          isKnown
              ? new int[0]
              : i == 0
                  ? known(codePoints[0], vocabulary).toArray()
                  : closest(codePoints, i, vocabulary).stream().toArray();
      if (i == 0 && marks.length > 0) {
        phrases = new ArrayList<>();
        for (int mark : marks) {
          phrases.add(new StringBuilder().appendCodePoint(vocabulary.codePoint(mark)));
        }
      } else {
        int next = marks.length == 0 ? codePoints[i] : vocabulary.codePoint(marks[0]);
        phrases.forEach(one -> one.appendCodePoint(next));
      }
    }
    return phrases.stream().map(StringBuilder::toString).toList();
  }

  /** Returns some characters with all known marks that look like an unknown one, in its place. */
  public static String characters(String characters, Vocabulary vocabulary) {
    return characters
        .codePoints()
        .mapToObj(
            codePoint -> {
              String marks =
                  known(codePoint, vocabulary)
                      .map(vocabulary::codePoint)
                      .mapToObj(Character::toString)
                      .collect(Collectors.joining());
              return vocabulary.indexOf(codePoint) >= 0 || marks.isEmpty()
                  ? Character.toString(codePoint)
                  : marks;
            })
        .collect(Collectors.joining());
  }
}
