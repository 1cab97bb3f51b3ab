package charnn.eval;

import charnn.data.Tokens;
import charnn.data.Vocabulary;

/**
 * Tokens in another vocabulary.
 *
 * @param ids the new id of each old one
 */
public record Renamed(Tokens tokens, int[] ids) implements Tokens {
  /**
   * Returns a text's tokens in another vocabulary.
   *
   * @param to the other vocabulary; {@link Vocabulary#idOfOthers} is the id of what it lacks
   */
  public static Tokens of(Tokens tokens, Vocabulary from, Vocabulary to) {
    int[] ids = new int[from.size()];
    for (int i = 0; i < ids.length; i++) {
      int id = to.indexOf(from.codePoint(i));
      ids[i] = id < 0 ? to.idOfOthers() : id;
    }
    return new Renamed(tokens, ids);
  }

  @Override
  public long length() {
    return tokens.length();
  }

  @Override
  public int at(long index) {
    return ids[tokens.at(index)];
  }

  @Override
  public long[] cuts() {
    return tokens.cuts();
  }
}
