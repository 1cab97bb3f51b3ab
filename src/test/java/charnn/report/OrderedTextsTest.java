package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.generate.StopRule;
import charnn.generate.Until;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderedTextsTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TextWriter writer =
      new TextWriter(new PrintStream(bytes, false, StandardCharsets.UTF_8), false);

  private String written() {
    writer.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theFirstIsWrittenAtOnceAndTheOthersWaitForTheirTurn() {
    OrderedTexts texts =
        new OrderedTexts(writer, StopRule.NONE, 3, text -> text == 0 ? "" : "|", ">", true);
    for (char c = 'a'; c < 'c'; c++) {
      for (int text = 0; text < 3; text++) {
        texts.write(text, c + (text == 0 ? 0 : 32 - 64));
      }
    }
    assertThat(written()).isEqualTo(">ab");
    texts.end(2);
    assertThat(written()).isEqualTo(">ab");
    texts.end(0);
    assertThat(written()).isEqualTo(">ab|>AB");
    texts.write(1, 'x');
    assertThat(written()).isEqualTo(">ab|>ABx");
    texts.end(1);
    assertThat(written()).isEqualTo(">ab|>ABx|>AB");
  }

  @Test
  void eachTextEndsAtItsOwnStop() {
    StopRule stop = new StopRule(List.of("--"), false, null);
    OrderedTexts texts =
        new OrderedTexts(writer, stop, 2, text -> text == 0 ? "" : "\n\n", "", false);
    for (char c : "a-b--c".toCharArray()) {
      if (!texts.write(1, c)) {
        texts.end(1);
        break;
      }
    }
    texts.write(0, 'x');
    texts.write(0, '-'); // held back: it may be a stop
    assertThat(written()).isEqualTo("x");
    texts.end(0);
    assertThat(written()).isEqualTo("x-\n\na-b");
  }

  /** A display of progress may be on the same terminal until then. */
  @Test
  void nothingIsWrittenBeforeTheFirstCharacter() {
    OrderedTexts texts = new OrderedTexts(writer, StopRule.NONE, 1, text -> "", "The king", true);
    assertThat(written()).isEmpty();
    texts.write(0, 's');
    assertThat(written()).isEqualTo("The kings");
    assertThat(texts.passedOn()).isEqualTo(1);
  }

  @Test
  void aTextOfNoCharacterHasItsPrompt() {
    new OrderedTexts(writer, StopRule.NONE, 1, text -> "", "The king", true).end(0);
    assertThat(written()).isEqualTo("The king");
  }

  /** Whether or not the prompt is written. */
  @Test
  void aUnitThatThePromptBeganEndsInTheText() {
    StopRule stop = new StopRule(List.of(), false, Until.LINE);
    for (boolean echo : new boolean[] {true, false}) {
      OrderedTexts texts = new OrderedTexts(writer, stop, 1, text -> "", "The king", echo);
      assertThat(texts.write(0, '\n')).isFalse();
      texts.end(0);
    }
    assertThat(written()).isEqualTo("The king");
  }

  @Test
  void aReaderThatLeftClosesIt() {
    TextWriter broken =
        new TextWriter(
            new PrintStream(
                new OutputStream() {
                  @Override
                  public void write(int b) throws java.io.IOException {
                    throw new java.io.IOException("broken pipe");
                  }
                },
                false,
                StandardCharsets.UTF_8),
            false);
    OrderedTexts texts = new OrderedTexts(broken, StopRule.NONE, 1, text -> "", "prompt", true);
    assertThat(texts.write(0, 'x')).isFalse();
    assertThat(texts.isClosed()).isTrue();
  }
}
