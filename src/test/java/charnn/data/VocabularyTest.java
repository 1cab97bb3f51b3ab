package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
  private static final int GRINNING_FACE = 0x1F600;

  @Test
  void spellsATextAsItsOwnCharactersAreSpelt() {
    String composed = "café";
    String apart = "cafe\u0301";
    assertThat(Vocabulary.ofText(composed).spelling(apart)).isEqualTo(composed);
    assertThat(Vocabulary.ofText(apart).spelling(composed)).isEqualTo(apart);
    assertThat(Vocabulary.ofText(apart).spelling(composed + "!")).isEqualTo(apart + "!");
    assertThat(Vocabulary.ofText(composed + apart).spelling(apart)).isEqualTo(apart);
    assertThat(Vocabulary.ofText("acfe").spelling(apart)).isEqualTo(composed);
    assertThat(Vocabulary.ofText("\u2126 ohm").spelling("\u2126")).isEqualTo("\u2126");
    assertThat(Vocabulary.ofText("\u03A9 ohm").spelling("\u2126")).isEqualTo("\u03A9");
    assertThat(Vocabulary.ofText("한글").spelling("\u1112\u1161\u11AB")).isEqualTo("한");
  }

  @Test
  void countsTheCharactersThatItDoesNotHave() {
    assertThat(Vocabulary.ofText("ab😀").unknown("xa😀y😁b")).isEqualTo(3);
  }

  @Test
  void holdsTheCodePointsOfATextInAscendingOrder() {
    Vocabulary vocabulary = Vocabulary.ofText("b😀aéba\n");
    assertThat(vocabulary.codePoints()).containsExactly('\n', 'a', 'b', 'é', GRINNING_FACE);
    assertThat(vocabulary.size()).isEqualTo(5);
  }

  @Test
  void ordersCharactersBeyond16BitsAfterAllOthers() {
    assertThat(Vocabulary.ofText("😀\uFF5E").codePoints()).containsExactly(0xFF5E, GRINNING_FACE);
  }

  @Test
  void indexAndCodePointAreInverse() {
    Vocabulary vocabulary = Vocabulary.ofText("b😀aé");
    for (int index = 0; index < vocabulary.size(); index++) {
      assertThat(vocabulary.indexOf(vocabulary.codePoint(index))).isEqualTo(index);
    }
  }

  @Test
  void theIndexOfAnUnknownCharacterIsMinusOne() {
    Vocabulary vocabulary = Vocabulary.ofText("ac");
    assertThat(
            new int[] {vocabulary.indexOf('A'), vocabulary.indexOf('b'), vocabulary.indexOf('d')})
        .containsOnly(-1);
  }

  @Test
  void encodesEachCodePointAsOneIndex() {
    assertThat(Vocabulary.ofText("ab😀").encode("😀ab😀")).isEqualTo(new char[] {2, 0, 1, 2});
    assertThat(Vocabulary.ofText("ab").encode("")).isEmpty();
  }

  @Test
  void encodesTheLargestVocabulary() {
    int[] most = IntStream.range(0x10000, 0x10000 + Vocabulary.MAX_SIZE).toArray();
    Vocabulary vocabulary = Vocabulary.of(most);
    assertThat(vocabulary.encode(Character.toString(0x1FFFF))).isEqualTo(new char[] {0xFFFF});
  }

  @Test
  void namesACharacterThatCannotBeEncoded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vocabulary.ofText("ab").encode("aéb"))
        .withMessage("character 'é' (U+00E9) is not in the vocabulary");
  }

  @Test
  void leavesOutUnknownCharacters() {
    assertThat(Vocabulary.ofText("ab😀").withoutUnknown("xa😀y😁b")).isEqualTo("a😀b");
  }

  @ParameterizedTest
  @CsvSource({
    "’, '''', it''s",
    "“, '\"', a\"'",
    "—, -, a-b",
    "…, ., a.b",
    "é, e, abcde",
    "É, E, ABCDEe",
    "É, e, abcde",
    "a, A, AB",
    "A, a, ab",
    "ø, o, nop",
    "Ø, O, NOP",
    "ß, s, rst",
    "æ, a, abc",
    "ﬁ, f, fgi",
    "①, 1, 123",
    "𝐀, A, ABC",
  })
  void theClosestIsALookAlikeTheBareLetterOrTheOtherCase(
      String unknown, String closest, String vocabulary) {
    Vocabulary known = Vocabulary.ofText(vocabulary);
    assertThat(known.closest(unknown.codePointAt(0))).hasValue(known.indexOf(closest.charAt(0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {'\t', 0xA0, 0x3000})
  void theClosestToAnotherSpaceIsTheSpace(int space) {
    assertThat(Vocabulary.ofText("\n ab").closest(space)).hasValue(1);
  }

  @Test
  void theClosestMayBeTheTypographicForm() {
    Vocabulary vocabulary = Vocabulary.ofText("a’b");
    assertThat(vocabulary.closest('\'')).hasValue(vocabulary.indexOf('’'));
  }

  @ParameterizedTest
  @ValueSource(ints = {'x', '5', GRINNING_FACE, 0x65E5, 7})
  void whatResemblesNothingHasNoClosest(int unknown) {
    assertThat(Vocabulary.ofText("abc").closest(unknown)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "0xE9, 'é' (U+00E9)",
        "0x20, ' ' (U+0020)",
        "0x27, apostrophe (U+0027)",
        "0x201D, right double quotation mark (U+201D)",
        "0x1F600, '😀' (U+1F600)",
        "0x7, U+0007",
        "0xA, U+000A",
        "0x7F, U+007F",
        "0x9B, U+009B",
        "0x200B, U+200B",
        "0x202E, U+202E",
        "0x378, U+0378",
        "0xD800, U+D800",
      })
  void describesACharacterForPeopleByItsNumberAloneIfItCannotBeShown(
      int codePoint, String description) {
    assertThat(Vocabulary.describe(codePoint)).isEqualTo(description);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0x110000, 0xD800, 0xDFFF})
  void refusesWhatIsNoUnicodeCharacter(int codePoint) {
    int[] codePoints = codePoint < 0 ? new int[] {codePoint, 'a'} : new int[] {'a', codePoint};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vocabulary.of(codePoints))
        .withMessage("code point " + codePoint + " is not a Unicode character");
  }

  @Test
  void takesTheNeighboursOfTheSurrogates() {
    assertThat(Vocabulary.of(0xD7FF, 0xE000, 0x10FFFF).size()).isEqualTo(3);
  }

  @Test
  void refusesCodePointsThatDoNotAscend() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vocabulary.of('a', 'c', 'b'))
        .withMessage("code points must ascend, got 98 at place 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vocabulary.of('a', 'a'))
        .withMessage("code points must ascend, got 97 at place 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Vocabulary.MAX_SIZE + 1})
  void refusesTooFewAndTooMany(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vocabulary.of(IntStream.range(0x10000, 0x10000 + size).toArray()))
        .withMessage("a vocabulary has 2 to 65536 different characters, got " + size);
  }

  @Test
  void doesNotShareItsArray() {
    int[] given = {'a', 'b'};
    Vocabulary vocabulary = Vocabulary.of(given);
    given[0] = 'X';
    vocabulary.codePoints()[1] = 'Y';
    assertThat(vocabulary.codePoints()).containsExactly('a', 'b');
  }

  @Test
  void vocabulariesOfTheSameCharactersAreEqual() {
    assertThat(Vocabulary.ofText("abc")).isEqualTo(Vocabulary.of('a', 'b', 'c'));
    assertThat(Vocabulary.ofText("abc")).hasSameHashCodeAs(Vocabulary.of('a', 'b', 'c'));
    assertThat(Vocabulary.ofText("abc")).isNotEqualTo(Vocabulary.ofText("abd"));
  }
}
