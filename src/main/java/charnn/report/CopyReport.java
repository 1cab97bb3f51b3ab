package charnn.report;

import static charnn.util.Formats.format;

import charnn.eval.CopyDetection;

/**
 * How much of a text is copied from a corpus.
 *
 * @param characters of the text; consecutive white space counts as one
 * @param copiedShare of the characters, in shared passages of at least {@link CopyDetection#LONG}
 * @param longestShared characters of the longest passage that both share
 * @param passage the longest shared passage
 */
public record CopyReport(
    int characters, int copied, double copiedShare, int longestShared, String passage) {
  /** Characters of the passage in the table. */
  private static final int SHOWN = 300;

  public static CopyReport of(CopyDetection copies) {
    return new CopyReport(
        copies.characters(),
        copies.copied(),
        copies.copiedFraction(),
        copies.longest().codePointCount(0, copies.longest().length()),
        copies.longest());
  }

  /** Returns the report as a table. */
  public String toText() {
    return format(
        "characters              %,d, white space between words counted as one%n"
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
