package charnn.desk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.DecodingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and what they do, without a terminal, a model or other threads. */
class SessionTest {
  private static final String GREY = "\u001B[90m";
  private static final String RESET = "\u001B[m";
  private static final String SHIFT_TAB = "\u001B[Z";
  private static final String ALT_DOWN = "\u001B[1;3B";
  private static final String ALT_UP = "\u001B[1;3A";
  private static final String ALT_LEFT = "\u001B[1;3D";
  private static final String ALT_RIGHT = "\u001B[1;3C";
  private static final String LEFT = "\u001B[D";
  private static final String END = "\u001B[F";

  @TempDir private Path folder;
  private final List<Proposals.Request> requests = new ArrayList<>();
  private final List<Event> saved = new ArrayList<>(); // not handled yet
  private Document document;
  private Autosave autosave;
  private Session session;
  private boolean proposes = true;

  @BeforeEach
  void open() throws IOException {
    open("");
  }

  private void open(String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("desk")).resolve("story.txt");
    try (var out = Files.newOutputStream(file)) {
      out.write(text.getBytes(UTF_8));
    }
    TextStore store = TextStore.open(file, new DecodingSettings(null, false));
    document = new Document(store.text());
    autosave = new Autosave(document, store, said -> saved.add(new Event.Saved(said)));
    requests.clear();
    session = new Session(document, autosave, requests::add, 0.5, 3);
    session.resize(80, 6);
    session.update();
    answer();
  }

  /** Answers the last request with words that name the alternative. */
  private void answer() {
    if (proposes && !requests.isEmpty()) {
      Proposals.Request request = requests.get(requests.size() - 1);
      String words = " said king" + request.settings().alternative() + " Tom ";
      String proposal = request.begun().isEmpty() ? words : request.begun() + "and so ";
      session.handle(new Event.Proposed(new Proposals.Answer(request.number(), proposal, null)));
    }
  }

  private void keys(String... sent) {
    for (String key : sent) {
      int before = requests.size();
      session.handle(new Event.Bytes(key.getBytes(UTF_8)));
      saved.forEach(session::handle);
      saved.clear();
      session.update();
      if (requests.size() > before) {
        answer();
      }
    }
  }

  private String text() {
    return document.snapshot().text();
  }

  private String firstLine() {
    return session.frame().lines().get(0);
  }

  private String status() {
    List<String> lines = session.frame().lines();
    return lines.get(lines.size() - 1);
  }

  @Test
  void theProposalIsGreyBehindTheCursor() {
    keys("Once");
    assertThat(firstLine()).isEqualTo("Once" + GREY + " said king0 Tom " + RESET);
    assertThat(session.frame().cursorColumn()).isEqualTo(4);
  }

  @Test
  void tabTakesAWord() {
    keys("Once", "\t");
    assertThat(text()).isEqualTo("Once said");
    assertThat(firstLine()).isEqualTo("Once said" + GREY + " king0 Tom and so " + RESET);
    keys("\t", "\t");
    assertThat(text()).isEqualTo("Once said king0 Tom");
  }

  @Test
  void shiftTabTakesAll() {
    keys("Once", SHIFT_TAB);
    assertThat(text()).isEqualTo("Once said king0 Tom");
    assertThat(document.cursor()).isEqualTo(document.length());
  }

  @Test
  void endTakesAllAtTheEndOfALine() throws IOException {
    keys("Once", END);
    assertThat(text()).isEqualTo("Once said king0 Tom");
    open("one two");
    keys(LEFT, LEFT, LEFT, LEFT, END);
    assertThat(text()).isEqualTo("one two");
    assertThat(document.cursor()).isEqualTo(7);
  }

  @Test
  void altDownShowsAnotherProposal() {
    keys("Once", ALT_DOWN, ALT_DOWN);
    assertThat(firstLine()).contains(" said king2 Tom");
    assertThat(status()).contains("proposal 3");
    keys(ALT_UP);
    assertThat(firstLine()).contains(" said king1 Tom");
    keys("!");
    assertThat(status()).contains("proposal 1");
  }

  @Test
  void controlZUndoesWhatWasTakenAndTyped() {
    keys("Once", "\t", "\t", "\u001A");
    assertThat(text()).isEqualTo("Once said");
    keys("\u001A", "\u001A");
    assertThat(text()).isEmpty();
    keys("\u001A");
    assertThat(status()).contains("nothing to undo");
    keys("\u0019");
    assertThat(text()).isEqualTo("Once");
    keys("\u0019", "\u0019", "\u0019");
    assertThat(status()).contains("nothing to redo");
  }

  @Test
  void typingWhatIsProposedKeepsTheProposal() {
    keys("Once", " ", "s");
    assertThat(firstLine()).startsWith("Once s" + GREY + "aid king0 Tom ");
    keys("o");
    assertThat(firstLine()).startsWith("Once so" + GREY + " said king0 Tom ");
  }

  @Test
  void escapeHidesTheProposalUntilSomethingIsTyped() {
    keys("Once", "\u001B");
    session.flush();
    session.update();
    assertThat(firstLine()).isEqualTo("Once");
    assertThat(status()).contains("hidden");
    keys("!");
    assertThat(firstLine()).contains(GREY);
  }

  @Test
  void insideAWordNothingIsProposed() {
    keys("Once", LEFT);
    assertThat(firstLine()).isEqualTo("Once");
    keys("\t", SHIFT_TAB);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void aProposalThatComesLateIsNotShown() {
    keys("Once");
    Proposals.Request late = requests.get(requests.size() - 1);
    proposes = false;
    keys("x");
    session.handle(new Event.Proposed(new Proposals.Answer(late.number(), " old", null)));
    assertThat(firstLine()).isEqualTo("Oncex");
    keys("\t");
    assertThat(text()).isEqualTo("Oncex");
  }

  /** What happened is handled before anything is asked for anew. */
  @ParameterizedTest
  @ValueSource(strings = {"x", LEFT, ALT_DOWN, ALT_LEFT, "\u007F"})
  void aProposalForWhatWasBeforeTheLastKeyIsNotTaken(String key) {
    for (String taking : List.of("\t", SHIFT_TAB, END)) {
      proposes = true;
      keys("\rOnce");
      proposes = false;
      keys("!");
      Proposals.Request late = requests.get(requests.size() - 1);
      session.handle(new Event.Bytes(key.getBytes(UTF_8)));
      String before = text();
      session.handle(new Event.Proposed(new Proposals.Answer(late.number(), " old", null)));
      session.handle(new Event.Bytes(taking.getBytes(UTF_8)));
      assertThat(text()).isEqualTo(before);
      session.update();
      assertThat(requests.get(requests.size() - 1).begun()).isEmpty();
    }
  }

  @Test
  void aProposalThatComesWhenItIsHiddenIsNotTaken() {
    proposes = false;
    keys("Once");
    session.handle(new Event.Bytes(new byte[] {0x1B}));
    session.flush();
    session.handle(new Event.Proposed(new Proposals.Answer(requests.size(), " old", null)));
    session.handle(new Event.Bytes(new byte[] {'\t'}));
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void theStatusSaysThatALongTextIsBeingRead() throws IOException {
    proposes = false;
    open("long ".repeat(1000));
    assertThat(status()).contains("reading the text");
    proposes = true;
    answer();
    assertThat(status()).contains("proposal 1");
    proposes = false;
    keys("x");
    assertThat(status()).contains("proposal 1"); // Little is to be read.
    keys("\u001B[1;5H");
    assertThat(status()).contains("reading the text");
  }

  @Test
  void aKeyChangesTheTemperature() {
    keys("Once", ALT_LEFT, ALT_LEFT);
    assertThat(status()).contains("temperature 0.3");
    assertThat(requests.get(requests.size() - 1).settings().sampling().temperature())
        .isEqualTo(0.3);
    keys(ALT_LEFT, ALT_LEFT, ALT_LEFT, ALT_LEFT);
    assertThat(status()).contains("temperature 0 ");
    keys(ALT_DOWN);
    assertThat(status()).contains("one proposal only");
    keys("\u001B[1;3C");
    assertThat(status()).contains("temperature 0.1");
  }

  @Test
  void keysRaiseTheTemperatureToTwo() throws IOException {
    for (int i = 0; i < 40; i++) {
      keys(ALT_RIGHT);
    }
    assertThat(status()).contains("raise the temperature to 2 at most");
    keys(LEFT);
    assertThat(status()).contains("temperature 2 ");
    session = new Session(document, autosave, requests::add, 5, 3);
    keys(ALT_RIGHT);
    assertThat(status()).contains("raise the temperature to 2 at most");
    keys(LEFT);
    assertThat(status()).contains("temperature 5 ");
    keys(ALT_LEFT);
    assertThat(status()).contains("temperature 2 ");
    for (int i = 0; i < 21; i++) {
      keys(ALT_LEFT);
    }
    assertThat(status()).contains("temperature 0 ");
  }

  @Test
  void whatCannotBeProposedIsSaidAndWritingGoesOn() throws IOException {
    for (Throwable failure :
        List.of(new IllegalStateException("broken"), new OutOfMemoryError("of the test"))) {
      open("");
      keys("Once");
      session.handle(new Event.Proposed(new Proposals.Answer(requests.size(), "", failure)));
      String why =
          failure instanceof Error ? "there is not enough memory" : "an internal error in charnn";
      assertThat(status()).contains("no more proposals: " + why + "; writing goes on");
      assertThat(status()).doesNotContain("java", "broken");
      assertThat(session.failure()).isSameAs(failure);
      keys(" more");
      assertThat(text()).isEqualTo("Once more");
      assertThat(status()).contains("no proposals");
    }
  }

  @Test
  void theTextIsSavedWhenTheDeskIsLeft() throws IOException {
    keys("Once", "\u0011");
    assertThat(session.outcome()).isEqualTo(Desk.Outcome.LEFT);
    assertThat(Files.readString(folder.resolve("desk/story.txt"))).isEqualTo("Once");
  }

  @Test
  void theTextIsSavedWhenTheDeskIsInterrupted() throws IOException {
    for (Event end :
        List.of(new Event.Hangup(), new Event.Ending(), new Event.Bytes(new byte[] {3}))) {
      open("");
      keys("Once");
      session.handle(end);
      assertThat(session.outcome()).isEqualTo(Desk.Outcome.INTERRUPTED);
      assertThat(Files.readString(folder.resolve("desk/story.txt"))).isEqualTo("Once");
    }
  }

  @Test
  void controlSSaysWhere() throws IOException {
    session.resize(200, 6);
    keys("Once");
    assertThat(status()).contains("story.txt  changed");
    keys("\u0013");
    assertThat(status()).contains("saved to " + folder.toRealPath().resolve("desk/story.txt"));
    keys(LEFT);
    assertThat(status()).contains("story.txt  saved");
  }

  @Test
  void controlSSaysThatThereIsNothingToSave() throws IOException {
    Files.createDirectories(folder.resolve("desk"));
    TextStore store =
        TextStore.open(folder.resolve("desk/new.txt"), new DecodingSettings(null, false));
    document = new Document("");
    session =
        new Session(document, new Autosave(document, store, said -> {}), requests::add, 0.5, 3);
    keys("\u0013");
    assertThat(status()).contains("there is no text to save yet");
  }

  /** After the last save, and nothing more was typed. */
  @ParameterizedTest
  @ValueSource(strings = {"save", "leave", "interrupt", "hangup", "signal", "watch"})
  void whatAnotherProgramWroteStaysAndTheTextIsSavedBesideIt(String how) throws IOException {
    keys("Once", "\u0013");
    Files.writeString(folder.resolve("desk/story.txt"), "of another");
    end(how);
    assertThat(folder.resolve("desk/story.txt")).hasContent("of another");
    assertThat(folder.resolve("desk/story-2.txt")).hasContent("Once");
    assertThat(autosave.news())
        .containsExactly("story.txt was changed by another program; your text is in story-2.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"save", "leave", "interrupt", "hangup", "signal", "watch"})
  void aDeletedFileIsWrittenAgain(String how) throws IOException {
    keys("Once", "\u0013");
    Files.delete(folder.resolve("desk/story.txt"));
    end(how);
    assertThat(folder.resolve("desk/story.txt")).hasContent("Once");
    assertThat(autosave.news())
        .containsExactly("story.txt was deleted by another program; it was written again");
  }

  private void end(String how) {
    switch (how) {
      case "save" -> keys("\u0013");
      case "leave" -> keys("\u0011");
      case "interrupt" -> keys("\u0003");
      case "hangup" -> session.handle(new Event.Hangup());
      case "signal" -> session.handle(new Event.Ending());
      default -> autosave.watch();
    }
  }

  @Test
  void theStatusSaysForAWhileThatTheFileIsAnother() throws IOException {
    keys("Once", "\u0013");
    Files.writeString(folder.resolve("desk/story.txt"), "of another");
    keys("\u0013");
    String said = "story.txt was changed by another program; your text is in story-2.txt";
    assertThat(status()).contains(said);
    keys("more");
    assertThat(status()).contains(said);
    session.handle(new Event.NewsRead("other news"));
    assertThat(status()).contains(said);
    session.handle(new Event.NewsRead(said));
    assertThat(status()).contains("story-2.txt  changed");
  }

  @Test
  void aTextThatCannotBeSavedIsNotLeftAtOnce() throws IOException {
    Files.delete(folder.resolve("desk/story.txt"));
    Files.delete(folder.resolve("desk"));
    session.resize(200, 6);
    keys("Once", "\u0013");
    assertThat(status()).contains("CANNOT SAVE");
    keys("\u0011");
    assertThat(session.outcome()).isNull();
    assertThat(status()).contains("cannot save");
    keys("\u0011");
    assertThat(session.outcome()).isEqualTo(Desk.Outcome.LEFT);
  }

  @Test
  void pastedTextIsTaken() {
    keys("\u001B[200~one\ttwo\r\nthree\u001B[201~");
    assertThat(text()).isEqualTo("one\ttwo\nthree");
    keys("\u001A");
    assertThat(text()).isEmpty();
  }

  @Test
  void eachPasteIsUndoneOnItsOwn() {
    keys("\u001B[200~one \u001B[201~", "\u001B[200~two");
    session.flush();
    keys(" three\u001B[201~");
    assertThat(text()).isEqualTo("one two three");
    keys("\u001A");
    assertThat(text()).isEqualTo("one ");
  }

  @Test
  void aLongPasteIsOneChange() {
    String line = "A line that is pasted.\n";
    byte[] sent = ("\u001B[200~" + line.repeat(40_000) + "\u001B[201~").getBytes(UTF_8);
    for (int from = 0; from < sent.length; from += 4095) {
      int to = Math.min(sent.length, from + 4095);
      session.handle(new Event.Bytes(Arrays.copyOfRange(sent, from, to)));
    }
    assertThat(document.snapshot()).isEqualTo(new Document.Snapshot(line.repeat(40_000), 1));
  }

  @Test
  void aPasteThatHasNotEndedIsSaved() throws IOException {
    keys("\u001B[200~Once");
    session.handle(new Event.Hangup());
    assertThat(Files.readString(folder.resolve("desk/story.txt"))).isEqualTo("Once");
  }

  @Test
  void controlQLeavesAPasteWhoseEndNeverComes() {
    keys("\u001B[200~Once");
    session.flush();
    keys("\u0011");
    assertThat(session.outcome()).isEqualTo(Desk.Outcome.LEFT);
  }

  @ParameterizedTest
  @CsvSource({"[D, 11", "[1;5D, 9", "[1;5H, 0", "[A, 2", "[H, 3", "[1;5F, 12"})
  void keysMoveTheCursor(String sequence, int offset) throws IOException {
    open("水火\ne\u0301tat two");
    keys("\u001B" + sequence);
    assertThat(document.cursor()).isEqualTo(offset);
  }

  @Test
  void deletingAndEnterEditTheText() throws IOException {
    open("one two");
    keys("\u007F", "\u0017", "\r", "z", LEFT, "\u001B[3~");
    assertThat(text()).isEqualTo("one \n");
  }

  @Test
  void theKeysAreListed() {
    session.resize(80, 24);
    keys("\u001BOP");
    assertThat(session.frame().lines()).anyMatch(line -> line.contains("Shift-Tab"));
    assertThat(session.frame().lines()).hasSize(24);
    keys("\t");
    assertThat(text()).isEmpty();
    assertThat(session.frame().lines()).noneMatch(line -> line.contains("Shift-Tab"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "xyz", "\u001B[200~xyz\u001B[201~"})
  void whatIsTypedOrPastedOnTheListOfKeysIsTaken(String sent) {
    keys("\u001BOP", sent);
    assertThat(text()).isEqualTo(sent.length() > 1 ? "xyz" : "x");
    assertThat(session.frame().lines()).noneMatch(line -> line.contains("Shift-Tab"));
  }

  @Test
  void theTextIsScrolledSoThatTheCursorIsSeen() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 30; i++) {
      lines.append(i == 1 ? "" : "\n").append("line ").append(i);
    }
    proposes = false;
    open(lines.toString());
    assertThat(session.frame().lines().subList(0, 5))
        .containsExactly("line 26", "line 27", "line 28", "line 29", "line 30");
    keys("\u001B[A", "\u001B[A", "\u001B[A", "\u001B[A");
    assertThat(session.frame().lines().get(0)).isEqualTo("line 26");
    assertThat(session.frame().cursorRow()).isZero();
    keys("\u001B[A");
    assertThat(session.frame().lines().get(0)).isEqualTo("line 25");
    keys("\u001B[5~");
    assertThat(session.frame().lines().get(0)).isEqualTo("line 21");
    keys("\u001B[1;5H");
    assertThat(session.frame().lines().get(0)).isEqualTo("line 1");
    keys("\u001B[6~", "\u001B[6~");
    assertThat(session.frame().lines().get(session.frame().cursorRow())).isEqualTo("line 9");
  }

  @Test
  void aTextMovesUpForItsProposal() throws IOException {
    open("1\n2\n3\n4\n5 " + "long ".repeat(14));
    List<String> lines = session.frame().lines();
    assertThat(lines.get(0)).isEqualTo("2");
    assertThat(lines.get(3)).startsWith("5 long");
    assertThat(lines.get(4)).contains("Tom");
  }

  @Test
  void anyWindowIsFilled() throws IOException {
    open("水火 and more ".repeat(40));
    for (int columns = 1; columns < 60; columns += 7) {
      for (int rows = 1; rows < 12; rows++) {
        session.resize(columns, rows);
        View.Frame frame = session.frame();
        assertThat(frame.lines()).hasSize(Math.max(2, rows));
        assertThat(frame.cursorRow()).isBetween(0, Math.max(2, rows) - 2);
        assertThat(frame.cursorColumn()).isBetween(0, Math.max(2, columns) - 1);
      }
    }
  }
}
