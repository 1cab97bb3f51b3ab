package charnn.data.web;

import charnn.data.CorpusException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Where Project Gutenberg and its mirrors have the plain text of a book. */
public final class Gutenberg {
  /** The environment variable that names mirrors, separated by spaces. */
  public static final String VARIABLE = "CHARNN_GUTENBERG_MIRROR";

  private static final String SITE = "https://www.gutenberg.org";

  private Gutenberg() {}

  /**
   * Returns mirrors.
   *
   * @param addresses may be empty: then it is Project Gutenberg's own site
   * @throws CorpusException if one is no address
   */
  public static List<URI> mirrors(List<String> addresses) throws CorpusException {
    List<URI> mirrors = new ArrayList<>();
    for (String address : addresses) {
      mirrors.add(URI.create(WebAddress.uri(address).toString().replaceFirst("/+$", "")));
    }
    return mirrors.isEmpty() ? List.of(URI.create(SITE)) : mirrors;
  }

  /**
   * Returns the addresses of a book: in UTF-8 as the site makes it, as it was handed in, and where
   * mirrors keep it, in a folder for each digit but the last.
   */
  static List<URI> places(int book, List<URI> mirrors) {
    String number = Integer.toString(book);
    String digits =
        number.length() == 1
            ? "0"
            : String.join("/", number.substring(0, number.length() - 1).split(""));
    List<URI> places = new ArrayList<>();
    for (URI mirror : mirrors) {
      places.add(URI.create(mirror + "/cache/epub/" + number + "/pg" + number + ".txt"));
      for (String folder : List.of("/files/" + number, "/" + digits + "/" + number)) {
        for (String form : List.of("-0.txt", "-8.txt", ".txt")) {
          places.add(URI.create(mirror + folder + "/" + number + form));
        }
      }
    }
    return places;
  }
}
