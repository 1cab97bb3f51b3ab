package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.cli.console.ExitCode;
import charnn.data.web.Catalogue;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusInfoCliTest {
  private static final String TEXT =
      "Caf\u00e9 cafe\u0301.\u00a0A\u200bb\tc\u0001\n\nShort.\n \n"
          + "A paragraph that is long enough to count if it occurs again,\nof two lines.\n\n"
          + "A paragraph that is long enough to count if it occurs again,\nof two lines.\n";

  @TempDir private Path folder;

  private CommandRun info(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "corpus";
    all[1] = "info";
    System.arraycopy(args, 0, all, 2, args.length);
    CommandRun run = CommandRun.of(folder, all);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run;
  }

  private JsonObject json(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "--json";
    System.arraycopy(args, 0, all, 1, args.length);
    return JsonParser.parseString(info(all).out()).getAsJsonObject();
  }

  @Test
  void aTextIsDescribed() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), TEXT);
    JsonObject report = json(file.toString());
    assertThat(report.get("texts").getAsInt()).isEqualTo(1);
    assertThat(report.get("characters").getAsLong()).isEqualTo(TEXT.length());
    JsonObject lines = report.getAsJsonObject("lines");
    assertThat(lines.get("number").getAsLong()).isEqualTo(9);
    assertThat(lines.get("longest").getAsLong()).isEqualTo(60);
    assertThat(report.get("blank_lines").getAsLong()).isEqualTo(3);
    JsonObject paragraphs = report.getAsJsonObject("paragraphs");
    assertThat(paragraphs.get("number").getAsLong()).isEqualTo(4);
    assertThat(paragraphs.get("longest").getAsLong()).isEqualTo(74);
    assertThat(paragraphs.get("median").getAsLong()).isEqualTo(18);
    assertThat(report.get("repeated_paragraphs").getAsLong()).isEqualTo(1);
    assertThat(report.get("composed_accents").getAsLong()).isEqualTo(1);
    assertThat(report.get("separate_accents").getAsLong()).isEqualTo(1);
    assertThat(report.getAsJsonArray("invisible"))
        .extracting(symbol -> symbol.getAsJsonObject().get("code").getAsString())
        .containsExactlyInAnyOrder("U+00A0", "U+200B", "U+0009", "U+0001");
    assertThat(report.getAsJsonArray("vocabulary"))
        .hasSize((int) TEXT.codePoints().distinct().count())
        .contains(
            JsonParser.parseString(
                "{\"character\":\"\u00e9\",\"code\":\"U+00E9\",\"name\":\"LATIN SMALL LETTER E WITH ACUTE\",\"count\":1,\"share\":"
                    + 1.0 / TEXT.length()
                    + "}"));
    assertThat(report.getAsJsonArray("entropy_bits")).hasSize(6);
    String table = info(file.toString()).out();
    assertThat(table)
        .contains("encoding        UTF-8")
        .contains("boilerplate     none is left out")
        .contains("mixed, which train makes NFC")
        .contains("U+200B ZERO WIDTH SPACE (1)")
        .containsPattern(
            "(?m)^ +1 +0\\.\\d{3}% +U\\+00E9 +\u00e9 +LATIN SMALL LETTER E WITH ACUTE$")
        .doesNotContain("\u200b", "\u0001", "\t");
  }

  @Test
  void encodingBoilerplateAndRepeatedTextsAreTold() throws IOException {
    String umlauts =
        "Die M\u00fchle steht \u00fcber dem Bach, und der M\u00fcller geht hin\u00fcber.\n"
            .repeat(20);
    Path latin =
        Files.write(folder.resolve("latin.txt"), List.of(umlauts), Charset.forName("windows-1252"));
    Path book =
        Files.writeString(
            folder.resolve("book.txt"),
            "The Project Gutenberg eBook of A Tale\n\n*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\n\n"
                + "Once upon a time.\n".repeat(30)
                + "\n*** END OF THE PROJECT GUTENBERG EBOOK A TALE ***\n\nLicence\n");
    Path copy = Files.copy(book, folder.resolve("copy.txt"));
    String table = info(latin.toString(), book.toString(), copy.toString()).out();
    assertThat(table)
        .containsPattern("(?m)^texts +2, of ")
        .containsPattern("(?m)^encoding +.*latin.txt is not valid UTF-8; read as windows-1252")
        .containsPattern(
            "(?m)^boilerplate +book.txt: removed \\d+ characters of Project Gutenberg's")
        .containsPattern(
            "(?m)^repeated texts +used once, being the text of another file too: .*copy.txt");
  }

  @Test
  void theEntropyOfRandomBitsIsOne() throws IOException {
    StringBuilder text = new StringBuilder();
    java.util.SplittableRandom random = new java.util.SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      text.append(random.nextInt(2) == 0 ? 'a' : 'b');
    }
    Path file = Files.writeString(folder.resolve("bits.txt"), text);
    for (JsonElement bits : json(file.toString()).getAsJsonArray("entropy_bits")) {
      assertThat(bits.getAsDouble()).isCloseTo(1, within(0.005));
    }
  }

  @Test
  void aTextIsNeeded() {
    CommandRun run = CommandRun.of(folder, "corpus", "info");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains("corpus info needs a text: charnn corpus info FILE");
  }

  @Test
  void booksAreListed() {
    CommandRun list = CommandRun.of(folder, "corpus", "list");
    assertThat(list.out())
        .containsPattern("(?m)^gutenberg:2591 +0.5 million +English +Grimms' Fairy Tales, Jacob")
        .containsPattern("(?m)^gutenberg:13214 +1.9 million +Dutch +Anna Karenina, Leo Tolstoy$");
    assertThat(list.out().lines()).hasSize(Catalogue.books().size() + 1);
    CommandRun json = CommandRun.of(folder, "corpus", "list", "--json");
    assertThat(JsonParser.parseString(json.out()).getAsJsonArray())
        .hasSize(Catalogue.books().size());
    assertThat(Catalogue.books()).extracting(Catalogue.Book::number).doesNotHaveDuplicates();
    assertThat(Catalogue.books()).extracting(Catalogue.Book::language).contains("German", "French");
  }

  @Test
  void withoutACommandTheyAreListed() {
    assertThat(CommandRun.of(folder, "corpus").out()).contains("info", "list", "fetch");
  }
}
