package charnn.desk;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A text that is edited at a cursor, and what was done to it, to be undone. One thread edits; any
 * may take a {@link #snapshot}. Offsets count UTF-16 units, and the cursor never stands within a
 * grapheme cluster. A line ends with '\n'.
 */
public final class Document {
  /** Edits that can be undone. */
  private static final int MOST_EDITS = 10_000;

  /** What an edit was, so that equal ones at one place become one. */
  private enum Kind {
    TYPED,
    TAKEN,
    PASTED,
    DELETED_BEFORE,
    DELETED_AFTER
  }

  /**
   * A change of the text.
   *
   * @param at where
   * @param removed what stood there
   * @param inserted what stands there now
   * @param before the cursor before it
   */
  private record Edit(Kind kind, int at, String removed, String inserted, int before) {
    int end() {
      return at + inserted.length();
    }
  }

  private final StringBuilder text; // guarded by this, but for reading on the editing thread
  private final Deque<Edit> undone = new ArrayDeque<>();
  private final Deque<Edit> done = new ArrayDeque<>();
  private int cursor;
  private boolean open; // whether the last edit may grow
  private volatile long version;

  /** A text with the cursor at its end. */
  public Document(String text) {
    this.text = new StringBuilder(text);
    cursor = text.length();
  }

  /** A copy of a text, and its {@link #version}. */
  record Snapshot(String text, long version) {}

  synchronized Snapshot snapshot() {
    return new Snapshot(text.toString(), version);
  }

  /** Returns a number that changes with the text. */
  long version() {
    return version;
  }

  /** Returns the text itself, for the editing thread. */
  CharSequence text() {
    return text;
  }

  int length() {
    return text.length();
  }

  int cursor() {
    return cursor;
  }

  /** Moves the cursor, to the nearest place that is not within a cluster. */
  void moveTo(int offset) {
    open = false;
    cursor = Graphemes.boundary(text, offset);
  }

  /** Inserts what was typed. A word and the white space after it are undone together. */
  void type(String typed) {
    for (int from = 0; from < typed.length(); ) {
      int to = from;
      while (to < typed.length() && !Character.isWhitespace(typed.charAt(to))) {
        to++;
      }
      while (to < typed.length() && Character.isWhitespace(typed.charAt(to))) {
        to++;
      }
      typeWord(typed.substring(from, to));
      from = to;
    }
  }

  private void typeWord(String typed) {
    if (!Character.isWhitespace(typed.charAt(0)) && cursor > 0) {
      open &= !Character.isWhitespace(text.charAt(cursor - 1));
    }
    insert(Kind.TYPED, typed);
  }

  /** Inserts a part of a proposal. */
  void take(String words) {
    open = false;
    insert(Kind.TAKEN, words);
  }

  /** Inserts what was pasted, or its beginning. */
  void paste(String pasted) {
    open = false;
    insert(Kind.PASTED, pasted);
  }

  /** Inserts more of what was pasted last; it is undone together with that. */
  void pasteMore(String pasted) {
    insert(Kind.PASTED, pasted);
  }

  private void insert(Kind kind, String inserted) {
    Edit last = done.peekLast();
    if (open && last != null && last.kind == kind && last.end() == cursor) {
      done.removeLast();
      Edit grown = new Edit(kind, last.at, last.removed, last.inserted + inserted, last.before);
      replace(cursor, cursor, inserted);
      remember(grown);
    } else {
      Edit edit = new Edit(kind, cursor, "", inserted, cursor);
      replace(cursor, cursor, inserted);
      remember(edit);
    }
    open = true;
  }

  /** Deletes the cluster before the cursor. */
  boolean deleteBefore() {
    return delete(Kind.DELETED_BEFORE, Graphemes.previous(text, cursor), cursor);
  }

  /** Deletes the cluster after the cursor. */
  boolean deleteAfter() {
    return delete(Kind.DELETED_AFTER, cursor, Graphemes.next(text, cursor));
  }

  /** Deletes the word before the cursor, or what of it stands there. */
  boolean deleteWordBefore() {
    open = false;
    return delete(Kind.DELETED_BEFORE, Words.start(text, cursor), cursor);
  }

  private boolean delete(Kind kind, int from, int to) {
    if (from == to) {
      return false;
    }
    Edit last = done.peekLast();
    String removed = text.substring(from, to);
    boolean grows = open && last != null && last.kind == kind;
    Edit edit = new Edit(kind, from, removed, "", cursor);
    if (grows && kind == Kind.DELETED_BEFORE && last.at == to) {
      edit = new Edit(kind, from, removed + last.removed, "", last.before);
      done.removeLast();
    } else if (grows && kind == Kind.DELETED_AFTER && last.at == from) {
      edit = new Edit(kind, from, last.removed + removed, "", last.before);
      done.removeLast();
    }
    replace(from, to, "");
    remember(edit);
    open = true;
    return true;
  }

  private void remember(Edit edit) {
    undone.clear();
    done.addLast(edit);
    if (done.size() > MOST_EDITS) {
      done.removeFirst();
    }
  }

  /** Undoes the last edit; returns whether there was one. */
  boolean undo() {
    Edit edit = done.pollLast();
    if (edit == null) {
      return false;
    }
    replace(edit.at, edit.end(), edit.removed);
    cursor = edit.before;
    undone.addLast(edit);
    open = false;
    return true;
  }

  /** Does again what was undone last; returns whether there was anything. */
  boolean redo() {
    Edit edit = undone.pollLast();
    if (edit == null) {
      return false;
    }
    replace(edit.at, edit.at + edit.removed.length(), edit.inserted);
    done.addLast(edit);
    open = false;
    return true;
  }

  /** Replaces a part of the text, and sets the cursor after what is new. */
  private synchronized void replace(int from, int to, String inserted) {
    text.replace(from, to, inserted);
    cursor = from + inserted.length();
    version++;
  }
}
