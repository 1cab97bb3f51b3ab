package charnn.data.input;

import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.NoTextException;
import charnn.data.TextFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** The text of an EPUB e-book: its documents in reading order. */
final class EpubText {
  /** Names the package document. */
  static final String CONTAINER = "META-INF/container.xml";

  private static final String ENCRYPTION = "META-INF/encryption.xml";

  /** Algorithms that make fonts unreadable, and no text. */
  private static final Set<String> OF_FONTS =
      Set.of("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC");

  private final String place;
  private final Zip zip;
  private final DecodingSettings settings;

  private EpubText(String place, Zip zip, DecodingSettings settings) {
    this.place = place;
    this.zip = zip;
    this.settings = settings;
  }

  /**
   * Returns the text.
   *
   * @param place of the book, for messages
   * @throws NoTextException if it is encrypted, or has no text
   */
  static String of(String place, Zip zip, DecodingSettings settings) throws IOException {
    return new EpubText(place, zip, settings).text();
  }

  private String text() throws IOException {
    if (xml(ENCRYPTION, false).select("*|EncryptionMethod").stream()
        .anyMatch(method -> !OF_FONTS.contains(method.attr("Algorithm")))) {
      throw new NoTextException(
          place + " is an EPUB e-book with copy protection (DRM); charnn reads those without",
          "an EPUB e-book with copy protection");
    }
    Element root = xml(CONTAINER, true).selectFirst("*|rootfile[full-path]");
    if (root == null) {
      throw damaged("it names no package document");
    }
    String opf = root.attr("full-path");
    Document description = xml(opf, true);
    Map<String, Element> items = new HashMap<>();
    description.select("*|manifest > *|item").forEach(item -> items.put(item.attr("id"), item));
    List<String> texts = new ArrayList<>();
    for (Element reference : description.select("*|spine > *|itemref")) {
      Element item = items.get(reference.attr("idref"));
      if (item != null
          && item.attr("media-type").matches("application/xhtml\\+xml|text/html")
          && !item.attr("properties").matches("(.*\\s)?nav(\\s.*)?")) {
        String text = chapter(resolved(opf, item.attr("href")));
        if (!text.isBlank()) {
          texts.add(text);
        }
      }
    }
    if (texts.isEmpty()) {
      throw new NoTextException(
          place + " is an EPUB e-book without text; charnn reads plain text",
          "an EPUB e-book without text");
    }
    return String.join("\n", texts);
  }

  private String chapter(String name) throws IOException {
    byte[] bytes = zip.read(name);
    if (bytes == null) {
      throw damaged(name + " is missing");
    }
    String source = place + CorpusInput.SEPARATOR + name;
    return HtmlText.of(
        TextFile.decode(source, bytes, HtmlEncoding.declared(bytes, settings)).text());
  }

  /** Returns an XML file; one without elements if it need not be there, and is not. */
  private Document xml(String name, boolean isNeeded) throws IOException {
    byte[] bytes = zip.read(name);
    if (bytes == null && isNeeded) {
      throw damaged(name + " is missing");
    }
    String text =
        bytes == null
            ? ""
            : TextFile.decode(place + CorpusInput.SEPARATOR + name, bytes, settings).text();
    return Jsoup.parse(text, "", Parser.xmlParser());
  }

  /** Returns the entry that a package document refers to. */
  private static String resolved(String opf, String href) {
    String name = href.replaceFirst("#.*", "");
    try {
      name = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // It has a percent sign that is no escape.
    }
    List<String> parts = new ArrayList<>();
    for (String part : (opf.substring(0, opf.lastIndexOf('/') + 1) + name).split("/")) {
      if (part.equals("..") && !parts.isEmpty()) {
        parts.remove(parts.size() - 1);
      } else if (!part.equals(".") && !part.isEmpty()) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private CorpusException damaged(String reason) {
    return UnpackedStream.damaged(place, new IOException(reason));
  }
}
