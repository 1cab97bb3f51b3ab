package charnn.desk;

import static charnn.util.Formats.format;

import charnn.report.VisibleText;
import charnn.util.Formats;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a user does at the desk, and what he sees: a text, a cursor, the proposal after it, a status
 * line. For one thread.
 */
final class Session {
  private static final int STEPS = 10; // of the temperature, by keys, from 0 to 1
  private static final int WARMEST = 2; // temperature by keys
  private static final int LONGEST_NAME = 30; // columns of the file's name
  private static final String HINT = "F1 keys  Ctrl-Q leave ";

  private static final List<String> KEYS =
      List.of(
          "  Tab                    take the next word that is proposed",
          "  Shift-Tab              take all of it; also End, at the end of a line",
          "  Alt-Down, Alt-Up       the next proposal (also F4), the one before",
          "  Escape                 hide the proposal",
          "  Alt-Left, Alt-Right    lower, raise the temperature (also F2, F3)",
          "",
          "  Ctrl-Z, Ctrl-Y         undo, redo",
          "  Ctrl-W                 delete the word before the cursor",
          "  Ctrl-Left, Ctrl-Right  a word to the left, to the right",
          "  Ctrl-Home, Ctrl-End    the beginning, the end of the text",
          "",
          "  Ctrl-S                 save now; the text is saved every second anyway",
          "  Ctrl-Q                 save and leave; also Ctrl-C",
          "  Ctrl-L                 draw the screen again",
          "",
          "  Any key leads back to the text; what is typed or pasted goes into it.");

  private final Document document;
  private final View view = new View();
  private final KeyDecoder decoder = new KeyDecoder();
  private final Autosave autosave;
  private final Consumer<Proposals.Request> proposals;
  private final int words;
  private double temperature;

  private String proposal = ""; // after the cursor
  private int alternative; // number of the proposal, from 0
  private boolean hidden; // until something is typed
  private Throwable failure; // why no proposals can be made; null: they can
  private Wanted wanted; // what the last request was for; null: nothing
  private long requests;
  private int requested; // where the context of the last request begins
  private int read = -1; // where the context of the last answer begins; -1: none
  private String message; // until the next key; null: none
  private String news; // of where the text was saved, for some seconds; null: none
  private boolean help; // the keys are shown instead of the text
  private boolean redraw; // all of the screen
  private boolean warned; // that leaving would lose something
  private Desk.Outcome outcome; // null: not left

  /** What a proposal depends on. */
  private record Wanted(long version, int cursor, double temperature, int alternative) {}

  /**
   * @param proposals asked for proposals, which come as {@link Event.Proposed}
   * @param temperature at first
   * @param words of a proposal
   */
  Session(
      Document document,
      Autosave autosave,
      Consumer<Proposals.Request> proposals,
      double temperature,
      int words) {
    this.document = document;
    this.autosave = autosave;
    this.proposals = proposals;
    this.temperature = temperature;
    this.words = words;
  }

  /** Returns how the desk was left; null: not yet. */
  Desk.Outcome outcome() {
    return outcome;
  }

  /** Returns why proposals ended; null if they did not. */
  Throwable failure() {
    return failure;
  }

  /** Returns whether a key may not be complete: {@link #flush} says that nothing followed. */
  boolean isPending() {
    return decoder.isPending();
  }

  void flush() {
    decoder.flush().forEach(this::handle);
  }

  void resize(int columns, int rows) {
    view.resize(columns, rows);
    redraw = true;
  }

  /** Returns whether all of the screen is to be drawn again, once. */
  boolean takeRedraw() {
    boolean was = redraw;
    redraw = false;
    return was;
  }

  void handle(Event event) {
    if (event instanceof Event.Bytes input) {
      decoder.decode(input.bytes()).forEach(this::handle);
    } else if (event instanceof Event.Proposed proposed) {
      accept(proposed.answer());
    } else if (event instanceof Event.Saved saved) {
      if (saved.news() != null) {
        news = saved.news();
        message = null; // "saved" would hide it
      }
    } else if (event instanceof Event.NewsRead shown) {
      news = shown.news().equals(news) ? null : news;
    } else if (event instanceof Event.Hangup || event instanceof Event.Ending) {
      flush(); // A paste may not have ended.
      autosave.save();
      outcome = Desk.Outcome.INTERRUPTED;
    }
  }

  /** Accepts an answer, unless something else is wanted meanwhile. */
  private void accept(Proposals.Answer answer) {
    if (answer.failure() != null) {
      failure = answer.failure();
      proposal = "";
      message =
          failure instanceof OutOfMemoryError
              ? "no more proposals: there is not enough memory; writing goes on"
              : "no more proposals: an internal error in charnn; writing goes on";
    } else if (answer.number() == requests && wanted != null && wanted.equals(wantedNow())) {
      proposal = answer.proposal();
      read = requested;
    }
  }

  private void handle(Input input) {
    if (outcome != null) {
      return;
    }
    message = null;
    boolean leaves = input.command() == Command.LEAVE || input.command() == Command.INTERRUPT;
    boolean writes = !input.text().isEmpty();
    if (help && !leaves) {
      help = false;
      if (!writes) {
        return;
      }
    }
    warned &= leaves;
    long version = document.version();
    int cursor = document.cursor();
    String expected = ""; // what is left of the proposal if the text grew by its beginning
    switch (input.command()) {
      case TYPE -> expected = type(input.text());
      case TAKE_WORD -> expected = take(Words.end(proposal, 0));
      case TAKE_ALL -> expected = take(proposal.stripTrailing().length());
      case END -> {
        if (isAtLineEnd() && !proposal.isBlank()) {
          expected = take(proposal.stripTrailing().length());
        } else {
          view.moveEnd(document);
        }
      }
      case PASTE -> document.paste(input.text());
      case PASTE_MORE -> document.pasteMore(input.text());
      case NEW_LINE -> document.type("\n");
      default -> {
        if (!edit(input.command()) && !move(input.command())) {
          control(input.command());
        }
      }
    }
    if (!isVertical(input.command())) {
      view.forgetGoal();
    }
    if (document.version() != version) {
      hidden = false;
      autosave.changed();
    }
    if (document.version() != version || document.cursor() != cursor) {
      alternative = expected.isEmpty() ? 0 : alternative;
      proposal = expected;
    }
  }

  /** Types characters; returns what is left of the proposal, if it begins with them. */
  private String type(String typed) {
    document.type(typed);
    return proposal.startsWith(typed) ? proposal.substring(typed.length()) : "";
  }

  /** Takes the beginning of the proposal; returns what is left of it. */
  private String take(int length) {
    String taken = proposal.substring(0, length);
    if (taken.isBlank()) {
      return proposal;
    }
    document.take(taken);
    return proposal.substring(length);
  }

  private boolean isAtLineEnd() {
    int cursor = document.cursor();
    return cursor == document.length() || document.text().charAt(cursor) == '\n';
  }

  /** Edits the text; returns whether that is what the command is for. */
  private boolean edit(Command command) {
    switch (command) {
      case DELETE_BEFORE -> document.deleteBefore();
      case DELETE_AFTER -> document.deleteAfter();
      case DELETE_WORD -> document.deleteWordBefore();
      case UNDO -> tell(document.undo(), "there is nothing to undo");
      case REDO -> tell(document.redo(), "there is nothing to redo");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void tell(boolean done, String otherwise) {
    message = done ? null : otherwise;
  }

  /** Moves the cursor; returns whether that is what the command is for. */
  private boolean move(Command command) {
    CharSequence text = document.text();
    int cursor = document.cursor();
    switch (command) {
      case LEFT -> document.moveTo(Graphemes.previous(text, cursor));
      case RIGHT -> document.moveTo(Graphemes.next(text, cursor));
      case WORD_LEFT -> document.moveTo(Words.start(text, cursor));
      case WORD_RIGHT -> document.moveTo(Words.end(text, cursor));
      case UP -> view.moveRows(document, -1);
      case DOWN -> view.moveRows(document, 1);
      case PAGE_UP -> view.movePages(document, -1);
      case PAGE_DOWN -> view.movePages(document, 1);
      case HOME -> view.moveHome(document);
      case START_OF_TEXT -> document.moveTo(0);
      case END_OF_TEXT -> document.moveTo(document.length());
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean isVertical(Command command) {
    return command == Command.UP
        || command == Command.DOWN
        || command == Command.PAGE_UP
        || command == Command.PAGE_DOWN;
  }

  private void control(Command command) {
    switch (command) {
      case NEXT_PROPOSAL -> propose(alternative + 1);
      case PREVIOUS_PROPOSAL -> propose(Math.max(0, alternative - 1));
      case HIDE -> {
        hidden = true;
        proposal = "";
      }
      case COOLER -> heat(-1);
      case WARMER -> heat(1);
      case SAVE -> {
        if (autosave.save()) {
          message =
              autosave.isNew()
                  ? "there is no text to save yet"
                  : "saved to " + autosave.file().toAbsolutePath();
        }
      }
      case HELP -> help = true;
      case REDRAW -> redraw = true;
      case LEAVE -> leave(Desk.Outcome.LEFT);
      case INTERRUPT -> leave(Desk.Outcome.INTERRUPTED);
      default -> {
        return;
      }
    }
  }

  /** Asks for another proposal. */
  private void propose(int other) {
    if (temperature == 0 && other > 0) {
      message = "at temperature 0 there is one proposal only; Alt-Right raises it";
    } else if (other != alternative || hidden) {
      alternative = other;
      hidden = false;
      proposal = "";
    }
  }

  private void heat(int steps) {
    double changed = (Math.round(temperature * STEPS) + steps) / (double) STEPS;
    if (steps > 0 && changed > WARMEST) {
      message = format("the keys raise the temperature to %d at most", WARMEST);
      return;
    }
    temperature = Math.max(0, Math.min(WARMEST, changed));
    hidden = false;
    alternative = 0;
    proposal = "";
  }

  /** Leaves if all is saved, or if it was said that it cannot be. */
  private void leave(Desk.Outcome how) {
    if (autosave.save() || warned) {
      outcome = how;
    } else {
      warned = true;
      message =
          format(
              "cannot save %s: %s; the same key leaves all the same, and keeps the text elsewhere",
              autosave.file(), autosave.failure());
    }
  }

  /** Asks for a proposal, if another one is wanted than before. */
  void update() {
    Wanted now = wantedNow();
    if (now == null) {
      proposal = "";
    } else if (!now.equals(wanted)) {
      Context context = Context.of(document.text(), document.cursor());
      requested = context.start();
      proposals.accept(
          new Proposals.Request(
              ++requests,
              context,
              proposal,
              new Proposer.Settings(temperature, words, alternative)));
    }
    wanted = now;
  }

  /** Returns what a proposal is wanted for; null: for nothing. */
  private Wanted wantedNow() {
    return hidden || failure != null || Words.isInside(document.text(), document.cursor())
        ? null
        : new Wanted(document.version(), document.cursor(), temperature, alternative);
  }

  View.Frame frame() {
    return help ? view.page(KEYS, status()) : view.frame(document, proposal, status());
  }

  private String status() {
    if (message != null) {
      return " " + message;
    }
    if (news != null && autosave.failure() == null) {
      return " " + news;
    }
    String name = VisibleText.oneLine(autosave.file().getFileName().toString());
    String shown = VisibleText.fit(name, LONGEST_NAME);
    String state =
        autosave.failure() != null
            ? "CANNOT SAVE: " + autosave.failure()
            : autosave.isSaved() ? autosave.isNew() ? "new" : "saved" : "changed";
    String status =
        format(
            " %s  %s  temperature %s  %s",
            shown.equals(name) ? name : VisibleText.fit(name, LONGEST_NAME - 1) + "…",
            state,
            Formats.number(temperature),
            proposalState());
    int free = view.columns() - Graphemes.columns(status) - Graphemes.columns(HINT);
    return free < 2 ? status : status + " ".repeat(free) + HINT;
  }

  private String proposalState() {
    if (failure != null) {
      return "no proposals";
    }
    if (hidden) {
      return "proposal hidden";
    }
    // A model needs its time for what it has not read yet.
    boolean reads = wanted != null && proposal.isEmpty() && requested != read;
    return reads ? "reading the text" : "proposal " + (alternative + 1);
  }
}
