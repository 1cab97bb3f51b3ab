package charnn.cli.options;

import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.EnumMap;
import java.util.Map;

/** Maps settings to the options that set them. */
public final class OptionNames {
  private static final Map<Setting, String> NAMES = new EnumMap<>(Setting.class);

  static {
    NAMES.put(Setting.CELL, "--cell");
    NAMES.put(Setting.LAYERS, "--layers");
    NAMES.put(Setting.VOCABULARY_SIZE, "--vocabulary");
    NAMES.put(Setting.HIDDEN_SIZE, "--hidden");
    NAMES.put(Setting.PRESET, "--preset");
    NAMES.put(Setting.BATCH_SIZE, "--batch-size");
    NAMES.put(Setting.SEQ_LENGTH, "--seq-length");
    NAMES.put(Setting.DROPOUT, "--dropout");
    NAMES.put(Setting.LOCKED_DROPOUT, "--locked-dropout");
    NAMES.put(Setting.UNLOCKED_DROPOUT, "--no-locked-dropout");
    NAMES.put(Setting.WEIGHT_DROP, "--weight-drop");
    NAMES.put(Setting.WEIGHT_DECAY, "--weight-decay");
    NAMES.put(Setting.LEARNING_RATE, "--learning-rate");
    NAMES.put(Setting.INPUT_FACTOR, "--lr-input-factor");
    NAMES.put(Setting.RECURRENT_FACTOR, "--lr-recurrent-factor");
    NAMES.put(Setting.DECAY_EVERY, "--lr-decay-every");
    NAMES.put(Setting.DECAY_FACTOR, "--lr-decay-factor");
    NAMES.put(Setting.VALIDATION, "--validation");
    NAMES.put(Setting.WINDOWS, "--windows");
    NAMES.put(Setting.SEED, "--seed");
    NAMES.put(Setting.PATIENCE, "--patience");
    NAMES.put(Setting.REPORT_EVERY, "--report-every");
    NAMES.put(Setting.STEPS, "--steps");
    NAMES.put(Setting.EPOCHS, "--epochs");
    NAMES.put(Setting.TIME, "--time");
    NAMES.put(Setting.CHECKPOINT_EVERY, "--checkpoint-every");
    NAMES.put(Setting.RESUME, "--resume");
    NAMES.put(Setting.INIT_FROM, "--init-from");
    NAMES.put(Setting.MODEL, "--model");
    NAMES.put(Setting.NAME, "--name");
    NAMES.put(Setting.CORPUS, "--corpus");
    NAMES.put(Setting.ENCODING, "--encoding");
    NAMES.put(Setting.BAD_BYTES, "--bad-bytes");
    NAMES.put(Setting.KEEP_BOILERPLATE, "--keep-boilerplate");
    NAMES.put(Setting.ENGINE, "--engine");
    NAMES.put(Setting.THREADS, "--threads");
    NAMES.put(Setting.TEMPERATURE, "--temperature");
    NAMES.put(Setting.TOP_K, "--top-k");
    NAMES.put(Setting.TOP_P, "--top-p");
    NAMES.put(Setting.LENGTH, "--length");
    NAMES.put(Setting.TEXTS, "--count");
    NAMES.put(Setting.CONTEXT, "--context");
    NAMES.put(Setting.SCORED_WINDOWS, "--count");
  }

  private OptionNames() {}

  /** Returns the option of a setting. */
  public static String of(Setting setting) {
    return NAMES.get(setting);
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
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(option) && entry.getKey().range() != null)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }
}
