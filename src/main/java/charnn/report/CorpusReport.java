package charnn.report;

import static charnn.util.Formats.format;

import charnn.data.Corpus;
import charnn.data.TextProfile;
import charnn.data.Vocabulary;
import charnn.data.WhiteSpace;
import charnn.eval.Entropy;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * What a corpus is made of.
 *
 * @param bytes of its files
 * @param encoding what is to be said of it, a line each; a text without a line is UTF-8, unless
 *     another encoding was given
 * @param boilerplate that was left out, a line each
 * @param repeatedTexts that were left out, a line each
 * @param otherNotes on what was read, a line each
 * @param vocabulary the characters, the most frequent first
 * @param invisible those of the vocabulary that cannot be seen or control a terminal
 * @param repeatedParagraphs of at least {@value TextProfile#LONG} characters that occurred before
 * @param repetitionMissed whether there were too many paragraphs to remember all
 * @param composedAccents letters with an accent as one character (NFC)
 * @param separateAccents letters with an accent as two (NFD)
 * @param entropyBits of the orders 0 to 5; null where the text is too short
 * @param entropyCharacters the first of the text, of which the entropies are
 */
public record CorpusReport(
    int texts,
    long bytes,
    long characters,
    List<Sentence> encoding,
    List<Sentence> boilerplate,
    List<Sentence> repeatedTexts,
    List<Sentence> otherNotes,
    Lengths lines,
    long blankLines,
    Lengths paragraphs,
    long repeatedParagraphs,
    boolean repetitionMissed,
    long composedAccents,
    long separateAccents,
    List<Double> entropyBits,
    long entropyCharacters,
    List<Symbol> vocabulary,
    List<Symbol> invisible,
    String givenEncoding) {
  private static final int NAME_COLUMNS = 14;
  private static final int MOST_SHOWN = 256;

  /** Lengths in characters. */
  public record Lengths(long number, double mean, long median, long longest) {
    static Lengths of(TextProfile.Lengths lengths) {
      return new Lengths(lengths.number(), lengths.mean(), lengths.median(), lengths.longest());
    }

    private String toText() {
      return format(
          "%,d; in characters: %,.1f on average, half of them up to %,d, the longest %,d",
          number, mean, median, longest);
    }
  }

  /**
   * A character.
   *
   * @param code as U+0041
   * @param name that Unicode gives it
   */
  public record Symbol(String character, String code, String name, long count, double share) {
    static Symbol of(int codePoint, long count, long all) {
      String name = Character.getName(codePoint);
      return new Symbol(
          Character.toString(codePoint),
          format("U+%04X", codePoint),
          name == null ? "(no character)" : name,
          count,
          (double) count / all);
    }
  }

  /**
   * Makes the report.
   *
   * @param entropies of {@link Entropy}
   * @param entropyCharacters that they are of
   */
  public static CorpusReport of(
      Corpus corpus, TextProfile profile, double[] entropies, long entropyCharacters) {
    List<Symbol> symbols = new ArrayList<>();
    for (int i = 0; i < profile.codePoints().length; i++) {
      symbols.add(Symbol.of(profile.codePoints()[i], profile.counts()[i], profile.characters()));
    }
    symbols.sort(Comparator.comparingLong(Symbol::count).reversed());
    List<Sentence> encoding = new ArrayList<>();
    List<Sentence> boilerplate = new ArrayList<>();
    List<Sentence> repeated = new ArrayList<>();
    List<Sentence> others = new ArrayList<>();
    for (Sentence note : corpus.notes()) {
      String words = note.toString();
      if (words.contains("Project Gutenberg")) {
        boilerplate.add(note);
      } else if (words.startsWith("used once")) {
        repeated.add(note);
      } else if (words.contains("read as") || words.contains("read so")) {
        encoding.add(note);
      } else {
        others.add(note);
      }
    }
    List<Double> bits = new ArrayList<>();
    for (double entropy : entropies) {
      bits.add(Double.isNaN(entropy) ? null : entropy);
    }
    return new CorpusReport(
        corpus.sources().size(),
        corpus.sources().stream().mapToLong(Corpus.Source::bytes).sum(),
        profile.characters(),
        encoding,
        boilerplate,
        repeated,
        others,
        Lengths.of(profile.lines()),
        profile.blankLines(),
        Lengths.of(profile.paragraphs()),
        profile.repeatedParagraphs(),
        profile.isRepetitionMissed(),
        profile.composed(),
        profile.decomposed(),
        bits,
        entropyCharacters,
        symbols,
        symbols.stream().filter(symbol -> isInvisible(symbol.character.codePointAt(0))).toList(),
        corpus.settings().encoding());
  }

  /** Returns whether a character is a control, cannot be seen, or stands for none. */
  static boolean isInvisible(int codePoint) {
    if (codePoint == '\n' || codePoint == ' ') {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> codePoint == 0xFFFD;
    };
  }

  /**
   * Returns the report as tables.
   *
   * @param names the option of each setting
   * @param columns of the terminal; 0: there is none
   */
  public String toText(Function<Setting, String> names, int columns) {
    List<String> rows = new ArrayList<>();
    row(rows, "texts", format("%,d, of %,d bytes", texts, bytes));
    notes(
        rows,
        "encoding",
        encoding,
        givenEncoding == null ? "UTF-8" : givenEncoding + ", as given",
        names);
    notes(rows, "boilerplate", boilerplate, "none is left out", names);
    notes(rows, "repeated texts", repeatedTexts, "none", names);
    if (!otherNotes.isEmpty()) {
      notes(rows, "notes", otherNotes, "", names);
    }
    row(rows, "characters", format("%,d, of %,d kinds", characters, vocabulary.size()));
    row(rows, "lines", format("%s; %,d are blank", lines.toText(), blankLines));
    row(rows, "paragraphs", paragraphs.toText());
    row(
        rows,
        "repeated",
        format(
            "%,d paragraphs of %d or more characters occur before%s",
            repeatedParagraphs,
            TextProfile.LONG,
            repetitionMissed
                ? format(" (of the first %,d different ones)", TextProfile.MOST_REMEMBERED)
                : ""));
    row(
        rows,
        "accents",
        format(
            "%,d as one character with the letter (NFC), %,d apart (NFD)%s",
            composedAccents,
            separateAccents,
            composedAccents > 0 && separateAccents > 0 ? ": mixed, which train makes NFC" : ""));
    row(
        rows,
        "invisible",
        invisible.isEmpty()
            ? "no control or invisible characters but spaces and line ends"
            : String.join(
                ", ",
                invisible.stream()
                    .map(symbol -> format("%s %s (%,d)", symbol.code, symbol.name, symbol.count))
                    .toList()));
    row(rows, "entropy", entropies());
    StringBuilder text = new StringBuilder();
    rows.forEach(
        line ->
            text.append(LineWrap.wrap(line, columns, NAME_COLUMNS + 2))
                .append(System.lineSeparator()));
    return text.append(System.lineSeparator()).append(symbols()).toString();
  }

  private static void row(List<String> rows, String name, String value) {
    rows.add(format("%-" + NAME_COLUMNS + "s  %s", name, value));
  }

  private static void notes(
      List<String> rows,
      String name,
      List<Sentence> notes,
      String otherwise,
      Function<Setting, String> names) {
    if (notes.isEmpty()) {
      row(rows, name, otherwise);
    }
    for (int i = 0; i < notes.size(); i++) {
      row(rows, i == 0 ? name : "", VisibleText.oneLine(notes.get(i).naming(names)));
    }
  }

  private String entropies() {
    List<String> orders = new ArrayList<>();
    for (int k = 0; k < entropyBits.size(); k++) {
      if (entropyBits.get(k) != null) {
        orders.add(format("%.3f", entropyBits.get(k)));
      }
    }
    if (orders.isEmpty()) {
      return format("not counted: more than %,d different characters", Vocabulary.MAX_SIZE);
    }
    return format(
        "%s bits per character, given the 0 to %d characters before%s",
        String.join(", ", orders),
        orders.size() - 1,
        entropyCharacters < characters
            ? format(" (of the first %,d characters)", entropyCharacters)
            : "");
  }

  private String symbols() {
    StringBuilder table = new StringBuilder();
    String form = "%12s %7s  %-8s %-2s %s%n";
    table.append(format(form, "count", "share", "code", "", "name"));
    for (Symbol symbol : vocabulary.subList(0, Math.min(MOST_SHOWN, vocabulary.size()))) {
      int codePoint = symbol.character.codePointAt(0);
      boolean isShown =
          !isInvisible(codePoint)
              && !WhiteSpace.is(codePoint)
              && Character.getType(codePoint) != Character.NON_SPACING_MARK;
      table.append(
          format(
              form,
              format("%,d", symbol.count),
              format("%.3f%%", 100 * symbol.share),
              symbol.code,
              isShown ? symbol.character : "",
              symbol.name));
    }
    if (vocabulary.size() > MOST_SHOWN) {
      table.append(format("and %,d more, which the JSON has%n", vocabulary.size() - MOST_SHOWN));
    }
    return table.toString();
  }
}
