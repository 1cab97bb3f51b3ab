package charnn.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** Templates of pages that are one file, with their scripts and styles in it. */
public final class PageTemplate {
  /** The style that pages share. */
  public static final String STYLE = "/charnn/report/page.css";

  private static final int HEAD = 1000; // bytes in which a page's mark stands

  private PageTemplate() {}

  /** Fills a template's {names} in; what is filled in is not looked at again. */
  public static String filled(String template, Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', open + 1)) {
      int close = template.indexOf('}', open);
      String value = values.get(template.substring(open + 1, close));
      if (value != null) {
        text.append(template, from, open).append(value);
        from = close + 1;
      }
    }
    return text.append(template.substring(from)).toString();
  }

  /** Returns a text that the build has beside a class. */
  public static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what lets a browser run this script and no other; see Content Security Policy. */
  public static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Returns whether a file is a page that begins with a mark. */
  public static boolean isMarked(Path file, String mark) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains(mark);
    }
  }
}
