package charnn.desk;

/**
 * A text with another one inserted, without a copy.
 *
 * @param at where it is inserted
 */
record Spliced(CharSequence text, int at, String inserted) implements CharSequence {
  @Override
  public int length() {
    return text.length() + inserted.length();
  }

  @Override
  public char charAt(int index) {
    int in = index - at;
    return in < 0
        ? text.charAt(index)
        : in < inserted.length() ? inserted.charAt(in) : text.charAt(index - inserted.length());
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    StringBuilder part = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      part.append(charAt(i));
    }
    return part;
  }

  @Override
  public String toString() {
    return subSequence(0, length()).toString();
  }
}
