package charnn.generate;

import charnn.text.Alphabet;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A text to go on from, in a model's alphabet. A character that the model never saw is replaced by
 * the closest that it knows, or left out.
 *
 * @param indices of its characters
 * @param warnings a line for each different character that was replaced or left out
 */
public record Prompt(int[] indices, List<String> warnings) {
  public static Prompt of(String text, Alphabet alphabet) {
    // A letter and its accent may come as two code points, where the model knows them as one.
    int[] codePoints = Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().toArray();
    if (text.codePoints().allMatch(c -> alphabet.indexOf(c) >= 0)) {
      codePoints = text.codePoints().toArray();
    }
    List<Integer> indices = new ArrayList<>();
    Map<Integer, String> warnings = new LinkedHashMap<>();
    for (int codePoint : codePoints) {
      int index = alphabet.indexOf(codePoint);
      if (index >= 0) {
        indices.add(index);
        continue;
      }
      OptionalInt closest = alphabet.closest(codePoint);
      closest.ifPresent(indices::add);
      String substitute =
          closest.isPresent()
              ? "replaced by " + Alphabet.describe(alphabet.codePoint(closest.getAsInt()))
              : "left out";
      warnings.put(
          codePoint,
          "the model does not know the character "
              + Alphabet.describe(codePoint)
              + " of the prompt: "
              + substitute);
    }
    return new Prompt(indices.stream().mapToInt(i -> i).toArray(), List.copyOf(warnings.values()));
  }
}
