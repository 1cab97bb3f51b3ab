package charnn.generate;

import charnn.data.Vocabulary;
import charnn.generate.constraint.Constraint;
import charnn.generate.constraint.TextCheck;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.BitSet;

/**
 * Excludes characters.
 *
 * @param allowed token ids, at least one
 */
public record AllowedCharacters(BitSet allowed) implements StatelessStep, Constraint {
  /**
   * Returns the step that allows some characters of a vocabulary.
   *
   * @param only characters to use only; empty: all
   * @param banned characters not to use, of those
   * @throws InvalidSettingException if none is left
   */
  public static AllowedCharacters of(Vocabulary vocabulary, String only, String banned) {
    BitSet allowed = tokens(vocabulary, only);
    if (only.isEmpty()) {
      allowed.set(0, vocabulary.size());
    }
    allowed.andNot(tokens(vocabulary, banned));
    if (allowed.isEmpty()) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s and %s leave no character that the model knows", Setting.ONLY, Setting.BAN));
    }
    return new AllowedCharacters(allowed);
  }

  private static BitSet tokens(Vocabulary vocabulary, String characters) {
    BitSet tokens = new BitSet();
    vocabulary
        .spelling(characters)
        .codePoints()
        .map(vocabulary::indexOf)
        .filter(index -> index >= 0)
        .forEach(tokens::set);
    return tokens;
  }

  @Override
  public Stage stage() {
    return Stage.ALLOWED;
  }

  @Override
  public void apply(float[] logits) {
    Filters.exclude(logits, i -> !allowed.get(i));
  }

  @Override
  public TextCheck check() {
    return new TextCheck() {
      @Override
      public void retain(BitSet possible, long left) {
        possible.and(allowed);
      }
    };
  }
}
