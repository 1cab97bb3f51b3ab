package charnn.cli.options;

import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Maps settings to the options that set them. */
public final class OptionNames {
  /** The options that are not called as their settings are. */
  private static final Map<Setting, String> OTHERS =
      new EnumMap<>(
          Map.of(
              Setting.VOCABULARY_SIZE, "--vocabulary",
              Setting.HIDDEN_SIZE, "--hidden",
              Setting.UNLOCKED_DROPOUT, "--no-locked-dropout",
              Setting.INPUT_FACTOR, "--lr-input-factor",
              Setting.RECURRENT_FACTOR, "--lr-recurrent-factor",
              Setting.DECAY_EVERY, "--lr-decay-every",
              Setting.DECAY_FACTOR, "--lr-decay-factor",
              Setting.TEXTS, "--count",
              Setting.GAPS, "--measure",
              Setting.SCORED_WINDOWS, "--count"));

  private OptionNames() {}

  /** Returns the option of a setting. */
  public static String of(Setting setting) {
    return OTHERS.getOrDefault(
        setting, "--" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** Returns a sentence with the options' names. */
  public static String in(Sentence sentence) {
    return sentence.naming(OptionNames::of);
  }

  /** Returns the numeric setting of a command's option; null if there is none. */
  public static Setting settingOf(String command, String option) {
    if (command.equals("eval") && option.equals(of(Setting.SCORED_WINDOWS))) {
      return Setting.SCORED_WINDOWS;
    }
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.range() != null && of(setting).equals(option))
        .findFirst()
        .orElse(null);
  }
}
