package charnn.data.input;

import java.io.IOException;
import java.io.InputStream;

/** Takes the files in an archive, one after another. */
interface EntryReader {
  /**
   * @param name of the file in the archive, with folders
   * @param opening opens its content, which is read before the next one comes
   */
  void entry(String name, Opening<InputStream> opening) throws IOException;
}
