package charnn.proofread;

import static charnn.proofread.ErrorKind.EXTRA;
import static charnn.proofread.ErrorKind.MISSING;
import static charnn.proofread.ErrorKind.SWAPPED;
import static charnn.proofread.ErrorKind.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Direction;
import charnn.data.OriginalText;
import charnn.data.PlacedText.Place;
import charnn.data.Vocabulary;
import charnn.engine.reference.ReferenceEngine;
import charnn.eval.Evaluator;
import charnn.generate.TableModel;
import charnn.predict.BothSides;
import charnn.predict.LanguageModel;
import charnn.util.ThreadTeam;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of models that have memorized one sentence, and expect it from any four characters on. */
class ProofreaderTest {
  private static final String SENTENCE = "the quick brown fox jumps over a lazy dog.\n";
  private static final Vocabulary VOCABULARY = Vocabulary.ofText(SENTENCE);
  private static final ThreadTeam WORKERS = new ThreadTeam(2);
  private static final Proofreader READER =
      new Proofreader(
          new BothSides(knows(SENTENCE), knows(Direction.BACKWARD.turned(SENTENCE))),
          new Evaluator(new ReferenceEngine(WORKERS), WORKERS),
          WORKERS);

  @AfterAll
  static void endThreads() {
    WORKERS.close();
  }

  /** The next character has so many logits more as last characters are those before it. */
  private static LanguageModel knows(String sentence) {
    String text = sentence + sentence;
    return new TableModel(
        VOCABULARY,
        read -> {
          float[] logits = new float[VOCABULARY.size()];
          for (int i = 0; i < sentence.length(); i++) {
            int at = sentence.length() + i;
            int equal = 0;
            while (equal < 4
                && equal < read.length()
                && read.charAt(read.length() - 1 - equal) == text.charAt(at - 1 - equal)) {
              equal++;
            }
            int next = VOCABULARY.indexOf(text.charAt(at));
            logits[next] = Math.max(logits[next], 2 * equal);
          }
          return logits;
        });
  }

  private static ReadText read(String text) {
    return ReadText.of(new OriginalText("a.txt", text), VOCABULARY);
  }

  private static List<Finding> findings(ReadText read, double bits) {
    Proofreading reader = READER.read(read.tokens(), read.gaps(), bits, fraction -> {});
    return read.findings(reader.corrections(bits));
  }

  @ParameterizedTest
  @CsvSource({
    "brown, brawn, WRONG, 2, o",
    "brown, brrown, EXTRA, 1, ''",
    "brown, brwn, MISSING, 2, o",
    "brown, borwn, SWAPPED, 1, ro",
    "'over a', 'overa', MISSING, 4, ' '",
    "the, she, WRONG, 0, t",
  })
  void anErrorIsFoundOnceWithWhatBelongsThere(
      String right, String wrong, ErrorKind kind, int index, String likelier) {
    String text = SENTENCE.repeat(4);
    int at = text.indexOf(right, text.length() / 2);
    String typed = text.substring(0, at) + wrong + text.substring(at + right.length());
    ReadText read = read(typed);
    List<Finding> findings = findings(read, 8);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).kind()).isEqualTo(kind);
    assertThat(findings.get(0).likelier()).isEqualTo(likelier);
    if (kind != EXTRA) {
      assertThat(findings.get(0).from()).isEqualTo(at + index);
    }
    assertThat(read.corrected(findings)).isEqualTo(text);
  }

  @Test
  void errorsNearEachOtherAreFoundWithTheOthersInPlace() {
    String text = SENTENCE.repeat(3);
    String typed =
        text.replaceFirst("quick brown", "qwick brwn").replaceFirst("lazy dog", "lazydgo");
    ReadText read = read(typed);
    List<Finding> findings = findings(read, 6);
    assertThat(findings)
        .extracting(Finding::kind)
        .containsExactly(WRONG, MISSING, MISSING, SWAPPED);
    assertThat(read.corrected(findings)).isEqualTo(text);
  }

  @Test
  void aRightTextHasNoErrors() {
    assertThat(findings(read(SENTENCE.repeat(3)), 3)).isEmpty();
    assertThat(findings(read("th"), 3)).isEmpty();
  }

  @Test
  void moreIsFoundAtALowerThreshold() {
    ReadText read = read(SENTENCE + SENTENCE.replace("brown", "brawn") + SENTENCE);
    double bits = findings(read, 3).get(0).bits();
    assertThat(findings(read, bits - 0.1)).hasSize(1);
    assertThat(findings(read, bits + 0.1)).isEmpty();
    Proofreading reader = READER.read(read.tokens(), read.gaps(), 1, fraction -> {});
    assertThat(reader.corrections(bits + 0.1)).isEmpty();
    assertThat(read.findings(reader.corrections(bits - 0.1))).isEqualTo(findings(read, bits - 0.1));
  }

  @Test
  void unknownCharactersAreFindings() {
    String text = SENTENCE.repeat(3);
    String typed = text.replaceFirst("brown", "br■wn").replaceFirst("a lazy", "a ☃lazy") + "¶";
    ReadText read = read(typed);
    assertThat(read.unknown()).hasSize(3);
    List<Finding> findings = findings(read, 8);
    assertThat(findings).extracting(Finding::kind).containsOnlyNulls();
    assertThat(findings).extracting(Finding::likelier).containsExactly("o", null, null);
    assertThat(findings.get(0).bits()).isGreaterThan(8);
    assertThat(findings)
        .extracting(Finding::from)
        .containsExactly(typed.indexOf('■'), typed.indexOf('☃'), typed.indexOf('¶'));
    assertThat(read.corrected(findings)).isEqualTo(typed.replace('■', 'o'));
  }

  @Test
  void anUnknownCharacterIsFoundOnceUnlessSomethingIsLikelier() {
    String text = "☃" + SENTENCE.repeat(3).replaceFirst("brown", "br☃wn") + "☃¶☃";
    List<Finding> findings = findings(read(text), 8);
    assertThat(findings).extracting(Finding::from).containsExactly(0, 13, text.length() - 2);
    assertThat(findings).extracting(Finding::occurrences).containsExactly(3, 1, 1);
    assertThat(findings).extracting(Finding::likelier).containsExactly(null, "o", null);
  }

  /** Nor are they changed where characters around them are. */
  @Test
  void charactersThatLookAlikeAreReadAsThose() {
    String text = SENTENCE.repeat(3);
    String typed = text.replaceFirst("fox jumps", "fox\u00A0jmups");
    ReadText read = read(typed);
    assertThat(read.alike()).isOne();
    assertThat(read.unknown()).isEmpty();
    List<Finding> findings = findings(read, 8);
    assertThat(findings).extracting(Finding::kind).containsExactly(SWAPPED);
    assertThat(read.corrected(findings)).isEqualTo(typed.replace("jmups", "jumps"));
  }

  @Test
  void aLigatureIsReadAsItsLetters() {
    ReadText read = ReadText.of(new OriginalText("a.txt", "ﬁx ﬃ…½¾"), Vocabulary.ofText("fix .1"));
    assertThat(read.tokens()).isEqualTo(Vocabulary.ofText("fix .1").encode("fix ffi...1"));
    assertThat(read.offsets()).containsExactly(0, 0, 1, 2, 3, 3, 3, 4, 4, 4, 5);
    assertThat(read.alike()).isEqualTo(4);
    assertThat(read.unknown()).containsExactly(6);
    List<Correction> corrections =
        List.of(
            new Correction(MISSING, 2, new char[] {0}, 9),
            new Correction(WRONG, 4, new char[] {2}, 9),
            new Correction(EXTRA, 10, new char[0], 9));
    assertThat(read.findings(corrections)).extracting(Finding::from).containsExactly(1, 3, 5, 6);
    assertThat(read.corrected(read.findings(corrections))).isEqualTo("ﬁ x 1fi…¾");
    List<Correction> ofOneLigature =
        List.of(
            new Correction(WRONG, 0, new char[] {1}, 9),
            new Correction(WRONG, 1, new char[] {2}, 9));
    assertThat(read.corrected(read.findings(ofOneLigature))).isEqualTo(".ix ﬃ…½¾");
  }

  @ParameterizedTest
  @CsvSource({
    "WRONG, 2, l, aflg",
    "WRONG, 1, l, alig",
    "EXTRA, 2, '', afg",
    "MISSING, 1, l, alﬁg",
    "MISSING, 2, l, aflig",
    "MISSING, 3, l, aﬁlg",
    "SWAPPED, 1, if, aifg",
    "SWAPPED, 0, fa, faig",
    "SWAPPED, 2, gi, afgi",
  })
  void aLigatureKeepsItsOtherLetters(ErrorKind kind, int at, String inserted, String corrected) {
    Vocabulary vocabulary = Vocabulary.ofText("afigl");
    ReadText read = ReadText.of(new OriginalText("a.txt", "aﬁg"), vocabulary);
    List<Finding> findings =
        read.findings(List.of(new Correction(kind, at, vocabulary.encode(inserted), 9)));
    assertThat(read.corrected(findings)).isEqualTo(corrected);
  }

  @Test
  void aFindingStandsWhereItStandsInTheFile() {
    Vocabulary vocabulary = VOCABULARY;
    assertThat(vocabulary.indexOf('e')).isNotNegative();
    String typed = SENTENCE + "the\u0301 quick bruwn fox jumps over a lazy dog.\n" + SENTENCE;
    ReadText read = read(typed);
    Finding finding = findings(read, 8).get(0);
    assertThat(finding.likelier()).isEqualTo("o");
    assertThat(read.original().place(finding.from())).isEqualTo(new Place("a.txt", 2, 14));
  }
}
