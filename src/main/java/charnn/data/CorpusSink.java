package charnn.data;

import charnn.util.Sentence;
import java.util.List;

/** Takes the texts of a corpus, one after another. An empty line is put between two. */
public interface CorpusSink {
  /**
   * Begins the next text.
   *
   * @param place of its first character
   */
  void begin(PlacedText.Place place) throws CorpusException;

  /**
   * Adds characters to the text that was begun.
   *
   * @param characters which do not end within a surrogate pair
   */
  void append(String characters) throws CorpusException;

  /**
   * Adds a whole text.
   *
   * @param file as it was named
   * @param whole its text
   * @param remainder what is left of it
   */
  default void add(String file, String whole, Boilerplate.Remainder remainder)
      throws CorpusException {
    begin(new PlacedText.Place(file, 1, 1));
    append(remainder.text());
  }

  /** Returns all that was added. */
  CorpusText finish() throws CorpusException;

  /** Returns what the user should know, a line each; then when it is finished. */
  default List<Sentence> notes() {
    return List.of();
  }
}
