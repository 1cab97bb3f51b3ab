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

  /** All texts were added. */
  default void end() throws CorpusException {}

  /** Returns what the user should know, a line each; then when it has ended. */
  default List<Sentence> notes() {
    return List.of();
  }

  /** What was there at a time. */
  interface Mark {
    /** Takes away all that was added later. */
    void back() throws CorpusException;
  }

  /** Returns what is there now. Texts that are marked are large. */
  Mark mark() throws CorpusException;

  /**
   * Returns all that was added.
   *
   * @param sources of it
   * @param notes on it
   * @throws CorpusException if it has fewer than two different characters, or too many
   */
  CorpusText finish(List<Corpus.Source> sources, List<Sentence> notes) throws CorpusException;
}
