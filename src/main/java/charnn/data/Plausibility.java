package charnn.data;

import java.lang.Character.UnicodeScript;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    private final String charset;
    private final int from;
    private final int to;
    private final int size;

    Level(String charset, int from, int to, int size) {
      this.charset = charset;
      this.from = from;
      this.to = to;
      this.size = size;
    }

    private CharsetEncoder encoder() {
      return Charset.isSupported(charset) ? Charset.forName(charset).newEncoder() : null;
    }
  }

  private final Map<Level, CharsetEncoder> encoders = new HashMap<>();
  private final Map<Language, Double> words = new HashMap<>();

  /**
   * @param ascii what all decodings have in common, for the frequent words in it
   */
  Plausibility(String ascii) {
    Map<String, Integer> counts = new HashMap<>();
    for (String word : BREAK.split(ascii.toLowerCase(Locale.ROOT))) {
      counts.merge(word, 1, Integer::sum);
    }
    for (Language language : Language.ALL) {
      double hits = language.words().stream().mapToInt(w -> counts.getOrDefault(w, 0)).sum();
      words.put(language, WORDS * hits / (hits + 2));
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
    double best = Double.NEGATIVE_INFINITY;
    for (Language language : Language.ALL) {
      double sum =
          words.get(language)
              + (language.encodings().matcher(encoding).matches() ? 0 : FOREIGN_ENCODING);
      for (Map.Entry<Integer, Integer> e : counts.entrySet()) {
        sum += e.getValue() * of(e.getKey(), language);
      }
      best = Math.max(best, sum);
    }
    return best + places;
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

  private double of(int c, Language language) {
    Double frequency = language.letters().get(c);
    boolean ideographic = isIdeographic(language.script());
    if (frequency != null) {
      return Math.log(language.letterShare() * (ideographic ? 0.6 : 0.99) * frequency + 1e-5);
    }
    if (TYPOGRAPHIC.indexOf(c) >= 0) {
      return PUNCTUATION + Math.log(Math.max(1, (1 - language.letterShare()) * 5));
    }
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
    if (!Character.isLetter(c)) {
      return SYMBOL;
    }
    UnicodeScript script = UnicodeScript.of(c);
    if (ideographic) {
      return ofIdeograph(c, script, language);
    }
    if (script != language.script()) {
      return FOREIGN_SCRIPT;
    }
    return script == UnicodeScript.LATIN ? FOREIGN_LETTER : FOREIGN_LETTER_NOT_LATIN;
  }

  private static boolean isIdeographic(UnicodeScript script) {
    return Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.HANGUL).contains(script);
  }

  private double ofIdeograph(int c, UnicodeScript script, Language language) {
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
      if (isIn(level, c)) {
        return Math.log(0.35 / level.size);
      }
    }
    return script == UnicodeScript.KATAKANA && c < 0xFF00 ? Math.log(1e-3) : Math.log(1e-6);
  }

  private boolean isIn(Level level, int c) {
    CharsetEncoder encoder = encoders.computeIfAbsent(level, Level::encoder);
    if (encoder == null) {
      return true;
    }
    try {
      java.nio.ByteBuffer bytes = encoder.encode(CharBuffer.wrap(Character.toString(c)));
      int first = bytes.get(0) & 0xFF;
      return bytes.remaining() == 2 && first >= level.from && first <= level.to;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
