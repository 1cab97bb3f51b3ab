package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.PlacedText.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacedTextTest {
  private static final String LICENCE =
      "This eBook is for the use of anyone anywhere at no cost, under the Project Gutenberg License.\n";

  @TempDir private Path folder;

  private Corpus read(DecodingSettings settings, String... texts) throws IOException {
    Path[] files = new Path[texts.length];
    for (int i = 0; i < texts.length; i++) {
      files[i] = Files.writeString(folder.resolve(i + ".txt"), texts[i]);
    }
    return Corpora.read(List.of(files), settings);
  }

  private Place place(Corpus corpus, String passage) {
    Place place = corpus.placed().place(corpus.text().indexOf(passage));
    return new Place(Path.of(place.file()).getFileName().toString(), place.line(), place.column());
  }

  @Test
  void linesAndColumnsAreThoseOfTheFiles() throws IOException {
    Corpus corpus =
        read(
            new DecodingSettings(null, false),
            "one\r\n\r\n😀two\r\n",
            "three\nfour",
            "\n\n  five\n");
    assertThat(corpus.text()).isEqualTo("one\n\n😀two\n\nthree\nfour\n\n\n\n  five\n");
    assertThat(place(corpus, "one")).isEqualTo(new Place("0.txt", 1, 1));
    assertThat(place(corpus, "two")).isEqualTo(new Place("0.txt", 3, 2));
    assertThat(place(corpus, "three")).isEqualTo(new Place("1.txt", 1, 1));
    assertThat(place(corpus, "our")).isEqualTo(new Place("1.txt", 2, 2));
    assertThat(place(corpus, "five")).isEqualTo(new Place("2.txt", 3, 3));
  }

  @Test
  void whatIsRemovedCounts() throws IOException {
    String file =
        "The Project Gutenberg eBook of X\n\n"
            + LICENCE
            + "\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n  The first tale.\nIts end.\n\n"
            + "*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\n"
            + LICENCE
            + "\n*** START OF THE PROJECT GUTENBERG EBOOK Y ***\n\nThe second tale.\n\n"
            + "*** END OF THE PROJECT GUTENBERG EBOOK Y ***\n\n"
            + LICENCE;
    for (int rules = 0; rules <= DecodingSettings.RULES; rules++) {
      Corpus corpus =
          read(new DecodingSettings(null, false, DecodingSettings.NFC, rules), file, "Another.\n");
      assertThat(corpus.text())
          .isEqualTo("The first tale.\nIts end.\n\nThe second tale.\n\nAnother.\n");
      assertThat(corpus.parts()).hasSize(3);
      assertThat(place(corpus, "The first")).isEqualTo(new Place("0.txt", 7, 3));
      assertThat(place(corpus, "end.")).isEqualTo(new Place("0.txt", 8, 5));
      assertThat(place(corpus, "second")).isEqualTo(new Place("0.txt", 16, 5));
      assertThat(place(corpus, "Another")).isEqualTo(new Place("1.txt", 1, 1));
    }
  }

  @Test
  void aRepeatedTextHasOnePlace() throws IOException {
    Corpus corpus =
        read(new DecodingSettings(null, false), "The same.\n", "The same.\n", "Last.\n");
    assertThat(corpus.parts()).hasSize(2);
    assertThat(place(corpus, "Last")).isEqualTo(new Place("2.txt", 1, 1));
  }

  @Test
  void nothingStandsBehindTheEnd() {
    PlacedText text = new PlacedText.Builder().add("a", "b", Boilerplate.remainderOf("b")).build();
    assertThat(text.place(0)).isEqualTo(new Place("a", 1, 1));
    assertThatThrownBy(() -> text.place(1)).isInstanceOf(IllegalArgumentException.class);
  }
}
