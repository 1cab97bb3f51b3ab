package charnn.util;

/**
 * Everything that a user can set, with the words for it and, of a number, its range. What it is
 * called on the command line is known there alone.
 */
public enum Setting {
  // The network
  CELL("cell"),
  LAYERS("layers", Range.of(1, 16)),
  VOCABULARY_SIZE("vocabulary size", Range.of(2, 1 << 16)),
  HIDDEN_SIZE("hidden size", Range.of(1, 16_384)),
  PRESET("preset"),

  // Training
  BATCH_SIZE("batch size", Range.of(1, 1 << 20)),
  SEQ_LENGTH("sequence length", Range.of(1, 1 << 20)),
  DROPOUT("dropout", Range.below(0, 1)),
  LOCKED_DROPOUT("locked dropout"),
  UNLOCKED_DROPOUT("dropout that is not locked"),
  WEIGHT_DROP("weight drop", Range.below(0, 1)),
  WEIGHT_DECAY("weight decay", Range.of(0, 1)),
  LEARNING_RATE("learning rate", Range.above(0, 10)),
  INPUT_FACTOR("learning rate's input factor", Range.above(0, 100)),
  RECURRENT_FACTOR("learning rate's recurrent factor", Range.above(0, 100)),
  DECAY_EVERY("learning rate's decay interval", Range.atLeast(0)),
  DECAY_FACTOR("learning rate's decay factor", Range.above(0, 1)),
  VALIDATION("validation fraction", Range.of(0, 0.5)),
  VALIDATION_FROM("place of validation"),
  VALIDATION_CORPUS("validation corpus"),
  WINDOWS("order of windows"),
  SEED("seed"),
  DIRECTION("direction"),
  PATIENCE("patience", Range.atLeast(0)),
  REPORT_EVERY("report interval", Range.atLeast(0)),
  STEPS("number of steps", Range.of(1, 1e12)),
  EPOCHS("number of epochs", Range.above(0, 1e9)),
  TIME("training time"),
  KEEP_EVERY("interval of kept models", Range.atLeast(0)),
  CHECKPOINT_EVERY("checkpoint interval"),
  RESUME("resuming"),
  CHANGE("changing settings on purpose"),
  INIT_FROM("model to start from"),

  // The run and its text
  NAME("run's name"),
  CORPUS("corpus"),
  INCLUDE("names to include"),
  RECORDS("documents"),
  SPLIT_ON("separator of documents"),
  ENCODING("encoding"),
  BAD_BYTES("bad bytes"),
  KEEP_BOILERPLATE("keeping the boilerplate"),
  NORMALIZE("normalization"),
  LOWERCASE("lower case"),
  MIN_COUNT("least count of a character", Range.of(1, 1_000_000_000)),

  // The machine
  ENGINE("engine"),
  THREADS("number of threads", Range.of(1, 1024)),

  // Sampling and scoring
  TEMPERATURE("temperature", Range.of(0, 1e9)),
  TOP_K("top-k", Range.atLeast(0)),
  TOP_P("top-p", Range.above(0, 1)),
  MIN_P("min-p", Range.of(0, 1)),
  TYPICAL_P("typical-p", Range.above(0, 1)),
  TOP_N_SIGMA("top-n-sigma", Range.above(0, 1e6)),
  DYNAMIC_TEMPERATURE("dynamic temperature", Range.above(0, 1e9)),
  SURPRISE("surprise", Range.above(0, 16)),
  DRY("free length of repetitions", Range.of(1, 4096)),
  ONLY("characters to use only"),
  BAN("characters to ban"),
  MATCH("regular expression to match"),
  MAX_COPY("longest copy", Range.of(1, 100_000)),
  LENGTH("length", Range.atLeast(0)),
  WORDS("words of a proposal", Range.of(1, 100)),
  TEXTS("number of texts", Range.atLeast(1)),
  BEST_OF("number of texts to choose of", Range.atLeast(1)),
  TOP("number of alternatives", Range.atLeast(1)),
  GAP("length of a gap", Range.of(1, 1000)),
  AT_MOST("longest gap", Range.of(1, 200)),
  BEAM("hypotheses of the beam search", Range.of(1, 4096)),
  GAPS("number of gaps", Range.of(1, 1_000_000)),
  MIX("weights of the models", Range.above(0, 1e9)),
  THRESHOLD("threshold", Range.of(1, 1000)),
  ERRORS("characters for one error", Range.of(2, 1_000_000)),
  CONTEXT("context", Range.atLeast(1)),
  CHARACTERS("characters to read", Range.of(100, 1_000_000)),
  CLAMP("unit to hold at a value"),
  SCORED_WINDOWS("number of windows", Range.of(1, 1_000_000));

  private final String words;
  private final Range range;

  Setting(String words) {
    this(words, null);
  }

  Setting(String words, Range range) {
    this.words = words;
    this.range = range;
  }

  /** Returns what values it may have; null if it is not a number. */
  public Range range() {
    return range;
  }

  /**
   * Checks a value.
   *
   * @throws InvalidSettingException if it is out of the range
   */
  public void require(double value) {
    if (!range.contains(value)) {
      throw new InvalidSettingException(this, range.toString(), Formats.number(value));
    }
  }

  /** As {@link #require(double)}, of a whole number. */
  public void require(long value) {
    if (!range.contains(value)) {
      throw new InvalidSettingException(this, range.toString(), value);
    }
  }

  /** Returns the setting in words. */
  @Override
  public String toString() {
    return words;
  }
}
