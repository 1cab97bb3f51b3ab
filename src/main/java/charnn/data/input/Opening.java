package charnn.data.input;

import java.io.IOException;

/** Opens something. */
interface Opening<T> {
  /**
   * @throws charnn.data.CorpusException if it is damaged, or no text
   */
  T open() throws IOException;
}
