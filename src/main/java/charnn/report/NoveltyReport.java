package charnn.report;

import static charnn.util.Formats.format;

import charnn.data.PlacedText;
import charnn.eval.Novelty;
import charnn.eval.NoveltyBaseline;
import charnn.eval.Overlap;
import java.util.Arrays;
import java.util.List;

/**
 * How much of a text is copied from a book, beside the same figures of the book's own last part.
 *
 * @param summary what the figures say, in a sentence
 * @param characters of the text; white space between words counts as one, unless it is kept
 * @param copied characters in shared passages of at least 50, as versions before counted
 * @param copiedShare the same as a fraction of the text
 * @param longestShared characters of the longest passage that both share
 * @param passage that passage
 * @param passageInBook where it begins; null if there is none
 * @param passageInText where it begins; null if there is none
 * @param baseline null if the book is too short for one
 */
public record NoveltyReport(
    Novelty.Verdict verdict,
    String summary,
    int characters,
    int copied,
    double copiedShare,
    int longestShared,
    String passage,
    PlacedText.Place passageInBook,
    PlacedText.Place passageInText,
    List<Run> copiedRuns,
    List<Ngrams> novelNgrams,
    Baseline baseline) {
  private static final int COPIED = 50;
  private static final int[] RUNS = {20, 40, 80};
  private static final int[] ORDERS = {5, 10, 20, 50};

  /** Characters of the passage in the table. */
  private static final int SHOWN = 300;

  /**
   * Shared passages of at least so many characters.
   *
   * @param share of the text that stands in one
   * @param baselineShare the same of the baseline; null if there is none
   */
  public record Run(int atLeast, double share, Double baselineShare) {}

  /**
   * Sequences of n characters.
   *
   * @param share of the text's n-grams that do not occur in the book; null if it has none
   * @param baselineShare the same of the baseline; null if there is none
   */
  public record Ngrams(int n, Double share, Double baselineShare) {}

  /**
   * The book's last part beside the rest of it.
   *
   * @param characters of it, in all parts
   * @param parts as long as the text, or one that is shorter
   * @param longestShared characters of the longest shared passage of the median part
   */
  public record Baseline(int characters, int parts, int longestShared) {}

  public static NoveltyReport of(Novelty novelty) {
    Overlap overlap = novelty.overlap();
    NoveltyBaseline baseline = novelty.baseline();
    Novelty.Passage passage = novelty.passage();
    return new NoveltyReport(
        novelty.verdict(),
        summary(novelty),
        overlap.characters(),
        overlap.copied(COPIED),
        overlap.copiedFraction(COPIED),
        overlap.longest(),
        passage == null ? "" : passage.text(),
        passage == null ? null : passage.inBook(),
        passage == null ? null : passage.inText(),
        Arrays.stream(RUNS)
            .mapToObj(
                run ->
                    new Run(
                        run,
                        overlap.copiedFraction(run),
                        baseline == null ? null : baseline.copiedFraction(run)))
            .toList(),
        Arrays.stream(ORDERS)
            .mapToObj(
                n ->
                    new Ngrams(
                        n,
                        defined(overlap.novelFraction(n)),
                        baseline == null ? null : defined(baseline.novelFraction(n))))
            .toList(),
        baseline == null
            ? null
            : new Baseline(baseline.characters(), baseline.parts(), baseline.typicalLongest()));
  }

  private static Double defined(double share) {
    return Double.isNaN(share) ? null : share;
  }

  /** Returns two sentences: the verdict, and the figures that it rests on. */
  private static String summary(Novelty novelty) {
    String copied =
        format(
            "Copied passages of %d characters or more make up %.1f %% of it",
            Novelty.COPIED, 100 * novelty.overlap().copiedFraction(Novelty.COPIED));
    String figures =
        novelty.baseline() == null
            ? copied + "."
            : format(
                "%s, and %.1f %% of the author's own unseen pages.",
                copied, 100 * novelty.baseline().copiedFraction(Novelty.COPIED));
    return switch (novelty.verdict()) {
      case TOO_SHORT ->
          format(
              "The text is too short to judge. It has %d character%s, and a copied passage has at least %d.",
              novelty.overlap().characters(),
              novelty.overlap().characters() == 1 ? "" : "s",
              Novelty.COPIED);
      case COPY -> "It is a copy. " + figures;
      case MUCH_COPIED -> "Much of it is copied. " + figures;
      case PARTLY_COPIED ->
          format(
              "Some of it is copied, the longest passage with %,d characters. %s",
              novelty.overlap().longest(), figures);
      case UNLIKE ->
          format(
              "It is not copied, but unlike the book. The book lacks %.0f %% of its sequences of %d characters,"
                  + " and %.0f %% of those of the author's own unseen pages.",
              100 * novelty.overlap().novelFraction(Novelty.WORD),
              Novelty.WORD,
              100 * novelty.baseline().novelFraction(Novelty.WORD));
      case ORIGINAL ->
          novelty.baseline() == null
              ? "Hardly any of it is copied. "
                  + copied
                  + "; the book is too short to compare with unseen pages."
              : "It is as original as the author's own unseen pages. " + figures;
    };
  }

  /**
   * Returns the report as a table.
   *
   * @param columns of the terminal, for the lines below the table; 0: there is none
   */
  public String toText(int columns) {
    StringBuilder table = new StringBuilder();
    row(table, "", "the text", "unseen pages");
    row(
        table,
        "characters",
        count(characters),
        baseline == null ? null : count(baseline.characters));
    row(
        table,
        "longest shared passage",
        count(longestShared),
        baseline == null ? null : count(baseline.longestShared));
    for (Run run : copiedRuns) {
      row(
          table,
          format("in passages of %d or more", run.atLeast),
          percent(run.share),
          percent(run.baselineShare));
    }
    for (Ngrams ngrams : novelNgrams) {
      row(
          table,
          format("novel %d-grams", ngrams.n),
          percent(ngrams.share),
          percent(ngrams.baselineShare));
    }
    if (passageInBook != null) {
      table.append(format("%n%s%n", LineWrap.wrap("longest shared passage: " + shown(), columns)));
      table.append(format("  in the book: %s%n", describe(passageInBook)));
      table.append(format("  in the text: %s%n", describe(passageInText)));
    }
    if (baseline != null) {
      String unseen =
          "unseen pages: the last part of the book, which training holds out, beside the rest of it"
              + (baseline.parts == 1
                  ? ""
                  : format("; in %,d parts as long as the text", baseline.parts));
      table.append(format("%n%s%n", LineWrap.wrap(unseen, columns)));
    }
    return table.append(format("%n%s%n", LineWrap.wrap(summary, columns))).toString();
  }

  private void row(StringBuilder table, String label, String text, String unseen) {
    table.append(format("%-26s%12s", label, text));
    table.append(baseline == null ? format("%n") : format("%16s%n", unseen));
  }

  private static String count(int characters) {
    return format("%,d", characters);
  }

  /** Returns a fraction in percent; a dash if there is none. */
  private static String percent(Double share) {
    return share == null ? "-" : format("%.1f %%", 100 * share);
  }

  private static String describe(PlacedText.Place place) {
    return format(
        "%s, line %,d, column %,d",
        VisibleText.oneLine(place.file()), place.line(), place.column());
  }

  private String shown() {
    return VisibleText.oneLine(
        longestShared > SHOWN
            ? passage.substring(0, passage.offsetByCodePoints(0, SHOWN)) + "..."
            : passage);
  }
}
