package charnn.data.cache;

import charnn.data.DecodingSettings;

/**
 * What a corpus is encoded from.
 *
 * @param name of its file in the cache: what is named, and how it is read, as hexadecimal digits
 * @param state of what is named: sizes and times of the files, as hexadecimal digits
 * @param inputs as they are named, for people
 * @param settings by which they are read
 */
public record CacheKey(String name, String state, String inputs, DecodingSettings settings) {
  /**
   * Returns the state with what a document is: whether the files are documents may depend on how
   * many there are.
   */
  String state(int files) {
    return state + " " + settings.of(files).documents();
  }
}
