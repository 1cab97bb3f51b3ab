package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.generate.Prediction;
import charnn.generate.StopRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeTextsTest {
  private static final StopRule STOP = new StopRule(List.of("--"), false, null);

  private final List<WholeTexts.Text> passedOn = new ArrayList<>();

  private WholeTexts texts(StopRule rule, int groupSize, int alternatives) {
    return new WholeTexts(
        rule,
        "",
        groupSize,
        alternatives,
        (over, characters) -> {},
        text -> {
          passedOn.add(text);
          return passedOn.size() < 3;
        });
  }

  /** Writes characters of a log-probability each, until the text ends. */
  private static void write(WholeTexts texts, int number, String characters, double each) {
    for (int codePoint : characters.codePoints().toArray()) {
      if (!texts.write(number, codePoint, new Prediction(each, List.of()))) {
        break;
      }
    }
    texts.end(number);
  }

  @Test
  void textsArePassedOnInTheirOrder() {
    WholeTexts texts = texts(StopRule.NONE, 1, 0);
    write(texts, 1, "b", -1);
    assertThat(passedOn).isEmpty();
    write(texts, 0, "aa", -2);
    assertThat(passedOn).extracting(WholeTexts.Text::text).containsExactly("aa", "b");
    assertThat(passedOn.get(0).logProbability()).isEqualTo(-4);
    assertThat(passedOn.get(0).predictions()).isEmpty();
  }

  @Test
  void theBestOfAGroupHasTheHighestMean() {
    WholeTexts texts = texts(StopRule.NONE, 3, 0);
    write(texts, 3, "x", -1);
    write(texts, 2, "long and probable", -0.5);
    write(texts, 4, "", 0); // nothing is better than nothing
    write(texts, 1, "short", -0.6);
    write(texts, 0, "tied and first", -0.5);
    write(texts, 5, "", 0);
    assertThat(passedOn).extracting(WholeTexts.Text::text).containsExactly("tied and first", "x");
    assertThat(passedOn).extracting(WholeTexts.Text::number).containsExactly(0, 3);
  }

  @Test
  void aTextThatEndedTooSoonIsNeverBetter() {
    WholeTexts texts = texts(StopRule.NONE, 2, 0);
    for (int number = 0; number < 6; number++) {
      texts.write(number, 'a' + number, new Prediction(-1 - number, List.of()));
    }
    texts.fail(0);
    texts.end(1);
    texts.end(3);
    texts.fail(2);
    texts.fail(4);
    texts.fail(5);
    assertThat(passedOn).extracting(WholeTexts.Text::text).containsExactly("b", "d", "e");
    assertThat(passedOn).extracting(WholeTexts.Text::isWhole).containsExactly(true, true, false);
  }

  @Test
  void onlyWhatIsPrintedCounts() {
    WholeTexts texts = texts(STOP, 1, 2);
    write(texts, 0, "a-b--c", -1.5);
    write(texts, 1, "a-", -1.5); // held back until the end
    write(texts, 2, "𝄞--", -2);
    assertThat(passedOn).extracting(WholeTexts.Text::text).containsExactly("a-b", "a-", "𝄞");
    assertThat(passedOn).extracting(WholeTexts.Text::characters).containsExactly(3, 2, 1);
    assertThat(passedOn.get(0).logProbability()).isCloseTo(-4.5, within(1e-12));
    assertThat(passedOn.get(0).predictions()).hasSize(3);
    assertThat(passedOn.get(2).logProbability()).isEqualTo(-2);
  }

  @Test
  void aReaderThatLeftClosesIt() {
    WholeTexts texts = texts(StopRule.NONE, 1, 0);
    for (int i = 0; i < 5; i++) {
      assertThat(texts.isClosed()).isEqualTo(i >= 3);
      write(texts, i, "a", -1);
    }
    assertThat(passedOn).hasSize(3);
  }
}
