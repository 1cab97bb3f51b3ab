package charnn.util;

/**
 * A setting that the user gave cannot be. Any other {@link IllegalArgumentException} is a mistake
 * of the program.
 */
public final class InvalidSettingException extends IllegalArgumentException
    implements NamesSettings {
  private final transient Sentence sentence;

  /**
   * @param setting that is wrong
   * @param rule what it must be
   * @param value what it is
   */
  public InvalidSettingException(Setting setting, String rule, Object value) {
    this(Sentence.of("%s must be %s, got %s", setting, rule, value));
  }

  /**
   * @param sentence names the settings, the rule and the values
   */
  public InvalidSettingException(Sentence sentence) {
    super(sentence.toString());
    this.sentence = sentence;
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }
}
