package charnn.generate.constraint;

import charnn.data.Vocabulary;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.BitSet;

/**
 * Texts that match a regular expression as a whole. Only characters from which the text can still
 * match in what is left of its length may follow.
 */
public final class MatchingText implements Constraint {
  private final TextAutomaton automaton;

  private MatchingText(TextAutomaton automaton) {
    this.automaton = automaton;
  }

  /**
   * Returns the constraint of a regular expression.
   *
   * @param allowed token ids of the characters to use
   * @param length of the text at most
   * @throws InvalidSettingException if it is no regular expression that is supported, or no text of
   *     that length and those characters matches
   */
  public static MatchingText of(
      String expression, Vocabulary vocabulary, BitSet allowed, long length) {
    ExpressionParser parser = new ExpressionParser(expression, vocabulary, allowed);
    Expression parsed = parser.parse();
    TextAutomaton automaton;
    try {
      automaton = new TextAutomaton(parsed);
    } catch (TextAutomaton.TooLargeException e) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s is too large: with its repetitions written out, it has more than %,d states; repeat less",
              Setting.MATCH, TextAutomaton.MAX_STATES));
    }
    int shortest = automaton.shortest();
    if (shortest == TextAutomaton.INFINITE) {
      String missing = String.join(", ", parser.missing().stream().limit(5).toList());
      throw new InvalidSettingException(
          missing.isEmpty()
              ? Sentence.of("%s: no text matches", Setting.MATCH)
              : Sentence.of(
                  "%s: no text of the characters that the model knows and may use matches; these are missing: %s",
                  Setting.MATCH, missing));
    }
    if (shortest > length) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s needs at least %,d characters, but %s is %,d; make it larger",
              Setting.MATCH, shortest, Setting.LENGTH, length));
    }
    return new MatchingText(automaton);
  }

  @Override
  public TextCheck check() {
    return automaton.walk();
  }
}
