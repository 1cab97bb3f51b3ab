package charnn.spark;

import charnn.data.Tokens;
import charnn.model.Model;
import charnn.util.RandomStreams;

/** How the tokens of a run are divided between its replicas. */
final class Parts {
  private Parts() {}

  /**
   * Returns the bounds of equal parts. Parts of documents begin with one.
   *
   * @param replicas number of parts
   * @param documentMark the token after each document; negative if there are none
   * @return replicas + 1 indices, from 0 to the length
   */
  static long[] bounds(Tokens tokens, int replicas, int documentMark) {
    long[] bounds = new long[replicas + 1];
    bounds[replicas] = tokens.length();
    for (int r = 1; r < replicas; r++) {
      long at = tokens.length() * r / replicas;
      if (documentMark >= 0) {
        while (at < tokens.length() && tokens.at(at - 1) != documentMark) {
          at++;
        }
      }
      bounds[r] = at;
    }
    return bounds;
  }

  /** Returns a name of the tokens of a run: another text or another validation set has another. */
  static String key(Model start, long training, long validation) {
    return Long.toHexString(
        RandomStreams.mix(
            start.hyperparameters().seed(),
            start.provenance().textSha256().hashCode(),
            training,
            validation,
            start.hyperparameters().validationFrom().ordinal(),
            start.hyperparameters().direction().ordinal(),
            java.util.Arrays.hashCode(start.vocabulary().codePoints())));
  }
}
