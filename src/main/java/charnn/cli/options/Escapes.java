package charnn.cli.options;

/** Backslash escapes of characters that are hard to type. */
final class Escapes {
  private Escapes() {}

  /**
   * Reads {@code \\n}, {@code \\t}, {@code \\r}, {@code \\\\} and {@code \\uHHHH}.
   *
   * @throws UsageException of any other escape
   */
  static String read(String text) {
    StringBuilder read = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        read.append(c);
        continue;
      }
      char escaped = ++i < text.length() ? text.charAt(i) : ' ';
      switch (escaped) {
        case 'n' -> read.append('\n');
        case 't' -> read.append('\t');
        case 'r' -> read.append('\r');
        case '\\' -> read.append('\\');
        case 'u' -> {
          read.append(unit(text, i + 1));
          i += 4;
        }
        default ->
            throw new UsageException(
                "--escape knows \\n, \\t, \\r, \\\\ and \\uHHHH, not '\\"
                    + (i < text.length() ? String.valueOf(escaped) : "")
                    + "'; write \\\\ for a backslash");
      }
    }
    return read.toString();
  }

  private static char unit(String text, int from) {
    try {
      return (char) Integer.parseUnsignedInt(text.substring(from, from + 4), 16);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new UsageException("\\u needs four hexadecimal digits, as in \\u00e9");
    }
  }
}
