package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
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
  private static final String COPY = "make up 100.0 % of it";

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private InProcess.Result run(String stdin, Object... args) {
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    return new InProcess(folder).run(stdin, words);
  }

  private InProcess.Result compare(String text, String book, String... options) throws IOException {
    Object[] command = new Object[options.length + 3];
    command[0] = "novelty";
    command[1] = "--corpus";
    command[2] = write("book.txt", book);
    System.arraycopy(options, 0, command, 3, options.length);
    return run(text, command);
  }

  @Test
  void otherLinesAreNoNovelty() throws IOException {
    assertThat(compare(BOOK.replaceAll("\\s+", "\n"), BOOK).out()).contains(COPY);
    assertThat(compare(BOOK, BOOK.replaceAll("\\s+", " ")).out()).contains(COPY);
    assertThat(compare(BOOK.replace("\n", "\r\n"), BOOK).out()).contains(COPY);
  }

  @Test
  void otherLinesAreNewWhereWhiteSpaceCounts() throws IOException {
    String lines = BOOK.replaceAll("\\s+", "\n");
    assertThat(compare(lines, BOOK, "--keep-whitespace").out()).doesNotContain("It is a copy");
    assertThat(compare(BOOK, BOOK, "--keep-whitespace").out()).contains(COPY);
  }

  @Test
  void boilerplateIsNoPartOfEitherText() throws IOException {
    InProcess.Result result = compare(FRAMED, FRAMED);
    assertThat(result.out()).contains(COPY);
    assertThat(result.err()).contains("standard input: removed", "book.txt: removed");
    InProcess.Result kept = compare(FRAMED, BOOK, "--keep-boilerplate");
    assertThat(kept.out()).doesNotContain("It is a copy");
    assertThat(kept.err()).isEmpty();
  }

  @Test
  void placesAreThoseInTheFiles() throws IOException {
    Path other = write("other.txt", "A cat sat on a mat, and a rat spat at the fat bat.\n");
    Path book = write("book.txt", FRAMED.replace("\n", "\r\n"));
    Path text =
        write("text.txt", "Some words.\n\nThen: said the\ngoose, \"and I will\nlay it down.\n");
    InProcess.Result table = run("", "novelty", text, "--corpus", other, "--corpus", book);
    assertThat(table.out())
        .contains(
            "longest shared passage:  said the goose, \"and I will lay ",
            "in the book: " + book + ", line 6, column 19",
            "in the text: " + text + ", line 3, column 7");
    InProcess.Result json = run("", "novelty", "--json", text, "--corpus", other, "--corpus", book);
    assertThat(json.out().replaceAll("\\s+", " "))
        .contains(
            "\"longest_shared\": 33",
            "\"passage\": \" said the goose, \\\"and I will lay \"",
            "\"passage_in_book\": { \"file\": \"" + book + "\", \"line\": 6, \"column\": 19 }",
            "\"passage_in_text\": { \"file\": \"" + text + "\", \"line\": 3, \"column\": 7 }");
  }

  @Test
  void aPassageStandsInOneFile() throws IOException {
    Path one = write("1.txt", "The frog jumped into the well,\n");
    Path two = write("2.txt", "and the princess wept for her golden ball.\n");
    String text = "The frog jumped into the well, and the princess wept for her golden ball.";
    InProcess.Result result = run(text, "novelty", "--json", "--corpus", one, "--corpus", two);
    assertThat(result.out()).contains("\"longest_shared\": 42", "2.txt", "\"verdict\": \"");
  }

  @Test
  void jsonHasTheFiguresOfEarlierVersionsToo() throws IOException {
    String copied = "Once upon a time there was a miller who had a goose, and the goose";
    assertThat(compare(copied + " xyz", BOOK, "--json").out())
        .contains(
            "\"characters\": 70",
            "\"copied\": 67",
            "\"copied_share\": 0.957",
            "\"longest_shared\": 67",
            "\"passage\": \"" + copied + " \"",
            "\"copied_runs\"",
            "\"at_least\": 80",
            "\"novel_ngrams\"",
            "\"n\": 50",
            "\"verdict\": \"COPY\"",
            "\"summary\": \"It is a copy");
  }

  @Test
  void theBooksOwnLastPartIsTheMeasure() throws IOException {
    StringBuilder book = new StringBuilder();
    StringBuilder text = new StringBuilder();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2000; i++) {
      book.append("tale ".charAt(random.nextInt(5))).append(random.nextInt(1000)).append(' ');
      text.append("tale ".charAt(random.nextInt(5))).append(random.nextInt(1000)).append(' ');
    }
    InProcess.Result table = compare(text.substring(0, 300), book.toString());
    assertThat(table.out())
        .contains(
            "the text    unseen pages",
            "It is as original as the author's own unseen pages. Copied passages of 40 characters or more make up 0.0 % of it, and 0.0 % of the author's own unseen pages.",
            "parts as long as the text");
    InProcess.Result json = compare(text.substring(0, 300), book.toString(), "--json");
    assertThat(json.out())
        .contains("\"verdict\": \"ORIGINAL\"", "\"baseline_share\"", "\"parts\": 3");
  }

  /** Wherever it stands, and whatever standard input has. */
  @Test
  void aFileThatIsNotOfTheCorpusIsTheText() throws IOException {
    Path book = write("book.txt", BOOK);
    Path text = write("text.txt", BOOK.substring(0, 60));
    String first = run("", "novelty", text, "--corpus", book).out();
    assertThat(first).contains(COPY);
    for (String input : new String[] {"", "Nothing of the kind is written in either."}) {
      for (InProcess.Result result :
          new InProcess.Result[] {
            run(input, "novelty", "--corpus", book, text),
            run(input, "novelty", "--corpus=" + book, text),
            run(input, "novelty", "--corpus", book, "--", text),
            run(input, "novelty", "--corpus", book, text, "--corpus", book)
          }) {
        assertThat(result.out()).isEqualTo(first);
        assertThat(result.code()).isZero();
      }
    }
    assertThat(run(" ", "novelty", "--corpus", book, "--corpus", text).err())
        .contains("standard input has no text");
  }

  @Test
  void severalTextsAreOne() throws IOException {
    Path book = write("book.txt", BOOK);
    Path one = write("1.txt", "Something else altogether.\n");
    Path two = write("2.txt", "Oh!\n" + BOOK.substring(0, 60));
    assertThat(run("", "novelty", one, two, "--corpus", book).out())
        .contains("in the text: " + two + ", line 2, column 1");
  }

  @Test
  void whatCannotBeComparedIsAnError() throws IOException {
    Path book = write("book.txt", BOOK);
    Path blank = write("blank.txt", " \n");
    InProcess.Result nothing = run(" \n", "novelty", "--corpus", book);
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("standard input has no text");
    InProcess.Result text = run("", "novelty", blank, "--corpus", book);
    assertThat(text.code()).isEqualTo(1);
    assertThat(text.err()).contains("blank.txt holds nothing but white space");
    InProcess.Result missing = run("", "novelty", folder.resolve("no.txt"), "--corpus", book);
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("cannot find", "no.txt");
    assertThat(run("", "novelty", "some words", "--corpus", book).err())
        .contains(
            "cannot find a file 'some words'; give words on standard input: echo 'some words' | charnn novelty --corpus FILE");
    InProcess.Result noBook = run("A text.", "novelty", "--corpus", folder.resolve("no.txt"));
    assertThat(noBook.code()).isEqualTo(1);
    assertThat(noBook.err()).contains("cannot find", "no.txt");
    InProcess.Result misspelt = run("A text.", "novelty", "--corpus", book, "--keep-whitspace");
    assertThat(misspelt.code()).isEqualTo(2);
    assertThat(misspelt.err()).contains("did you mean --keep-whitespace?");
    assertThat(run("A text.", "novelty", "--json").err()).contains("novelty needs --corpus FILE");
  }

  @Test
  void aTinyTextIsTooShortToJudge() throws IOException {
    InProcess.Result result = compare("x", BOOK);
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("too short to judge", "It has 1 character,");
    assertThat(compare("x", BOOK, "--json").out()).contains("\"novel_ngrams\"");
  }
}
