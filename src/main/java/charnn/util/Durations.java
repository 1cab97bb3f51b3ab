package charnn.util;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: 30s, 2m, 1h30m, 8h, 2d. */
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

  private Durations() {}

  /**
   * @param setting that is a length of time, for the message
   * @throws InvalidSettingException if the text is not of that form
   */
  public static Duration parse(Setting setting, String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s must be a number with its unit s, m, h or d, such as 30s, 10m, 1h30m or 8h; got '%s'",
              setting, text));
    }
    return Duration.ofDays(part(matcher, 1))
        .plusHours(part(matcher, 2))
        .plusMinutes(part(matcher, 3))
        .plusSeconds(part(matcher, 4));
  }

  private static long part(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }

  /** Returns the two largest units: 45s, 2m05s, 1h30m, 2d04h. */
  public static String format(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return Formats.format("%dm%02ds", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return Formats.format("%dh%02dm", seconds / 3600, seconds / 60 % 60);
    }
    return Formats.format("%dd%02dh", seconds / 86_400, seconds / 3600 % 24);
  }
}
