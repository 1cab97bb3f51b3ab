package charnn.data;

import java.util.ArrayList;
import java.util.List;

/** Joins the books that stand in a file, an empty line between two. */
final class Books {
  private final String file;
  private final StringBuilder joined = new StringBuilder();
  private final List<Boilerplate.Piece> pieces = new ArrayList<>();

  /**
   * @param file its text
   */
  Books(String file) {
    this.file = file;
  }

  /** Adds what stands between two offsets, without the white space around it, if there is more. */
  void add(int from, int to) {
    String part = file.substring(from, to);
    String book = part.strip();
    if (book.isEmpty()) {
      return;
    }
    joined.append(joined.isEmpty() ? "" : "\n");
    int leading = part.length() - part.stripLeading().length();
    pieces.add(new Boilerplate.Piece(joined.length(), from + leading, book.length()));
    joined.append(book).append('\n');
  }

  boolean isEmpty() {
    return joined.isEmpty();
  }

  /** Returns the books, without anything else. */
  Boilerplate.Remainder remainder() {
    return new Boilerplate.Remainder(joined.toString(), List.copyOf(pieces), false);
  }
}
