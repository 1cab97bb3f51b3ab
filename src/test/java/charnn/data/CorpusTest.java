package charnn.data;

import static charnn.util.Formats.format;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.util.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusTest {
  private static final DecodingSettings DETECTED = new DecodingSettings(null, false);
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String FRENCH =
      """
      Un vieux château s'élevait près de la forêt. L'été, les paysans y apportaient du blé, des pêches et du \
      miel; l'hiver, personne n'osait en approcher, car on disait qu'une fée très âgée y gardait la clé du \
      trésor. Pourtant son fils aîné, garçon hardi et curieux, résolut d'aller voir ce qui s'y passait.
      """;

  @TempDir private Path folder;

  @Test
  void joinsFilesInTheGivenOrderWithAnEmptyLineBetween() throws IOException {
    Path one = write("one.txt", "one\n");
    Path two = write("two.txt", "two\n");
    assertThat(Corpora.read(List.of(two, one), DETECTED).text()).isEqualTo("two\n\none\n");
  }

  @Test
  void putsAnEmptyLineAfterAFileWithoutALineEndToo() throws IOException {
    Path one = write("one.txt", "one");
    Path two = write("two.txt", "two");
    assertThat(Corpora.read(List.of(one, two), DETECTED).text()).isEqualTo("one\n\ntwo");
  }

  @Test
  void leavesASingleFileAsItIs() throws IOException {
    assertThat(read(" a b ").text()).isEqualTo(" a b ");
  }

  @Test
  void namesItsSourcesWithSizeAndHashOfTheirBytes() throws IOException {
    Path abc = write("abc.txt", "abc");
    Path other = write("other.txt", "é\r\n");
    Corpus corpus = Corpora.read(List.of(abc, other), DETECTED);
    assertThat(corpus.sources())
        .containsExactly(
            new Corpus.Source("abc.txt", abc.toAbsolutePath().toString(), 3, SHA256_OF_ABC),
            new Corpus.Source(
                "other.txt",
                other.toAbsolutePath().toString(),
                4,
                "64da669b12bbeda0ca8f2840891bd8834e5b8206f24c7703e20ac1d472612b0e"));
    assertThat(corpus.settings()).isEqualTo(DETECTED);
  }

  @Test
  void sourcesHaveAbsolutePaths() throws IOException {
    Path abc = write("abc.txt", "abc");
    Path detour = folder.resolve("x").resolve("..").resolve("abc.txt");
    Files.createDirectory(folder.resolve("x"));
    assertThat(Corpora.read(List.of(detour), DETECTED).sources().get(0).path())
        .isEqualTo(abc.toAbsolutePath().toString());
  }

  @Test
  void theTextsHashIsThatOfItsCharactersNotOfTheFiles() throws IOException {
    assertThat(read("abc").textSha256()).isEqualTo(SHA256_OF_ABC);
    assertThat(read("\uFEFFabc").textSha256()).isEqualTo(SHA256_OF_ABC);
    assertThat(read("abd").textSha256()).isNotEqualTo(SHA256_OF_ABC);
  }

  @Test
  void removesBoilerplateAndSaysSo() throws IOException {
    String header = "header\n*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\n";
    Path file = write("tale.txt", header + "A tale.\n");
    Corpus corpus = Corpora.read(List.of(file), DETECTED);
    assertThat(corpus.text()).isEqualTo("A tale.\n");
    assertThat(corpus.notes())
        .map(Object::toString)
        .containsExactly(
            "tale.txt: removed "
                + header.length()
                + " characters of Project Gutenberg's header and licence (keeping the boilerplate keeps them)");
  }

  @Test
  void ofManyNotesOfAKindTheFirstAreSaid() throws IOException {
    String header = "*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\n";
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      files.add(write(i + ".txt", header + "Tale " + i + ".\n"));
    }
    assertThat(Corpora.read(files, DETECTED).notes())
        .hasSize(3)
        .last()
        .asString()
        .startsWith("3.txt: removed 52 characters of Project Gutenberg's header")
        .endsWith("; and so for 7 more texts");
    assertThat(Corpora.read(files.subList(0, 4), DETECTED).notes()).hasSize(4);
  }

  @Test
  void countsTheBoilerplateInCodePoints() throws IOException {
    String header =
        "\uD83D\uDE00 header\n*** START OF THE PROJECT GUTENBERG EBOOK \uD83D\uDE00 ***\n";
    Path file = write("tale.txt", header + "A tale.\n");
    assertThat(Corpora.read(List.of(file), DETECTED).notes().toString())
        .contains("removed " + header.codePointCount(0, header.length()) + " characters");
  }

  @Test
  void keepsBoilerplateThatIsAllThereIsAndSaysSo() throws IOException {
    String text = "header\n*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\n";
    Path file = write("tale.txt", text);
    Corpus corpus = Corpora.read(List.of(file), DETECTED);
    assertThat(corpus.text()).isEqualTo(text);
    assertThat(corpus.notes())
        .map(Object::toString)
        .containsExactly(
            "tale.txt: there is nothing but Project Gutenberg's header and licence in it; they are kept");
  }

  @Test
  void anOlderRunHasItsBoilerplateRemovedAsItWasThen() throws IOException {
    String text = "A tale.\n\nSee: *** START OF THE PROJECT GUTENBERG EBOOK X *** here.\nMore.\n";
    Path file = write("tale.txt", text);
    assertThat(Corpora.read(List.of(file), DETECTED).text()).isEqualTo(text);
    assertThat(Corpora.read(List.of(file), new DecodingSettings(null, false, null, 0)).text())
        .isEqualTo("More.\n");
  }

  @Test
  void keepsBoilerplateOnDemand() throws IOException {
    String text = "header\n*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\nA tale.\n";
    Path file = write("tale.txt", text);
    Corpus corpus = Corpora.read(List.of(file), new DecodingSettings(null, true));
    assertThat(corpus.text()).isEqualTo(text);
    assertThat(corpus.notes()).isEmpty();
  }

  @Test
  void notesADetectedEncoding() throws IOException {
    Path file = Files.write(folder.resolve("book.txt"), FRENCH.getBytes(ISO_8859_1));
    Corpus corpus = Corpora.read(List.of(file), DETECTED);
    assertThat(corpus.text()).isEqualTo(FRENCH);
    assertThat(corpus.notes()).singleElement().asString().contains("read as windows-1252");
  }

  @Test
  void readsInTheGivenEncoding() throws IOException {
    Path file = Files.write(folder.resolve("book.txt"), FRENCH.getBytes(ISO_8859_1));
    Corpus corpus = Corpora.read(List.of(file), new DecodingSettings("ISO-8859-1", false));
    assertThat(corpus.text()).isEqualTo(FRENCH);
    assertThat(corpus.notes()).isEmpty();
  }

  @Test
  void refusesFewerThanTwoDifferentCharacters() {
    assertThatThrownBy(() -> read("aaaa"))
        .isInstanceOf(CorpusException.class)
        .hasMessage("book.txt has fewer than 2 different characters; a text must have 2 to 65,536");
  }

  @Test
  void takesTwoDifferentCharactersFromTwoFiles() throws IOException {
    Corpus corpus = Corpora.read(List.of(write("1.txt", "aa"), write("2.txt", "bb")), DETECTED);
    assertThat(corpus.text()).startsWith("aa").endsWith("bb");
  }

  /** Characters for private use: no two of them make one. */
  private static String different(int number) {
    return IntStream.range(0xF0000, 0xF0000 + number)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  @Test
  void takesAsManyDifferentCharactersAsAVocabularyHolds() throws IOException {
    Corpus corpus = read(different(Vocabulary.MAX_SIZE));
    Tokens tokens = EncodedCorpus.of(corpus).tokens();
    assertThat(tokens.length()).isEqualTo(Vocabulary.MAX_SIZE);
    assertThat(tokens.at(Vocabulary.MAX_SIZE - 1)).isEqualTo(Vocabulary.MAX_SIZE - 1);
  }

  @Test
  void refusesMoreDifferentCharactersUnlessRareOnesBecomeOne() throws IOException {
    String tooMany = different(Vocabulary.MAX_SIZE + 1) + "abababab";
    assertThatThrownBy(() -> read(tooMany))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "book.txt has 65,539 or more different characters, and a model knows 65,536 at most; with a least count of a character of 2, train and plan make the rare ones one");
    DecodingSettings frequent = DETECTED.withCharacters(DecodingSettings.NFC, false, 3);
    EncodedCorpus text =
        EncodedCorpus.of(Corpora.read(List.of(write("book.txt", tooMany)), frequent));
    assertThat(text.vocabulary().codePoints()).containsExactly('a', 'b', SpecialSymbols.UNKNOWN);
    assertThat(text.tokens().length()).isEqualTo(65_545);
    assertThat(text.tokens().at(0)).isEqualTo(2);
    assertThat(text.tokens().at(65_544)).isEqualTo(1);
    assertThat(text.rare()).isEqualTo(new CharacterCounts.Rare(65_537, 65_537));
    DecodingSettings all = DETECTED.withCharacters(DecodingSettings.NFC, false, 2);
    Corpus twice = Corpora.read(List.of(write("book.txt", tooMany + tooMany)), all);
    assertThatThrownBy(() -> EncodedCorpus.of(twice))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("65,539 characters occur 2 times or more, and a model knows 65,536");
  }

  @Test
  void lettersAndAccentsApartBecomeOneCharacter() throws IOException {
    Path apart = write("apart.txt", "Le cafe\u0301 e\u0301tait ferme\u0301 a\u0300 Noe\u0308l.\n");
    Path one = write("one.txt", "Le café était fermé à Noël.\n");
    Corpus corpus = Corpora.read(List.of(apart), DETECTED);
    assertThat(corpus.text()).isEqualTo("Le café était fermé à Noël.\n");
    assertThat(corpus.textSha256()).isEqualTo(Corpora.read(List.of(one), DETECTED).textSha256());
    assertThat(corpus.notes())
        .map(Object::toString)
        .containsExactly(
            "letters with separate accents, and the like, became one character (Unicode's form NFC) in apart.txt");
    assertThat(Corpora.read(List.of(one), DETECTED).notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Однажды в студёную зимнюю пору", // й and ё are characters of their own
        "昔々あるところに、おじいさんとガ",
        "옛날 옛적에",
        "นานมาแล้ว มีช้าง",
        "x\u0323\u0301 has no character of its own",
        "ﬁ ½ ① are others than fi 1/2 1",
      })
  void textsThatHaveNothingToJoinStayAsTheyAre(String text) throws IOException {
    Corpus corpus = read(text);
    assertThat(corpus.text()).isEqualTo(text);
    assertThat(corpus.notes()).isEmpty();
  }

  @Test
  void aRunOfAnOlderFileIsReadAsItWasThen() throws IOException {
    Path apart = write("apart.txt", "cafe\u0301\n");
    Path again = write("again.txt", "cafe\u0301\n");
    DecodingSettings then = new DecodingSettings(null, false, null, 0);
    Corpus corpus = Corpora.read(List.of(apart, again), then);
    assertThat(corpus.text()).isEqualTo("cafe\u0301\n\ncafe\u0301\n");
    assertThat(corpus.notes()).isEmpty();
    assertThat(corpus.settings()).isEqualTo(then);
  }

  @Test
  void aTextOfSeveralFilesIsUsedOnce() throws IOException {
    Path book = write("book.txt", "A café.\n");
    Path copy = write("copy.txt", "A café.\n");
    Path otherwise = write("otherwise.txt", "\uFEFFA cafe\u0301.\r\n\r\n");
    Path marked =
        write(
            "marked.txt",
            "*** START OF THE PROJECT GUTENBERG EBOOK A CAFÉ ***\n\nA café.\n\n"
                + "*** END OF THE PROJECT GUTENBERG EBOOK A CAFÉ ***\n");
    Path other = write("other.txt", "A tea room.\n");
    Path detour = folder.resolve(".").resolve("book.txt");
    Corpus corpus =
        Corpora.read(List.of(book, copy, detour, other, otherwise, marked, book), DETECTED);
    assertThat(corpus.text()).isEqualTo("A café.\n\nA tea room.\n");
    assertThat(corpus.sources())
        .extracting(Corpus.Source::name)
        .containsExactly("book.txt", "other.txt");
    assertThat(corpus.notes())
        .map(Object::toString)
        .contains(
            format(
                "used once, being the text of another file too: %s (as %s), %s (as %s), %s (as %s) and 2 more",
                copy, book, detour, book, otherwise, book));
    assertThat(Corpora.read(List.of(book, book), DETECTED).text()).isEqualTo("A café.\n");
  }

  @Test
  void linksToAFileAreTheFile() throws IOException {
    Path book = write("book.txt", "A café.\n");
    Path hard = Files.createLink(folder.resolve("hard.txt"), book);
    Path soft = Files.createSymbolicLink(folder.resolve("soft.txt"), book);
    Corpus corpus = Corpora.read(List.of(hard, book, soft), DETECTED);
    assertThat(corpus.text()).isEqualTo("A café.\n");
    assertThat(corpus.sources()).extracting(Corpus.Source::name).containsExactly("hard.txt");
  }

  @Test
  void refusesAReadingThatItDoesNotKnow() {
    assertThatThrownBy(() -> new DecodingSettings(null, false, "nfkd", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'nfkd' is no normalization that this charnn knows");
    assertThatThrownBy(() -> new DecodingSettings(null, false, null, 99))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be 0 to");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Path empty = write("empty.txt", "");
    assertThatThrownBy(() -> Corpora.read(List.of(empty), DETECTED))
        .isInstanceOf(CorpusException.class)
        .hasMessage(empty + " is empty; charnn needs a plain-text file with some pages of text");
  }

  @Test
  void refusesAFileOfWhiteSpace() throws IOException {
    Path good = write("good.txt", "good");
    Path blank = write("blank.txt", " \n\t\n");
    assertThatThrownBy(() -> Corpora.read(List.of(good, blank), DETECTED))
        .isInstanceOf(CorpusException.class)
        .hasMessage(blank + " holds nothing but white space; charnn needs some pages of text");
  }

  private Corpus read(String content) throws IOException {
    return Corpora.read(List.of(write("book.txt", content)), DETECTED);
  }

  private Path write(String name, String content) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(UTF_8));
  }
}
