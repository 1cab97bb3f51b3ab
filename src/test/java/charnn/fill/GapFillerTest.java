package charnn.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Direction;
import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.Logits;
import charnn.engine.Networks;
import charnn.engine.reference.ReferenceEngine;
import charnn.engine.simd.SimdEngine;
import charnn.generate.TableModel;
import charnn.nn.CellType;
import charnn.predict.BothSides;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts for gaps, beside those that are found by trying all with plain products. */
class GapFillerTest {
  private static final Vocabulary LETTERS = Vocabulary.ofText("\nabcd");
  private static final int V = LETTERS.size();
  private static final Engine ENGINE = new ReferenceEngine(new ThreadTeam(1));
  private static final BothSides PAIR = pair(ENGINE);
  private static final IntConsumer IGNORED = gap -> {};

  private static BothSides pair(Engine engine) {
    return new BothSides(
        new SingleModel(engine, Networks.random(CellType.LSTM, V, 9, 1, 3), LETTERS),
        new SingleModel(engine, Networks.random(CellType.LSTM, V, 9, 1, 4), LETTERS));
  }

  private static int[] tokens(String text) {
    return text.codePoints().map(LETTERS::indexOf).toArray();
  }

  /** Returns ln p(next | before), read character by character. */
  private static double logProbability(LanguageModel model, int[] before, int[] next) {
    Predictor predictor = model.predictor(1);
    float[] logits = new float[V];
    double sum = 0;
    for (int token : before) {
      predictor.step(new int[] {token}, logits);
    }
    for (int token : next) {
      sum += Math.log(Logits.softmax(logits)[token]);
      predictor.step(new int[] {token}, logits);
    }
    return sum;
  }

  private static int[] joined(int[] a, int... b) {
    return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }

  private static Filling naive(String left, int[] gap, String right) {
    int[] before = tokens(left.isEmpty() ? "\n" : left);
    int[] after = tokens(right.isEmpty() ? "\n" : right);
    int far = GapFiller.FAR;
    String near = left.substring(Math.max(0, left.length() - far));
    return new Filling(
        gap,
        logProbability(
            PAIR.forward(),
            before,
            joined(gap, tokens(right.substring(0, Math.min(far, right.length()))))),
        logProbability(
            PAIR.backward(),
            Direction.BACKWARD.turned(after),
            joined(Direction.BACKWARD.turned(gap), Direction.BACKWARD.turned(tokens(near)))));
  }

  /** Returns all texts of a length. */
  private static List<int[]> all(int length) {
    if (length == 0) {
      return List.of(new int[0]);
    }
    List<int[]> longer = new ArrayList<>();
    for (int[] shorter : all(length - 1)) {
      for (int token = 0; token < V; token++) {
        longer.add(joined(shorter, token));
      }
    }
    return longer;
  }

  private static List<Filling> naive(String left, String right, Lengths lengths) {
    return IntStream.rangeClosed(lengths.shortest(), lengths.longest())
        .boxed()
        .flatMap(length -> all(length).stream())
        .map(gap -> naive(left, gap, right))
        .sorted(Comparator.comparingDouble(Filling::score).reversed())
        .toList();
  }

  private static void assertSame(List<Filling> found, List<Filling> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).tokens()).isEqualTo(expected.get(i).tokens());
      assertThat(found.get(i).forward()).isCloseTo(expected.get(i).forward(), within(1e-5));
      assertThat(found.get(i).backward()).isCloseTo(expected.get(i).backward(), within(1e-5));
    }
  }

  private static List<Filling> fill(int beam, String left, String right, Lengths lengths, int n) {
    GapFiller filler = new GapFiller(PAIR, beam);
    return filler.fill(filler.read(tokens(left), tokens(right)), lengths, n);
  }

  @ParameterizedTest
  @CsvSource({
    "abca, bd",
    "ab, c",
    "'', bcd",
    "ad, ''",
    "'', ''",
    "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcda, dcbadcbadcbadcbadcbadcbadcbadcbadcba"
  })
  void aGapOfOneIsFilledByTheBestOfAllCharacters(String left, String right) {
    Lengths one = Lengths.exactly(1);
    for (int beam : new int[] {1, 3, 64}) {
      assertSame(fill(beam, left, right, one, V), naive(left, right, one));
    }
  }

  @ParameterizedTest
  @CsvSource({"abca, bd, 2", "abca, bd, 3", "'', bd, 2", "ca, '', 3"})
  void aWideSearchFindsTheBestOfAllTexts(String left, String right, int length) {
    Lengths lengths = Lengths.exactly(length);
    assertSame(fill(125, left, right, lengths, 125), naive(left, right, lengths));
  }

  @Test
  void lengthsAreComparedByTheProbabilityOfBothSides() {
    Lengths lengths = Lengths.upTo(2);
    assertSame(fill(100, "abc", "dab", lengths, 20), naive("abc", "dab", lengths).subList(0, 20));
  }

  @Test
  void aNarrowSearchFindsTextsOfTheRightProbability() {
    List<Filling> found = fill(4, "abcab", "dacb", Lengths.exactly(6), 4);
    assertThat(found).hasSize(4);
    assertThat(found).isSortedAccordingTo(Comparator.comparingDouble(Filling::score).reversed());
    for (Filling one : found) {
      assertSame(List.of(one), List.of(naive("abcab", one.tokens(), "dacb")));
    }
  }

  @Test
  void gapsAreFilledFromLeftToRight() {
    GapFiller filler = new GapFiller(PAIR, 25);
    Lengths two = Lengths.exactly(2);
    List<int[]> parts = List.of(tokens("ab"), tokens("cda"), tokens("bb"));
    FilledText best = filler.fill(parts, two, 1, IGNORED).get(0);
    Filling first = naive("ab", "cda", two).get(0);
    String left = "ab" + text(first.tokens()) + "cda";
    Filling second = naive(left, "bb", two).get(0);
    assertThat(best.gaps().get(0)).isEqualTo(first.tokens());
    assertThat(best.gaps().get(1)).isEqualTo(second.tokens());
    assertThat(best.score()).isCloseTo(first.score() + second.score(), within(1e-5));
    List<FilledText> more = filler.fill(parts, two, 3, IGNORED);
    assertThat(more).hasSize(3);
    assertThat(more.get(0).score()).isGreaterThanOrEqualTo(best.score() - 1e-5);
  }

  @Test
  void allTextsOfTwoGapsAreFoundAndRanked() {
    Lengths one = Lengths.exactly(1);
    List<Integer> gaps = new ArrayList<>();
    List<FilledText> found =
        new GapFiller(PAIR, 25)
            .fill(List.of(tokens("ab"), tokens("c"), tokens("da")), one, V * V, gaps::add);
    List<FilledText> expected = new ArrayList<>();
    for (Filling first : naive("ab", "c", one)) {
      for (Filling second : naive("ab" + text(first.tokens()) + "c", "da", one)) {
        expected.add(FilledText.NONE.with(first).with(second));
      }
    }
    expected.sort(Comparator.comparingDouble(FilledText::score).reversed());
    assertThat(found).hasSize(V * V).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-5));
      for (int gap = 0; gap < 2; gap++) {
        assertThat(found.get(i).gaps().get(gap)).isEqualTo(expected.get(i).gaps().get(gap));
      }
    }
    assertThat(gaps).containsExactly(1, 2);
  }

  @Test
  void gapsSideBySideHaveTheSameRightSide() {
    GapFiller filler = new GapFiller(PAIR, 25);
    Lengths one = Lengths.exactly(1);
    for (String right : List.of("bb", "")) {
      List<int[]> parts = List.of(tokens("ab"), tokens(""), tokens(right));
      FilledText best = filler.fill(parts, one, 1, IGNORED).get(0);
      Filling first = naive("ab", right, one).get(0);
      Filling second = naive("ab" + text(first.tokens()), right, one).get(0);
      assertThat(best.gaps().get(0)).isEqualTo(first.tokens());
      assertThat(best.gaps().get(1)).isEqualTo(second.tokens());
    }
  }

  @Test
  void aTextThatGoesOnIsNotReadAgain() {
    int[] reads = new int[1];
    LanguageModel counting =
        new TableModel(
            LETTERS,
            read -> {
              reads[0]++;
              return new float[V];
            });
    GapFiller filler = new GapFiller(new BothSides(counting, counting), 1);
    int[] part = tokens("abcd".repeat(250));
    int[] readOfGaps = new int[2];
    for (int i = 0; i < 2; i++) {
      reads[0] = 0;
      List<int[]> parts = Collections.nCopies(i == 0 ? 2 : 21, part);
      filler.fill(parts, Lengths.exactly(2), 1, IGNORED);
      readOfGaps[i] = reads[0];
    }
    assertThat(readOfGaps[0]).isBetween(2000, 2300); // both sides, and some more for the gap
    assertThat(readOfGaps[1]).isLessThan(21 * 2300);
  }

  private static String text(int... tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      text.appendCodePoint(LETTERS.codePoint(token));
    }
    return text.toString();
  }

  /** Each text of a batch is as probable as alone, in both engines. */
  @Test
  void aBatchIsAsManyTexts() {
    for (Engine engine : List.of(ENGINE, new SimdEngine(new ThreadTeam(1)))) {
      Side side = new Side(pair(engine).forward());
      Edge edge = side.readOn(null, tokens("abcda"), 3);
      assertThat(edge.near()).isEqualTo(tokens("adc"));
      List<int[]> texts = all(3);
      texts.addAll(all(1));
      double[] together = side.logProbabilities(edge, texts, tokens("cab"));
      for (int i = 0; i < texts.size(); i++) {
        assertThat(side.logProbabilities(edge, List.of(texts.get(i)), tokens("cab"))[0])
            .isCloseTo(together[i], within(1e-5));
      }
    }
  }

  @Test
  void aTextIsReadOnceForAllItsGaps() {
    GapFiller filler = new GapFiller(PAIR, 5);
    String text = "abcdabdcadbcabdabcd";
    Gap[] gaps = filler.read(tokens(text), new int[] {4, 5, 11}, 2);
    for (int i = 0; i < gaps.length; i++) {
      int start = new int[] {4, 5, 11}[i];
      assertSame(
          filler.fill(gaps[i], Lengths.exactly(2), 3),
          fill(5, text.substring(0, start), text.substring(start + 2), Lengths.exactly(2), 3));
    }
  }

  @Test
  void gapsAreMeasuredSomeAtATime() throws Exception {
    ThreadTeam workers = new ThreadTeam(1);
    int[] text = tokens("abcdabdcadbcabdabcd".repeat(8));
    GapFiller filler = new GapFiller(PAIR, 5);
    List<FillMeasurement.Accuracy> all =
        new FillMeasurement(filler, workers).measure(text, 2, 30, 1, done -> {});
    List<Integer> progress = new ArrayList<>();
    assertThat(new FillMeasurement(filler, workers, 7).measure(text, 2, 30, 1, progress::add))
        .isEqualTo(all);
    assertThat(all.get(0).characters()).isPositive();
    assertThat(progress).last().isEqualTo(30);
  }

  /** The letters come in turn, abcabc..., nearly always. */
  @Test
  void aGapIsAsLongAsItsSidesAsk() {
    Vocabulary abc = Vocabulary.ofText("abc");
    BothSides inTurn = new BothSides(cycle(abc, 1), cycle(abc, 2));
    GapFiller filler = new GapFiller(inTurn, 8);
    for (int missing = 1; missing <= 3; missing++) {
      int first = (2 + missing) % 3;
      Gap gap =
          filler.read(
              new int[] {0, 1, 2, 0, 1}, new int[] {first, (first + 1) % 3, (first + 2) % 3});
      int[] expected = IntStream.range(0, missing).map(i -> (2 + i) % 3).toArray();
      assertThat(filler.fill(gap, Lengths.upTo(7), 1).get(0).tokens()).isEqualTo(expected);
      // As long as it must be: no text of another length is as probable.
      assertThat(filler.fill(gap, Lengths.exactly(missing), 1).get(0).tokens()).isEqualTo(expected);
    }
  }

  private static LanguageModel cycle(Vocabulary vocabulary, int step) {
    return new TableModel(
        vocabulary,
        read -> {
          float[] logits = new float[3];
          logits[(vocabulary.indexOf(read.charAt(read.length() - 1)) + step) % 3] = 5;
          return logits;
        });
  }
}
