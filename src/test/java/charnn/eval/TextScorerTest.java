package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import charnn.data.CorpusException;
import charnn.data.Direction;
import charnn.data.Vocabulary;
import charnn.engine.NaiveNetwork;
import charnn.engine.reference.ReferenceEngine;
import charnn.model.Model;
import charnn.model.Models;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import charnn.predict.Alternative;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextScorerTest {
  private static final String CHARACTERS = "abcde \n\uD83D\uDE00é";
  private static final ThreadTeam WORKERS = new ThreadTeam(2);
  private static final Evaluator EVALUATOR = new Evaluator(new ReferenceEngine(WORKERS), WORKERS);
  private static final int ALL = 1 << 20;

  @AfterAll
  static void endThreads() {
    WORKERS.close();
  }

  private static TextScorer scorer(Model model) {
    return scorer(model, Direction.FORWARD);
  }

  private static TextScorer scorer(Model model, Direction direction) {
    return new TextScorer(
        EVALUATOR, new SingleModel(new ReferenceEngine(WORKERS), model), direction);
  }

  private static TextScorer scorer() {
    return scorer(Models.random(CHARACTERS, 9, 2));
  }

  /** Returns -ln p of each character of a text behind another, from zero state, step by step. */
  private static double[] naive(Model model, String before, String text) {
    Vocabulary vocabulary = model.vocabulary();
    NaiveNetwork network = new NaiveNetwork(model.network());
    double[] logits = null;
    for (int token : vocabulary.encode(before)) {
      logits = network.step(token);
    }
    char[] tokens = vocabulary.encode(text);
    double[] nats = new double[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      nats[i] = logits == null ? Double.NaN : NaiveNetwork.loss(logits, tokens[i]);
      logits = network.step(tokens[i]);
    }
    return nats;
  }

  private static double sum(double[] nats) {
    return Arrays.stream(nats).filter(n -> !Double.isNaN(n)).sum();
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      if (Double.isNaN(expected[i])) {
        assertThat(actual[i]).as("character %d", i).isNaN();
      } else {
        assertThat(actual[i]).as("character %d", i).isCloseTo(expected[i], within(1e-4));
      }
    }
  }

  /** Lines stand between line ends, so that they do in the reversed text, too. */
  @Test
  void aModelThatReadsBackwardsIsThatOfTheReversedText() throws CorpusException {
    Model model = Models.random(CHARACTERS, 9, 2);
    String text = "abé\uD83D\uDE00 d?\n\n?caab\ne\nb?dd";
    String reversed = Direction.BACKWARD.turned(text);
    TextScorer backward = scorer(model, Direction.BACKWARD);
    TextScorer forward = scorer(model);
    assertThat(backward.score(text, done -> {})).isEqualTo(forward.score(reversed, done -> {}));
    assertTurned(
        backward.scoreCharacters(text, ALL, done -> {}),
        forward.scoreCharacters(reversed, ALL, done -> {}));
    assertTurned(
        backward.scoreLines(text, ALL, done -> {}), forward.scoreLines(reversed, ALL, done -> {}));
    assertThat(backward.scoreCharacters("abc", 0, done -> {}).nats()[2]).isNaN();
  }

  private static void assertTurned(ScoredText text, ScoredText reversed) {
    int last = text.nats().length - 1;
    for (int i = 0; i <= last; i++) {
      assertThat(Double.valueOf(text.nats()[i]))
          .isEqualTo(Double.valueOf(reversed.nats()[last - i]));
      assertThat(text.charged()[i]).isEqualTo(reversed.charged()[last - i]);
      assertThat(text.alternatives().at(i)).isEqualTo(reversed.alternatives().at(last - i));
    }
    assertThat(text.score().bits()).isCloseTo(reversed.score().bits(), within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void everyCharacterButTheFirstIsScoredAsInANaiveLoop(CellType cell) throws CorpusException {
    Model model = Models.random(cell, CHARACTERS, 7, 2);
    String text = "a bad\uD83D\uDE00 cab\n\ndéad\uD83D\uDE00\n";
    ScoredText scored = scorer(model).scoreCharacters(text, ALL, done -> {});
    assertClose(scored.nats(), naive(model, "", text));
    assertThat(scored.score().known()).isEqualTo(17);
    assertThat(scored.score().unknown()).isZero();
    assertThat(scored.score().nats()).isCloseTo(sum(scored.nats()), within(1e-9));
    assertThat(scored.score().perplexity())
        .isCloseTo(Math.exp(sum(naive(model, "", text)) / 17), within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({
    "2,LSTM",
    "3,MLSTM",
    "1000,RNN",
    "8193,GRU",
    "8193,PHASED_LSTM",
    "20000,MLSTM",
    "30000,LSTM"
  })
  void theScoreIsThatOfTheEvaluationToTheLastDigit(int length, CellType cell)
      throws CorpusException {
    SplittableRandom random = new SplittableRandom(length);
    int[] characters = CHARACTERS.codePoints().toArray();
    String known = text(random, length, characters);
    String partlyUnknown =
        text(
            random,
            length,
            IntStream.concat(IntStream.of(characters), "xyz".codePoints()).toArray());
    for (String text : List.of("a" + known, "axx" + partlyUnknown + "ab")) {
      KnownText read = KnownText.of(text, Vocabulary.ofText(CHARACTERS), Direction.FORWARD);
      Model model = Models.random(cell, CHARACTERS, 5, 1);
      LossMetrics metrics =
          EVALUATOR
              .evaluate(
                  new SingleModel(new ReferenceEngine(WORKERS), model), read.tokens(), done -> {})
              .score();
      TextScore score = scorer(model).score(text, done -> {});
      ScoredText scored = scorer(model).scoreCharacters(text, 0, done -> {});
      assertThat(score.loss()).isEqualTo(read.charge().loss(metrics.loss()));
      assertThat(scored.score()).isEqualTo(score);
      assertThat(sum(scored.nats())).isCloseTo(score.nats(), within(1e-9 * score.nats()));
      assertThat(scored.nats()[0]).isNaN();
      assertThat(Arrays.stream(scored.nats()).filter(Double::isNaN).count()).isOne();
      assertThat(score.known() + score.unknown()).isEqualTo(scored.nats().length - 1L);
      double lines = scored.lines().stream().mapToDouble(line -> line.score().nats()).sum();
      assertThat(lines).isCloseTo(score.nats(), within(1e-9 * score.nats()));
    }
  }

  private static String text(SplittableRandom random, int length, int... characters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  @Test
  void unknownCharactersAreChargedAndNotRead() throws CorpusException {
    Model model = Models.random(CHARACTERS, 6, 1);
    ScoredText scored = scorer(model).scoreCharacters("?ab?\uD83D\uDE01c", 0, done -> {});
    double[] read = naive(model, "", "abc");
    double share = 3.0 / 5;
    double charge = Math.log((1_112_064 - 9) / share);
    double rest = -Math.log(1 - share);
    assertClose(
        scored.nats(),
        new double[] {charge, Double.NaN, read[1] + rest, charge, charge, read[2] + rest});
    assertThat(scored.charged()).containsExactly(true, false, false, true, true, false);
    assertThat(scored.score().known()).isEqualTo(2);
    assertThat(scored.score().unknown()).isEqualTo(3);
    assertThat(scored.score().nats()).isCloseTo(sum(scored.nats()), within(1e-9));
  }

  @Test
  void eachLineIsScoredAsBehindALineEnd() throws CorpusException {
    Model model = Models.random(CHARACTERS, 8, 2);
    String text = "\nab cd\n\n\ne\uD83D\uDE00\na?é\n??\nb";
    ScoredText scored = scorer(model).scoreLines(text, ALL, done -> {});
    List<ScoredText.Line> lines = scored.lines();
    assertThat(lines).extracting(ScoredText.Line::number).containsExactly(2, 5, 6, 7, 8);
    assertThat(lines)
        .extracting(ScoredText.Line::text)
        .containsExactly("ab cd", "e\uD83D\uDE00", "a?é", "??", "b");
    double share = 3.0 / 13;
    double charge = Math.log((1_112_064 - 9) / share);
    double rest = -Math.log(1 - share);
    double[] expected = {
      sum(naive(model, "\n", "ab cd")) + 5 * rest,
      sum(naive(model, "\n", "e\uD83D\uDE00")) + 2 * rest,
      sum(naive(model, "\n", "aé")) + 2 * rest + charge,
      2 * charge,
      sum(naive(model, "\n", "b")) + rest
    };
    assertClose(lines.stream().mapToDouble(line -> line.score().nats()).toArray(), expected);
    assertThat(scored.score().nats()).isCloseTo(Arrays.stream(expected).sum(), within(1e-3));
    assertThat(scored.score().nats()).isCloseTo(sum(scored.nats()), within(1e-9));
    assertThat(lines.get(2).score().known()).isEqualTo(2);
    assertThat(lines.get(2).score().unknown()).isEqualTo(1);
    assertThat(scored.nats()[text.indexOf('\n')]).isNaN();
  }

  @ParameterizedTest
  @EnumSource
  void aLinesScoreDoesNotDependOnTheOtherLines(CellType cell) throws CorpusException {
    TextScorer scorer = scorer(Models.random(cell, CHARACTERS, 9, 2));
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append(text(random, 1 + random.nextInt(30), "abcde ".codePoints().toArray()));
      text.append('\n');
    }
    AtomicLong progress = new AtomicLong();
    for (ScoredText.Line line :
        scorer.scoreLines(text.toString(), 0, progress::set).lines().subList(0, 20)) {
      ScoredText alone = scorer.scoreLines(line.text(), 0, done -> {});
      assertThat(alone.score().nats()).isCloseTo(line.score().nats(), within(1e-9));
    }
  }

  @Test
  void aSpaceStandsForALineEndThatIsUnknown() throws CorpusException {
    Model model = Models.random("abc ", 5, 1);
    assertClose(scorer(model).scoreLines("ab", 0, done -> {}).nats(), naive(model, " ", "ab"));
    TextScorer neither = scorer(Models.random("abc", 5, 1));
    assertThatThrownBy(() -> neither.scoreLines("ab", 0, done -> {}))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("neither a line end nor a space");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\uD83D\uDE00", "?"})
  void aTextOfOneCharacterHasNothingToPredict(String text) {
    assertThatThrownBy(() -> scorer().score(text, done -> {}))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("fewer than two characters, and the first is not predicted");
  }

  @Test
  void aTextOfUnknownCharactersIsRefused() {
    assertThatThrownBy(() -> scorer().scoreCharacters("a????", 0, done -> {}))
        .hasMessageContaining("is it the model for this text?");
    assertThatThrownBy(() -> scorer().scoreLines("??\n?", 0, done -> {}))
        .hasMessageContaining("is it the model for this text?");
    assertThatThrownBy(() -> scorer().scoreLines("\n\n", 0, done -> {}))
        .hasMessageContaining("nothing but empty lines");
  }

  @Test
  void theAlternativesAreTheMostLikelyCharacters() throws CorpusException {
    for (String characters : List.of(CHARACTERS, "ab")) {
      Model model = Models.random(characters, 8, 1);
      Vocabulary vocabulary = model.vocabulary();
      ScoredText scored = scorer(model).scoreCharacters("abba", 3, done -> {});
      NaiveNetwork network = new NaiveNetwork(model.network());
      assertThat(scored.alternatives().at(0)).isEmpty();
      for (int i = 1; i < 3; i++) {
        double[] logits = network.step(vocabulary.indexOf("abba".charAt(i - 1)));
        List<Integer> ranked =
            IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -logits[k]))
                .limit(5)
                .toList();
        List<Alternative> found = scored.alternatives().at(i);
        assertThat(found)
            .extracting(one -> one.character().codePointAt(0))
            .containsExactlyElementsOf(ranked.stream().map(vocabulary::codePoint).toList());
        for (int rank = 0; rank < found.size(); rank++) {
          assertThat(found.get(rank).probability())
              .isCloseTo(Math.exp(-NaiveNetwork.loss(logits, ranked.get(rank))), within(1e-4));
        }
      }
      assertThat(scored.alternatives().at(3)).as("not asked for").isEmpty();
    }
  }
}
