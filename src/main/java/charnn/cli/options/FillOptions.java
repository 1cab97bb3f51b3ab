package charnn.cli.options;

import charnn.fill.GapMarker;
import charnn.fill.Lengths;
import charnn.util.Formats;
import charnn.util.InvalidSettingException;
import charnn.util.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** How gaps are filled. */
public final class FillOptions {
  private static final int DEFAULT_AT_MOST = 20;

  @Option(
      names = "--gap",
      paramLabel = "N",
      preprocessor = AttachedValue.class,
      description =
          "Fill each gap with exactly N characters; with --measure, N,N... for several lengths.")
  private String gap;

  @Option(
      names = "--at-most",
      paramLabel = "N",
      description =
          "Fill each gap with 1 to N characters (default: " + DEFAULT_AT_MOST + ", without --gap).")
  private Integer atMost;

  @Option(
      names = "--marker",
      paramLabel = "TEXT",
      preprocessor = AttachedValue.class,
      description = "What stands for a gap in the text (default: three or more underscores).")
  private String marker;

  @Option(
      names = "--beam",
      paramLabel = "B",
      defaultValue = "64",
      description =
          "Hypotheses of the beam search: more find better texts, and take longer (default: ${DEFAULT-VALUE}).")
  private int beam;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Print the N best texts, the best first (default: 1).")
  private Integer count;

  @Option(
      names = "--escape",
      description =
          "Read \\n, \\t, \\r, \\\\ and \\uHHHH in a text on the command line and in --marker.")
  private boolean escape;

  /**
   * Returns the lengths of the gaps to measure.
   *
   * @throws UsageException if anything is asked for that is of a text's gaps
   */
  public List<Integer> measured() {
    String other =
        atMost != null
            ? "--at-most"
            : marker != null ? "--marker" : count != null ? "--count" : escape ? "--escape" : null;
    if (other != null) {
      throw new UsageException(
          other + " is for the gaps of a text, and --measure makes its own; omit one");
    }
    if (gap == null) {
      throw new UsageException("--measure needs the length of the gaps, such as --gap 1,5,20");
    }
    return lengthsGiven();
  }

  private List<Integer> lengthsGiven() {
    List<Double> numbers = Numbers.parse(Setting.GAP, gap);
    for (double number : numbers) {
      if (number != Math.rint(number)) {
        throw new InvalidSettingException(Setting.GAP, "a whole number", Formats.number(number));
      }
    }
    return numbers.stream().map(Double::intValue).toList();
  }

  /** Returns how long what fills a gap may be. */
  public Lengths lengths() {
    if (gap != null && atMost != null) {
      throw new UsageException("--gap is the exact length, and --at-most the longest; omit one");
    }
    if (gap != null) {
      List<Integer> given = lengthsGiven();
      if (given.size() > 1) {
        throw new UsageException("--gap takes several lengths with --measure only; give one");
      }
      return Lengths.exactly(given.get(0));
    }
    int longest = atMost == null ? DEFAULT_AT_MOST : atMost;
    Setting.AT_MOST.require(longest);
    return Lengths.upTo(longest);
  }

  /** Returns what stands for a gap. */
  public GapMarker marker() {
    if (marker == null) {
      return GapMarker.UNDERSCORES;
    }
    if (marker.isEmpty()) {
      throw new UsageException("--marker needs a text that stands for a gap, got ''");
    }
    return GapMarker.of(unescaped(marker));
  }

  /** Returns a text of the command line as it is meant. */
  public String unescaped(String text) {
    return escape ? Escapes.read(text) : text;
  }

  /**
   * Checks that escapes are read somewhere.
   *
   * @param typed whether the text is on the command line
   */
  public void requireEscapes(boolean typed) {
    if (escape && !typed && marker == null) {
      throw new UsageException(
          "--escape is for a text on the command line and --marker, and neither is given");
    }
  }

  /** Returns how many hypotheses the beam search has: one for each text to print at least. */
  public int beam() {
    Setting.BEAM.require(beam);
    return Math.max(beam, count());
  }

  /** Returns how many texts to print. */
  public int count() {
    int texts = count == null ? 1 : count;
    Setting.TEXTS.require(texts);
    if (texts > Setting.BEAM.range().most()) {
      throw new UsageException(
          "--count of fill is at most the largest --beam, " + (int) Setting.BEAM.range().most());
    }
    return texts;
  }

  /** Returns the settings in force, by name. */
  public Map<String, Object> settings() {
    Lengths lengths = lengths();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(gap == null ? "at_most" : "gap", lengths.longest());
    settings.put("beam", beam());
    return settings;
  }
}
