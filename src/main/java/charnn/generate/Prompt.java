package charnn.generate;

import charnn.data.Quotes;
import charnn.data.SpecialSymbols;
import charnn.data.Vocabulary;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text to continue, encoded in a model's vocabulary. A character outside of the vocabulary is
 * replaced by the closest one in it, else by the unknown character if there is one, or left out.
 *
 * @param indices token ids
 * @param warnings a line that names the characters replaced, and one those left out; empty: none
 */
public record Prompt(int[] indices, List<String> warnings) {
  /** Characters that a warning names. */
  private static final int NAMED = 5;

  public static Prompt of(String text, Vocabulary vocabulary) {
    return of(text, vocabulary, "replaced in the prompt: ", "left out of the prompt: ");
  }

  /**
   * Returns a text to read.
   *
   * @param whenReplaced what a warning says of characters that are replaced
   * @param whenLeftOut and of those that are left out
   */
  public static Prompt of(
      String text, Vocabulary vocabulary, String whenReplaced, String whenLeftOut) {
    List<Integer> indices = new ArrayList<>();
    Set<String> replaced = new LinkedHashSet<>();
    Set<String> leftOut = new LinkedHashSet<>();
    int[] codePoints = vocabulary.spelling(SpecialSymbols.removedFrom(text)).codePoints().toArray();
    for (int from = 0, to; from < codePoints.length; from = to) {
      to = from + 1;
      while (to < codePoints.length
          && Character.getType(codePoints[to]) == Character.NON_SPACING_MARK) {
        to++;
      }
      OptionalInt quote = Quotes.closest(codePoints, from, vocabulary);
      for (int codePoint : spelling(Arrays.copyOfRange(codePoints, from, to), vocabulary)) {
        int index = vocabulary.indexOf(codePoint);
        OptionalInt known =
            index >= 0
                ? OptionalInt.of(index)
                : codePoint == codePoints[from] && quote.isPresent()
                    ? quote
                    : closest(codePoint, vocabulary);
        known.ifPresent(indices::add);
        if (index < 0) {
          String unknown = Vocabulary.describe(codePoint);
          known.ifPresentOrElse(
              i -> replaced.add(unknown + " by " + Vocabulary.describe(vocabulary.codePoint(i))),
              () -> leftOut.add(unknown));
        }
      }
    }
    List<String> warnings = new ArrayList<>();
    warning(whenReplaced, replaced).ifPresent(warnings::add);
    warning(whenLeftOut, leftOut).ifPresent(warnings::add);
    return new Prompt(indices.stream().mapToInt(i -> i).toArray(), List.copyOf(warnings));
  }

  /** Returns what comes closest, else the unknown character, if the vocabulary has that. */
  private static OptionalInt closest(int codePoint, Vocabulary vocabulary) {
    OptionalInt found = vocabulary.closest(codePoint);
    int unknown = vocabulary.unknownCharacter();
    return found.isPresent() || unknown < 0 ? found : OptionalInt.of(unknown);
  }

  /**
   * Returns a letter and its accents in the form of the model's vocabulary. An unknown letter is
   * composed, unless the vocabulary has all of its decomposed code points.
   */
  private static int[] spelling(int[] letter, Vocabulary vocabulary) {
    if (isKnown(letter, vocabulary)) {
      return letter;
    }
    String text = new String(letter, 0, letter.length);
    int[] one = Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().toArray();
    int[] apart = Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().toArray();
    return isKnown(apart, vocabulary) && !isKnown(one, vocabulary) ? apart : one;
  }

  private static boolean isKnown(int[] letter, Vocabulary vocabulary) {
    return Arrays.stream(letter).allMatch(c -> vocabulary.indexOf(c) >= 0);
  }

  /**
   * Returns a line on characters that the model does not know; empty if there are none.
   *
   * @param what was done with them
   * @param characters as they are named, in their order
   */
  public static Optional<String> warning(String what, Set<String> characters) {
    if (characters.isEmpty()) {
      return Optional.empty();
    }
    int more = characters.size() - NAMED;
    String named = characters.stream().limit(NAMED).collect(Collectors.joining(", "));
    return Optional.of(
        "unknown to the model, and " + what + named + (more > 0 ? " and " + more + " more" : ""));
  }
}
