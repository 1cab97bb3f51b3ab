package charnn.lab;

import static charnn.util.Formats.format;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;

/** Numbers and dates as people write them. */
final class SpokenForms {
  static final int DIGITS = 6;
  static final int DATE = 10; // characters of an ISO date

  private static final LocalDate FIRST = LocalDate.of(1950, 1, 1);
  private static final LocalDate END = LocalDate.of(2050, 1, 1); // exclusive

  private static final String[] SMALL =
      ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
              + " fifteen sixteen seventeen eighteen nineteen")
          .split(" ");
  private static final String[] TENS =
      "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
  private static final String[] ORDINALS =
      ("zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
              + " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
              + " twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth"
              + " twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first")
          .split(" ");

  /** Patterns of {@link DateTimeFormatter}, with the ending and the word of an ordinal number. */
  private static final String[] DATES =
      ("d/M/yy|d/M/yyyy|d.M.yyyy|d MMM yyyy|d MMMM yyyy|MMMM d, yyyy|EEE, d MMM yy"
              + "|EEEE, d MMMM yyyy|'the' d'%s of' MMMM yyyy|EEEE, MMMM d'%s', yyyy"
              + "|MMMM 'the %2$s', yyyy|'the %2$s of' MMMM yyyy")
          .split("\\|");

  private SpokenForms() {}

  /**
   * A question and its answer.
   *
   * @param said in one of several ways, in small letters
   * @param meant in the one formal way: digits, or a date of ISO 8601
   */
  record Pair(String said, String meant) {}

  /** Returns a number in words; all numbers of digits up to {@value #DIGITS} are as frequent. */
  static Pair number(SplittableRandom random) {
    int number = random.nextInt((int) Math.pow(10, random.nextInt(1, DIGITS + 1)));
    String and = random.nextBoolean() ? " and " : " ";
    String hyphen = random.nextBoolean() ? "-" : " ";
    String said = words(number, and, hyphen, random.nextBoolean());
    String one = random.nextBoolean() ? "a $1" : "one $1";
    return new Pair(said.replaceFirst("^one (hundred|thousand)", one), String.valueOf(number));
  }

  /**
   * @param and before the last two digits
   * @param hyphen between tens and ones
   * @param hundreds whether 1,900 is nineteen hundred
   */
  private static String words(int number, String and, String hyphen, boolean hundreds) {
    if (number < 20) {
      return SMALL[number];
    }
    if (number < 100) {
      return TENS[number / 10] + (number % 10 == 0 ? "" : hyphen + SMALL[number % 10]);
    }
    boolean isHundreds = number < 1000 || hundreds && number < 10_000 && number / 100 % 10 > 0;
    int unit = isHundreds ? 100 : 1000;
    int rest = number % unit;
    return words(number / unit, and, hyphen, false)
        + (isHundreds ? " hundred" : " thousand")
        + (rest == 0 ? "" : (rest < 100 ? and : " ") + words(rest, and, hyphen, false));
  }

  /** Returns a date from 1950 to 2049, the day before the month where both are digits. */
  static Pair date(SplittableRandom random) {
    LocalDate date = LocalDate.ofEpochDay(random.nextLong(FIRST.toEpochDay(), END.toEpochDay()));
    int day = date.getDayOfMonth();
    int last = day / 10 == 1 ? 0 : day % 10;
    String ending = last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
    String pattern = format(DATES[random.nextInt(DATES.length)], ending, ORDINALS[day]);
    String said = date.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    return new Pair(said.toLowerCase(Locale.ROOT), date.toString());
  }
}
