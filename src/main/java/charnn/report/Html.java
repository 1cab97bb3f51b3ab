package charnn.report;

/** Texts in pages. */
public final class Html {
  private Html() {}

  /** Returns a text for HTML, also within quotes. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replace("\n", "&#10;");
  }
}
