package charnn.report;

import static charnn.util.Formats.format;

import charnn.eval.Alternatives.Alternative;
import charnn.eval.ScoredText;
import charnn.nn.LossMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page for a browser that shows each character in the colour of its surprise, and what was more
 * likely in its place when it is pointed at. It loads nothing from elsewhere. A character takes
 * about 100 bytes.
 */
public final class SurprisePage {
  /** Characters on a page: with more, a browser becomes slow. */
  public static final int MOST = 100_000;

  /** The page without its title and its body. */
  private static final String TEMPLATE = "surprise.html";

  private SurprisePage() {}

  /**
   * Returns the page.
   *
   * @param model its name
   * @param texts with their names and the alternatives of their first {@link #MOST} characters
   */
  public static String of(String model, List<ScoreReport.Scored> texts) {
    String title =
        texts.size() == 1
            ? "Surprise of " + VisibleText.oneLine(texts.get(0).name())
            : format("Surprise of %,d texts", texts.size());
    String[] template = template().split("\\{title}|\\{body}");
    StringBuilder page = new StringBuilder(template[0]).append(escaped(title)).append(template[1]);
    page.append(
        format(
            "<h1>%s</h1>%n<p>Model: %s</p>%n",
            escaped(title), escaped(VisibleText.oneLine(model))));
    page.append(
        """
        <p class="legend">Bits of surprise:
        <span>0-1</span><span class="m">1-3</span><span class="h">3-6</span><span class="x">over 6</span></p>
        <p class="note">Point at a character, tap it, or go to the text with Tab and use the arrow keys: the lowest line of the
        window shows its surprise, and the most likely characters in its place.</p>
        """);
    int left = MOST;
    for (ScoreReport.Scored text : texts) {
      ScoredText characters = text.characters().get(0);
      if (texts.size() > 1) {
        page.append(format("<h2>%s</h2>%n", escaped(VisibleText.oneLine(text.name()))));
      }
      page.append(
          format(
              "<p>%.4f bits per character, perplexity %.4f, %,d characters%s.</p>%n",
              characters.score().bitsPerCharacter(),
              characters.score().perplexity(),
              characters.score().known(),
              characters.score().unknown() == 0
                  ? ""
                  : format(", and %,d unknown to the model", characters.score().unknown())));
      int all = characters.nats().length;
      int shown = Math.min(left, all);
      if (shown > 0) {
        // A line feed directly behind the tag is no part of the text.
        page.append("<pre tabindex=\"0\" dir=\"auto\">\n");
        append(characters, shown, page);
        page.append("</pre>\n");
      }
      if (shown < all) {
        page.append(
            format(
                "<p class=\"note\">The page ends here: %,d of the text's %,d characters are on it. The figures are those of all; to see others, score a part of the text.</p>%n",
                shown, all));
      }
      left -= shown;
    }
    return page.append(template[2]).toString();
  }

  private static String template() {
    try (InputStream in = SurprisePage.class.getResourceAsStream(TEMPLATE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(ScoredText text, int characters, StringBuilder page) {
    VisibleText visible = new VisibleText();
    int at = 0;
    for (int position = 0; position < characters; position++) {
      int codePoint = text.text().codePointAt(at);
      at += Character.charCount(codePoint);
      SurpriseLevel level = SurpriseLevel.of(text.nats()[position]);
      boolean scored = level != SurpriseLevel.UNSCORED;
      if (codePoint != '\n' || scored) {
        String shown = escaped(SurpriseText.shown(codePoint, visible));
        page.append("<i");
        switch (level) {
          case UNSCORED, LOW -> {}
          case MEDIUM -> page.append(" class=m");
          case HIGH -> page.append(" class=h");
          case EXTREME -> page.append(" class=x");
        }
        page.append(" data-a=\"").append(escaped(about(text, position, codePoint))).append("\">");
        page.append(shown).append("</i>");
      }
      if (codePoint == '\n') {
        page.append('\n');
      }
    }
    if (page.charAt(page.length() - 1) != '\n') {
      page.append('\n');
    }
  }

  /** Returns what is said of a character. */
  private static String about(ScoredText text, int position, int codePoint) {
    double nats = text.nats()[position];
    if (Double.isNaN(nats)) {
      return name(codePoint) + "  not scored";
    }
    String own = format("%s  %.2f bits", name(codePoint), nats / LossMetrics.LN_2);
    if (text.charged()[position]) {
      return own + ", unknown to the model";
    }
    List<Alternative> likeliest =
        text.alternatives() == null ? List.of() : text.alternatives().at(position);
    return own
        + ", "
        + percent(Math.exp(-nats))
        + "\n"
        + likeliest.stream()
            .map(other -> name(other.codePoint()) + " " + percent(other.probability()))
            .collect(Collectors.joining("   "));
  }

  private static String name(int codePoint) {
    return switch (codePoint) {
      case ' ' -> "space";
      case '\n' -> "line end";
      case '\t' -> "tab";
      default -> {
        int type = Character.getType(codePoint);
        boolean combines =
            type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
        yield type == Character.SPACE_SEPARATOR
            ? format("U+%04X", codePoint)
            : (combines ? "◌" : "") + VisibleText.of(Character.toString(codePoint));
      }
    };
  }

  private static String percent(double probability) {
    return probability < 5e-4 ? "under 0.1 %" : format("%.1f %%", 100 * probability);
  }

  /** Returns a text for HTML, also within quotes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replace("\n", "&#10;");
  }
}
