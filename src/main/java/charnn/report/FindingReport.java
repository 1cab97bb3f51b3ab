package charnn.report;

import static charnn.util.Formats.format;

import charnn.data.PlacedText.Place;
import charnn.data.Vocabulary;
import charnn.data.WhiteSpace;
import charnn.proofread.Finding;
import charnn.proofread.ReadText;

/**
 * A finding, as it is printed.
 *
 * @param kind of the error, in a word; "unknown" of a character that the models do not know
 * @param text the characters in question; empty where one is missing
 * @param likelier what belongs there; null if nothing is likelier than an unknown character
 * @param bits that the text becomes more probable by; null with that
 * @param occurrences of an unknown character for which nothing is likelier, of which this is the
 *     first; null of others
 * @param before the characters before it in the line
 * @param after the characters that follow it in the line
 */
public record FindingReport(
    String file,
    int line,
    int column,
    String kind,
    String text,
    String likelier,
    Double bits,
    Integer occurrences,
    String before,
    String after) {
  /** Characters of context on each side. */
  private static final int CONTEXT = 30;

  public static FindingReport of(ReadText read, Finding finding) {
    String text = read.original().text();
    Place place = read.original().place(finding.from());
    boolean isSure = finding.likelier() != null;
    return new FindingReport(
        place.file(),
        place.line(),
        place.column(),
        finding.kind() == null ? "unknown" : finding.kind().toString(),
        text.substring(finding.from(), finding.to()),
        finding.likelier(),
        isSure ? Math.round(10 * finding.bits()) / 10.0 : null,
        isSure ? null : finding.occurrences(),
        before(text, finding.from()),
        after(text, finding.to()));
  }

  private static String before(String text, int to) {
    int from = to;
    for (int i = 0; i < CONTEXT && from > 0 && text.charAt(from - 1) != '\n'; i++) {
      from = text.offsetByCodePoints(from, -1);
    }
    return text.substring(from, to);
  }

  private static String after(String text, int from) {
    int to = from;
    for (int i = 0; i < CONTEXT && to < text.length() && text.charAt(to) != '\n'; i++) {
      to = text.offsetByCodePoints(to, 1);
    }
    return text.substring(from, to);
  }

  /**
   * Returns the finding in a line: its place, the context with the characters in question marked,
   * the likelier word.
   *
   * @param colours without any, or where nothing stands, the mark is in brackets
   */
  public String toLine(Colours colours) {
    String stands = shown(text);
    String escape = SurpriseLevel.EXTREME.escape(colours);
    String marked = stands.isEmpty() || colours == Colours.NONE ? "[" + stands + "]" : stands;
    if (colours != Colours.NONE) {
      marked = "\u001B[" + escape + "m" + marked + "\u001B[0m";
    }
    String context = VisibleText.oneLine(before) + marked + VisibleText.oneLine(after);
    return format(
        "%s:%d:%d: %s -> %s", VisibleText.oneLine(file), line, column, context, reading());
  }

  private String reading() {
    if (likelier == null) {
      return Vocabulary.describe(text.codePointAt(0))
          + " is unknown to the models"
          + (occurrences == 1 ? "" : format(" (%,d times)", occurrences));
    }
    int from = before.length();
    while (from > 0 && !WhiteSpace.is(before.codePointBefore(from))) {
      from = before.offsetByCodePoints(from, -1);
    }
    int to = 0;
    while (to < after.length() && !WhiteSpace.is(after.codePointAt(to))) {
      to = after.offsetByCodePoints(to, 1);
    }
    String word = shown(before.substring(from) + likelier + after.substring(0, to));
    return format("%s (%.1f bits)", word, bits);
  }

  private static String shown(String text) {
    VisibleText visible = new VisibleText();
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(c -> shown.append(SurpriseText.shown(c, visible)));
    return shown.toString();
  }
}
