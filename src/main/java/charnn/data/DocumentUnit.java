package charnn.data;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a document of a corpus is.
 *
 * @param kind of unit
 * @param separator a regular expression that matches what stands between two documents of a file,
 *     in which ^ and $ are a line's ends; null of other kinds
 */
public record DocumentUnit(Kind kind, String separator) {
  /** Kinds of unit. */
  public enum Kind {
    /** Each file, or entry of an archive, as it is. */
    FILE,
    /** The same if there are several, else none: only while a corpus is read. */
    FILE_IF_SEVERAL,
    /** Each line, without its line end. */
    LINE,
    /** Lines without a blank line between them. */
    BLANK_LINE,
    /** What stands between two matches of the separator. */
    SEPARATOR
  }

  public static final DocumentUnit FILE = new DocumentUnit(Kind.FILE, null);
  public static final DocumentUnit FILE_IF_SEVERAL = new DocumentUnit(Kind.FILE_IF_SEVERAL, null);

  /**
   * @throws IllegalArgumentException if the separator is missing, or no regular expression
   */
  public DocumentUnit {
    if (kind == null || (kind == Kind.SEPARATOR) != (separator != null)) {
      throw new IllegalArgumentException("a document's unit lacks its kind or its separator");
    }
    if (separator != null) {
      pattern(separator);
    }
  }

  private static Pattern pattern(String separator) {
    try {
      return Pattern.compile(separator, Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + separator + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  /** Returns the separator's expression. */
  Pattern pattern() {
    return pattern(separator);
  }

  /** Returns whether each file is one document. */
  boolean isFile() {
    return kind == Kind.FILE || kind == Kind.FILE_IF_SEVERAL;
  }

  /** Returns what it is for a corpus of so many files; null if that has no documents. */
  DocumentUnit of(int files) {
    return kind != Kind.FILE_IF_SEVERAL ? this : files > 1 ? FILE : null;
  }

  /** Returns the unit in words. */
  public String describe() {
    return switch (kind) {
      case FILE, FILE_IF_SEVERAL -> "each file is a document";
      case LINE -> "each line is a document";
      case BLANK_LINE -> "documents end at blank lines";
      case SEPARATOR -> "documents end at matches of " + separator;
    };
  }
}
