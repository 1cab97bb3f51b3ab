package charnn.report;

import static charnn.util.Formats.format;

import charnn.eval.CopyDetection;

/**
 * How much of a text is copied from a book.
 *
 * @param characters of the text, a run of white space as one
 * @param copiedShare of the characters, in shared passages of at least {@link CopyDetection#LONG}
 * @param longestShared characters of the longest passage that both share
 * @param passage that one
 */
public record CopyReport(
    int characters, int copied, double copiedShare, int longestShared, String passage) {
  /** Characters of the passage that the lines to read have room for. */
  private static final int SHOWN = 300;

  public static CopyReport of(CopyDetection novelty) {
    return new CopyReport(
        novelty.characters(),
        novelty.copied(),
        novelty.copiedFraction(),
        novelty.longest().codePointCount(0, novelty.longest().length()),
        novelty.longest());
  }

  /** Returns the report as lines to read. */
  public String toText() {
    return format(
        "characters              %,d, white space between two words as one%n"
            + "copied                  %,d (%.1f %%), in passages of %d and more%n"
            + "longest shared passage  %,d characters: %s%n",
        characters,
        copied,
        100 * copiedShare,
        CopyDetection.LONG,
        longestShared,
        VisibleText.oneLine(
            longestShared > SHOWN
                ? passage.substring(0, passage.offsetByCodePoints(0, SHOWN)) + "..."
                : passage));
  }
}
