package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Direction;
import charnn.data.SpecialSymbols;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.engine.NaiveNetwork;
import charnn.engine.Networks;
import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.eval.ScoredText;
import charnn.eval.TextScorer;
import charnn.model.Model;
import charnn.model.Models;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.SingleModel;
import charnn.predict.WithoutTokens;
import charnn.util.ThreadTeam;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a model of documents writes and scores, beside a naive network. */
class DocumentGenerationTest {
  private static final Model MODEL = model();
  private static final ThreadTeam ALONE = new ThreadTeam(1);

  private static Model model() {
    Model model = Models.random("abcdef\n" + SpecialSymbols.DOCUMENT_MARK, 9, 2);
    return new Model(
        Networks.withDocuments(model.network()),
        model.vocabulary(),
        model.hyperparameters(),
        model.progress(),
        model.provenance());
  }

  private static LanguageModel language() {
    return new SingleModel(EngineType.SIMD.create(ALONE), MODEL);
  }

  private static String generated(String prompt, Start start, int seed, int length) {
    StringBuilder text = new StringBuilder();
    new Generator(language(), ALONE)
        .generate(
            Prompt.of(prompt, MODEL.vocabulary()).indices(),
            start,
            length,
            1,
            i -> SamplingSettings.ofTemperature(1).sampler(seed),
            (number, codePoint) -> text.appendCodePoint(codePoint) != null);
    return text.toString();
  }

  /** A text begins a document, and so does a prompt. */
  @ParameterizedTest
  @CsvSource({"''", "a", "fed"})
  void aTextIsTheBeginningOfADocument(String prompt) {
    Vocabulary vocabulary = MODEL.vocabulary();
    for (int seed = 0; seed < 5; seed++) {
      NaiveNetwork naive = new NaiveNetwork(MODEL.network());
      Sampler sampler = SamplingSettings.ofTemperature(1).sampler(seed);
      double[] logits = naive.step(vocabulary.documentMark());
      for (char token : vocabulary.encode(prompt)) {
        sampler.read(token);
        logits = naive.step(token);
      }
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        float[] row = new float[logits.length];
        for (int k = 0; k < row.length; k++) {
          row[k] = (float) logits[k];
        }
        int next = sampler.next(row);
        expected.appendCodePoint(vocabulary.codePoint(next));
        logits = naive.step(next);
      }
      assertThat(generated(prompt, Start.PARAGRAPH, seed, 100)).isEqualTo(expected.toString());
    }
  }

  /** Texts of a batch that they join and leave are those of the generator. */
  @ParameterizedTest
  @CsvSource({"''", "a", "fed"})
  void aContinuousBatchBeginsDocumentsToo(String prompt) {
    List<StringBuilder> texts = List.of(new StringBuilder(), new StringBuilder());
    ContinuousBatch batch = new ContinuousBatch(language(), ALONE);
    batch.add(
        new ContinuousBatch.Task(
            Prompt.of(prompt, MODEL.vocabulary()).indices(),
            Start.PARAGRAPH,
            60,
            List.of(
                SamplingSettings.ofTemperature(1).sampler(0),
                SamplingSettings.ofTemperature(1).sampler(1)),
            (text, codePoint) -> texts.get(text).appendCodePoint(codePoint) != null,
            null));
    while (batch.size() > 0) {
      batch.step();
    }
    for (int seed = 0; seed < 2; seed++) {
      assertThat(texts.get(seed).toString())
          .isEqualTo(generated(prompt, Start.PARAGRAPH, seed, 60));
    }
  }

  @Test
  void aRandomStartIsBurntIn() {
    assertThat(generated("", Start.RANDOM, 1, 50)).hasSizeGreaterThanOrEqualTo(50);
    assertThat(generated("", Start.RANDOM, 1, 50))
        .isNotEqualTo(generated("", Start.PARAGRAPH, 1, 50));
  }

  private static String written(String text, List<String> stops, Until until) {
    StringBuilder out = new StringBuilder();
    StoppingText stopping =
        new StopRule(stops, false, until)
            .text("", codePoint -> out.appendCodePoint(codePoint) != null);
    boolean continues = true;
    for (int codePoint : text.replace("|", SpecialSymbols.DOCUMENT_MARK).codePoints().toArray()) {
      continues = continues && stopping.write(codePoint);
    }
    if (continues) {
      stopping.end();
    }
    return out + " " + stopping.ended();
  }

  @Test
  void aMarkIsALineEndOrTheEnd() {
    assertThat(written("ab\n|cd|", List.of(), null)).isEqualTo("ab\n\ncd\n length");
    assertThat(written("ab\n|cd|", List.of(), Until.DOCUMENT)).isEqualTo("ab until");
    assertThat(written("a\n\nb\n\n|cd|", List.of(), Until.DOCUMENT)).isEqualTo("a\n\nb until");
    assertThat(written("ab|cd|", List.of(), Until.LINE)).isEqualTo("ab until");
    assertThat(written("ab\n|cd|", List.of(), Until.PARAGRAPH)).isEqualTo("ab until");
    assertThat(written("abc|d", List.of("bcd"), Until.DOCUMENT)).isEqualTo("abc until");
    assertThat(written("abc|d", List.of("c\nd"), null)).isEqualTo("ab stop");
    assertThat(written("ab\n", List.of(), Until.DOCUMENT)).isEqualTo("ab\n length");
  }

  /** All characters of a text are scored, as those of a document, in either direction. */
  @ParameterizedTest
  @EnumSource
  void aTextIsScoredAsADocument(Direction direction) throws Exception {
    String text = "fade\ncab";
    Evaluator evaluator = new Evaluator(EngineType.SIMD.create(ALONE), ALONE);
    ScoredText scored =
        new TextScorer(evaluator, language(), direction).scoreCharacters(text, 0, done -> {});
    Vocabulary vocabulary = MODEL.vocabulary();
    char[] tokens = direction.turned(vocabulary.encode(text));
    NaiveNetwork naive = new NaiveNetwork(MODEL.network());
    double[] logits = naive.step(vocabulary.documentMark());
    double sum = 0;
    for (char token : tokens) {
      sum += NaiveNetwork.loss(logits, token);
      logits = naive.step(token);
    }
    double all = 0;
    for (double nats : scored.nats()) {
      all += nats;
    }
    assertThat(all).isCloseTo(sum, within(1e-4));
  }

  /** Where a text was cut, each part is evaluated as a text of its own. */
  @Test
  void partsOfACutTextAreEvaluatedAlone() {
    Evaluator evaluator = new Evaluator(EngineType.SIMD.create(ALONE), ALONE);
    Tokens text = Tokens.of(MODEL.vocabulary().encode("abcabcdefdefabc\nfed"));
    double parts = 0;
    long[] cuts = {0, 4, 5, 11};
    for (int i = 0; i < cuts.length; i++) {
      long end = i + 1 < cuts.length ? cuts[i + 1] : text.length();
      parts +=
          evaluator.evaluate(language(), text.part(cuts[i], end), done -> {}).score().lossSum();
    }
    assertThat(evaluator.evaluate(language(), Tokens.cut(text, cuts), done -> {}).score().lossSum())
        .isCloseTo(parts, within(1e-4));
  }

  @Test
  void withoutSymbolsOnlyCharactersFollow() {
    LanguageModel model = language();
    LanguageModel characters = WithoutTokens.special(model);
    assertThat(
            WithoutTokens.special(
                new SingleModel(EngineType.SIMD.create(ALONE), Models.random("ab", 3, 1))))
        .isInstanceOf(SingleModel.class);
    int v = model.vocabulary().size();
    float[] expected = new float[2 * v];
    float[] logits = new float[2 * v];
    Predictor one = model.predictor(2);
    Predictor other = characters.predictor(2);
    for (int token : new int[] {1, v - 1, 2}) {
      one.step(new int[] {token, 0}, expected);
      other.step(new int[] {token, 0}, logits);
      for (int i = 0; i < 2 * v; i++) {
        if (i % v == v - 1) {
          assertThat(Math.exp(logits[i])).isZero();
        } else {
          assertThat(logits[i]).isEqualTo(expected[i]);
        }
      }
    }
    Predictor loaded = characters.predictor(2);
    loaded.load(1, other.save(0));
    loaded.step(new int[] {3, 3}, logits);
    one.step(new int[] {3, 3}, expected);
    assertThat(logits[v]).isEqualTo(expected[0]);
  }
}
