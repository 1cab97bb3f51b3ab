package charnn.fill;

import java.util.List;
import java.util.regex.Pattern;

/** What stands for a gap in a text. */
public record GapMarker(Pattern pattern) {
  /** Three or more underscores. */
  public static final GapMarker UNDERSCORES = new GapMarker(Pattern.compile("_{3,}"));

  /** Returns a marker of one's own. */
  public static GapMarker of(String marker) {
    return new GapMarker(Pattern.compile(Pattern.quote(marker)));
  }

  /** Returns what stands before, between and after the gaps: one more part than gaps. */
  public List<String> parts(String text) {
    return List.of(pattern.split(text, -1));
  }
}
