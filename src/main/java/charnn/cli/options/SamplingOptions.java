package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.generate.Dry;
import charnn.generate.DynamicTemperature;
import charnn.generate.MinP;
import charnn.generate.SamplingSettings;
import charnn.generate.SamplingStep;
import charnn.generate.Start;
import charnn.generate.StopRule;
import charnn.generate.SurpriseTarget;
import charnn.generate.TopK;
import charnn.generate.TopNSigma;
import charnn.generate.TopP;
import charnn.generate.TypicalP;
import charnn.generate.Until;
import charnn.util.InvalidSettingException;
import charnn.util.RandomStreams;
import charnn.util.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How text is sampled. */
public final class SamplingOptions {
  private static final double DEFAULT_TEMPERATURE = 0.8;
  private static final long DEFAULT_LENGTH = 1000;
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[01],[0-9]+");

  @Option(
      names = "--temperature",
      paramLabel = "T,T...",
      preprocessor = AttachedValue.class,
      description =
          "Sampling temperature: 0 always takes the most likely character (greedy), 1 samples from the model's distribution (default: "
              + DEFAULT_TEMPERATURE
              + "). With several, such as 0.2,0.5,1, a text for each.")
  private String temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Top-k sampling: among the K most likely characters only; 0: among all (default: ${DEFAULT-VALUE}).")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Top-p (nucleus) sampling: among the most likely characters with this total probability (default: ${DEFAULT-VALUE}).")
  private double topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      description =
          "Min-p sampling: among the characters at least P times as likely as the most likely one.")
  private Double minP;

  @Option(
      names = "--typical-p",
      paramLabel = "P",
      description =
          "Typical sampling: among the characters of the most usual information, with this total probability.")
  private Double typicalP;

  @Option(
      names = "--top-n-sigma",
      paramLabel = "N",
      description =
          "Among the characters whose logit is at most N standard deviations below the highest.")
  private Double topNSigma;

  @Option(
      names = "--dynamic-temperature",
      paramLabel = "LOW:HIGH",
      preprocessor = AttachedValue.class,
      description =
          "A temperature that follows the model's doubt: LOW inside words, HIGH where anything may follow; instead of --temperature.")
  private String dynamicTemperature;

  @Option(
      names = "--surprise",
      paramLabel = "BITS",
      description = "Hold the mean surprise of the characters near so many bits (mirostat 2).")
  private Double surprise;

  @Option(
      names = "--dry",
      paramLabel = "LENGTH",
      arity = "0..1",
      fallbackValue = "20",
      preprocessor = OptionalNumber.class,
      description =
          "Make repetitions of more than LENGTH characters less and less likely (default LENGTH: ${FALLBACK-VALUE}).")
  private Integer dry;

  @Option(
      names = "--ban",
      paramLabel = "CHARS",
      preprocessor = AttachedValue.class,
      description = "Never use these characters.")
  private String ban = "";

  @Option(
      names = "--only",
      paramLabel = "CHARS",
      preprocessor = AttachedValue.class,
      description = "Use only these characters.")
  private String only;

  @Option(
      names = "--length",
      paramLabel = "N",
      description =
          "Characters to generate, in Unicode code points (default: " + DEFAULT_LENGTH + ").")
  private Long length;

  @Option(names = "--endless", description = "Generate until Ctrl-C, or until nobody reads.")
  private boolean endless;

  @Option(
      names = "--stop",
      paramLabel = "STRING",
      preprocessor = AttachedValue.class,
      description = "End a text before this string; repeatable.")
  private List<String> stops = new ArrayList<>();

  @Option(names = "--keep-stop", description = "Print the string of --stop, too.")
  private boolean keepStop;

  @Option(
      names = "--until",
      paramLabel = "UNIT",
      preprocessor = AttachedValue.class,
      description = "End a text at the end of its first ${COMPLETION-CANDIDATES}.")
  private Until until;

  @Option(
      names = "--start",
      paramLabel = "WHERE",
      preprocessor = AttachedValue.class,
      description =
          "Start of a text without a prompt: ${COMPLETION-CANDIDATES}; random may be inside a word (default: paragraph).")
  private Start start;

  @Option(
      names = "--escape",
      description =
          "Read \\n, \\t, \\r, \\\\ and \\uHHHH in a prompt on the command line, --stop, --ban-phrase, --ban and --only.")
  private boolean escape;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of texts, separated by an empty line (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Random seed; the same seed gives the same text (default: a new one each time).")
  private Long seed;

  @Option(
      names = "--raw",
      description =
          "Print the characters and nothing else: no newline added at the end, no empty line between texts.")
  private boolean raw;

  /**
   * Returns the settings of each temperature, but for the characters that are banned.
   *
   * @throws charnn.util.InvalidSettingException if one is out of its range
   */
  public List<SamplingSettings> settings() {
    Setting.TOP_K.require(topK);
    if (temperature != null && dynamicTemperature != null) {
      throw new UsageException(
          "--temperature and --dynamic-temperature exclude each other; omit one");
    }
    List<Double> temperatures =
        temperature == null
            ? List.of(DEFAULT_TEMPERATURE)
            : Numbers.parse(Setting.TEMPERATURE, temperature);
    if (temperatures.size() > 1 && endless) {
      throw new UsageException(
          "--endless never comes to the second --temperature; omit one of them");
    }
    if (temperatures.contains(0.0)) {
      requireNoFilter();
    }
    List<SamplingStep> steps = new ArrayList<>();
    add(steps, dynamicTemperature, SamplingOptions::dynamicTemperature);
    add(steps, topK == 0 ? null : topK, TopK::new);
    add(steps, topP == 1 ? null : topP, TopP::new);
    add(steps, minP, MinP::new);
    add(steps, typicalP, TypicalP::new);
    add(steps, topNSigma, TopNSigma::new);
    add(steps, surprise, SurpriseTarget::new);
    add(steps, dry, Dry::new);
    List<SamplingSettings> settings =
        dynamicTemperature == null
            ? temperatures.stream().map(SamplingSettings::ofTemperature).toList()
            : List.of(new SamplingSettings(List.of()));
    for (SamplingStep step : steps) {
      settings = settings.stream().map(one -> one.with(step)).toList();
    }
    return settings;
  }

  /** Checks that no option is given that greedy decoding would ignore. */
  private void requireNoFilter() {
    Map<String, Boolean> filters = new LinkedHashMap<>();
    filters.put("--top-k", topK != 0);
    filters.put("--top-p", topP != 1);
    filters.put("--min-p", minP != null);
    filters.put("--typical-p", typicalP != null);
    filters.put("--top-n-sigma", topNSigma != null);
    filters.put("--surprise", surprise != null);
    filters.forEach(
        (option, isGiven) -> {
          if (isGiven) {
            throw new UsageException(
                option + " needs a temperature above 0; omit it or --temperature 0");
          }
        });
  }

  /** Returns a hint where two temperatures look like one with a decimal comma. */
  public Optional<String> decimalCommaHint() {
    if (temperature == null || !DECIMAL_COMMA.matcher(temperature).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        format(
            "--temperature %s is two temperatures, %s; for a single one, write %s",
            temperature, temperature.replace(",", " and "), temperature.replace(',', '.')));
  }

  private static DynamicTemperature dynamicTemperature(String value) {
    int colon = value.indexOf(':');
    try {
      return new DynamicTemperature(
          Double.parseDouble(value.substring(0, Math.max(0, colon))),
          Double.parseDouble(value.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new InvalidSettingException(
          Setting.DYNAMIC_TEMPERATURE, "LOW:HIGH, for instance 0.4:1.2", value);
    }
  }

  /** Returns the characters to use only, with escapes read; empty: all. */
  public String only() {
    if (only != null && only.isEmpty()) {
      throw new UsageException("--only needs some characters; omit it to use all");
    }
    return only == null ? "" : unescaped(only);
  }

  /** Returns the characters not to use, with escapes read. */
  public String ban() {
    return unescaped(ban);
  }

  private static <T> void add(
      List<SamplingStep> steps, T value, Function<T, ? extends SamplingStep> step) {
    if (value != null) {
      steps.add(step.apply(value));
    }
  }

  /**
   * @throws charnn.util.InvalidSettingException if it is negative
   */
  public long length() {
    if (endless) {
      if (length != null || count > 1) {
        throw new UsageException("--endless has neither --length nor --count; omit one of them");
      }
      return Long.MAX_VALUE;
    }
    if (length != null) {
      Setting.LENGTH.require(length);
    }
    return length == null ? DEFAULT_LENGTH : length;
  }

  /** Returns where a text ends before its length. */
  public StopRule stopRule() {
    if (keepStop && stops.isEmpty()) {
      throw new UsageException("--keep-stop belongs to --stop, which is missing");
    }
    if (stops.contains("")) {
      throw new UsageException("--stop needs a string that is not empty");
    }
    return new StopRule(stops.stream().map(this::unescaped).toList(), keepStop, until);
  }

  /**
   * Returns where a text without a prompt starts.
   *
   * @param prompted whether there is a prompt
   */
  public Start start(boolean prompted) {
    if (prompted && start != null) {
      throw new UsageException("--start is where a text without a prompt starts; omit one of them");
    }
    return start == null ? Start.PARAGRAPH : start;
  }

  /**
   * Checks that escapes are read somewhere.
   *
   * @param others whether a prompt stands on the command line, or phrases that are banned
   */
  public void requireEscapes(boolean others) {
    if (escape && !others && stops.isEmpty() && ban.isEmpty() && only == null) {
      throw new UsageException(
          "--escape is for a prompt on the command line, --stop, --ban-phrase, --ban and --only, and none is given");
    }
  }

  /** Returns a prompt, stop string, phrase or set of characters as it is meant. */
  public String unescaped(String text) {
    return escape ? Escapes.read(text) : text;
  }

  /**
   * @throws charnn.util.InvalidSettingException if it is less than 1
   */
  public int count() {
    Setting.TEXTS.require(count);
    return count;
  }

  public boolean raw() {
    return raw;
  }

  public boolean endless() {
    return endless;
  }

  /** Returns whether a seed is given. */
  public boolean isSeeded() {
    return seed != null;
  }

  public long seed() {
    // Ten digits at most: short enough to be typed again.
    return seed != null
        ? seed
        : RandomStreams.mix(System.nanoTime(), ProcessHandle.current().pid()) >>> 31;
  }
}
