package charnn.report;

import static charnn.report.Html.escaped;
import static charnn.util.Formats.format;

import charnn.eval.ScoredText;
import charnn.nn.LossMetrics;
import charnn.predict.Alternative;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Characters of a block: a browser lays out a long one in quadratic time. */
  private static final int BLOCK = 4000;

  /** The page without its title and its body. */
  private static final String TEMPLATE = "surprise.html";

  /** What tells a page from others. */
  private static final String MARK = "<meta name=\"generator\" content=\"charnn score\">";

  /** Bytes of a page in which the mark stands. */
  private static final int HEAD = 1000;

  private SurprisePage() {}

  /** Returns whether a file is such a page. */
  public static boolean isPage(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains(MARK);
    }
  }

  /**
   * A text.
   *
   * @param characters with the alternatives of the first {@link #MOST}
   */
  public record Text(String name, ScoredText characters) {}

  /**
   * Returns the page.
   *
   * @param model its name
   */
  public static String of(String model, List<Text> texts) {
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
    for (Text text : texts) {
      ScoredText characters = text.characters();
      if (texts.size() > 1) {
        page.append(format("<h2>%s</h2>%n", escaped(VisibleText.oneLine(text.name()))));
      }
      page.append(
          format(
              "<p>%.4f bits per character, perplexity %.4f, %,d characters%s.</p>%n",
              characters.score().bitsPerCharacter(),
              characters.score().perplexity(),
              characters.score().known() + characters.score().unknown(),
              characters.score().unknown() == 0
                  ? ""
                  : format(", %,d of them unknown to the model", characters.score().unknown())));
      int all = characters.nats().length;
      int shown = Math.min(left, all);
      if (shown > 0) {
        page.append("<pre tabindex=\"0\">");
        append(characters, shown, page);
        page.append("</pre>\n");
      }
      if (shown < all) {
        page.append(
            format(
                "<p class=\"note\">The page ends here: %,d of the text's %,d characters are on it."
                    + " The figures are those of all; to see others, score a part of the"
                    + " text.</p>%n",
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

  /** Appends the first characters of a text, a block for each line. */
  private static void append(ScoredText text, int characters, StringBuilder page) {
    VisibleText visible = new VisibleText();
    int at = 0;
    int ofBlock = 0;
    for (int position = 0; position < characters; position++) {
      int codePoint = text.text().codePointAt(at);
      at += Character.charCount(codePoint);
      if (ofBlock == 0) {
        page.append("<span>");
      }
      SurpriseLevel level = SurpriseLevel.of(text.nats()[position]);
      if (codePoint != '\n' || level != SurpriseLevel.UNSCORED) {
        page.append("<i").append(style(level)).append(" data-a=\"");
        page.append(escaped(about(text, position, codePoint))).append("\">");
        page.append(escaped(SurpriseText.shown(codePoint, visible))).append("</i>");
      } else if (ofBlock == 0) {
        page.append("<br>"); // An empty block has no height.
      }
      ofBlock++;
      if (codePoint == '\n' || ofBlock == BLOCK || position == characters - 1) {
        page.append("</span>\n");
        ofBlock = 0;
      }
    }
  }

  private static String style(SurpriseLevel level) {
    return switch (level) {
      case UNSCORED, LOW -> "";
      case MEDIUM -> " class=m";
      case HIGH -> " class=h";
      case EXTREME -> " class=x";
    };
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
            .map(
                other ->
                    name(other.character().codePointAt(0)) + " " + percent(other.probability()))
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
}
