package charnn.desk;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.KeyEvent;
import org.jline.terminal.KeyEvent.Modifier;
import org.jline.terminal.KeyParser;

/**
 * Decodes what a terminal sends: text in UTF-8, control characters, escape sequences, and what is
 * pasted, which a terminal puts in brackets when it is asked to. Bytes may come in any pieces.
 */
final class KeyDecoder {
  private static final char ESCAPE = 0x1B;
  private static final String PASTE_BEGINS = "\u001B[200~";
  private static final String PASTE_ENDS = "\u001B[201~";

  /** No key sends a longer sequence. */
  private static final int LONGEST = 32;

  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer undecoded = ByteBuffer.allocate(0);
  private final StringBuilder sequence = new StringBuilder(); // begun with escape
  private final StringBuilder typed = new StringBuilder();
  private final StringBuilder pasted = new StringBuilder();
  private boolean pasting;
  private boolean begun; // while pasting: a part of it was passed on
  private boolean paused; // while pasting: nothing has followed for a while
  private List<Input> inputs = new ArrayList<>();

  /** Returns whether a sequence has begun, the key Escape was pressed, or a paste has not ended. */
  boolean isPending() {
    return pasting ? !paused : sequence.length() > 0;
  }

  /** Returns what bytes mean, together with those before them. They have arrived at once. */
  List<Input> decode(byte... bytes) {
    if (paused && bytes.length == 1 && isKey(bytes[0])) {
      abandonPaste();
    }
    paused = false;
    ByteBuffer all = ByteBuffer.allocate(undecoded.remaining() + bytes.length);
    all.put(undecoded).put(bytes).flip();
    CharBuffer characters = CharBuffer.allocate(all.remaining() + 1);
    utf8.decode(all, characters, false);
    undecoded = all.slice();
    characters.flip();
    while (characters.hasRemaining()) {
      decode(characters.get());
    }
    endTyped();
    return take();
  }

  /** Returns what was pending, when nothing has followed for a while. */
  List<Input> flush() {
    if (pasting) {
      paused = true;
      passPasted();
      return take();
    }
    if (sequence.chars().allMatch(c -> c == ESCAPE) && isPending()) {
      inputs.add(Input.of(Command.HIDE));
    }
    sequence.setLength(0);
    return take();
  }

  private List<Input> take() {
    List<Input> taken = inputs;
    inputs = new ArrayList<>();
    return taken;
  }

  private void decode(char c) {
    if (pasting) {
      pasted.append(c);
      if (c == '~' && endsWith(pasted, PASTE_ENDS)) {
        pasted.setLength(pasted.length() - PASTE_ENDS.length());
        pasting = false;
        passPasted();
      }
    } else if (sequence.length() > 0) {
      continueSequence(c);
    } else if (c == ESCAPE) {
      endTyped();
      sequence.append(c);
    } else if (c < ' ' || c == 0x7F) {
      endTyped();
      pass(String.valueOf(c));
    } else {
      typed.append(c);
    }
  }

  private void continueSequence(char c) {
    if (c == ESCAPE && sequence.length() > 1) {
      sequence.setLength(1); // The sequence was broken off by another.
      return;
    }
    boolean broken = c < ' ' && sequence.length() > 1;
    if (broken || sequence.length() > LONGEST) {
      sequence.setLength(0);
      decode(c);
      return;
    }
    sequence.append(c);
    if (isComplete()) {
      String complete = sequence.toString();
      sequence.setLength(0);
      if (complete.length() == 2 && c >= ' ' && command(complete) == Command.NONE) {
        inputs.add(Input.of(Command.HIDE)); // The key Escape, and then a character.
        decode(c);
      } else {
        pass(complete);
      }
    }
  }

  /** Returns whether the sequence is complete, with at least one character after escape. */
  private boolean isComplete() {
    int kind = sequence.charAt(1) == ESCAPE ? 2 : 1; // Some terminals send Alt as escape.
    int length = sequence.length();
    if (length <= kind) {
      return false;
    }
    char last = sequence.charAt(length - 1);
    boolean first = length == kind + 1;
    return switch (sequence.charAt(kind)) {
      // Keys of the Linux console have a second bracket.
      case '[' -> !first && last >= '@' && last <= '~' && (last != '[' || length > kind + 2);
      case 'O' -> !first && (last < '0' || last > '9');
      default -> true;
    };
  }

  private void pass(String key) {
    if (key.equals(PASTE_BEGINS)) {
      pasting = true;
      begun = false;
    } else {
      Command command = command(key);
      if (command != Command.NONE) {
        inputs.add(Input.of(command));
      }
    }
  }

  private void endTyped() {
    if (typed.length() > 0) {
      inputs.add(new Input(Command.TYPE, typed.toString()));
      typed.setLength(0);
    }
  }

  /**
   * Returns whether a byte that comes alone while a paste pauses is a key. Terminals send hardly
   * any such character of a pasted text. Within a paste it is no key: if it left the desk, the
   * shell would read the rest.
   */
  private static boolean isKey(byte c) {
    boolean isControl = c >= 0 && c < ' ' || c == 0x7F;
    return isControl && c != '\t' && c != '\n' && c != '\r' && c != ESCAPE;
  }

  /** The end of a paste has not come. What may be the beginning of it is left out. */
  private void abandonPaste() {
    pasting = false;
    int escape = pasted.lastIndexOf(String.valueOf(ESCAPE));
    if (escape >= 0) {
      pasted.setLength(escape);
    }
    passPasted();
  }

  /** Passes on what was pasted, but for what may be the beginning of its end. */
  private void passPasted() {
    int escape = pasting ? pasted.lastIndexOf(String.valueOf(ESCAPE)) : -1;
    boolean mayEnd = escape >= 0 && PASTE_ENDS.startsWith(pasted.substring(escape));
    int length = mayEnd ? escape : pasted.length();
    if (pasting && length > 0 && pasted.charAt(length - 1) == '\r') {
      length--; // A line feed may follow.
    }
    String text = plain(pasted.substring(0, length));
    pasted.delete(0, length);
    if (!text.isEmpty()) {
      inputs.add(new Input(begun ? Command.PASTE_MORE : Command.PASTE, text));
      begun = true;
    }
  }

  /** Returns a pasted text with this program's line ends, without control characters. */
  private static String plain(String pasted) {
    return pasted
        .replace("\r\n", "\n")
        .replace('\r', '\n')
        .replaceAll("[\\x00-\\x08\\x0B-\\x1F\\x7F]", "");
  }

  private static boolean endsWith(StringBuilder text, String end) {
    int from = text.length() - end.length();
    return from >= 0 && text.indexOf(end, from) == from;
  }

  /** Returns what a control character or an escape sequence is for. */
  private static Command command(String key) {
    boolean alt = key.length() > 2 && key.startsWith("\u001B\u001B");
    KeyEvent event = KeyParser.parse(usual(alt ? key.substring(1) : key));
    if (event.getEventType() == KeyEvent.EventType.Release) {
      return Command.NONE;
    }
    boolean shift = event.hasModifier(Modifier.Shift);
    boolean control = event.hasModifier(Modifier.Control);
    alt |= event.hasModifier(Modifier.Alt);
    return switch (event.getType()) {
      case Arrow -> arrow(event.getArrow(), control, alt);
      case Special -> special(event.getSpecial(), shift, control, alt);
      case Function -> function(event.getFunctionKey());
      case Character -> character(event.getCharacter(), control, alt);
      default -> Command.NONE;
    };
  }

  /**
   * Returns a sequence as most terminals send it. Arrows and Home may come as {@code ESC O}, Home
   * and End by number, and function keys of the Linux console with a second bracket.
   */
  private static String usual(String key) {
    String usual = key.replaceFirst("^\u001BO([A-FH])$", "\u001B[$1");
    usual = usual.replaceFirst("^\u001B\\[[17](;\\d+)?~$", "\u001B[1$1H");
    usual = usual.replaceFirst("^\u001B\\[[48](;\\d+)?~$", "\u001B[1$1F");
    usual = usual.replaceFirst("^\u001B\\[1([HF])$", "\u001B[$1");
    return usual.matches("\u001B\\[\\[[A-E]")
        ? "\u001B[1" + (char) (usual.charAt(3) - 'A' + '1') + "~"
        : usual;
  }

  private static Command arrow(KeyEvent.Arrow arrow, boolean control, boolean alt) {
    return switch (arrow) {
      case Left -> alt ? Command.COOLER : control ? Command.WORD_LEFT : Command.LEFT;
      case Right -> alt ? Command.WARMER : control ? Command.WORD_RIGHT : Command.RIGHT;
      case Up -> alt ? Command.PREVIOUS_PROPOSAL : Command.UP;
      case Down -> alt ? Command.NEXT_PROPOSAL : Command.DOWN;
    };
  }

  private static Command special(
      KeyEvent.Special special, boolean shift, boolean control, boolean alt) {
    return switch (special) {
      case Enter -> Command.NEW_LINE;
      case Tab -> shift ? Command.TAKE_ALL : Command.TAKE_WORD;
      case Escape -> Command.HIDE;
      case Backspace -> control || alt ? Command.DELETE_WORD : Command.DELETE_BEFORE;
      case Delete -> Command.DELETE_AFTER;
      case Home -> control ? Command.START_OF_TEXT : Command.HOME;
      case End -> control ? Command.END_OF_TEXT : Command.END;
      case PageUp -> Command.PAGE_UP;
      case PageDown -> Command.PAGE_DOWN;
      default -> Command.NONE;
    };
  }

  private static Command function(int number) {
    return switch (number) {
      case 1 -> Command.HELP;
      case 2 -> Command.COOLER;
      case 3 -> Command.WARMER;
      case 4 -> Command.NEXT_PROPOSAL;
      default -> Command.NONE;
    };
  }

  private static Command character(char c, boolean control, boolean alt) {
    if (alt) {
      return switch (c) {
        case 'b' -> Command.WORD_LEFT; // as some terminals send Alt-Left
        case 'f' -> Command.WORD_RIGHT;
        default -> Command.NONE;
      };
    }
    if (!control) {
      return Command.NONE;
    }
    return switch (c) {
      case 'c' -> Command.INTERRUPT;
      case 'q', 'x' -> Command.LEAVE;
      case 's' -> Command.SAVE;
      case 'z' -> Command.UNDO;
      case 'y' -> Command.REDO;
      case 'w' -> Command.DELETE_WORD;
      case 'l' -> Command.REDRAW;
      case 'a' -> Command.HOME;
      case 'e' -> Command.END;
      case 'd' -> Command.DELETE_AFTER;
      case 'b' -> Command.LEFT;
      case 'f' -> Command.RIGHT;
      case 'p' -> Command.UP;
      case 'n' -> Command.DOWN;
      default -> Command.NONE;
    };
  }
}
