package charnn.report;

import static java.lang.Character.UnicodeScript.ARABIC;
import static java.lang.Character.UnicodeScript.BENGALI;
import static java.lang.Character.UnicodeScript.DEVANAGARI;
import static java.lang.Character.UnicodeScript.GUJARATI;
import static java.lang.Character.UnicodeScript.GURMUKHI;
import static java.lang.Character.UnicodeScript.KANNADA;
import static java.lang.Character.UnicodeScript.KHMER;
import static java.lang.Character.UnicodeScript.MALAYALAM;
import static java.lang.Character.UnicodeScript.MONGOLIAN;
import static java.lang.Character.UnicodeScript.MYANMAR;
import static java.lang.Character.UnicodeScript.ORIYA;
import static java.lang.Character.UnicodeScript.SINHALA;
import static java.lang.Character.UnicodeScript.SYRIAC;
import static java.lang.Character.UnicodeScript.TAMIL;
import static java.lang.Character.UnicodeScript.TELUGU;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;
import org.jline.utils.WCWidth;

/**
 * Makes text safe to show on a terminal. Control and invisible characters are shown as a picture
 * (␛) or by number (‹U+202E›). Newline and tab stay.
 *
 * <p>Joiners and variation selectors stay after emoji and in scripts that use them. An object keeps
 * the last character, so that a text may come in pieces.
 */
public final class VisibleText {
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int DELETE = 0x7F;
  private static final int DELETE_PICTURE = 0x2421;
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;
  private static final int EMOJI_STYLE = 0xFE0F;

  private int previous; // the last code point, if it was shown unchanged, else 0

  /** Returns a text of one or more lines. */
  public static String of(String text) {
    return new VisibleText().next(text);
  }

  /** Returns a text in one line. */
  public static String oneLine(String text) {
    return of(text.replace('\n', ' ').replace('\t', ' '));
  }

  /** Returns the longest prefix of a visible line that fits. */
  public static String fit(String line, int columns) {
    int used = 0;
    int end = 0;
    while (end < line.length()) {
      int codePoint = line.codePointAt(end);
      used += Math.max(0, WCWidth.wcwidth(codePoint));
      if (used > columns) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return line.substring(0, end);
  }

  /** Returns the columns that a visible line takes. */
  static int columns(String line) {
    return line.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }

  /** Returns the next piece of a text. */
  String next(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(c, visible));
    return visible.toString();
  }

  private void append(int codePoint, StringBuilder visible) {
    boolean stays = isHarmless(codePoint) || belongsToPrevious(codePoint);
    previous = stays ? codePoint : 0;
    if (stays) {
      visible.appendCodePoint(codePoint);
    } else if (codePoint < ' ') {
      visible.appendCodePoint(CONTROL_PICTURES + codePoint);
    } else if (codePoint == DELETE) {
      visible.appendCodePoint(DELETE_PICTURE);
    } else {
      visible.append("‹U+");
      String hexadecimal = Integer.toHexString(codePoint).toUpperCase(java.util.Locale.ROOT);
      visible.append("0".repeat(Math.max(0, 4 - hexadecimal.length()))).append(hexadecimal);
      visible.append('›');
    }
  }

  private static boolean isHarmless(int codePoint) {
    if (codePoint == '\n' || codePoint == '\t') {
      return true;
    }
    if (codePoint >= ' ' && codePoint < DELETE) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> isVisibleFormat(codePoint);
      case Character.UNASSIGNED -> isAssignedLater(codePoint);
      default -> !isInvisible(codePoint);
    };
  }

  /** Signs that enclose the digits or letters after them. */
  private static boolean isVisibleFormat(int codePoint) {
    return codePoint >= 0x600 && codePoint <= 0x605
        || codePoint == 0x6DD
        || codePoint == 0x70F
        || codePoint == 0x890
        || codePoint == 0x891
        || codePoint == 0x8E2
        || codePoint == 0x110BD
        || codePoint == 0x110CD;
  }

  /** Emoji and ideographs, of which each version of Unicode has more than a Java may know. */
  private static boolean isAssignedLater(int codePoint) {
    boolean isNoCharacter = (codePoint & 0xFFFE) == 0xFFFE;
    return !isNoCharacter
        && (codePoint >= 0x1F000 && codePoint <= 0x1FAFF
            || codePoint >= 0x20000 && codePoint <= 0x3FFFF);
  }

  /** Fillers, joiners and selectors that count as letters and marks. */
  private static boolean isInvisible(int codePoint) {
    return codePoint == 0x34F
        || codePoint == 0x115F
        || codePoint == 0x1160
        || codePoint == 0x17B4
        || codePoint == 0x17B5
        || codePoint == 0x3164
        || codePoint == 0xFFA0
        || isSelector(codePoint);
  }

  private static boolean isSelector(int codePoint) {
    return codePoint >= 0x180B && codePoint <= 0x180F
        || codePoint >= 0xFE00 && codePoint <= EMOJI_STYLE
        || codePoint >= 0xE0100 && codePoint <= 0xE01EF;
  }

  private boolean belongsToPrevious(int codePoint) {
    boolean isJoiner = codePoint == JOINER || codePoint == NON_JOINER;
    if (previous == 0 || !isJoiner && !isSelector(codePoint)) {
      return false;
    }
    UnicodeScript script = UnicodeScript.of(previous);
    if (!isJoiner) {
      return codePoint < 0xFE00
          ? script == MONGOLIAN
          : script == UnicodeScript.HAN || isSymbol(previous);
    }
    return Joining.SCRIPTS.contains(script)
        || codePoint == JOINER && (isSymbol(previous) || previous == EMOJI_STYLE);
  }

  private static boolean isSymbol(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.OTHER_SYMBOL
        || type == Character.MATH_SYMBOL && codePoint > DELETE
        || codePoint >= 0x1F000 && codePoint <= 0x1FAFF;
  }

  /** Scripts whose letters join, or must not, by characters that themselves are invisible. */
  private static final class Joining {
    static final Set<UnicodeScript> SCRIPTS =
        EnumSet.of(
            ARABIC,
            SYRIAC,
            DEVANAGARI,
            BENGALI,
            GURMUKHI,
            GUJARATI,
            ORIYA,
            TAMIL,
            TELUGU,
            KANNADA,
            MALAYALAM,
            SINHALA,
            KHMER,
            MYANMAR,
            MONGOLIAN);
  }
}
