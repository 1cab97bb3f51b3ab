package charnn.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Project Gutenberg's header, licence and footer, which are no part of a book. Knows the marks of
 * all its e-books since about 2003 ("*** START OF THIS PROJECT GUTENBERG EBOOK" and "... OF THE
 * ...") and the end of the older "small print" header.
 */
public final class Boilerplate {
  private static final Pattern START =
      Pattern.compile(
          "\\*\\*\\* ?START OF (?:THIS|THE) PROJECT GUTENBERG E-?BOOK[^*]{0,500}\\*\\*\\*[^\\n]*"
              + "|\\*END\\*?[^\\n]{0,20}THE SMALL PRINT![^\\n]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CREDITS =
      Pattern.compile(
          "\\s*(?:Produced by|E-text prepared by)\\b(?:[^\\n]+\\n?)+", Pattern.CASE_INSENSITIVE);
  private static final Pattern END =
      Pattern.compile(
          "(?:^End of (?:the |this )?Project Gutenberg(?:'s|’s)? [^*]{0,300})?"
              + "^\\*\\*\\* ?END OF (?:THIS|THE) PROJECT GUTENBERG E-?BOOK"
              + "|^End of (?:the |this )?Project Gutenberg(?:'s|’s)? [^\\n]*",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private Boilerplate() {}

  /**
   * Returns the book without what Project Gutenberg put around it; a text without its marks comes
   * back as it is.
   *
   * @param text with '\n' as line end
   */
  public static String remove(String text) {
    int from = 0;
    Matcher start = START.matcher(text);
    while (start.find()) {
      from = start.end();
    }
    if (from > 0) {
      Matcher credits = CREDITS.matcher(text).region(from, text.length());
      if (credits.lookingAt()) {
        from = credits.end();
      }
    }
    Matcher end = END.matcher(text);
    int to = end.find(from) ? end.start() : text.length();
    return from == 0 && to == text.length() ? text : text.substring(from, to).strip() + "\n";
  }
}
