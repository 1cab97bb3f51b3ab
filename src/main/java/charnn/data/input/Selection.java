package charnn.data.input;

import java.util.ArrayList;
import java.util.List;

/** Which entries of an archive are read: all, or those that are named, in that order. */
final class Selection {
  private final List<String> names; // null: all
  private int next;

  private Selection(List<String> names) {
    this.names = names;
  }

  static Selection all() {
    return new Selection(null);
  }

  /**
   * @param names of entries; behind {@code !/}, of entries of an archive that is one
   */
  static Selection of(List<String> names) {
    return new Selection(names);
  }

  boolean isAll() {
    return names == null;
  }

  /**
   * Takes an entry, if it is the next.
   *
   * @return what of the entry is read; null if nothing
   */
  Selection take(String entry) {
    if (isAll()) {
      return this;
    }
    if (next == names.size()) {
      return null;
    }
    if (names.get(next).equals(entry)) {
      next++;
      return all();
    }
    String within = entry + CorpusInput.SEPARATOR;
    List<String> inner = new ArrayList<>();
    while (next < names.size() && names.get(next).startsWith(within)) {
      inner.add(names.get(next++).substring(within.length()));
    }
    return inner.isEmpty() ? null : new Selection(inner);
  }

  /** Puts back what was taken and not found. */
  void putBack(Selection taken) {
    if (!isAll() && !taken.isAll()) {
      next -= taken.left();
    }
  }

  /** Returns how many are still to be found. */
  int left() {
    return isAll() ? 0 : names.size() - next;
  }

  /** Returns the first one that is still to be found. */
  String first() {
    return names.get(next);
  }
}
