package charnn.generate.constraint;

import static charnn.util.Formats.format;

import charnn.data.SpecialSymbols;
import charnn.data.Vocabulary;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads a regular expression in Java's syntax, but for what is not regular or has no meaning where
 * the whole text is matched: back references, lookahead and lookbehind, boundaries, possessive
 * quantifiers and flags. A dot is any character but a newline, and classes such as {@code \w} are
 * Unicode's.
 */
final class ExpressionParser {
  private static final int END = -1;
  private static final int MAX_DEPTH = 200;
  private static final int MAX_COUNT = 1_000_000;

  /** Escapes of control characters, and the characters. */
  private static final String CONTROLS = "ntrfae";

  private static final String CONTROL_CHARACTERS = "\n\t\r\f\u0007\u001B";

  private final int[] text; // code points
  private final Vocabulary vocabulary;
  private final BitSet allowed;
  private final Set<String> missing = new LinkedHashSet<>();
  private int at;
  private int depth;

  /**
   * @param allowed token ids of the characters to use
   */
  ExpressionParser(String expression, Vocabulary vocabulary, BitSet allowed) {
    text = expression.codePoints().toArray();
    this.vocabulary = vocabulary;
    this.allowed = allowed;
  }

  /**
   * Returns the expression.
   *
   * @throws InvalidSettingException if it is none
   */
  Expression parse() {
    if (peek() == '^') {
      at++;
    }
    Expression read = choice();
    if (peek() == ')') {
      throw error(at, "the ) has no (");
    }
    return read;
  }

  /** Returns the characters that it names and that cannot be used, for people to read. */
  Set<String> missing() {
    return missing;
  }

  private int peek() {
    return at < text.length ? text[at] : END;
  }

  private Expression choice() {
    List<Expression> options = new ArrayList<>();
    options.add(sequence());
    while (peek() == '|') {
      at++;
      options.add(sequence());
    }
    return options.size() == 1 ? options.get(0) : new Expression.Choice(options);
  }

  private Expression sequence() {
    List<Expression> parts = new ArrayList<>();
    while (peek() != END && peek() != '|' && peek() != ')') {
      if (peek() == '$' && at == text.length - 1) {
        at++;
      } else {
        parts.add(repeated(atom()));
      }
    }
    return parts.size() == 1 ? parts.get(0) : new Expression.Sequence(parts);
  }

  private Expression repeated(Expression part) {
    int from = at;
    Expression repeated =
        switch (peek()) {
          case '*' -> repetition(part, 0, Expression.ANY_NUMBER);
          case '+' -> repetition(part, 1, Expression.ANY_NUMBER);
          case '?' -> repetition(part, 0, 1);
          case '{' -> counted(part);
          default -> part;
        };
    if (at > from && peek() == '+') {
      throw error(at, "a + after a quantifier (possessive) is not supported; omit it");
    }
    if (at > from && peek() == '?') {
      at++; // Reluctant or not, the same texts match.
    }
    return repeated;
  }

  private Expression repetition(Expression part, int least, int most) {
    at++;
    return new Expression.Repetition(part, least, most);
  }

  private Expression counted(Expression part) {
    int from = at++;
    int least = number(from);
    int most = least;
    if (peek() == ',') {
      at++;
      most = peek() == '}' ? Expression.ANY_NUMBER : number(from);
    }
    if (peek() != '}') {
      throw error(from, "a { must begin {N}, {N,} or {N,M}; \\{ is the character");
    }
    if (most != Expression.ANY_NUMBER && most < least) {
      throw error(from, format("{%d,%d} has its larger number first", least, most));
    }
    return repetition(part, least, most);
  }

  /**
   * Reads a number of repetitions.
   *
   * @param from index of the brace before it
   */
  private int number(int from) {
    int start = at;
    int number = 0;
    while (peek() >= '0' && peek() <= '9') {
      number = 10 * number + text[at++] - '0';
      if (number > MAX_COUNT) {
        throw error(from, format("a number of repetitions must be at most %,d", MAX_COUNT));
      }
    }
    if (at == start) {
      throw error(from, "a { must begin {N}, {N,} or {N,M}; \\{ is the character");
    }
    return number;
  }

  private Expression atom() {
    int from = at;
    int c = text[at++];
    return switch (c) {
      case '(' -> group(from);
      case '[' -> javaClass(from, endOfClass(from));
      case '\\' -> escape(from);
      case '.' -> characters(codePoint -> codePoint != '\n', ".");
      case '*', '+', '?', '{' ->
          throw error(
              from,
              format(
                  "the %s has nothing to repeat; \\%s is the character",
                  Character.toString(c), Character.toString(c)));
      case '^', '$' ->
          throw error(
              from,
              format(
                  "%s is not supported inside, because the whole text is matched; \\%s is the character",
                  Character.toString(c), Character.toString(c)));
      default -> literal(c);
    };
  }

  private Expression group(int from) {
    if (peek() == '?') {
      int name = at + 2 < text.length && text[at + 1] == '<' ? text[at + 2] : END;
      if (at + 1 < text.length && text[at + 1] == ':') {
        at += 2;
      } else if (name != END && Character.isLetter(name)) {
        while (peek() != END && peek() != '>') {
          at++;
        }
        at++;
      } else {
        throw error(
            from, "a group of the kind (?... is not supported, except for (?:...); omit it");
      }
    }
    if (++depth > MAX_DEPTH) {
      throw error(from, format("more than %d groups are inside each other", MAX_DEPTH));
    }
    Expression inside = choice();
    if (peek() != ')') {
      throw error(from, "the ( is not closed; \\( is the character");
    }
    at++;
    depth--;
    return inside;
  }

  private Expression literal(int codePoint) {
    return characters(c -> c == codePoint, Vocabulary.describe(codePoint));
  }

  private Expression escape(int from) {
    int c = peek();
    if (c == END) {
      throw error(from, "nothing follows the \\; \\\\ is the character");
    }
    at++;
    if (CONTROLS.indexOf(c) >= 0) {
      return literal(CONTROL_CHARACTERS.charAt(CONTROLS.indexOf(c)));
    }
    if ("dDwWsShHvV".indexOf(c) >= 0) {
      return javaClass(from, at);
    }
    if (c == 'p' || c == 'P') {
      return javaClass(from, endOfProperty(from));
    }
    if (c == 'x') {
      return literal(peek() == '{' ? bracedNumber(from) : hexadecimal(from, 2));
    }
    if (c == 'u') {
      int unit = hexadecimal(from, 4);
      boolean pair =
          unit >= Character.MIN_HIGH_SURROGATE
              && unit <= Character.MAX_HIGH_SURROGATE
              && at + 1 < text.length
              && text[at] == '\\'
              && text[at + 1] == 'u';
      if (pair) {
        at += 2;
        return literal(Character.toCodePoint((char) unit, (char) hexadecimal(from, 4)));
      }
      return literal(unit);
    }
    if (c < 128 && Character.isLetterOrDigit(c)) {
      throw error(from, format("\\%s is not supported", Character.toString(c)));
    }
    return literal(c);
  }

  private int hexadecimal(int from, int digits) {
    int end = Math.min(text.length, at + digits);
    int value = 0;
    for (int i = at; i < end; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0 || text[i] >= 128) {
        end = i; // too few
      }
      value = 16 * value + digit;
    }
    if (end < at + digits) {
      throw error(
          from, format("\\%s needs %d hexadecimal digits", digits == 2 ? "x" : "u", digits));
    }
    at = end;
    return value;
  }

  private int bracedNumber(int from) {
    int end = at + 1;
    while (end < text.length && text[end] != '}') {
      end++;
    }
    try {
      int codePoint = Integer.parseInt(new String(text, at + 1, end - at - 1), 16);
      if (end < text.length && Character.isValidCodePoint(codePoint)) {
        at = end + 1;
        return codePoint;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw error(from, "\\x{...} needs the hexadecimal number of a character");
  }

  /** Returns the index after a property such as \p{Lu}. */
  private int endOfProperty(int from) {
    int end = at;
    if (end < text.length && text[end] == '{') {
      while (end < text.length && text[end] != '}') {
        end++;
      }
    }
    if (end == text.length) {
      throw error(from, "the property is not complete; it is written \\p{L}, \\p{Lu} or \\pL");
    }
    return end + 1;
  }

  /** Returns the index after a class in brackets; classes may stand in it. */
  private int endOfClass(int from) {
    int open = 0;
    for (int i = from; i < text.length; i++) {
      if (text[i] == '[') {
        if (++open > MAX_DEPTH) {
          throw error(i, format("more than %d classes are inside each other", MAX_DEPTH));
        }
        i += i + 1 < text.length && text[i + 1] == '^' ? 1 : 0;
        i += i + 1 < text.length && text[i + 1] == ']' ? 1 : 0; // As the first, it is a character.
      } else if (text[i] == '\\') {
        i++;
        if (i < text.length && text[i] == 'Q') {
          throw error(i - 1, "\\Q is not supported; write a \\ before each character");
        }
      } else if (text[i] == ']' && --open == 0) {
        return i + 1;
      }
    }
    throw error(from, "the [ is not closed; \\[ is the character");
  }

  /** Returns a class that Java knows: one in brackets, a property or an escape. */
  private Expression javaClass(int from, int end) {
    String source = new String(text, from, end - from);
    at = end;
    try {
      Pattern pattern =
          Pattern.compile(source, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
      return characters(c -> pattern.matcher(Character.toString(c)).matches(), source);
    } catch (PatternSyntaxException e) {
      int index = Math.max(0, Math.min(e.getIndex(), source.length()));
      throw error(
          from + source.codePointCount(0, index),
          format("%s is no class of characters: %s", source, e.getDescription()));
    }
  }

  /**
   * @param name of the characters, for people to read
   */
  private Expression characters(IntPredicate matches, String name) {
    BitSet tokens = new BitSet();
    allowed.stream()
        .filter(token -> !SpecialSymbols.isSpecial(vocabulary.codePoint(token)))
        .filter(token -> matches.test(vocabulary.codePoint(token)))
        .forEach(tokens::set);
    if (tokens.isEmpty()) {
      missing.add(name);
    }
    return new Expression.Characters(tokens);
  }

  private InvalidSettingException error(int index, String problem) {
    return new InvalidSettingException(
        Sentence.of("%s, character %s: %s", Setting.MATCH, index + 1, problem));
  }
}
