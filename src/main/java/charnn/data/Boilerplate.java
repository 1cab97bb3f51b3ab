package charnn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Project Gutenberg's header, licence and footer, which are no part of a book.
 *
 * <p>Marks show where they may be: "*** START OF THE PROJECT GUTENBERG EBOOK" and "*** END OF ...",
 * the beginning and the end of the "small print" of the 1990s, which stood before or after the
 * book, and sentences like "End of Project Gutenberg's ..." in several languages. A mark stands at
 * the beginning of a line. What goes with it is decided by what it says: paragraph by paragraph
 * away from the mark, as long as more of them speak of licences, e-books and the like than do not.
 * A mark that nothing of the kind goes with is the author's own, and stays. So do all notices
 * within a book but those of World Library, from which Project Gutenberg had its plays.
 */
public final class Boilerplate {
  /**
   * What is left of a text.
   *
   * @param text without the boilerplate; the text as it was if there is nothing else in it
   * @param pieces of it that stand in the whole text as they are, in order
   * @param isNothingElse whether there is nothing but boilerplate
   */
  public record Remainder(String text, List<Piece> pieces, boolean isNothingElse) {
    /** Returns the same of a text whose characters became others, each one of its length. */
    Remainder withText(String other) {
      return new Remainder(other, pieces, isNothingElse);
    }

    /** Returns a text of which all is left. */
    static Remainder whole(String text, boolean isNothingElse) {
      return new Remainder(text, List.of(new Piece(0, 0, text.length())), isNothingElse);
    }
  }

  /**
   * A piece of a text that is left.
   *
   * @param index its offset in what is left
   * @param from its offset in the text
   * @param length of the piece
   */
  public record Piece(int index, int from, int length) {}

  private enum Kind {
    /** A paragraph, or what special lines leave of one. */
    PARAGRAPH,
    /** "The Project Gutenberg Etext of ...". */
    HEADING,
    START,
    END,
    /** "End of the Project Gutenberg Etext of ...", by itself. */
    END_SENTENCE,
    SMALL_PRINT_BEGINS,
    SMALL_PRINT_ENDS
  }

  /** A line or some that belong together: the text from one offset to another. */
  private record Block(Kind kind, int from, int to) {}

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** A byte-order mark, spaces, a comment's or a quotation's sign. */
  private static final String MARGIN =
      "[\\uFEFF \\t]*+(?:(?:%+|#+|//+|;+|<!--+|>+|[\"'“‘«„])[ \\t]*+)*+";

  private static final String PROJECT = "Pro(?:je[ck]?to?|yecto|getto) Gutenberg";
  private static final String BOOK = "(?:E-?book|E-?text)";

  /** The title of a book, up to the stars after it, on the same line or one of the next. */
  private static final String TITLE =
      "(?:(?:(?!\\n[ \\t]*\\n)[^*]){0,500}\\*\\*+[\\s&&[^\\n]]*[^\\w\\n]*(?=\\n|\\z)|[^*\\n]*(?=\\n|\\z))";

  private static final Pattern START =
      Pattern.compile(
          MARGIN
              + "\\*+ ?START OF (?:(?:THIS|THE) )?(?:COPYRIGHTED )?"
              + PROJECT
              + "(?:'S|’S|-TM|™)?,? "
              + BOOK
              + "\\b"
              + TITLE,
          FLAGS);
  private static final Pattern END =
      Pattern.compile(
          MARGIN
              + "\\*+ ?END OF (?:(?:THIS|THE) )?(?:COPYRIGHTED )?"
              + PROJECT
              + "(?:'S|’S|-TM|™)?,? "
              + BOOK
              + "\\b"
              + TITLE,
          FLAGS);
  private static final Pattern END_SENTENCE =
      Pattern.compile(
          MARGIN
              + "\\**(?-i:This is |The |Het |Hier )?(?-i:[Tt]he |[Hh]et )?"
              + "(?-i:End|END|end(?= of)|Ende|Einde|einde(?= van)|Fin|Fine|Fim|Slut)\\b"
              + "(?:[^\\n.]{0,40}?\\b"
              + PROJECT
              + "| dieses E-?text(?:e?s)?\\b)[^\\n]*",
          FLAGS);
  private static final Pattern SMALL_PRINT_BEGINS =
      Pattern.compile(
          MARGIN + "\\*+ ?(?:START ?\\*+ ?THE SMALL PRINT!|The Legal Small Print ?\\*)[^\\n]*",
          FLAGS);
  private static final Pattern SMALL_PRINT_ENDS =
      Pattern.compile(
          MARGIN
              + "(?:\\*+ ?END ?\\*? ?(?:OF )?THE SMALL PRINT!?|\\[\"Small Print\" V\\.)[^\\n]*"
              + "(?:\\n[ \\t]*\\*END\\*[^\\n]*)?",
          FLAGS);
  private static final Pattern HEADING =
      Pattern.compile(
          MARGIN
              + "\\**[ \\t]*(?:This is )?(?:The )?"
              + PROJECT
              + "(?:(?:'s|’s|-tm|™)?,? "
              + BOOK
              + "s?,? (?:of|#|\\d)|(?:'s|’s) [^\\n]*, by )[^\\n]*",
          FLAGS);

  /** A cheap test: a text without any of these has no mark. */
  private static final Pattern ANY = Pattern.compile("Gutenberg|Small Print|E-?text", FLAGS);

  /** Subjects of boilerplate. A paragraph that touches two of them speaks of it. */
  private static final List<Pattern> SUBJECTS =
      List.of(
          subject("Proje[ck]t Gutenberg|Gutenberg(?:-tm|™|\\.org|\\.net)|PGLAF"),
          subject("e-?(?:text|book)s?\\b|electronic (?:text|work|edition)s?"),
          subject("small print|licen[cs]e|terms of (?:use|this)|this agreement"),
          subject("copyright|public domain|royalt(?:y|ies)|trademark"),
          subject("donat|contribut|foundation\\b|volunteer"),
          subject("https?:|www\\.|ftp\\b|e-?mail|\\w@\\w"),
          subject("header\\b|this file|these files|files?\\b.{0,20}\\bnamed|\\.zip|download"),
          subject("should be named|plain vanilla|ASCII|ISO[- ]8859|UTF-8|character set"),
          subject("distribut|copies\\b|copying"),
          subject("(?:produced|prepared|transcribed|scanned|typed) (?:by|from)|proofread"),
          subject("warrant|liab(?:le|ility)|damages\\b|disclaimer|refund|indemni"),
          subject("release date|posting date|updated|release|edition"),
          subject("anyone anywhere|at no cost|no restrictions|United States"),
          subject("Michael (?:S\\. )?Hart|Carnegie|Illinois Benedictine"),
          subject("web ?(?:site|page)s?\\b|internet|newsletter|computer|software"));

  private static final Pattern FIELD =
      Pattern.compile(
          MARGIN
              + "(?:Title|Author|Translator|Editor|Illustrator|Release date|Posting date|Language|Credits"
              + "|Character set encoding|Original publication|Most recently updated|Last updated"
              + "|Edition|Subtitle|Commentator|Contributor)[ \\t]*:.*",
          FLAGS | Pattern.DOTALL);

  /** So short a paragraph speaks of a subject if it names one, and is no sentence. */
  private static final Pattern LABEL = Pattern.compile("[^\\n]{1,60}(?<![.!?,;:\"”’»])", FLAGS);

  /** A line of TeX or HTML, or of TeX's report, which Gutenberg's TeX editions end with. */
  private static final Pattern CODE = Pattern.compile("[\\s]*[\\\\%<{}@$(|~#)\\]].*");

  private static final Pattern TEX_REPORT =
      Pattern.compile("This is (?:\\w+-?)*TeX\\w*, Version", FLAGS);

  /** What World Library put between the scenes of its plays, if it says so. */
  private static final Pattern NOTICE =
      Pattern.compile(
          "^[ \\t]*<< ?THIS ELECTRONIC VERSION OF [^<>]{1,1500}>>[ \\t]*$",
          FLAGS | Pattern.MULTILINE);

  private static final Map<Kind, Pattern> SPECIAL = new EnumMap<>(Kind.class);

  static {
    SPECIAL.put(Kind.START, START);
    SPECIAL.put(Kind.END, END);
    SPECIAL.put(Kind.END_SENTENCE, END_SENTENCE);
    SPECIAL.put(Kind.SMALL_PRINT_BEGINS, SMALL_PRINT_BEGINS);
    SPECIAL.put(Kind.SMALL_PRINT_ENDS, SMALL_PRINT_ENDS);
    SPECIAL.put(Kind.HEADING, HEADING);
  }

  private static final Pattern PARAGRAPH_END = Pattern.compile("\n[ \t]*\n");

  private static final Pattern CREDITS =
      Pattern.compile(
          "\\s*(?:Produced by|E-?text (?:prepared|produced) by|This E-?(?:text|book) was (?:prepared|produced|transcribed|scanned|typed|created) by)\\b",
          FLAGS);
  private static final int MAX_CREDITS = 1000;
  private static final int MAX_END_SENTENCE = 300;

  /** Longer paragraphs are divided, so that each speaks of one thing. */
  private static final int MAX_LINES = 12;

  /** A paragraph touches a subject so often, in characters, if it speaks of it. */
  private static final int SPEAKING = 400;

  /** What a mark, or the heading of a book, counts in paragraphs. */
  private static final int MARK = 2;

  private final String text;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final boolean[] removed; // [blocks]

  /**
   * A mark, or the small print between two.
   *
   * @param first of its blocks
   * @param last of its blocks
   */
  private record Mark(Kind kind, int first, int last) {
    boolean isStart() {
      return kind == Kind.START;
    }

    boolean isEnd() {
      return kind == Kind.END || kind == Kind.END_SENTENCE;
    }
  }

  private Boilerplate(String text) {
    this.text = text;
    divide();
    removed = new boolean[blocks.size()];
  }

  private static Pattern subject(String words) {
    return Pattern.compile("\\b(?:" + words + ")", FLAGS);
  }

  /**
   * Returns the text without what Project Gutenberg put around its books, of which a file may hold
   * several; a text without its marks comes back as it is.
   *
   * @param text with '\n' as line end
   */
  public static String remove(String text) {
    return remainderOf(text).text();
  }

  /** Returns what {@link #remove} leaves, and whether it had to leave all. */
  public static Remainder remainderOf(String text) {
    if (!ANY.matcher(text).find()) {
      return Remainder.whole(text, false);
    }
    Boilerplate boilerplate = new Boilerplate(text);
    if (!boilerplate.findIt()) {
      return withoutNotices(text, Remainder.whole(text, false));
    }
    Books books = boilerplate.books();
    return books.isEmpty() ? Remainder.whole(text, true) : withoutNotices(text, books.remainder());
  }

  /** Takes notices of World Library out of what is left of a text. */
  private static Remainder withoutNotices(String text, Remainder left) {
    Matcher notice = NOTICE.matcher(text);
    Books rest = new Books(text);
    boolean isAny = false;
    for (Piece piece : left.pieces()) {
      int from = piece.from();
      int end = from + piece.length();
      for (boolean isFound = notice.find(from);
          isFound && notice.end() <= end;
          isFound = notice.find()) {
        String words = notice.group().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
        if (words.contains("WORLD LIBRARY") && words.contains("PROJECT GUTENBERG")) {
          rest.add(from, notice.start());
          from = notice.end();
          isAny = true;
        }
      }
      rest.add(from, end);
    }
    return isAny && !rest.isEmpty() ? rest.remainder() : left;
  }

  /** Divides the text into blocks: special lines, and paragraphs or what is left of them. */
  private void divide() {
    Matcher any = ANY.matcher(text);
    int hit = any.find() ? any.start() : text.length();
    int paragraph = -1; // where it begins
    int lines = 0;
    int next;
    for (int at = 0; at < text.length(); at = next) {
      int lineEnd = text.indexOf('\n', at);
      int end = lineEnd < 0 ? text.length() : lineEnd;
      next = end + 1;
      Block special = null;
      if (hit < end) {
        special = special(at);
        hit =
            any.find(Math.max(end, special == null ? 0 : special.to)) ? any.start() : text.length();
      }
      boolean blank = special == null && text.substring(at, end).isBlank();
      if (paragraph >= 0 && (blank || special != null || lines == MAX_LINES)) {
        blocks.add(new Block(Kind.PARAGRAPH, paragraph, at - 1));
        paragraph = -1;
      }
      if (special != null) {
        blocks.add(special);
        next = special.to + 1;
      } else if (!blank) {
        lines = paragraph < 0 ? 1 : lines + 1;
        paragraph = paragraph < 0 ? at : paragraph;
      }
    }
    if (paragraph >= 0) {
      int end = text.endsWith("\n") ? text.length() - 1 : text.length();
      blocks.add(new Block(Kind.PARAGRAPH, paragraph, end));
    }
  }

  /** Returns the special line, or lines, that begin at a place; null if there is none. */
  private Block special(int at) {
    Kind kind = null;
    int to = 0;
    for (Map.Entry<Kind, Pattern> pattern : SPECIAL.entrySet()) {
      Matcher matcher = pattern.getValue().matcher(text).region(at, text.length());
      if (matcher.lookingAt()) {
        kind = pattern.getKey();
        to = matcher.end();
        break;
      }
    }
    if (kind == Kind.END_SENTENCE) {
      Matcher paragraph = PARAGRAPH_END.matcher(text);
      int end = paragraph.find(to) ? paragraph.start() : text.length();
      Matcher mark = END.matcher(text);
      for (int line = to + 1; line < end; line = text.indexOf('\n', line) + 1) {
        if (line == 0 || mark.region(line, text.length()).lookingAt()) {
          end = line == 0 ? end : line - 1;
          break;
        }
      }
      if (end - at <= MAX_END_SENTENCE) {
        to = end;
      } else if (to - at > MAX_END_SENTENCE) {
        return null;
      } // else more than the sentence stands in its paragraph: what it is, is seen by itself
    }
    return kind == null ? null : new Block(kind, at, to);
  }

  /** Finds what is to be removed; returns whether there is anything. */
  private boolean findIt() {
    findMarks();
    boolean[] obeyed = new boolean[marks.size()];
    for (int m = marks.size() - 1; m >= 0; m--) {
      if (!marks.get(m).isStart()) {
        obeyed[m] = isEndObeyed(m, obeyed);
      }
    }
    boolean inBook = false;
    for (int m = 0; m < marks.size(); m++) {
      if (marks.get(m).isStart()) {
        obeyed[m] = isStartObeyed(m, obeyed, inBook);
        inBook |= obeyed[m];
      } else if (obeyed[m]) {
        inBook = false;
      }
    }
    boolean any = false;
    for (int m = 0; m < marks.size(); m++) {
      if (obeyed[m]) {
        remove(marks.get(m).first, marks.get(m).last + 1);
        any = true;
      }
    }
    if (any && !removed[0] && blocks.get(0).kind == Kind.HEADING) {
      int to = 0;
      while (to < blocks.size() && !removed[to]) {
        to++;
      }
      removeForward(0, to);
    }
    return any;
  }

  /** Makes marks of the special lines; small print with its beginning and end is one. */
  private void findMarks() {
    for (int b = 0; b < blocks.size(); b++) {
      Kind kind = blocks.get(b).kind;
      if (kind == Kind.SMALL_PRINT_BEGINS) {
        int end = smallPrintEnd(b);
        marks.add(new Mark(kind, b, end));
        b = end;
      } else if (kind != Kind.PARAGRAPH && kind != Kind.HEADING) {
        marks.add(new Mark(kind, b, b));
      }
    }
  }

  /** Returns the last block of the small print that begins with one; that one if none ends it. */
  private int smallPrintEnd(int first) {
    int sum = MARK;
    for (int b = first + 1; b < blocks.size(); b++) {
      sum += count(b);
      if (blocks.get(b).kind == Kind.SMALL_PRINT_ENDS) {
        return sum > 0 ? b : first;
      }
    }
    return first;
  }

  private int partBegin(int m) {
    return m == 0 ? 0 : marks.get(m - 1).last + 1;
  }

  private int partEnd(int m) {
    return m == marks.size() - 1 ? blocks.size() : marks.get(m + 1).first;
  }

  /** Removes what goes with a mark that is not a book's start; returns whether it is one. */
  private boolean isEndObeyed(int m, boolean[] obeyed) {
    Mark mark = marks.get(m);
    int begin = partBegin(m);
    boolean isSmallPrint = !mark.isEnd();
    boolean isWhole =
        isSmallPrint && mark.kind == Kind.SMALL_PRINT_BEGINS && mark.last > mark.first;
    if (isSmallPrint) {
      boolean speaks = removeBackward(begin, mark.first);
      boolean allBefore = mark.first == begin || removed[begin];
      boolean isAnEnd = mark.kind == Kind.SMALL_PRINT_ENDS;
      if (allBefore && (isWhole || isAnEnd)) {
        removeCredits(mark.last + 1);
        return true; // It stands before the book.
      }
      if (isAnEnd && !speaks) {
        return false;
      }
      isWhole |= speaks;
    }
    int end = partEnd(m);
    if (mark.last + 1 == end) {
      // Another mark follows, or nothing.
      return m == marks.size() - 1 || marks.get(m + 1).isStart() || obeyed[m + 1] || isWhole;
    }
    boolean speaks = removeForward(mark.last + 1, end);
    boolean endsAfter = m < marks.size() - 1 && !marks.get(m + 1).isStart() && obeyed[m + 1];
    return speaks || isWhole || (mark.isEnd() && endsAfter);
  }

  /** Removes what goes with the mark of a book's start; returns whether it is one. */
  private boolean isStartObeyed(int m, boolean[] obeyed, boolean inBook) {
    Mark mark = marks.get(m);
    int begin = partBegin(m);
    boolean nothingBefore =
        mark.first == begin && (m == 0 || obeyed[m - 1] || !marks.get(m - 1).isStart());
    boolean hasItsEnd =
        !inBook && m < marks.size() - 1 && marks.get(m + 1).isEnd() && obeyed[m + 1];
    if (removeBackward(begin, mark.first) || nothingBefore || hasItsEnd) {
      removeCredits(mark.last + 1);
      return true;
    }
    return false;
  }

  private void removeCredits(int b) {
    if (b < blocks.size() - 1
        && blocks.get(b).kind == Kind.PARAGRAPH
        && blocks.get(b).to - blocks.get(b).from <= MAX_CREDITS
        && text.startsWith("\n\n", blocks.get(b).to)
        && CREDITS.matcher(text).region(blocks.get(b).from, blocks.get(b).to).lookingAt()) {
      remove(b, b + 1);
    }
  }

  /**
   * Removes from some blocks the first ones, as far as they speak of Project Gutenberg; returns
   * whether there are any.
   */
  private boolean removeForward(int from, int to) {
    int sum = 0;
    int best = 0;
    int cut = from;
    for (int b = from; b < to; b++) {
      Block block = blocks.get(b);
      if (TEX_REPORT.matcher(text).region(block.from, block.to).find()) {
        best = MARK;
        cut = to;
        break;
      }
      sum += count(b);
      if (sum > best) {
        best = sum;
        cut = b + 1;
      }
    }
    return remove(from, to, from, cut, best);
  }

  /** As {@link #removeForward}, but the last ones. */
  private boolean removeBackward(int from, int to) {
    int sum = 0;
    int best = 0;
    int cut = to;
    for (int b = to - 1; b >= from; b--) {
      sum += removed[b] ? MARK : count(b);
      if (sum > best) {
        best = sum;
        cut = b;
      }
    }
    return remove(from, to, cut, to, best);
  }

  /**
   * Removes blocks for which there is evidence enough: less where nothing is left of a part.
   *
   * @param partFrom of the part that they belong to
   * @param partTo of that part
   */
  private boolean remove(int partFrom, int partTo, int from, int to, int evidence) {
    boolean all = from == partFrom && to == partTo;
    if (from == to || evidence < (all ? 1 : MARK)) {
      return false;
    }
    remove(from, to);
    return true;
  }

  private void remove(int from, int to) {
    Arrays.fill(removed, from, to, true);
  }

  /** Returns what a block counts: more than 0 if it speaks of Project Gutenberg, else -1. */
  private int count(int b) {
    Block block = blocks.get(b);
    if (block.kind != Kind.PARAGRAPH) {
      return MARK;
    }
    String paragraph = text.substring(block.from, block.to);
    return speaks(paragraph) || isCode(paragraph) ? 1 : -1;
  }

  private static boolean speaks(String paragraph) {
    if (FIELD.matcher(paragraph).matches()) {
      return true;
    }
    int subjects = 0;
    int words = 0;
    for (Pattern subject : SUBJECTS) {
      Matcher matcher = subject.matcher(paragraph);
      int before = words;
      while (matcher.find()) {
        words++;
      }
      subjects += words > before ? 1 : 0;
    }
    return subjects >= (LABEL.matcher(paragraph).matches() ? 1 : 2)
        && words >= paragraph.length() / SPEAKING;
  }

  private static boolean isCode(String paragraph) {
    String[] lines = paragraph.split("\n");
    long code = Arrays.stream(lines).filter(line -> CODE.matcher(line).matches()).count();
    return 2 * code > lines.length;
  }

  /** Returns what is not removed. */
  private Books books() {
    Books books = new Books(text);
    int from = 0;
    for (int b = 0; b <= blocks.size(); b++) {
      if (b == blocks.size() || removed[b]) {
        books.add(from, b == blocks.size() ? text.length() : blocks.get(b).from);
        from = b == blocks.size() ? from : blocks.get(b).to;
      }
    }
    return books;
  }
}
