package charnn.report;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFileException;
import charnn.eval.ScoredText;
import charnn.eval.TextScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How probable texts are to models.
 *
 * @param models their names, in the order in which they are given
 * @param texts in the order in which they are given
 * @param total of all texts, for each model
 */
public record ScoreReport(List<String> models, List<Text> texts, List<Figures> total) {
  /**
   * A text.
   *
   * @param text its name
   * @param scores of each model
   * @param lines null unless each line is scored on its own
   */
  public record Text(String text, List<Figures> scores, List<Line> lines) {}

  /**
   * A line of a text.
   *
   * @param line its number, from 1
   * @param text its characters, as the first model reads them
   * @param best the model that predicts it best; null if there is one model, or several are equal
   * @param scores of each model
   */
  public record Line(int line, String text, String best, List<Figures> scores) {}

  /**
   * How probable characters are to a model.
   *
   * @param characters that are scored: predicted by the model, or charged
   * @param unknownCharacters of them not in the vocabulary, charged by {@link
   *     charnn.eval.UnknownCharge}
   * @param bits of all of them
   * @param moreBits than the model that predicts them best; null if there is one model
   * @param linesWon that the model alone predicts best; null if there is one model, or of a line
   * @param shareOfLines of those that all models scored; null as above, or if there are none
   */
  public record Figures(
      String model,
      long characters,
      long unknownCharacters,
      double bits,
      double bitsPerCharacter,
      double natsPerCharacter,
      double perplexity,
      Double moreBits,
      Long linesWon,
      Double shareOfLines) {}

  /** Makes a report, text by text. Of a text, only the figures are kept. */
  public static final class Builder {
    private final List<String> models;
    private final boolean ownLines;
    private final List<Text> texts = new ArrayList<>();
    private final Wins allWins;
    private List<TextScore> sums; // of each model; null: no text yet

    /**
     * @param models their names
     * @param ownLines whether each line is scored on its own
     */
    public Builder(List<String> models, boolean ownLines) {
      this.models = List.copyOf(models);
      this.ownLines = ownLines;
      allWins = new Wins(models.size());
    }

    /**
     * Adds a text.
     *
     * @param scores of each model
     * @param characters the same with each character, for each model; empty if there is one model
     *     and lines do not matter
     * @throws ModelFileException if a model predicts so badly that there is no finite figure
     */
    public void add(String name, List<TextScore> scores, List<ScoredText> characters)
        throws ModelFileException {
      List<Line> lines = ownLines ? new ArrayList<>() : null;
      Wins wins = new Wins(models.size());
      if (ownLines || models.size() > 1) {
        compareLines(models, characters, lines, wins);
      }
      allWins.add(wins);
      texts.add(new Text(name, figures(models, scores, wins), lines));
      List<TextScore> before = sums;
      sums =
          before == null
              ? scores
              : IntStream.range(0, models.size())
                  .mapToObj(m -> before.get(m).plus(scores.get(m)))
                  .toList();
    }

    /**
     * Returns the report on the texts, one or more.
     *
     * @throws ModelFileException if a model predicts so badly that there is no finite figure
     */
    public ScoreReport report() throws ModelFileException {
      return new ScoreReport(models, List.copyOf(texts), figures(models, sums, allWins));
    }
  }

  /** A difference that would be printed as 0.0 bits. */
  private static final double EQUAL_BITS = 0.05;

  /** How many lines each model alone predicts best. */
  private static final class Wins {
    private final long[] won;
    private long lines;

    Wins(int models) {
      won = new long[models];
    }

    void add(Wins other) {
      lines += other.lines;
      for (int m = 0; m < won.length; m++) {
        won[m] += other.won[m];
      }
    }
  }

  /**
   * @param lines are added to; null: none are wanted
   */
  private static void compareLines(
      List<String> models, List<ScoredText> characters, List<Line> lines, Wins wins)
      throws ModelFileException {
    List<Map<Integer, TextScore>> others = new ArrayList<>();
    for (ScoredText other : characters.subList(1, models.size())) {
      Map<Integer, TextScore> byNumber = new HashMap<>();
      other.lines().forEach(line -> byNumber.put(line.number(), line.score()));
      others.add(byNumber);
    }
    for (ScoredText.Line line : characters.get(0).lines()) {
      List<TextScore> scores = new ArrayList<>(List.of(line.score()));
      others.forEach(byNumber -> scores.add(byNumber.get(line.number())));
      if (scores.contains(null)) {
        continue; // A model that knows fewer characters has nothing to predict in it.
      }
      List<Integer> best = best(scores);
      wins.lines++;
      if (best.size() == 1) {
        wins.won[best.get(0)]++;
      }
      if (lines != null) {
        boolean isWon = models.size() > 1 && best.size() == 1;
        lines.add(
            new Line(
                line.number(),
                line.text(),
                isWon ? models.get(best.get(0)) : null,
                figures(models, scores, null)));
      }
    }
  }

  /** Returns the models that predict best. */
  private static List<Integer> best(List<TextScore> scores) {
    double least = scores.stream().mapToDouble(TextScore::nats).min().orElseThrow();
    return IntStream.range(0, scores.size())
        .filter(m -> scores.get(m).nats() == least)
        .boxed()
        .toList();
  }

  /**
   * @param wins null for a line
   */
  private static List<Figures> figures(List<String> models, List<TextScore> scores, Wins wins)
      throws ModelFileException {
    double least = scores.stream().mapToDouble(TextScore::bits).min().orElseThrow();
    boolean compares = models.size() > 1;
    List<Figures> figures = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      TextScore score = scores.get(m);
      EvaluationReport.requireFinite(models.get(m), score.loss());
      boolean counts = compares && wins != null;
      figures.add(
          new Figures(
              models.get(m),
              score.known() + score.unknown(),
              score.unknown(),
              score.bits(),
              score.bitsPerCharacter(),
              score.loss(),
              score.perplexity(),
              compares ? score.bits() - least : null,
              counts ? wins.won[m] : null,
              counts && wins.lines > 0 ? (double) wins.won[m] / wins.lines : null));
    }
    return List.copyOf(figures);
  }

  /**
   * Returns the report as tables.
   *
   * @param columns of the terminal that shows it; 0 if there is none
   */
  public String toText(int columns) {
    StringBuilder out = new StringBuilder();
    for (Text text : texts) {
      if (text.lines != null) {
        out.append(texts.size() > 1 ? VisibleText.oneLine(text.text) + ":\n" : "");
        lines(text.lines).toString().lines().forEach(line -> out.append(fit(line, columns)));
        out.append('\n');
      }
    }
    out.append(models.size() == 1 ? table() : comparison());
    if (models.size() > 1) {
      out.append('\n').append(verdict());
    }
    return out.toString();
  }

  private static String fit(String line, int columns) {
    return (columns == 0 ? line : VisibleText.fit(line, columns)) + "\n";
  }

  private TextTable lines(List<Line> lines) {
    List<String> header = new ArrayList<>(List.of("line", "characters"));
    if (models.size() == 1) {
      header.addAll(List.of("bits", "bits/char", "perplexity"));
    } else {
      IntStream.rangeClosed(1, models.size()).forEach(m -> header.add("bits, model " + m));
      header.add("best");
    }
    header.add("text");
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Line line : lines) {
      Figures first = line.scores.get(0);
      List<String> row = new ArrayList<>();
      row.add(String.valueOf(line.line));
      row.add(format("%,d", first.characters));
      if (models.size() == 1) {
        row.addAll(List.of(bits(first.bits), bits(first.bitsPerCharacter)));
        row.add(format("%.4f", first.perplexity));
      } else {
        line.scores.forEach(score -> row.add(bits(score.bits)));
        row.add(line.best == null ? "-" : String.valueOf(models.indexOf(line.best) + 1));
      }
      row.add(VisibleText.oneLine(line.text));
      table.add(row.toArray(String[]::new));
    }
    return table;
  }

  /** Returns the table of one model. */
  private TextTable table() {
    TextTable table =
        new TextTable("characters", "unknown", "bits", "bits/char", "perplexity", "text");
    texts.forEach(text -> table.add(row(text.scores.get(0), text.text)));
    if (texts.size() > 1) {
      table.add(row(total.get(0), "total"));
    }
    return table;
  }

  private static String[] row(Figures figures, String name) {
    return new String[] {
      format("%,d", figures.characters),
      format("%,d", figures.unknownCharacters),
      bits(figures.bits),
      bits(figures.bitsPerCharacter),
      format("%.4f", figures.perplexity),
      VisibleText.oneLine(name)
    };
  }

  /** Returns a table of several models for each text. */
  private String comparison() {
    if (texts.size() == 1) {
      return compare(total).toString();
    }
    StringBuilder out = new StringBuilder();
    for (Text text : texts) {
      out.append(VisibleText.oneLine(text.text)).append(":\n").append(compare(text.scores));
    }
    return out.append("total:\n").append(compare(total)).toString();
  }

  private static TextTable compare(List<Figures> scores) {
    TextTable table =
        new TextTable(
            "characters",
            "unknown",
            "bits",
            "bits/char",
            "perplexity",
            "more bits",
            "lines won",
            "model");
    for (Figures figures : scores) {
      table.add(
          format("%,d", figures.characters),
          format("%,d", figures.unknownCharacters),
          bits(figures.bits),
          bits(figures.bitsPerCharacter),
          format("%.4f", figures.perplexity),
          bits(figures.moreBits),
          figures.shareOfLines == null ? "-" : format("%.1f %%", 100 * figures.shareOfLines),
          VisibleText.oneLine(figures.model));
    }
    return table;
  }

  private static String bits(double bits) {
    return format("%,.4f", bits);
  }

  /** Says which model predicts all texts best. */
  private String verdict() {
    List<Figures> ranked =
        total.stream().sorted(Comparator.comparingDouble(Figures::bits)).toList();
    Figures first = ranked.get(0);
    Figures second = ranked.get(1);
    return second.moreBits < EQUAL_BITS
        ? "several models predict this equally well\n"
        : format(
            "%s predicts this best, with %,.1f bits fewer than %s%n",
            VisibleText.oneLine(first.model), second.moreBits, VisibleText.oneLine(second.model));
  }
}
