package charnn.data.web;

import charnn.data.CorpusException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the user names of the web: an address, or a book of Project Gutenberg.
 *
 * @param name by which it is recorded: the address, or {@code gutenberg:2591}
 * @param book its number at Project Gutenberg; 0 of any other address
 */
public record WebAddress(String name, int book) {
  private static final String GUTENBERG = "gutenberg:";
  private static final Pattern ADDRESS =
      Pattern.compile("(?is)(?:[a-z][a-z0-9+.-]*://|" + GUTENBERG + ").*");
  private static final Pattern BOOK = Pattern.compile("(?i)" + GUTENBERG + "\\s*0*([1-9]\\d{0,6})");

  /** The page about a book, of which the text is meant. */
  private static final Pattern PAGE =
      Pattern.compile("(?i)https?://(?:www\\.)?gutenberg\\.org/ebooks/0*([1-9]\\d{0,6})/?");

  private static final String ENTRY = "!/";

  /** Returns whether a name is meant as an address, be it a right one or not. */
  public static boolean isMeant(String name) {
    return ADDRESS.matcher(name).matches();
  }

  /**
   * Returns the address in front of the entry of an archive: of {@code https://a.org/b.zip!/c.txt}
   * what stands before {@code !/}.
   */
  public static String withoutEntry(String name) {
    int at = name.indexOf(ENTRY);
    return at < 0 ? name : name.substring(0, at);
  }

  /**
   * Returns an address.
   *
   * @throws CorpusException if it is none, or none that may be fetched
   */
  public static WebAddress of(String name) throws CorpusException {
    Matcher page = PAGE.matcher(name);
    if (page.matches()) {
      return book(Integer.parseInt(page.group(1)));
    }
    if (name.toLowerCase(Locale.ROOT).startsWith(GUTENBERG)) {
      Matcher book = BOOK.matcher(name);
      if (!book.matches()) {
        throw new CorpusException(
            "'" + name + "' is no book; give its number, for instance gutenberg:2591");
      }
      return book(Integer.parseInt(book.group(1)));
    }
    return new WebAddress(uri(name).toString(), 0);
  }

  /** Returns a book of Project Gutenberg. */
  public static WebAddress book(int number) {
    return new WebAddress(GUTENBERG + number, number);
  }

  /**
   * Checks an address.
   *
   * @return it without a fragment, in ASCII
   */
  static URI uri(String name) throws CorpusException {
    URI uri;
    try {
      uri = new URI(name);
    } catch (URISyntaxException e) {
      throw new CorpusException(
          "'" + name + "' is no address: " + e.getReason() + "; write what is not allowed as %20",
          e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new CorpusException(
          "'" + name + "' is not fetched: addresses begin with https:// or http://");
    }
    if (uri.getHost() == null) {
      throw new CorpusException("'" + name + "' names no host; check the address");
    }
    if (uri.getRawUserInfo() != null) {
      throw new CorpusException(
          "an address with a password would be recorded in the model; save the file first, and name it");
    }
    String ascii = uri.toASCIIString();
    int fragment = ascii.indexOf('#');
    return URI.create(fragment < 0 ? ascii : ascii.substring(0, fragment));
  }

  /**
   * Returns the addresses to try, one after another.
   *
   * @param mirrors of Project Gutenberg, for its books
   */
  List<URI> places(List<URI> mirrors) {
    return book == 0 ? List.of(URI.create(name)) : Gutenberg.places(book, mirrors);
  }

  /** Returns a name for a file of it: the last part of the address. */
  public String fileName() {
    if (book > 0) {
      return "pg" + book + ".txt";
    }
    URI uri = URI.create(name);
    String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("/+$", "");
    String last =
        path.substring(path.lastIndexOf('/') + 1).replaceAll("[\\p{Cntrl}\\\\:*?\"<>|]", "_");
    return last.isEmpty() || last.matches("\\.+") ? uri.getHost() : last;
  }
}
