package charnn.data;

import com.google.gson.annotations.SerializedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a text is cut into, to be classified. */
public enum TextUnit {
  @SerializedName("words")
  WORDS("[\\p{L}\\p{M}\\p{N}]+(?:['’][\\p{L}\\p{M}]+)*", " "),
  @SerializedName("characters")
  CHARACTERS("(?s).", "");

  private final Pattern pattern;
  private final String between;

  TextUnit(String pattern, String between) {
    this.pattern = Pattern.compile(pattern);
    this.between = between;
  }

  /**
   * Returns the passages of a text, one after the other.
   *
   * @param length units of each; the last has what is left
   * @return words in small letters, or characters with one space for any white space
   */
  public List<List<String>> passages(String text, int length) {
    String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    List<String> units =
        pattern
            .matcher(this == WORDS ? line.toLowerCase(Locale.ROOT) : line)
            .results()
            .map(MatchResult::group)
            .toList();
    List<List<String>> passages = new ArrayList<>();
    for (int from = 0; from < units.size(); from += length) {
      passages.add(units.subList(from, Math.min(from + length, units.size())));
    }
    return passages;
  }

  /** Returns a text of some units. */
  public String text(List<String> units) {
    return String.join(between, units);
  }

  /** Returns the name in small letters. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
