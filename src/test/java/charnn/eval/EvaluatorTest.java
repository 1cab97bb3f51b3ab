package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Batch;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.Networks;
import charnn.engine.TrainingPass;
import charnn.engine.reference.ReferenceEngine;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
  private static final int V = 50;
  private static final int MEMORY = 256;
  private static final float[][] TABLE = randomTable(V, 31);
  private static final LanguageModel BIGRAM = model(V, texts -> new Bigram(TABLE, texts));
  private static final Engine NO_ENGINE = null; // for what no gradient step is made on

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100, 8192, 8193, 9000, 200_000})
  void scoresEveryCharacterButTheFirstOnce(int length) {
    char[] text = randomText(length, 32);
    LossMetrics score = evaluate(TABLE, text, 1);
    LossMetrics expected = naiveScore(text);
    assertThat(score.characters()).isEqualTo(Math.max(0, length - 1));
    assertThat(score.correct()).isEqualTo(expected.correct());
    assertThat(score.lossSum())
        .isCloseTo(expected.lossSum(), within(1e-11 * (1 + expected.lossSum())));
  }

  /** One pair of characters stands at one place of the text, and alone has a loss. */
  @Test
  void countsNoPlaceTwiceWhereverItIs() {
    float[][] table = {{100, 0}, {100, 0}};
    for (int length : new int[] {2, 3, 9000}) {
      int between = length / 2;
      for (int place = 1; place < length; place++) {
        if (place > 3 && place < length - 3 && Math.abs(place - between) > 5) {
          continue;
        }
        char[] text = new char[length];
        text[place] = 1;
        LossMetrics score = evaluate(table, text, 1);
        assertThat(score.lossSum()).as("place %d of %d", place, length).isEqualTo(100);
        assertThat(score.correct()).isEqualTo(length - 2L);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100, 9000, 200_000})
  void theNumberOfWorkersDoesNotChangeABit(int length) {
    char[] text = randomText(length, 33);
    LossMetrics one = evaluate(TABLE, text, 1);
    LossMetrics three = evaluate(TABLE, text, 3);
    assertThat(three).isEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 9000, 200_000})
  void whatTheModelRemembersIsReadBeforeEachPiece(int length) {
    char[] text = randomText(length, 34);
    double expected = 0;
    for (int i = 0; i + 1 < length; i++) {
      int remembered = i < MEMORY ? 0 : text[i - MEMORY];
      expected += loss(TABLE[(text[i] + remembered) % V], text[i + 1]);
    }
    LossMetrics score = evaluate(V, Remembering::new, text, 1);
    assertThat(score.lossSum()).isCloseTo(expected, within(1e-11 * expected));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 9000, 100_000})
  void ofAnEndTheSameCharactersAreScoredAsOfTheWhole(int length) {
    char[] text = randomText(length, 36);
    double[] nats = new double[length];
    try (ThreadTeam workers = new ThreadTeam(2)) {
      Evaluator evaluator = new Evaluator(NO_ENGINE, workers);
      LanguageModel model = model(V, Remembering::new);
      evaluator.evaluate(
          model,
          Tokens.of(text),
          (index, loss, logits, offset) -> nats[(int) index] = loss,
          done -> {});
      for (int from : new int[] {0, length / 2, length - length / 10, length - 1, length}) {
        LossMetrics end =
            evaluator.evaluateEnd(model, Tokens.of(text), Math.max(0, from), done -> {}).score();
        int characters = Math.max(0, length - 1 - Math.max(0, from));
        assertThat(end.characters()).isEqualTo(characters);
        double sum = Arrays.stream(nats, length - characters, length).sum();
        assertThat(end.lossSum()).isCloseTo(sum, within(1e-11 * (1 + sum)));
      }
    }
  }

  @Test
  void logitsOfAnySizeGiveAFiniteLoss() {
    float[][] table = {{1e30f, 1e30f}, {-1e30f, -1e30f}};
    LossMetrics score = evaluate(table, new char[] {0, 1, 0, 1}, 1);
    assertThat(score.lossSum()).isCloseTo(3 * Math.log(2), within(1e-12));
  }

  @Test
  void progressRisesAndNeverExceedsTheText() {
    char[] text = randomText(200_000, 35);
    AtomicLong last = new AtomicLong();
    try (ThreadTeam workers = new ThreadTeam(1)) {
      new Evaluator(NO_ENGINE, workers)
          .evaluate(
              BIGRAM,
              Tokens.of(text),
              read -> assertThat(read).isGreaterThan(last.getAndSet(read)));
    }
    assertThat(last.get()).isBetween(text.length / 2L, (long) text.length);
  }

  /** Each window stands alone: what came before it must not count. */
  @Test
  void windowsAreReadFromAnEmptyContext() {
    Tokens text = Tokens.of(randomText(5000, 36));
    try (ThreadTeam workers = new ThreadTeam(2)) {
      Evaluator evaluator = new Evaluator(NO_ENGINE, workers);
      LanguageModel remembering = model(V, Remembering::new);
      LossEstimate windows =
          evaluator.evaluateWindows(remembering, text, MEMORY / 2, 70, 9, read -> {});
      assertThat(windows.score().characters()).isEqualTo(70L * MEMORY / 2);
      // What remembers nothing yet predicts as what never remembers.
      assertThat(evaluator.evaluateWindows(BIGRAM, text, MEMORY / 2, 70, 9, read -> {}))
          .isEqualTo(windows);
      assertThat(windows.segments()).isEqualTo(5000 / (MEMORY / 2)); // more would overlap
      assertThat(evaluator.evaluateWindows(remembering, text, MEMORY / 2, 70, 9, read -> {}))
          .isEqualTo(windows);
      assertThat(evaluator.evaluateWindows(remembering, text, MEMORY / 2, 70, 10, read -> {}))
          .isNotEqualTo(windows);
    }
  }

  @Test
  void aWindowAsLongAsTheTextIsTheTextCarried() {
    Tokens text = Tokens.of(randomText(301, 37));
    try (ThreadTeam workers = new ThreadTeam(1)) {
      Evaluator evaluator = new Evaluator(NO_ENGINE, workers);
      LossMetrics window = evaluator.evaluateWindows(BIGRAM, text, 300, 1, 1, read -> {}).score();
      LossMetrics carried = evaluator.evaluate(BIGRAM, text, read -> {}).score();
      assertThat(window).isEqualTo(carried);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> evaluator.evaluateWindows(BIGRAM, text, 301, 1, 1, read -> {}))
          .withMessageContaining("context 301");
    }
  }

  /**
   * A network of zeros can change nothing but its last bias: it learns how frequent each character
   * is, by the gradient of the softmax alone.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 33, 34, 5000})
  void eachWindowIsScoredAndThenLearned(int length) {
    SplittableRandom random = new SplittableRandom(38);
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) (random.nextInt(4) % 3);
    }
    Network network = network(V);
    float[] before = network.parameters().clone();
    LossEstimate estimate = null;
    for (int workerCount : new int[] {1, 3}) {
      try (ThreadTeam workers = new ThreadTeam(workerCount)) {
        LossEstimate again =
            new Evaluator(new ReferenceEngine(workers), workers)
                .evaluateDynamically(network, Tokens.of(text), read -> {});
        assertThat(estimate == null || again.equals(estimate)).isTrue();
        estimate = again;
      }
    }
    assertThat(network.parameters()).isEqualTo(before);
    assertThat(estimate.score().characters()).isEqualTo(Math.max(0, length - 1));
    assertThat(estimate.segments()).isEqualTo(Math.max(0, length - 1) / 1024);
    double expected = lossOfLearnedFrequencies(text);
    assertThat(estimate.score().lossSum()).isCloseTo(expected, within(1e-4 * (1 + expected)));
    assertThat(length < 5000 || estimate.score().loss() < 0.4 * Math.log(V)).isTrue();
  }

  /** All weights learn, clipped, and the state is carried: as plain calls of the engine do it. */
  @ParameterizedTest
  @EnumSource
  void theWholeNetworkLearns(CellType cell) {
    char[] text = randomText(32 * 20 + 1, 39);
    Network network = Networks.random(cell, V, 9, 2, 5);
    int output = network.architecture().parameterLayout().output().weights();
    for (int i = output; i < network.parameters().length; i++) {
      network.parameters()[i] *= 6; // for gradients that are clipped
    }
    Network learning = network.copy();
    float[] gradient = new float[learning.parameters().length];
    RecurrentState state = new RecurrentState(network.architecture(), 1);
    Batch batch = new Batch(1, 32);
    LossMetrics expected = LossMetrics.NONE;
    int clipped = 0;
    try (ThreadTeam workers = new ThreadTeam(1);
        TrainingPass pass = new ReferenceEngine(workers).training(learning, 1, 32, Dropout.NONE)) {
      for (int window = 0; window < 20; window++) {
        for (int i = 0; i < 32; i++) {
          batch.inputs()[i] = text[32 * window + i];
          batch.targets()[i] = text[32 * window + i + 1];
        }
        expected = expected.plus(pass.lossAndGradient(batch, state, 0, gradient));
        double norm = 0;
        for (float g : gradient) {
          norm = Math.hypot(norm, g);
        }
        clipped += norm > 1 ? 1 : 0;
        for (int i = 0; i < gradient.length; i++) {
          learning.parameters()[i] -= (float) (0.5 / Math.max(1, norm) * gradient[i]);
        }
      }
      LossMetrics score =
          new Evaluator(new ReferenceEngine(workers), workers)
              .evaluateDynamically(network, Tokens.of(text), read -> {})
              .score();
      assertThat(clipped).isBetween(1, 20);
      // Where a time gate opens, its gradient jumps, and rounding decides on which side it is.
      double tolerance = cell == CellType.PHASED_LSTM ? 1e-2 : 1e-4;
      assertThat(score.loss()).isCloseTo(expected.loss(), within(tolerance));
    }
  }

  private static double lossOfLearnedFrequencies(char[] text) {
    double[] bias = new double[V];
    double loss = 0;
    for (int from = 0; from + 1 < text.length; from += 32) {
      int to = Math.min(from + 32, text.length - 1);
      double sum = Arrays.stream(bias).map(Math::exp).sum();
      double[] gradient = Arrays.stream(bias).map(b -> Math.exp(b) / sum).toArray();
      for (int i = from; i < to; i++) {
        loss += Math.log(sum) - bias[text[i + 1]];
        gradient[text[i + 1]] -= 1.0 / (to - from);
      }
      double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
      for (int k = 0; k < V; k++) {
        bias[k] -= 0.5 * Math.min(1, 1 / norm) * gradient[k];
      }
    }
    return loss;
  }

  /** The standard error of the segments' means, computed in the plain way. */
  @Test
  void theStandardErrorIsThatOfTheMeansOfSegments() {
    double[] means = {1, 2, 4, 2};
    LossEstimate.Tally tally = new LossEstimate.Tally(10);
    for (double mean : means) {
      for (int i = 0; i < 10; i++) {
        tally.add(mean, i == 0);
      }
    }
    tally.add(100, false); // of an incomplete segment
    LossEstimate estimate = tally.estimate();
    double mean = Arrays.stream(means).average().orElseThrow();
    double variance = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum() / 3;
    assertThat(estimate.standardError()).isCloseTo(Math.sqrt(variance / 4), within(1e-12));
    assertThat(estimate.score()).isEqualTo(new LossMetrics(190, 4, 41));
    assertThat(LossEstimate.NONE.standardError()).isNaN();
  }

  private static LossMetrics evaluate(float[][] table, char[] text, int workerCount) {
    return evaluate(table.length, streams -> new Bigram(table, streams), text, workerCount);
  }

  private static LossMetrics evaluate(
      int v, IntFunction<Predictor> predictors, char[] text, int workerCount) {
    try (ThreadTeam workers = new ThreadTeam(workerCount)) {
      return new Evaluator(NO_ENGINE, workers)
          .evaluate(model(v, predictors), Tokens.of(text), read -> {})
          .score();
    }
  }

  private static LossMetrics naiveScore(char[] text) {
    double loss = 0;
    long correct = 0;
    for (int i = 0; i + 1 < text.length; i++) {
      float[] logits = TABLE[text[i]];
      loss += loss(logits, text[i + 1]);
      boolean greatest = true;
      for (float logit : logits) {
        greatest &= logit <= logits[text[i + 1]];
      }
      correct += greatest ? 1 : 0;
    }
    return new LossMetrics(loss, correct, Math.max(0, text.length - 1));
  }

  private static double loss(float[] logits, int target) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum) - logits[target];
  }

  /** Multiples of 1/1024, whose differences are exact. */
  private static float[][] randomTable(int v, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] table = new float[v][v];
    for (float[] row : table) {
      for (int i = 0; i < v; i++) {
        row[i] = random.nextInt(-5000, 5000) / 1024f;
      }
    }
    return table;
  }

  private static char[] randomText(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) random.nextInt(V);
    }
    return text;
  }

  private static Network network(int v) {
    NetworkSpec architecture = new NetworkSpec(CellType.LSTM, v, 1, 1);
    return new Network(architecture, new float[architecture.parameterCount()]);
  }

  private static LanguageModel model(int v, IntFunction<Predictor> predictors) {
    int[] characters = IntStream.range('A', 'A' + v).toArray();
    return new LanguageModel() {
      @Override
      public Vocabulary vocabulary() {
        return Vocabulary.of(characters);
      }

      @Override
      public Predictor predictor(int texts) {
        return predictors.apply(texts);
      }
    };
  }

  /** Logits from the present character alone. */
  private record Bigram(float[][] table, int streams) implements Predictor {
    @Override
    public void step(int[] characters, float[] logits) {
      int v = table.length;
      assertThat(characters).hasSize(streams);
      assertThat(logits).hasSize(streams * v);
      for (int row = 0; row < streams; row++) {
        System.arraycopy(table[characters[row]], 0, logits, row * v, v);
      }
    }

    @Override
    public TextState save(int text) {
      throw new UnsupportedOperationException("evaluation saves no state");
    }

    @Override
    public void load(int text, TextState from) {
      throw new UnsupportedOperationException("evaluation loads no state");
    }
  }

  /** Logits from the present character and the one {@value #MEMORY} places before it. */
  private static final class Remembering implements Predictor {
    private final int[][] memory; // [MEMORY x streams], a ring
    private long steps;

    private Remembering(int streams) {
      memory = new int[MEMORY][streams];
    }

    @Override
    public void step(int[] characters, float[] logits) {
      int[] remembered = memory[(int) (steps++ % MEMORY)];
      for (int row = 0; row < remembered.length; row++) {
        int key = (characters[row] + remembered[row]) % V;
        System.arraycopy(TABLE[key], 0, logits, row * V, V);
        remembered[row] = characters[row];
      }
    }

    @Override
    public TextState save(int text) {
      throw new UnsupportedOperationException("evaluation saves no state");
    }

    @Override
    public void load(int text, TextState from) {
      throw new UnsupportedOperationException("evaluation loads no state");
    }
  }
}
