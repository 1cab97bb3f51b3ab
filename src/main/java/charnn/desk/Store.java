package charnn.desk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where a text is saved. */
interface Store {
  /** Returns the file that the text was saved to last, or will be. */
  Path file();

  /** Returns whether there is a file of this text. */
  boolean hasFile();

  /** Returns whether the file's size or time is not that of the last save: quick. */
  boolean isTouched();

  /** Returns whether the file has the content that it was read or saved with; or there is none. */
  boolean isIntact();

  /** Saves a text. Returns what the user should know of it, one sentence; null: nothing. */
  String save(String saved) throws IOException;

  /** Returns what the user should know of where the text was saved, and of what was there. */
  List<String> news();

  /** Saves a text to another place, because it cannot be saved to its own; returns where. */
  Path rescue(String saved) throws IOException;
}
