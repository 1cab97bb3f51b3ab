package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A book compared with itself is copied, however it is broken into lines and framed. */
class NoveltyCliTest {
  private static final String BOOK =
      """
      Once upon a time there was a miller who had a goose, and the goose could speak.
      "Do not sell me," said the goose,
          "and I will lay you a golden egg."

      And so it did, day after day, until the miller had a mill of gold.
      """;
  private static final String FRAMED =
      "The Project Gutenberg eBook of The Goose\n\n"
          + "*** START OF THE PROJECT GUTENBERG EBOOK THE GOOSE ***\n\n"
          + BOOK
          + "\n*** END OF THE PROJECT GUTENBERG EBOOK THE GOOSE ***\n\nThe licence of this eBook.\n";

  @TempDir private Path folder;

  @Test
  void otherLinesAreNoNovelty() throws IOException {
    InProcess.Result result = compare(BOOK.replaceAll("\\s+", "\n"), BOOK);
    assertThat(result.out()).contains("(100.0 %)", "white space between words counted as one");
    assertThat(compare(BOOK, BOOK.replaceAll("\\s+", " ")).out()).contains("(100.0 %)");
  }

  @Test
  void boilerplateIsNoPartOfEitherText() throws IOException {
    InProcess.Result result = compare(FRAMED, FRAMED);
    assertThat(result.out()).contains("(100.0 %)");
    assertThat(result.err()).contains("standard input: removed", "book.txt: removed");
    InProcess.Result kept = compare(FRAMED, BOOK, "--keep-boilerplate");
    assertThat(kept.out()).doesNotContain("(100.0 %)");
    assertThat(kept.err()).isEmpty();
  }

  private InProcess.Result compare(String text, String book, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("book.txt"), book);
    String[] command = java.util.Arrays.copyOf(options, options.length + 3);
    System.arraycopy(new String[] {"novelty", "--corpus", file.toString()}, 0, command, 0, 3);
    System.arraycopy(options, 0, command, 3, options.length);
    return new InProcess(folder).run(text, command);
  }
}
