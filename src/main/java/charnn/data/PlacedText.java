package charnn.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A text, and where it stands in its files.
 *
 * @param parts of it that stand in a file as they are, in order; what joins them belongs to none
 */
public record PlacedText(String text, List<Part> parts) {
  /**
   * A part of the text.
   *
   * @param from its first offset in the text
   * @param to its end
   * @param place of its first character
   */
  public record Part(int from, int to, Place place) {}

  /**
   * A place in a file.
   *
   * @param file as it was named
   * @param line from 1
   * @param column from 1, in characters
   */
  public record Place(String file, int line, int column) {
    private Place after(String text, int from, int to) {
      int lines = 0;
      int lineStart = from;
      for (int at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
        lines++;
        lineStart = at + 1;
      }
      int columns = text.codePointCount(lineStart, to);
      return new Place(file, line + lines, lines == 0 ? column + columns : 1 + columns);
    }
  }

  /** Returns where a character stands, by its offset in the text. */
  public Place place(int offset) {
    for (Part part : parts) {
      if (offset < part.to) {
        return part.place.after(text, part.from, Math.max(part.from, offset));
      }
    }
    throw new IllegalArgumentException("offset " + offset + " is in no part of the text");
  }

  /** Joins the texts of files, an empty line between two. */
  public static final class Builder {
    private final List<String> texts = new ArrayList<>(); // and what joins them
    private final List<Part> parts = new ArrayList<>();
    private int length;
    private Place begun; // of the text that is appended to
    private int from; // where that begins

    /**
     * Adds the text of a file.
     *
     * @param file as it was named
     * @param whole its text
     * @param remainder what is left of it
     */
    public Builder add(String file, String whole, Boilerplate.Remainder remainder) {
      separate();
      Place place = new Place(file, 1, 1);
      int seen = 0; // of the whole text
      for (Boilerplate.Piece piece : remainder.pieces()) {
        place = place.after(whole, seen, piece.from());
        seen = piece.from();
        int start = length + piece.index();
        parts.add(new Part(start, start + piece.length(), place));
      }
      append(remainder.text());
      return this;
    }

    /**
     * Begins a text that is appended piece by piece.
     *
     * @param place of its first character
     */
    void begin(Place place) {
      separate();
      begun = place;
      from = length;
    }

    private void separate() {
      end();
      if (length > 0) {
        append(texts.get(texts.size() - 1).endsWith("\n") ? "\n" : "\n\n");
      }
    }

    private void end() {
      if (begun != null) {
        parts.add(new Part(from, length, begun));
        begun = null;
      }
    }

    void append(String text) {
      if (!text.isEmpty()) {
        if (length > Integer.MAX_VALUE - text.length()) {
          throw new OutOfMemoryError("a text has less than 2^31 characters"); // as a builder's
        }
        texts.add(text);
        length += text.length();
      }
    }

    int length() {
      return length;
    }

    /** Returns what is there now; no text is being appended. */
    CorpusSink.Mark mark() {
      end();
      int textsBefore = texts.size();
      int partsBefore = parts.size();
      int lengthBefore = length;
      return () -> {
        texts.subList(textsBefore, texts.size()).clear();
        parts.subList(partsBefore, parts.size()).clear();
        length = lengthBefore;
        begun = null;
      };
    }

    /** Adds all to a sink, as one text, and keeps nothing. */
    void moveTo(CorpusSink sink) throws CorpusException {
      if (length == 0) {
        return;
      }
      sink.begin(parts.isEmpty() ? begun : parts.get(0).place());
      for (int i = 0; i < texts.size(); i++) {
        sink.append(texts.set(i, null)); // which is free from now on
      }
      texts.clear();
      parts.clear();
      length = 0;
    }

    public PlacedText build() {
      end();
      // A single text, which may be large, is not copied.
      return new PlacedText(
          texts.size() == 1 ? texts.get(0) : String.join("", texts), List.copyOf(parts));
    }
  }
}
