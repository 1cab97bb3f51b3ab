package charnn.data.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A short list of books of Project Gutenberg that are good to train on. */
public final class Catalogue {
  private Catalogue() {}

  /**
   * A book.
   *
   * @param number at Project Gutenberg
   * @param millionCharacters about how long it is
   * @param language in English
   */
  public record Book(
      int number, double millionCharacters, String language, String title, String author) {}

  /** Returns the books, in the order in which they are listed. */
  public static List<Book> books() {
    try (InputStream in = Catalogue.class.getResourceAsStream("catalogue.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> book(line.split("\t"))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the catalogue is a part of charnn", e);
    }
  }

  private static Book book(String... columns) {
    return new Book(
        Integer.parseInt(columns[0]),
        Double.parseDouble(columns[1]),
        columns[2],
        columns[3],
        columns[4]);
  }
}
