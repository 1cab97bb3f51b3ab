package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import charnn.data.DocumentUnit.Kind;
import charnn.util.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentSinkTest {
  private static final DocumentUnit LINE = new DocumentUnit(Kind.LINE, null);
  private static final DocumentUnit BLANK_LINE = new DocumentUnit(Kind.BLANK_LINE, null);

  private static DocumentUnit separator(String expression) {
    return new DocumentUnit(Kind.SEPARATOR, expression);
  }

  /** Returns the text of documents that come out of texts, "|" for a mark. */
  private static String joined(DocumentUnit unit, String... texts) throws CorpusException {
    return joined(unit, Integer.MAX_VALUE, texts);
  }

  private static String joined(DocumentUnit unit, int atOnce, String... texts)
      throws CorpusException {
    Collected to = new Collected();
    return joined(new DocumentSink(unit, to), to, atOnce, texts);
  }

  /** What was passed on. */
  private static final class Collected implements CorpusSink {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void begin(PlacedText.Place place) {
      assertThat(text).as("documents are one text").isEmpty();
    }

    @Override
    public void append(String characters) {
      text.append(characters);
    }

    @Override
    public Mark mark() {
      int length = text.length();
      return () -> text.setLength(length);
    }

    @Override
    public CorpusText finish(List<Corpus.Source> sources, List<Sentence> notes) {
      return new InMemoryText(text.toString(), List.of());
    }
  }

  private static String joined(DocumentSink sink, Collected to, int atOnce, String... texts)
      throws CorpusException {
    for (String text : texts) {
      sink.begin(new PlacedText.Place("a file", 1, 1));
      for (int at = 0; at < text.length(); at += atOnce) {
        sink.append(text.substring(at, (int) Math.min(text.length(), (long) at + atOnce)));
      }
    }
    sink.end();
    return to.text.toString().replace(SpecialSymbols.DOCUMENT_MARK, "|");
  }

  @Test
  void filesAreAsTheyAre() throws CorpusException {
    assertThat(joined(DocumentUnit.FILE, " one\n\n", "two")).isEqualTo(" one\n\n|two|");
    assertThat(joined(DocumentUnit.FILE, "one")).isEqualTo("one|");
    assertThat(joined(DocumentUnit.FILE_IF_SEVERAL, "one\n")).isEqualTo("one\n");
    assertThat(joined(DocumentUnit.FILE_IF_SEVERAL, "one\n", "two")).isEqualTo("one\n|two|");
  }

  @Test
  void aTextCanBeTakenAway() throws CorpusException {
    Collected to = new Collected();
    DocumentSink sink = new DocumentSink(DocumentUnit.FILE_IF_SEVERAL, to);
    CorpusSink.Mark nothing = sink.mark();
    sink.begin(new PlacedText.Place("a", 1, 1));
    sink.append("none");
    nothing.back();
    sink.begin(new PlacedText.Place("b", 1, 1));
    sink.append("one");
    CorpusSink.Mark one = sink.mark();
    sink.begin(new PlacedText.Place("c", 1, 1));
    sink.append("one");
    one.back();
    assertThat(joined(sink, to, 1, "two")).isEqualTo("one|two|");
  }

  @Test
  void linesAreWithoutTheirEnds() throws CorpusException {
    assertThat(joined(LINE, "Anna\n  Bo \n\n \t\nCaro", "Dan\n")).isEqualTo("Anna|  Bo|Caro|Dan|");
  }

  @Test
  void blankLinesEndDocumentsAndFilesDoToo() throws CorpusException {
    assertThat(joined(BLANK_LINE, "\n\n  one\n1 \n \t \n\ntwo\n", "three"))
        .isEqualTo("  one\n1\n|two\n|three\n|");
  }

  @Test
  void separatorsAreLeftOut() throws CorpusException {
    assertThat(joined(separator("^\\*\\*\\*$"), "one\n***\n\n two\n***\n***\n", "three"))
        .isEqualTo("one\n| two\n|three\n|");
    assertThat(joined(separator("(?=Chapter)"), "Chapter 1 a Chapter 2 b"))
        .isEqualTo("Chapter 1 a\n|Chapter 2 b\n|");
  }

  @Test
  void aDocumentThatComesAgainIsDroppedAndCounted() throws CorpusException {
    Collected to = new Collected();
    DocumentSink sink = new DocumentSink(LINE, to);
    assertThat(joined(sink, to, 3, "a\nb\na\n", "b \nc\na\n")).isEqualTo("a|b|c|");
    assertThat(sink.notes())
        .hasToString("[3 documents: each line is a document; dropped 3 exact duplicates]");
    assertThat(joined(BLANK_LINE, "a\n\na\nb\n\n\na")).isEqualTo("a\n|a\nb\n|");
  }

  /** However a text is cut into pieces, its documents are those of a plain search. */
  @ParameterizedTest
  @EnumSource(names = {"LINE", "BLANK_LINE", "SEPARATOR"})
  void piecesAreAsTheWhole(Kind kind) throws CorpusException {
    DocumentUnit unit = new DocumentUnit(kind, kind == Kind.SEPARATOR ? "x+" : null);
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 300; trial++) {
      int length = random.nextInt(40);
      String text =
          random
              .ints(length, 0, 5)
              .mapToObj(i -> "ab\n x".substring(i, i + 1))
              .collect(Collectors.joining());
      List<String> expected = new ArrayList<>();
      String between = kind == Kind.LINE ? "\n" : kind == Kind.SEPARATOR ? "x+" : "\n *(\n *)*\n";
      String padded = kind == Kind.BLANK_LINE ? "\n\n" + text : text;
      for (String part : padded.split(between)) {
        String document = part.replaceFirst("^( *\n)+", "").stripTrailing();
        if (!document.isEmpty() && !expected.contains(document)) {
          expected.add(document);
        }
      }
      String end = kind == Kind.LINE ? "|" : "\n|";
      String all = expected.stream().map(one -> one + end).collect(Collectors.joining());
      for (int atOnce : new int[] {1, 2, 7, 100}) {
        assertThat(joined(unit, atOnce, text)).as("'%s' by %d", text, atOnce).isEqualTo(all);
      }
    }
  }

  /** A large text is searched piece by piece, with the result of a search of all of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x+",
        "^x$",
        "^b",
        "a$",
        "(?<=a)x",
        "(?=ab)",
        "(?<!^)x(?!b)",
        "x*",
        "x{2,3}?",
        "(?s)x.*",
        "a\\n|ab",
        "\\Ax|b\\z",
        "\\b",
        "x(?=\\n*x)"
      })
  void separatorsAreFoundInPiecesAsInTheWhole(String expression) throws CorpusException {
    SplittableRandom random = new SplittableRandom(8);
    for (int trial = 0; trial < 100; trial++) {
      String text =
          random
              .ints(random.nextInt(60), 0, 5)
              .mapToObj(i -> "ab\n x".substring(i, i + 1))
              .collect(Collectors.joining());
      String whole = joined(separator(expression), text);
      for (int atOnce : new int[] {1, 5}) {
        Collected to = new Collected();
        DocumentSink sink = new DocumentSink(separator(expression), to, atOnce);
        assertThat(joined(sink, to, atOnce, text)).as("'%s' by %d", text, atOnce).isEqualTo(whole);
      }
    }
  }

  @Test
  void soManyHashesAreRemembered() {
    SeenHashes seen = new SeenHashes();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      assertThat(seen.isRepeated(i % 2 == 0 ? i : random.nextLong())).isFalse();
    }
    random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      assertThat(seen.isRepeated(i % 2 == 0 ? i : random.nextLong())).isTrue();
    }
    assertThat(seen.isFull()).isFalse();
  }

  @Test
  void whatIsNoSeparatorIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> separator("(a"))
        .withMessageContaining("'(a' is no regular expression");
    assertThatIllegalArgumentException().isThrownBy(() -> new DocumentUnit(Kind.LINE, "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> new DocumentUnit(null, null));
  }

  @Test
  void symbolsAreNoCharactersOfATextFile() throws CorpusException {
    byte[] bytes =
        ("a" + SpecialSymbols.DOCUMENT_MARK + "b\uDBFF\uDFFE\uDBFF\uDFFDc")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    TextFile read = TextFile.decode("a file", bytes, new DecodingSettings(null, false));
    assertThat(read.text()).isEqualTo("ab\uDBFF\uDFFDc");
  }

  @Test
  void theMarkIsTheLastTokenOfTheVocabulary() {
    Vocabulary vocabulary = Vocabulary.ofText("b" + SpecialSymbols.DOCUMENT_MARK + "a\uDBFF\uDFFD");
    assertThat(vocabulary.documentMark()).isEqualTo(3);
    assertThat(Vocabulary.ofText("ab").documentMark()).isEqualTo(-1);
    assertThat(Arrays.stream(vocabulary.codePoints()).filter(SpecialSymbols::isSpecial))
        .containsExactly(SpecialSymbols.DOCUMENT);
  }
}
