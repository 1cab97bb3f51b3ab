package charnn.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How charnn 0.1.0 removed Project Gutenberg's header, licence and footer: by their marks alone. A
 * run of that time is resumed on the text that came out; all others are read by {@link
 * Boilerplate}.
 */
final class FirstBoilerplate {
  private static final Pattern START =
      Pattern.compile(
          "\\*\\*\\* ?START OF (?:THIS|THE) PROJECT GUTENBERG E-?BOOK[^*]{0,500}\\*\\*\\*[^\\n]*"
              + "|\\*END\\*?[^\\n]{0,20}THE SMALL PRINT![^\\n]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CREDITS =
      Pattern.compile("\\s*(?:Produced by|E-text prepared by)\\b", Pattern.CASE_INSENSITIVE);
  private static final int MAX_CREDITS = 1000;
  private static final Pattern END =
      Pattern.compile(
          "(?:^End of (?:the |this )?Project Gutenberg(?:'s|’s)? [^*]{0,300})?"
              + "^\\*\\*\\* ?END OF (?:THIS|THE) PROJECT GUTENBERG E-?BOOK"
              + "|^End of (?:the |this )?Project Gutenberg(?:'s|’s)? [^\\n]*",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private FirstBoilerplate() {}

  /**
   * Returns what is left of a text without what Project Gutenberg put around its books, of which a
   * file may hold several: all of it, if it has no mark.
   *
   * @param text with '\n' as line end
   */
  static Boilerplate.Remainder remainderOf(String text) {
    Books books = new Books(text);
    boolean marked = false;
    Matcher end = END.matcher(text);
    for (int at = 0; at < text.length(); ) {
      boolean ends = end.find(at);
      int to = ends ? end.start() : text.length();
      int from = bookStart(text, at, to);
      marked |= ends || from >= 0;
      // What comes before the first mark of an end is a book even without a mark of its start; what
      // comes after, a licence.
      if (from >= 0 || at == 0) {
        books.add(Math.max(from, at), to);
      }
      at = ends ? end.end() : text.length();
    }
    return marked ? books.remainder() : Boilerplate.Remainder.whole(text, false);
  }

  /**
   * Returns where a book starts, after the last mark of a start within a range and the credits
   * there; -1 without a mark.
   */
  private static int bookStart(String text, int from, int to) {
    Matcher start = START.matcher(text).region(from, to);
    int book = -1;
    while (start.find()) {
      book = start.end();
    }
    if (book >= 0) {
      Matcher credits = CREDITS.matcher(text).region(book, to);
      if (credits.lookingAt()) {
        int paragraphEnd = text.indexOf("\n\n", credits.end());
        if (paragraphEnd >= 0 && paragraphEnd <= Math.min(to, book + MAX_CREDITS)) {
          book = paragraphEnd;
        }
      }
    }
    return book;
  }
}
