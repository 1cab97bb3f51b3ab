package charnn.data;

import java.lang.Character.UnicodeScript;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How much a decoded text looks like a language, as the logarithm of a probability: of its
 * characters beyond ASCII in the language that suits them best, and of where they stand in words.
 * Decodings of the same bytes can be compared.
 */
final class Plausibility {
  private static final double FOREIGN_LETTER = Math.log(2e-4);
  private static final double FOREIGN_LETTER_NOT_LATIN = Math.log(2e-5);
  private static final double FOREIGN_ENCODING = Math.log(1e-4);
  private static final double FOREIGN_SCRIPT = Math.log(1e-5);
  private static final double PUNCTUATION = Math.log(0.08 / 10);
  private static final double SIGN = Math.log(1e-4);
  private static final double SYMBOL = Math.log(1e-6);
  private static final int REPLACEMENT = 0xFFFD;
  private static final double BAD = Math.log(1e-4);
  private static final double NO_CHARACTER = Math.log(1e-8);
  private static final double CAPITAL = Math.log(0.06);
  private static final double MISPLACED_CAPITAL = Math.log(1e-3);
  private static final double MIXED_SCRIPTS = Math.log(1e-4);
  private static final double MIXED_WITH_IDEOGRAPHS = Math.log(0.05);
  private static final double SIGN_IN_WORD = Math.log(1e-3);
  private static final double ROW_OF_ACCENTS = Math.log(1e-1);
  private static final double ASCII_LETTER = Math.log(0.04);
  private static final double ASCII_OTHER = Math.log(0.01);

  /** How much the words that are frequent in a language may count, in all. */
  private static final double WORDS = 6;

  private static final String TYPOGRAPHIC = "“”‘’„«»–—…‚›‹、。，「」・：；！？（）《》『』";
  private static final String SIGNS = "§©°¿¡£€·×½¼¾®™†•²³¹ºª\u00A0\u00AD″′‰¨ˇ´";

  private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\p{M}]+");

  /** Where frequent characters stand in the national sets, by the first byte of two. */
  private enum Level {
    SIMPLIFIED("GB2312", 0xB0, 0xD7, 3755),
    TRADITIONAL("Big5", 0xA4, 0xC6, 5401),
    JAPANESE("EUC-JP", 0xB0, 0xCF, 2965),
    KOREAN("EUC-KR", 0xB0, 0xC8, 2350);

    private final int size;
    private final BitSet characters = new BitSet();

    Level(String charset, int from, int to, int size) {
      this.size = size;
      if (!Charset.isSupported(charset)) {
        characters.set(0, Character.MAX_VALUE);
        return;
      }
      for (int first = from; first <= to; first++) {
        for (int second = 0x40; second < 0xFF; second++) {
          byte[] bytes = {(byte) first, (byte) second};
          String character = new String(bytes, Charset.forName(charset));
          if (character.length() == 1) {
            characters.set(character.charAt(0));
          }
        }
      }
      characters.clear(REPLACEMENT);
    }
  }

  private final double[] words = new double[Language.ALL.size()]; // of each language

  /**
   * @param ascii what all decodings have in common, for the frequent words in it
   */
  Plausibility(String ascii) {
    Map<String, Integer> counts = new HashMap<>();
    for (String word : BREAK.split(ascii.toLowerCase(Locale.ROOT))) {
      counts.merge(word, 1, Integer::sum);
    }
    for (int l = 0; l < words.length; l++) {
      List<String> frequent = Language.ALL.get(l).words();
      double hits = frequent.stream().mapToInt(w -> counts.getOrDefault(w, 0)).sum();
      words[l] = WORDS * hits / (hits + 2);
    }
  }

  /**
   * Returns the logarithm of the probability of a text's characters beyond ASCII.
   *
   * @param encoding that it was decoded from
   */
  double of(CharSequence text, String encoding) {
    Map<Integer, Integer> counts = new HashMap<>();
    double places = places(text, counts);
    double[] sums = words.clone();
    for (int l = 0; l < sums.length; l++) {
      sums[l] += Language.ALL.get(l).encodings().matcher(encoding).matches() ? 0 : FOREIGN_ENCODING;
    }
    counts.forEach(
        (point, count) -> {
          OtherCharacter other = OtherCharacter.of(point);
          for (int l = 0; l < sums.length; l++) {
            sums[l] += count * of(point, other, Language.ALL.get(l));
          }
        });
    return Arrays.stream(sums).max().getAsDouble() + places;
  }

  /** Returns the same, of the characters of ASCII, too. */
  double ofAll(CharSequence text, String encoding) {
    double ascii = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii +=
            Trial.isStrayControl(c)
                ? NO_CHARACTER
                : Character.isLetter(c) || c == ' ' || c == '\n' ? ASCII_LETTER : ASCII_OTHER;
      }
    }
    return of(text, encoding) + ascii;
  }

  /** Counts characters, lower-case; returns what their places in words cost. */
  private static double places(CharSequence text, Map<Integer, Integer> counts) {
    double sum = 0;
    int before = ' ';
    int accents = 0;
    int capitals = 0;
    int length = text.length();
    for (int i = 0; i < length; ) {
      int c = Character.codePointAt(text, i);
      i += Character.charCount(c);
      boolean letter = isLetter(c);
      boolean upper = letter && Character.isUpperCase(c);
      if (c >= 0x80) {
        counts.merge(Character.toLowerCase(c), 1, Integer::sum);
        if (letter) {
          if (upper) {
            sum += CAPITAL;
          }
          if (isLatin(c)) {
            accents++;
            sum += accents > 2 ? ROW_OF_ACCENTS : 0;
          }
        } else {
          accents = 0;
          int next = i < length ? Character.codePointAt(text, i) : ' ';
          if (isSign(c) && isLetter(before) && isLetter(next)) {
            sum += SIGN_IN_WORD;
          }
        }
      } else {
        accents = 0;
      }
      if (letter && isLetter(before) && (c >= 0x80 || before >= 0x80)) {
        if (upper && Character.isLowerCase(before)) {
          sum += MISPLACED_CAPITAL;
        } else if (!upper && capitals >= 2 && Character.isLowerCase(c)) {
          sum += MISPLACED_CAPITAL;
        }
        if (!sameScript(c, before)) {
          boolean ideographic = isIdeographic(c) || isIdeographic(before);
          sum += ideographic ? MIXED_WITH_IDEOGRAPHS : MIXED_SCRIPTS;
        }
      }
      capitals = upper ? capitals + 1 : 0;
      before = c;
    }
    return sum;
  }

  private static boolean isLetter(int c) {
    return Character.isLetter(c) && c != 'ª' && c != 'º';
  }

  private static boolean isLatin(int c) {
    return c < 0x80 || UnicodeScript.of(c) == UnicodeScript.LATIN;
  }

  private static boolean isSign(int c) {
    return c != '’'
        && c != '\u00AD'
        && c != '·'
        && c != '—'
        && c != '–'
        && c != '…'
        && !Character.isLetter(c)
        && Character.getType(c) != Character.NON_SPACING_MARK
        && c < 0x3000;
  }

  private static boolean isIdeographic(int c) {
    return isIdeographic(UnicodeScript.of(c)) || UnicodeScript.of(c) == UnicodeScript.KATAKANA;
  }

  private static boolean sameScript(int a, int b) {
    UnicodeScript first = UnicodeScript.of(a);
    UnicodeScript second = UnicodeScript.of(b);
    return first == second
        || (isIdeographic(a) && isIdeographic(b))
        || first == UnicodeScript.COMMON
        || second == UnicodeScript.COMMON;
  }

  /**
   * A character in languages that it is no frequent letter of.
   *
   * @param isTypographic whether it is a quotation mark or the like
   * @param logarithm of its probability, in any language; NaN of a letter
   */
  private record OtherCharacter(boolean isTypographic, double logarithm, UnicodeScript script) {
    static OtherCharacter of(int c) {
      return new OtherCharacter(TYPOGRAPHIC.indexOf(c) >= 0, logarithm(c), UnicodeScript.of(c));
    }

    private static double logarithm(int c) {
      if (SIGNS.indexOf(c) >= 0) {
        return SIGN;
      }
      if (c == REPLACEMENT) {
        return BAD;
      }
      int type = Character.getType(c);
      if (type == Character.UNASSIGNED
          || type == Character.PRIVATE_USE
          || type == Character.SURROGATE
          || Character.isISOControl(c)) {
        return NO_CHARACTER;
      }
      return Character.isLetter(c) ? Double.NaN : SYMBOL;
    }
  }

  private static double of(int c, OtherCharacter other, Language language) {
    Double frequency = language.letters().get(c);
    boolean ideographic = isIdeographic(language.script());
    if (frequency != null) {
      return Math.log(language.letterShare() * (ideographic ? 0.6 : 0.99) * frequency + 1e-5);
    }
    if (other.isTypographic) {
      return PUNCTUATION + Math.log(Math.max(1, (1 - language.letterShare()) * 5));
    }
    if (!Double.isNaN(other.logarithm)) {
      return other.logarithm;
    }
    if (ideographic) {
      return ofIdeograph(c, other.script, language);
    }
    if (other.script != language.script()) {
      return FOREIGN_SCRIPT;
    }
    return other.script == UnicodeScript.LATIN ? FOREIGN_LETTER : FOREIGN_LETTER_NOT_LATIN;
  }

  private static boolean isIdeographic(UnicodeScript script) {
    return script == UnicodeScript.HAN
        || script == UnicodeScript.HIRAGANA
        || script == UnicodeScript.HANGUL;
  }

  private static double ofIdeograph(int c, UnicodeScript script, Language language) {
    List<Level> levels =
        switch (language.script()) {
          case HAN ->
              language.letters().containsKey((int) '这')
                  ? List.of(Level.SIMPLIFIED)
                  : List.of(Level.TRADITIONAL);
          case HIRAGANA -> List.of(Level.JAPANESE);
          default -> List.of(Level.KOREAN);
        };
    boolean own =
        script == language.script()
            || (language.script() == UnicodeScript.HIRAGANA
                && (script == UnicodeScript.HAN || script == UnicodeScript.KATAKANA));
    if (!own) {
      return FOREIGN_SCRIPT
          - (script == UnicodeScript.HAN || script == UnicodeScript.HANGUL ? 4 : 0);
    }
    for (Level level : levels) {
      if (level.characters.get(c)) {
        return Math.log(0.35 / level.size);
      }
    }
    return script == UnicodeScript.KATAKANA && c < 0xFF00 ? Math.log(1e-3) : Math.log(1e-6);
  }
}
