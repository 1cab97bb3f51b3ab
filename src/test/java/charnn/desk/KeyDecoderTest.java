package charnn.desk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyDecoderTest {
  private final KeyDecoder decoder = new KeyDecoder();

  private List<Input> decode(String sent) {
    return decoder.decode(sent.getBytes(UTF_8));
  }

  private static Input typed(String text) {
    return new Input(Command.TYPE, text);
  }

  private static Input pasted(String text) {
    return new Input(Command.PASTE, text);
  }

  private static Input pastedMore(String text) {
    return new Input(Command.PASTE_MORE, text);
  }

  @ParameterizedTest
  @CsvSource({
    "[A, UP",
    "OA, UP",
    "[B, DOWN",
    "[C, RIGHT",
    "OD, LEFT",
    "[1;5D, WORD_LEFT",
    "[1;5C, WORD_RIGHT",
    "b, WORD_LEFT",
    "f, WORD_RIGHT",
    "[1;3D, COOLER",
    "[1;3C, WARMER",
    "[1;3B, NEXT_PROPOSAL",
    "[1;3A, PREVIOUS_PROPOSAL",
    "[Z, TAKE_ALL",
    "[H, HOME",
    "OH, HOME",
    "[1~, HOME",
    "[7~, HOME",
    "[F, END",
    "OF, END",
    "[4~, END",
    "[8~, END",
    "[1;5H, START_OF_TEXT",
    "[1;5F, END_OF_TEXT",
    "[3~, DELETE_AFTER",
    "[5~, PAGE_UP",
    "[6~, PAGE_DOWN",
    "OP, HELP",
    "[11~, HELP",
    "[[A, HELP",
    "OQ, COOLER",
    "[[C, WARMER",
    "OS, NEXT_PROPOSAL",
    "\u007F, DELETE_WORD",
  })
  void sequencesAreKeys(String sequence, Command command) {
    assertThat(decode("\u001B" + sequence)).containsExactly(Input.of(command));
    assertThat(decoder.isPending()).isFalse();
  }

  @Test
  void altMayBeSentAsEscape() {
    assertThat(decode("\u001B\u001B[B")).containsExactly(Input.of(Command.NEXT_PROPOSAL));
  }

  @ParameterizedTest
  @CsvSource({
    "0x03, INTERRUPT",
    "0x08, DELETE_BEFORE",
    "0x09, TAKE_WORD",
    "0x0A, NEW_LINE",
    "0x0D, NEW_LINE",
    "0x11, LEAVE",
    "0x13, SAVE",
    "0x17, DELETE_WORD",
    "0x19, REDO",
    "0x1A, UNDO",
    "0x7F, DELETE_BEFORE",
  })
  void controlCharactersAreKeys(int code, Command command) {
    assertThat(decode(Character.toString(code))).containsExactly(Input.of(command));
  }

  @Test
  void unknownKeysDoNothing() {
    assertThat(decode("\u001B[99z\u001B[24~\u0000\u001B[I")).isEmpty();
    assertThat(decode("a")).containsExactly(typed("a"));
  }

  @Test
  void escapeAloneIsAKeyWhenNothingFollows() {
    assertThat(decode("\u001B")).isEmpty();
    assertThat(decoder.isPending()).isTrue();
    assertThat(decoder.flush()).containsExactly(Input.of(Command.HIDE));
    assertThat(decoder.isPending()).isFalse();
    assertThat(decoder.flush()).isEmpty();
  }

  @Test
  void aCharacterBehindEscapeIsTyped() {
    assertThat(decode("\u001Bx")).containsExactly(Input.of(Command.HIDE), typed("x"));
    assertThat(decode("\u001B水")).containsExactly(Input.of(Command.HIDE), typed("水"));
    assertThat(decode("\u001B😀")).containsExactly(Input.of(Command.HIDE), typed("😀"));
  }

  @Test
  void aBrokenSequenceIsLeftOut() {
    assertThat(decode("\u001B[1;")).isEmpty();
    assertThat(decoder.flush()).isEmpty();
    assertThat(decode("a")).containsExactly(typed("a"));
    assertThat(decode("\u001B[1;\u001B[A")).containsExactly(Input.of(Command.UP));
    assertThat(decode("\u001B[1;\r")).containsExactly(Input.of(Command.NEW_LINE));
    assertThat(decode("\u001B[" + "1".repeat(50) + "m")).hasSize(1);
  }

  @Test
  void textAndKeysKeepTheirOrder() {
    assertThat(decode("ab\tc\u001B[D水"))
        .containsExactly(
            typed("ab"),
            Input.of(Command.TAKE_WORD),
            typed("c"),
            Input.of(Command.LEFT),
            typed("水"));
  }

  @Test
  void pastedTextIsNoKeys() {
    assertThat(decode("\u001B[200~a\tb\r\nc\rd\u001B[Ae\u0003\u001B[201~f"))
        .containsExactly(pasted("a\tb\nc\nd[Ae"), typed("f"));
  }

  @Test
  void aLongPasteIsOneInput() {
    String line = "A line that is pasted, é水😀.\r\n";
    byte[] sent = ("\u001B[200~" + line.repeat(30_000) + "\u001B[201~").getBytes(UTF_8);
    List<Input> inputs = new ArrayList<>();
    for (int from = 0; from < sent.length; from += 4095) {
      inputs.addAll(
          decoder.decode(Arrays.copyOfRange(sent, from, Math.min(sent.length, from + 4095))));
    }
    assertThat(inputs).hasSize(1);
    assertThat(inputs.get(0)).isEqualTo(pasted(line.replace("\r", "").repeat(30_000)));
    assertThat(decoder.isPending()).isFalse();
  }

  @Test
  void aPasteThatPausesIsShownAndGoesOn() {
    assertThat(decode("\u001B[200~one\r")).isEmpty();
    assertThat(decoder.isPending()).isTrue();
    assertThat(decoder.flush()).containsExactly(pasted("one"));
    assertThat(decoder.isPending()).isFalse();
    assertThat(decode("\n\u0003two\u001B[20")).isEmpty();
    assertThat(decoder.flush()).containsExactly(pastedMore("\ntwo"));
    assertThat(decode("1~\u0003")).containsExactly(Input.of(Command.INTERRUPT));
  }

  @ParameterizedTest
  @CsvSource({"0x03, INTERRUPT", "0x11, LEAVE", "0x13, SAVE", "0x1A, UNDO", "0x7F, DELETE_BEFORE"})
  void aKeyEndsAPasteWhoseEndNeverComes(int code, Command command) {
    assertThat(decode("\u001B[200~one\u001B[2")).isEmpty();
    assertThat(decode(Character.toString(code))).isEmpty(); // It has not paused.
    assertThat(decode("\u001B[2")).isEmpty();
    assertThat(decoder.flush()).containsExactly(pasted("one[2"));
    assertThat(decode(Character.toString(code))).containsExactly(Input.of(command));
    assertThat(decode("x\t")).containsExactly(typed("x"), Input.of(Command.TAKE_WORD));
  }

  @Test
  void aLineEndThatWaitedForMoreIsPasted() {
    decode("\u001B[200~one\r");
    decoder.flush();
    assertThat(decode("\u0011")).containsExactly(pastedMore("\n"), Input.of(Command.LEAVE));
  }

  @Test
  void tabsAndLinesThatComeAloneAreStillPasted() {
    decode("\u001B[200~one");
    for (String c : List.of("\t", "\n", "x", "\r")) {
      decoder.flush();
      assertThat(decode(c)).isEmpty();
    }
    assertThat(decode("\u001B[201~")).containsExactly(pastedMore("\n"));
    assertThat(decode("\u001B[200~two\u001B[201~")).containsExactly(pasted("two"));
  }

  @Test
  void piecesMeanTheSameAsTheWhole() {
    String sent = "é水😀\u001B[1;3B\u001B[200~1\r\n2\u001B[201\u001B[201~x\u001B[Z";
    StringBuilder text = new StringBuilder();
    List<Command> keys = new ArrayList<>();
    for (byte b : sent.getBytes(UTF_8)) {
      for (Input input : decoder.decode(b)) {
        text.append(input.text());
        if (input.text().isEmpty()) {
          keys.add(input.command());
        }
      }
    }
    assertThat(text.toString()).isEqualTo("é水😀1\n2[201x");
    assertThat(keys).containsExactly(Command.NEXT_PROPOSAL, Command.TAKE_ALL);
  }

  @Test
  void invalidBytesAreReplaced() {
    assertThat(decoder.decode((byte) 'a', (byte) 0xFF, (byte) 'b'))
        .containsExactly(typed("a\uFFFDb"));
  }
}
