package charnn.generate;

import charnn.data.Vocabulary;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A text to continue, encoded in a model's vocabulary. A character outside of the vocabulary is
 * replaced by the closest one in it, or left out.
 *
 * @param indices token ids
 * @param warnings one line for each different character that was replaced or left out
 */
public record Prompt(int[] indices, List<String> warnings) {
  public static Prompt of(String text, Vocabulary vocabulary) {
    List<Integer> indices = new ArrayList<>();
    Map<Integer, String> warnings = new LinkedHashMap<>();
    int[] codePoints = vocabulary.spelling(text).codePoints().toArray();
    for (int from = 0, to; from < codePoints.length; from = to) {
      to = from + 1;
      while (to < codePoints.length
          && Character.getType(codePoints[to]) == Character.NON_SPACING_MARK) {
        to++;
      }
      for (int codePoint : spelling(Arrays.copyOfRange(codePoints, from, to), vocabulary)) {
        int index = vocabulary.indexOf(codePoint);
        OptionalInt known = index >= 0 ? OptionalInt.of(index) : vocabulary.closest(codePoint);
        known.ifPresent(indices::add);
        if (index < 0) {
          warnings.put(codePoint, warning(codePoint, known, vocabulary));
        }
      }
    }
    return new Prompt(indices.stream().mapToInt(i -> i).toArray(), List.copyOf(warnings.values()));
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

  private static String warning(int codePoint, OptionalInt substitute, Vocabulary vocabulary) {
    return "the model does not know the character "
        + Vocabulary.describe(codePoint)
        + " of the prompt: "
        + (substitute.isPresent()
            ? "replaced by " + Vocabulary.describe(vocabulary.codePoint(substitute.getAsInt()))
            : "left out");
  }
}
