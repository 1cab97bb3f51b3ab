package charnn.generate.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.Vocabulary;
import charnn.util.InvalidSettingException;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchingTextTest {
  private static final Vocabulary VOCABULARY =
      Vocabulary.ofText("\n\t !\"$&().*+,-0129?@ABCZ[\\]^_`abcdxyz{|}~éßж中😀😁\u00A0");

  private static BitSet all(Vocabulary vocabulary) {
    BitSet all = new BitSet();
    all.set(0, vocabulary.size());
    return all;
  }

  private static TextCheck check(String expression, long length) {
    return MatchingText.of(expression, VOCABULARY, all(VOCABULARY), length).check();
  }

  /** Returns the characters that may follow a text, in the order of the vocabulary. */
  private static String following(String expression, String text, long length) {
    TextCheck check = check(expression, length);
    int[] codePoints = text.codePoints().toArray();
    for (int codePoint : codePoints) {
      check.read(VOCABULARY.indexOf(codePoint));
    }
    BitSet possible = all(VOCABULARY);
    check.retain(possible, length - codePoints.length);
    StringBuilder following = new StringBuilder();
    possible.stream().map(VOCABULARY::codePoint).forEach(following::appendCodePoint);
    return following.toString();
  }

  /** Java's own matcher says the same of each single character. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "\\d",
        "\\D",
        "\\w",
        "\\W",
        "\\s",
        "\\S",
        "\\h",
        "\\v",
        "\\n",
        "\\t",
        "\\p{L}",
        "\\p{Lu}",
        "\\P{L}",
        "\\pL",
        "\\p{IsCyrillic}",
        "[a-z]",
        "[^a-z]",
        "[^\\n]",
        "[]a]",
        "[^]a]",
        "[\\]\\[a]",
        "[a[b-d&&[^c]]]",
        "[a-z&&[^b]]",
        "[\\w&&[^\\d]]",
        "[-a]",
        "[a-]",
        "[😀😁]",
        "[😀-😁]",
        "😀",
        "é|ß",
        "\\x61",
        "\\x{1F600}",
        "\\u0061",
        "\\uD83D\\uDE00",
        "\\.",
        "\\\\",
        "\\[",
        "\\$",
        "\\-",
        "\\😀",
        "}",
        "]",
        "(?<name>a)|b",
        "(?:a|(b))",
        "^a$",
        "a??",
        "a*?",
        "a+?",
        "a{1}",
        "a{0,1}?",
        "[ab]{1,}",
        "\\{",
        "&",
        "~",
        "@",
        "\"",
        "a#?",
        "(a|)",
        "|a",
        "((((((((((a))))))))))",
        "[\\x61-\\x63]",
        "[\\p{L}&&[^a]]",
        "\u00A0",
      })
  void singleCharactersMatchAsInJava(String expression) {
    Pattern pattern =
        Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
    StringBuilder expected = new StringBuilder();
    for (int codePoint : VOCABULARY.codePoints()) {
      if (pattern.matcher(Character.toString(codePoint)).matches()) {
        expected.appendCodePoint(codePoint);
      }
    }
    assertThat(following(expression, "", 1)).as(expression).isEqualTo(expected.toString());
    assertThat(check(expression, 1).mayEnd()).isEqualTo(pattern.matcher("").matches());
  }

  @Test
  void onlyWhatCanStillMatchMayFollow() {
    assertThat(following("(?:ab|ba)z", "", 9)).isEqualTo("ab");
    assertThat(following("(?:ab|ba)z", "a", 9)).isEqualTo("b");
    assertThat(following("(?:ab|ba)z", "ab", 9)).isEqualTo("z");
    assertThat(following("(?:ab|ba)z", "abz", 9)).isEmpty();
    assertThat(following("a[xyz]{2,3}", "axy", 9)).isEqualTo("xyz");
    assertThat(check("a[xyz]{2,3}", 9).mayEnd()).isFalse();
  }

  @Test
  void largeExpressionsRepeat() {
    String text = "aaaaaaaaaaaab".repeat(3);
    for (int size = 1; size < 300; size++) {
      String expression = "(a.{12}|b{" + size + "})*";
      assertThat(following(expression, text.substring(0, 26), 999)).isEqualTo("ab");
      assertThat(following(expression, text.substring(0, 27), 999)).isNotEmpty();
    }
  }

  @Test
  void whatNeedsMoreCharactersThanAreLeftMayNotFollow() {
    assertThat(following("a*b|c{5}", "", 5)).isEqualTo("abc");
    assertThat(following("a*b|c{5}", "", 6)).isEqualTo("abc");
    assertThat(following("a*b", "aaa", 4)).isEqualTo("b");
    assertThat(following("(a.{3})*", "abcd", 7)).isEmpty();
    assertThat(following("(a.{3})*", "abcd", 8)).isEqualTo("a");
  }

  /** The deterministic automaton has 2^31 states. */
  @Test
  void nothingExplodes() {
    TextCheck check = check("(a|b)*a(a|b){30}", 10_000);
    SplittableRandom random = new SplittableRandom(1);
    int a = VOCABULARY.indexOf('a');
    int b = VOCABULARY.indexOf('b');
    int left = 10_000;
    while (true) {
      BitSet possible = all(VOCABULARY);
      check.retain(possible, left--);
      if (possible.isEmpty()) {
        break;
      }
      int token = random.nextBoolean() ? a : b;
      check.read(possible.get(token) ? token : a + b - token);
    }
    assertThat(left).isBetween(0, 100);
    assertThat(check.mayEnd()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a{1000}){1000}",
        "((a{0,1000}){0,1000}){0,1000}",
        "(|a){1000000}",
        "(a{500000}|b)",
      })
  void whatIsTooLargeIsSaid(String expression) {
    assertThatThrownBy(() -> check(expression, Long.MAX_VALUE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("is too large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(){1000000}", "((){1000000}){1000000}", "(a{0}){1000000}", "(()*)*a", ""})
  void nothingSoManyTimesIsNothing(String expression) {
    assertThatCode(() -> check(expression, 10)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "(ab § character 1: the ( is not closed",
        "x(ab|(c) § character 2: the ( is not closed",
        "ab) § character 3: the ) has no (",
        "*a § character 1: the * has nothing to repeat",
        "a** § character 3: the * has nothing to repeat",
        "a|+ § character 3: the + has nothing to repeat",
        "a*+ § character 3: a + after a quantifier",
        "a{2 § character 2: a { must begin {N}, {N,} or {N,M}",
        "a{,2} § character 2: a { must begin",
        "a{x} § character 2: a { must begin",
        "a{3,2} § character 2: {3,2} has its larger number first",
        "a{9999999} § character 2: a number of repetitions must be at most 1,000,000",
        "{2} § character 1: the { has nothing to repeat",
        "[ab § character 1: the [ is not closed",
        "a[b-a] § character 5: [b-a] is no class of characters",
        "a^b § character 2: ^ is not supported inside",
        "a$b § character 2: $ is not supported inside",
        "(?=a) § character 1: a group of the kind (?... is not supported",
        "(?i)a § character 1: a group of the kind (?... is not supported",
        "(?<!a) § character 1: a group of the kind (?... is not supported",
        "a\\b § character 2: \\b is not supported",
        "(a)\\1 § character 4: \\1 is not supported",
        "a\\ § character 2: nothing follows the \\",
        "\\x6 § character 1: \\x needs 2 hexadecimal digits",
        "\\uD8 § character 1: \\u needs 4 hexadecimal digits",
        "\\x{110000} § character 1: \\x{...} needs the hexadecimal number",
        "\\x{} § character 1: \\x{...} needs the hexadecimal number",
        "\\p{L § character 1: the property is not complete",
        "\\p{Nothing} § \\p{Nothing} is no class of characters",
        "[\\Qa\\E] § character 2: \\Q is not supported",
        "é中x § these are missing: 'x' (U+0078)",
      })
  void wrongExpressionsAreSaid(String expression, String message) {
    Vocabulary vocabulary = Vocabulary.ofText("abcé中1");
    assertThatThrownBy(() -> MatchingText.of(expression, vocabulary, all(vocabulary), 9))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void deepExpressionsAreSaid() {
    assertThatThrownBy(() -> check("(".repeat(100_000), 9))
        .hasMessageContaining("more than 200 groups");
    assertThatThrownBy(() -> check("[".repeat(100_000), 9))
        .hasMessageContaining("more than 200 classes");
    assertThatCode(() -> check("a?".repeat(10_000), 9)).doesNotThrowAnyException();
  }

  @Test
  void missingCharactersAreNamed() {
    assertThatThrownBy(() -> check("Dear Q", 99))
        .hasMessageContaining("'D' (U+0044), 'e' (U+0065), 'r' (U+0072), 'Q' (U+0051)");
    assertThatThrownBy(() -> check("[Q-T]\\n", 99)).hasMessageContaining("missing: [Q-T]");
    assertThatCode(() -> check("Q|a", 99)).doesNotThrowAnyException();
  }

  @Test
  void theLengthMustSuffice() {
    assertThatThrownBy(() -> check("(.{1,40}\\n){4}", 7)).hasMessageContaining("needs at least 8");
    assertThatCode(() -> check("(.{1,40}\\n){4}", 8)).doesNotThrowAnyException();
  }
}
