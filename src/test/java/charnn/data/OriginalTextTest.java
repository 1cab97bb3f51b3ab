package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.PlacedText.Place;
import java.text.Normalizer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OriginalTextTest {
  private static Place place(int line, int column) {
    return new Place("a.txt", line, column);
  }

  @Test
  void aTextThatIsNormalizedStandsWhereItStands() {
    OriginalText text = new OriginalText("a.txt", "ab\n\n\uD83D\uDE00cé\n");
    assertThat(text.text()).isEqualTo("ab\n\n\uD83D\uDE00cé\n");
    assertThat(text.place(0)).isEqualTo(place(1, 1));
    assertThat(text.place(2)).isEqualTo(place(1, 3));
    assertThat(text.place(3)).isEqualTo(place(2, 1));
    assertThat(text.place(4)).isEqualTo(place(3, 1));
    assertThat(text.place(6)).isEqualTo(place(3, 2));
    assertThat(text.place(9)).isEqualTo(place(4, 1));
    assertThat(new OriginalText("a.txt", "").place(0)).isEqualTo(place(1, 1));
  }

  @Test
  void separateAccentsAreCountedAsTheyStandInTheFile() {
    OriginalText text = new OriginalText("a.txt", "e\u0301te\u0301 x\ne\u0323\u0301yz");
    assertThat(text.text()).isEqualTo("été x\nẹ\u0301yz");
    String normal = text.text();
    assertThat(text.place(normal.indexOf('t'))).isEqualTo(place(1, 3));
    assertThat(text.place(2)).isEqualTo(place(1, 4));
    assertThat(text.place(normal.indexOf('x'))).isEqualTo(place(1, 7));
    assertThat(text.place(normal.indexOf('ẹ'))).isEqualTo(place(2, 1));
    assertThat(text.place(normal.indexOf('y'))).isEqualTo(place(2, 4));
    assertThat(text.place(normal.length())).isEqualTo(place(2, 6));
  }

  @Test
  void theFormIsThatOfTheWholeText() {
    SplittableRandom random = new SplittableRandom(1);
    int[] some = {
      'a', 'e', ' ', '\n', 0x300, 0x301, 0x323, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x9C7, 0x9BE,
      0x1025, 0x102E, 0x212B, 0x1D15E, 0xF900, 0x2126, 0x344, 0x3099, 0x304B, 0x1B35, 0x1B05,
      0x11131, 0x11127
    };
    for (int n = 0; n < 3000; n++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        text.appendCodePoint(some[random.nextInt(some.length)]);
      }
      String whole = text.toString();
      assertThat(new OriginalText("a.txt", whole).text())
          .isEqualTo(Normalizer.normalize(whole, Normalizer.Form.NFC));
    }
  }

  @Test
  void aModelsCharactersAreThoseOfTheWholeText() {
    DecodingSettings settings =
        new DecodingSettings(null, false).withCharacters(DecodingSettings.NFKC, true, 0);
    SplittableRandom random = new SplittableRandom(2);
    int[] some = {
      'A', 'e', 'İ', 'Σ', 0xFB03, 0xFF21, 0x301, 0x323, 0xFF76, 0xFF9E, 0xFF9F, 0x3131, 0x314F,
      0xFFA1, 0xFFC2, 0x1100, 0x1161, 0x11A8, 0x212A, 0xBD, 0x2460, 0x10400, 0x1E9E
    };
    for (int n = 0; n < 3000; n++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        text.appendCodePoint(some[random.nextInt(some.length)]);
      }
      String whole = text.toString();
      OriginalText read = new OriginalText("a.txt", whole, settings);
      assertThat(read.text()).isEqualTo(settings.normalized(whole));
      assertThat(read.place(read.text().length()))
          .isEqualTo(place(1, 1 + whole.codePointCount(0, whole.length())));
    }
  }

  /** Lower case keeps the length of every character. */
  @Test
  void everySmallLetterHasTheLengthOfItsCapital() {
    DecodingSettings settings = new DecodingSettings(null, false).withCharacters(null, true, 0);
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.getType(c) != Character.SURROGATE) {
        assertThat(settings.cased(Character.toString(c))).hasSize(Character.charCount(c));
      }
    }
    assertThat(settings.normalized("ΟΔΟΣ İI ẞ ABC")).isEqualTo("οδοσ ii ß abc");
  }

  /** Whatever a character composes with, it does in its segment. */
  @Test
  void everyPairOfAStarterAndACharacterIsNormalizedAsInTheWhole() {
    for (int c = 0x300; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.isDefined(c) && Character.getType(c) != Character.SURROGATE) {
        String decomposed = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
        assertThat(new OriginalText("a.txt", decomposed).text())
            .isEqualTo(Normalizer.normalize(decomposed, Normalizer.Form.NFC));
      }
    }
  }
}
