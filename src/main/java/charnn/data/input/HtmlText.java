package charnn.data.input;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;

/**
 * The text of HTML as a reader sees it: an empty line between paragraphs, a line for each row of a
 * table and item of a list.
 */
final class HtmlText implements NodeFilter {
  private static final Set<String> NO_TEXT =
      Set.of(
          "head", "script", "style", "noscript", "template", "svg", "iframe", "object", "rt", "rp");

  private static final Set<String> PARAGRAPHS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "body",
          "center",
          "details",
          "div",
          "dl",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hr",
          "main",
          "nav",
          "ol",
          "p",
          "pre",
          "section",
          "summary",
          "table",
          "ul");

  private static final Set<String> LINES = Set.of("caption", "dd", "dt", "li", "option", "tr");
  private static final Set<String> CELLS = Set.of("td", "th");
  private static final char SOFT_HYPHEN = '\u00AD';

  private final StringBuilder text = new StringBuilder();
  private int breaks; // line ends before the next character
  private boolean space; // before the next character
  private int preformatted; // elements around

  private HtmlText() {}

  /** Returns the text, which ends with a newline if there is any. */
  static String of(String markup) {
    boolean isXml = markup.stripLeading().startsWith("<?xml");
    Document document = Jsoup.parse(markup, "", isXml ? Parser.xmlParser() : Parser.htmlParser());
    HtmlText html = new HtmlText();
    document.filter(html);
    return html.text.isEmpty() ? "" : html.text.append('\n').toString();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      append(words.getWholeText());
    } else if (node instanceof Element element) {
      String name = element.normalName();
      if (NO_TEXT.contains(name)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      startOrEnd(name);
      preformatted += name.equals("pre") ? 1 : 0;
      if (name.equals("br")) {
        breaks = Math.min(2, breaks + 1);
      }
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      String name = element.normalName();
      startOrEnd(name);
      preformatted -= name.equals("pre") ? 1 : 0;
      space |= CELLS.contains(name);
    }
    return FilterResult.CONTINUE;
  }

  private void startOrEnd(String name) {
    if (PARAGRAPHS.contains(name)) {
      breaks = 2;
    } else if (LINES.contains(name)) {
      breaks = Math.max(1, breaks);
    }
  }

  private void append(String words) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (preformatted > 0 && c == '\n') {
        breaks++;
      } else if (preformatted == 0 && (c == ' ' || (c >= '\t' && c <= '\r'))) {
        space = true;
      } else if (c != SOFT_HYPHEN) {
        if (!text.isEmpty()) {
          text.append(breaks > 0 ? "\n".repeat(breaks) : space ? " " : "");
        }
        breaks = 0;
        space = false;
        text.append(c);
      }
    }
  }
}
