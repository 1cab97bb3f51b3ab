package charnn.desk;

import java.io.IOException;
import java.nio.file.Path;

/** Where a text is saved. */
interface Store {
  /** Returns the file that the text was saved to last, or will be. */
  Path file();

  /** Returns whether there is a file of this text. */
  boolean hasFile();

  /** Saves a text. */
  void save(String saved) throws IOException;

  /** Saves a text to another place, because it cannot be saved to its own; returns where. */
  Path rescue(String saved) throws IOException;
}
