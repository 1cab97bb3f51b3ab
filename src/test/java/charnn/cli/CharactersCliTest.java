package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.data.DecodingSettings;
import charnn.data.SpecialSymbols;
import charnn.data.Vocabulary;
import charnn.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** --normalize, --lowercase and --min-count, and what does as the model did. */
class CharactersCliTest {
  private static final String WIDE = "The Ｆｉｎｅ ﬁsh swam: ﬂow. ".repeat(150);

  /** A third of the text are characters that occur once. */
  private static final String RARE =
      IntStream.range(0, 600)
          .mapToObj(i -> "ab" + Character.toString(0x4E00 + i))
          .reduce("", String::concat);

  private static final String TRAIN =
      "train --steps 60 --hidden 16 --layers 1 --batch-size 8 --seq-length 16 ";

  @TempDir private static Path folder;
  private static InProcess charnn;
  private static Path text;
  private static InProcess.Result trained;

  @BeforeAll
  static void train() throws IOException {
    charnn = new InProcess(folder);
    text = Files.writeString(folder.resolve("text.txt"), WIDE + RARE);
    trained =
        charnn.line(
            TRAIN
                + "--normalize nfkc --lowercase --min-count 2 --validation 0 --name small --corpus "
                + text);
  }

  private static Model model(String name) throws IOException {
    return ModelFile.read(folder.resolve("models/" + name + "/last.zip"));
  }

  @Test
  void theTextHasTheCharactersThatWereAskedFor() throws IOException {
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains("(Unicode's form NFKC) in text.txt")
        .contains("capital letters became small ones in text.txt")
        .contains(
            "600 characters that occur fewer than 2 times, together 600 times",
            "became the unknown character");
    Vocabulary vocabulary = model("small").vocabulary();
    assertThat(vocabulary.codePoints())
        .contains('t', 'f', SpecialSymbols.UNKNOWN)
        .doesNotContain('T', 0xFF26, 0xFB01, 0x4E00);
    DecodingSettings decoding = model("small").provenance().decoding();
    assertThat(decoding.normalization()).isEqualTo(DecodingSettings.NFKC);
    assertThat(decoding.lowercase()).isTrue();
    assertThat(decoding.minCount()).isEqualTo(2);
  }

  @Test
  void infoSaysWhatBecameOfThem() {
    assertThat(charnn.line("info --model small").out().replaceAll("\\s+", " "))
        .contains(
            "in Unicode's form NFKC; in small letters; those that occur fewer than 2 times (600"
                + " characters, together 600 times) are the unknown character (U+10FFFE)");
  }

  @Test
  void theUnknownCharacterIsNeverGenerated() {
    for (String options :
        new String[] {
          "--temperature 2",
          "--temperature 0",
          "--top-n-sigma 5",
          "--typical-p 0.9",
          "--match .{100}",
          "--ban-phrase xyz",
          "--count 3",
          "--min-p 0.01 --dry 3"
        }) {
      InProcess.Result sampled =
          charnn.line("sample --model small --seed 1 --length 300 " + options);
      assertThat(sampled.code()).as(sampled.err()).isZero();
      assertThat(sampled.out().codePoints()).as(options).noneMatch(c -> c >= 0xFF00);
    }
    assertThat(
            charnn
                .line("sample --model small --model small --seed 1 --length 300 --temperature 2")
                .out()
                .codePoints())
        .noneMatch(c -> c >= 0xFF00);
  }

  @Test
  void aPromptIsReadAsTheTextWas() {
    InProcess.Result one = charnn.line("continue --model small --seed 1 --length 50 ＴＨＥ-ﬁsh");
    InProcess.Result two = charnn.line("continue --model small --seed 1 --length 50 the-fish");
    assertThat(one.out().substring("ＴＨＥ-ﬁsh".length()))
        .isEqualTo(two.out().substring("the-fish".length()));
    assertThat(charnn.line("continue --model small --seed 1 --length 5 ab龍").err())
        .contains("replaced in the prompt: '龍' (U+9F8D) by the unknown character");
  }

  @Test
  void aTextIsScoredAsTheTextWas() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("other.txt"), (WIDE + RARE).toUpperCase(Locale.ROOT) + "龍");
    InProcess.Result one = charnn.line("eval --model small --json --corpus " + text);
    InProcess.Result two = charnn.line("eval --model small --json --corpus " + other);
    assertThat(one.out()).contains("\"unknown_characters\": 0");
    assertThat(one.err())
        .contains("600 characters are too rare for the model: each is charged as the unknown");
    assertThat(two.err()).contains("601 characters are too rare");
    InProcess.Result scored = charnn.line("score --show --model small " + other);
    assertThat(scored.code()).as(scored.err()).isZero();
    assertThat(charnn.line("score --lines --model small " + other).code()).isZero();
  }

  @Test
  void aRunIsResumedWithTheSameCharacters() throws IOException {
    String again = "train --resume --name again ";
    assertThat(
            charnn
                .line(TRAIN + "--min-count 2 --normalize none --name again --corpus " + text)
                .code())
        .isZero();
    assertThat(model("again").provenance().decoding().normalization()).isNull();
    assertThat(charnn.line(again + "--steps 65 --min-count 3").err())
        .contains("the run was started with --min-count 2, not 3");
    assertThat(charnn.line(again + "--steps 65 --normalize nfkc").err())
        .contains("the run was started with --normalize none, not nfkc");
    assertThat(charnn.line(again + "--steps 65 --lowercase").code()).isEqualTo(2);
    InProcess.Result resumed = charnn.line(again + "--steps 65 --min-count 2");
    assertThat(resumed.code()).as(resumed.err()).isZero();
  }

  @Test
  void manyRareCharactersAreSaid() {
    InProcess.Result all = charnn.line(TRAIN + "--name all --corpus " + text);
    assertThat(all.err()).contains("characters occur once", "--min-count 2 makes them one");
    InProcess.Result none = charnn.line(TRAIN + "--name none --min-count 90000 --corpus " + text);
    assertThat(none.err()).contains("fewer than two characters occur 90000 times or more");
    assertThat(none.code()).isEqualTo(2);
    InProcess.Result more = charnn.line(TRAIN + "--init-from small --name more --corpus " + text);
    assertThat(more.code()).as(more.err()).isZero();
    assertThat(more.err()).contains("the text adds 0");
  }

  @Test
  void aVocabularyNearTheLargestTrains() throws IOException {
    String large =
        IntStream.concat(IntStream.range(0x4E00, 0xA000), IntStream.range(0x20000, 0x2A6DF))
            .limit(65_534)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    Path file = Files.writeString(folder.resolve("large.txt"), large + "\n" + large);
    InProcess.Result result =
        charnn.line(
            "train --steps 2 --hidden 8 --layers 1 --batch-size 1 --seq-length 4 --validation 0 --name large --corpus "
                + file);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(model("large").vocabulary().size()).isGreaterThan(63_000);
    assertThat(charnn.line("sample --model large --length 3 --seed 1").code()).isZero();
  }
}
