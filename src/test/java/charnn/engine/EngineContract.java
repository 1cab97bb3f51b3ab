package charnn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import charnn.data.Batch;
import charnn.engine.reference.ReferenceEngine;
import charnn.nn.CellType;
import charnn.nn.Clamp;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The contract of charnn's own engines: checked against a naive network, not against another
 * engine.
 */
public abstract class EngineContract {
  protected abstract Engine engine(ThreadTeam workers);

  protected CellType cell() {
    return CellType.LSTM;
  }

  private final List<ThreadTeam> all = new ArrayList<>();

  private Engine engine(int threads) {
    ThreadTeam workers = new ThreadTeam(threads);
    all.add(workers);
    return engine(workers);
  }

  @AfterEach
  void close() {
    all.forEach(ThreadTeam::close);
  }

  @ParameterizedTest
  @CsvSource({
    "2,1,1,1,1",
    "5,3,1,2,4",
    "5,4,2,3,7",
    "7,5,3,2,5",
    "87,13,2,5,6",
    "11,6,4,9,3",
    "87,70,2,17,19",
    "5000,3,1,2,3"
  })
  void predictsAsTheNaiveNetworkDoes(int v, int h, int layers, int b, int t) {
    Network network = Networks.random(cell(), v, h, layers, 11);
    Batch batch = Networks.randomBatch(b, t, v, 12);
    RecurrentState state = new RecurrentState(network.architecture(), b);
    LossMetrics score;
    try (TrainingPass pass = engine(2).training(network, b, t, Dropout.NONE)) {
      score = Networks.predict(pass, network, batch, state);
    }
    double expected =
        NaiveNetwork.meanLoss(
            network.architecture(),
            NaiveNetwork.toDoubles(network.parameters()),
            new int[b][0],
            batch);
    assertThat(score.loss()).isCloseTo(expected, within(1e-5 * expected));
    assertThat(score.characters()).isEqualTo((long) b * t);
    assertThat(score.correct()).isEqualTo(naiveCorrect(network, batch));
  }

  private static long naiveCorrect(Network network, Batch batch) {
    long correct = 0;
    for (int b = 0; b < batch.batchSize(); b++) {
      NaiveNetwork naive =
          new NaiveNetwork(
              network.architecture(), NaiveNetwork.toDoubles(network.parameters()), CellType.LEAK);
      for (int t = 0; t < batch.seqLength(); t++) {
        int index = t * batch.batchSize() + b;
        double[] logits = naive.step(batch.inputs()[index]);
        int best = 0;
        for (int k = 1; k < logits.length; k++) {
          best = logits[k] > logits[best] ? k : best;
        }
        correct += best == batch.targets()[index] ? 1 : 0;
      }
    }
    return correct;
  }

  @ParameterizedTest
  @CsvSource({"2,1,1,1,1", "5,4,2,3,2", "5,3,1,2,4", "3,2,3,4,5", "6,5,2,9,3"})
  void gradientEqualsTheNumericGradient(int v, int h, int layers, int b, int t) {
    Network network = Networks.random(cell(), v, h, layers, 21);
    Batch before = Networks.randomBatch(b, 3, v, 22);
    Batch batch = Networks.randomBatch(b, t, v, 23);
    RecurrentState state = new RecurrentState(network.architecture(), b);
    float[] gradient = new float[network.parameters().length];
    try (TrainingPass first = engine(1).training(network, b, 3, Dropout.NONE);
        TrainingPass pass = engine(1).training(network, b, t, Dropout.NONE)) {
      Networks.predict(first, network, before, state);
      // Truncated BPTT: the carried state is a constant.
      pass.lossAndGradient(batch, state, 0, gradient);
    }
    float[] numeric = numericGradient(network, before, batch);
    assertThat(Networks.relativeError(gradient, numeric)).isLessThan(2e-5);
  }

  /** A share of 0: only one place counts. Sizes are odd, so that there are padding rows. */
  @ParameterizedTest
  @CsvSource({"2,1,1,1,2,0", "5,4,2,3,2,0.5", "5,3,1,2,4,0", "3,2,3,9,5,0.3", "6,5,2,9,3,0.8"})
  void ofPlacesThatCountTheLossAndGradientAreTheNaiveOnes(
      int v, int h, int layers, int b, int t, double share) {
    Network network = Networks.random(cell(), v, h, layers, 24);
    Batch before = Networks.randomBatch(b, t, v, 25);
    Batch batch = Networks.maskedBatch(b, t, v, share, 26);
    NetworkSpec architecture = network.architecture();
    RecurrentState state = new RecurrentState(architecture, b);
    float[] gradient = new float[network.parameters().length];
    LossMetrics score;
    try (TrainingPass pass = engine(2).training(network, b, t, Dropout.NONE)) {
      Networks.predict(pass, network, before, state); // leaves losses of every place
      score = pass.lossAndGradient(batch, state, 0, gradient);
    }
    double[] p = NaiveNetwork.toDoubles(network.parameters());
    double expected = lossWithConstantState(architecture, p, 0, p[0], before, batch);
    assertThat(score.loss()).isCloseTo(expected, within(1e-5 * expected));
    assertThat(score.characters())
        .isEqualTo(Arrays.stream(batch.targets()).filter(target -> target >= 0).count());
    float[] numeric = numericGradient(network, before, batch);
    assertThat(Networks.relativeError(gradient, numeric)).isLessThan(2e-5);
  }

  @Test
  void whereNoPlaceCountsThereIsNoLossAndNoGradient() {
    Network network = Networks.random(cell(), 9, 7, 2, 27);
    Batch batch = Networks.randomBatch(5, 4, 9, 28);
    Arrays.fill(batch.targets(), Batch.IGNORED);
    float[] gradient = new float[network.parameters().length];
    Arrays.fill(gradient, 1);
    try (TrainingPass pass = engine(2).training(network, 5, 4, Dropout.NONE)) {
      LossMetrics score =
          pass.lossAndGradient(batch, new RecurrentState(network.architecture(), 5), 0, gradient);
      assertThat(score).isEqualTo(LossMetrics.NONE);
    }
    assertThat(gradient).containsOnly(0);
  }

  private static float[] numericGradient(Network network, Batch before, Batch batch) {
    double[] p = NaiveNetwork.toDoubles(network.parameters());
    float[] gradient = new float[p.length];
    double eps = 1e-5;
    for (int i = 0; i < p.length; i++) {
      double kept = p[i];
      double[] states = {kept + eps, kept - eps};
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        losses[side] =
            lossWithConstantState(network.architecture(), p, i, states[side], before, batch);
      }
      p[i] = kept;
      gradient[i] = (float) ((losses[0] - losses[1]) / (2 * eps));
    }
    return gradient;
  }

  /** The state is made with the unchanged parameter, the loss with the changed one. */
  private static double lossWithConstantState(
      NetworkSpec architecture, double[] p, int changed, double value, Batch before, Batch batch) {
    double kept = p[changed];
    double sum = 0;
    int counted = 0;
    for (int b = 0; b < batch.batchSize(); b++) {
      NaiveNetwork naive = new NaiveNetwork(architecture, p, CellType.LEAK);
      for (int t = 0; t < before.seqLength(); t++) {
        naive.step(before.inputs()[t * batch.batchSize() + b]);
      }
      p[changed] = value;
      for (int t = 0; t < batch.seqLength(); t++) {
        int index = t * batch.batchSize() + b;
        double[] logits = naive.step(batch.inputs()[index]);
        int target = batch.targets()[index];
        if (target >= 0) {
          sum += NaiveNetwork.loss(logits, target);
          counted++;
        }
      }
      p[changed] = kept;
    }
    return sum / counted;
  }

  @Test
  void aSequenceEqualsItsWindowsWithCarriedState() {
    int b = 5;
    Network network = Networks.random(cell(), 9, 7, 2, 31);
    Batch whole = Networks.randomBatch(b, 12, 9, 32);
    RecurrentState state = new RecurrentState(network.architecture(), b);
    RecurrentState carried = new RecurrentState(network.architecture(), b);
    LossMetrics sum = LossMetrics.NONE;
    try (TrainingPass pass = engine(1).training(network, b, 12, Dropout.NONE);
        TrainingPass piece = engine(1).training(network, b, 4, Dropout.NONE)) {
      LossMetrics expected = Networks.predict(pass, network, whole, state);
      for (int from = 0; from < 12; from += 4) {
        sum =
            sum.plus(
                Networks.predict(piece, network, Networks.slice(whole, from, from + 4), carried));
      }
      assertThat(sum.lossSum()).isCloseTo(expected.lossSum(), within(1e-5 * expected.lossSum()));
      assertThat(sum.correct()).isEqualTo(expected.correct());
    }
    for (int l = 0; l < 2; l++) {
      for (int s = 0; s < state.values().length; s++) {
        assertThat(Networks.relativeError(carried.values()[s][l], state.values()[s][l]))
            .isLessThan(1e-5);
      }
    }
  }

  /** Documents begin at any time: the first, the last, one after another. */
  @ParameterizedTest
  @CsvSource({"2,1,1,1,4", "5,4,2,3,2", "5,3,1,2,4", "3,2,3,4,5", "6,5,4,9,3", "4,3,2,18,1"})
  void ofDocumentsTheLossAndGradientAreTheNaiveOnes(int v, int h, int layers, int b, int t) {
    Network network = Networks.withDocuments(Networks.random(cell(), v, h, layers, 91));
    NetworkSpec architecture = network.architecture();
    Batch before = Networks.batchOfDocuments(b, t, v, 92);
    Batch batch = Networks.batchOfDocuments(b, t, v, 93);
    RecurrentState state = new RecurrentState(architecture, b);
    float[] gradient = new float[network.parameters().length];
    LossMetrics score;
    try (TrainingPass pass = engine(2).training(network, b, t, Dropout.NONE)) {
      Networks.predict(pass, network, before, state);
      score = pass.lossAndGradient(batch, state, 0, gradient);
    }
    double[] p = NaiveNetwork.toDoubles(network.parameters());
    double expected = lossWithConstantState(architecture, p, 0, p[0], before, batch);
    assertThat(score.loss()).isCloseTo(expected, within(1e-5 * expected));
    float[] numeric = numericGradient(network, before, batch);
    assertThat(Networks.relativeError(gradient, numeric)).isLessThan(2e-5);
  }

  /** A window of several documents is as each alone, from zero state, to a network without. */
  @Test
  void aWindowOfDocumentsIsTheSumOfEachAlone() {
    int v = 11;
    int b = 10;
    int t = 21;
    Network network = Networks.random(cell(), v, 19, 2, 94);
    Network ofDocuments = Networks.withDocuments(network);
    Batch batch = Networks.batchOfDocuments(b, t, v, 95);
    Arrays.fill(batch.inputs(), 0, b, v - 1); // none goes on from before the window
    float[] gradient = new float[network.parameters().length];
    float[] sums = gradient.clone();
    LossMetrics score;
    LossMetrics sum = LossMetrics.NONE;
    try (TrainingPass pass = engine(2).training(ofDocuments, b, t, Dropout.NONE)) {
      RecurrentState state = new RecurrentState(ofDocuments.architecture(), b);
      for (float[][] values : state.values()) {
        Arrays.stream(values).forEach(layer -> Arrays.fill(layer, 0.7f)); // must not matter
      }
      score = pass.lossAndGradient(batch, state, 0, gradient);
    }
    Engine engine = engine(1);
    for (int row = 0; row < b; row++) {
      for (int from = 0; from < t; ) {
        int to = from + 1;
        while (to < t && batch.inputs()[to * b + row] != v - 1) {
          to++;
        }
        Batch alone = new Batch(1, to - from);
        for (int i = from; i < to; i++) {
          alone.inputs()[i - from] = batch.inputs()[i * b + row];
          alone.targets()[i - from] = batch.targets()[i * b + row];
        }
        float[] part = new float[gradient.length];
        try (TrainingPass pass = engine.training(network, 1, to - from, Dropout.NONE)) {
          RecurrentState zero = new RecurrentState(network.architecture(), 1);
          sum = sum.plus(pass.lossAndGradient(alone, zero, 0, part));
        }
        for (int i = 0; i < sums.length; i++) {
          sums[i] += part[i] * (to - from) / (b * t);
        }
        from = to;
      }
    }
    assertThat(score.lossSum()).isCloseTo(sum.lossSum(), within(1e-5 * sum.lossSum()));
    assertThat(score.correct()).isEqualTo(sum.correct());
    assertThat(Networks.relativeError(gradient, sums)).isLessThan(1e-5);
  }

  @Test
  void documentsEqualTheirWindowsWithCarriedState() {
    int b = 9;
    Network network = Networks.withDocuments(Networks.random(cell(), 9, 7, 3, 96));
    Batch whole = Networks.batchOfDocuments(b, 12, 9, 97);
    RecurrentState state = new RecurrentState(network.architecture(), b);
    RecurrentState carried = new RecurrentState(network.architecture(), b);
    LossMetrics sum = LossMetrics.NONE;
    try (TrainingPass pass = engine(2).training(network, b, 12, Dropout.NONE);
        TrainingPass piece = engine(2).training(network, b, 3, Dropout.NONE)) {
      LossMetrics expected = Networks.predict(pass, network, whole, state);
      for (int from = 0; from < 12; from += 3) {
        Batch slice = Networks.slice(whole, from, from + 3);
        sum = sum.plus(Networks.predict(piece, network, slice, carried));
      }
      assertThat(sum.lossSum()).isCloseTo(expected.lossSum(), within(1e-5 * expected.lossSum()));
    }
    for (int s = 0; s < state.values().length; s++) {
      for (int l = 0; l < 3; l++) {
        assertThat(Networks.relativeError(carried.values()[s][l], state.values()[s][l]))
            .isLessThan(1e-5);
      }
    }
  }

  /** Where no document begins, knowing of documents changes no bit. */
  @ParameterizedTest
  @CsvSource({"0", "0.3"})
  void withoutAMarkNoBitChanges(double dropped) {
    Network network = Networks.random(cell(), 30, 33, 2, 98);
    Batch batch = Networks.randomBatch(11, 9, 29, 99);
    List<float[]> gradients = new ArrayList<>();
    List<LossMetrics> scores = new ArrayList<>();
    for (Network each : List.of(network, Networks.withDocuments(network))) {
      RecurrentState state = new RecurrentState(each.architecture(), 11);
      float[] gradient = new float[network.parameters().length];
      try (TrainingPass pass = engine(2).training(each, 11, 9, new Dropout(dropped, true, 5))) {
        pass.lossAndGradient(batch, state, 3, gradient);
        scores.add(pass.lossAndGradient(batch, state, 4, gradient));
      }
      gradients.add(gradient);
    }
    assertThat(gradients.get(1)).isEqualTo(gradients.get(0));
    assertThat(scores.get(1)).isEqualTo(scores.get(0));
  }

  /** One stream, few and many: each begins its documents at its own time. */
  @ParameterizedTest
  @CsvSource({"10,7,2,1", "10,33,3,3", "87,70,2,9"})
  void inferenceBeginsDocumentsAsTheNaiveNetworkDoes(int v, int h, int layers, int streams) {
    Network network = Networks.withDocuments(Networks.random(cell(), v, h, layers, 100));
    Batch batch = Networks.batchOfDocuments(streams, 8, v, 101);
    InferencePass pass = engine(1).inference(network, streams);
    NaiveNetwork[] naive = new NaiveNetwork[streams];
    Arrays.setAll(naive, b -> new NaiveNetwork(network));
    float[] logits = new float[streams * v];
    int[] characters = new int[streams];
    for (int t = 0; t < 8; t++) {
      System.arraycopy(batch.inputs(), t * streams, characters, 0, streams);
      pass.step(characters, logits);
      for (int b = 0; b < streams; b++) {
        double[] expected = naive[b].step(characters[b]);
        for (int k = 0; k < v; k++) {
          assertThat((double) logits[b * v + k]).isCloseTo(expected[k], within(2e-5 * (1 + h)));
        }
      }
    }
  }

  @Test
  void resetReallyResets() {
    Network network = Networks.random(cell(), 9, 7, 2, 41);
    Batch batch = Networks.randomBatch(4, 6, 9, 42);
    RecurrentState state = new RecurrentState(network.architecture(), 4);
    try (TrainingPass pass = engine(1).training(network, 4, 6, Dropout.NONE)) {
      LossMetrics fresh = Networks.predict(pass, network, batch, state);
      LossMetrics carried = Networks.predict(pass, network, batch, state);
      state.reset();
      LossMetrics again = Networks.predict(pass, network, batch, state);
      assertThat(carried.lossSum()).isNotEqualTo(fresh.lossSum());
      assertThat(again).isEqualTo(fresh);
    }
    InferencePass inference = engine(1).inference(network, 1);
    float[] first = new float[9];
    float[] second = new float[9];
    float[] third = new float[9];
    inference.step(new int[] {3}, first);
    inference.step(new int[] {3}, second);
    inference.load(0, new RecurrentState(network.architecture(), 1));
    inference.step(new int[] {3}, third);
    assertThat(second).isNotEqualTo(first);
    assertThat(third).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "10,1,1,1",
    "10,7,4,2",
    "10,87,33,3",
    "10,5,3,17",
    "87,70,2,1",
    "87,70,2,4",
    "87,70,2,8",
    "87,70,2,9"
  })
  void inferenceStepsAsTheNaiveNetworkDoes(int v, int h, int layers, int streams) {
    Network network = Networks.random(cell(), v, h, Math.min(layers, 3), 51);
    Batch batch = Networks.randomBatch(streams, 8, v, 52);
    InferencePass pass = engine(1).inference(network, streams);
    NaiveNetwork[] naive = new NaiveNetwork[streams];
    for (int b = 0; b < streams; b++) {
      naive[b] = new NaiveNetwork(network);
    }
    float[] logits = new float[streams * v];
    int[] characters = new int[streams];
    for (int t = 0; t < 8; t++) {
      System.arraycopy(batch.inputs(), t * streams, characters, 0, streams);
      pass.step(characters, logits);
      for (int b = 0; b < streams; b++) {
        double[] expected = naive[b].step(characters[b]);
        for (int k = 0; k < v; k++) {
          assertThat((double) logits[b * v + k]).isCloseTo(expected[k], within(2e-5 * (1 + h)));
        }
      }
    }
  }

  /** Units of the first and the last layer; documents begin meanwhile, at zero state. */
  @ParameterizedTest
  @CsvSource({"10,7,2,1", "10,33,1,3", "30,20,3,9"})
  void unitsAreHeldAsInTheNaiveNetwork(int v, int h, int layers, int streams) {
    Network network = Networks.withDocuments(Networks.random(cell(), v, h, layers, 57));
    Batch batch = Networks.batchOfDocuments(streams, 8, v, 58);
    List<Clamp> clamps =
        List.of(
            new Clamp(0, h - 1, 0.75f), new Clamp(0, 2, -0.5f), new Clamp(layers - 1, 1, -0.999f));
    InferencePass pass = engine(1).inference(network, clamps).apply(streams);
    NaiveNetwork[] naive = new NaiveNetwork[streams];
    for (int b = 0; b < streams; b++) {
      naive[b] = new NaiveNetwork(network);
      for (Clamp clamp : clamps) {
        naive[b].hold(clamp.layer(), clamp.unit(), clamp.value());
      }
    }
    float[] logits = new float[streams * v];
    int[] characters = new int[streams];
    RecurrentState state = new RecurrentState(network.architecture(), 1);
    for (int t = 0; t < 8; t++) {
      System.arraycopy(batch.inputs(), t * streams, characters, 0, streams);
      pass.step(characters, logits);
      for (int b = 0; b < streams; b++) {
        double[] expected = naive[b].step(characters[b]);
        for (int k = 0; k < v; k++) {
          assertThat((double) logits[b * v + k]).isCloseTo(expected[k], within(2e-5 * (1 + h)));
        }
        pass.save(b, state);
        assertThat(state.values()[cell().memory()][0][2]).isCloseTo(-0.5f, within(1e-6f));
      }
    }
  }

  @Test
  void holdingNothingChangesNoBit() {
    Network network = Networks.random(cell(), 12, 19, 2, 55);
    float[] plain = new float[12];
    float[] held = new float[12];
    float[] recorded = new float[12];
    Engine engine = engine(1);
    InferencePass first = engine.inference(network, 1);
    InferencePass second = engine.inference(network, List.of()).apply(1);
    InferencePass third = engine.recording(network, (layer, gates, states) -> {});
    for (int t = 0; t < 6; t++) {
      first.step(new int[] {t}, plain);
      second.step(new int[] {t}, held);
      third.step(new int[] {t}, recorded);
      assertThat(held).isEqualTo(plain);
      assertThat(recorded).isEqualTo(plain);
    }
  }

  /** States as in the naive network, gates as in the other engine. */
  @ParameterizedTest
  @CsvSource({"10,7,2", "87,40,1"})
  void whatCellsDoIsRecorded(int v, int h, int layers) {
    Network network = Networks.random(cell(), v, h, layers, 59);
    List<float[][]> gates = new ArrayList<>();
    List<float[][]> others = new ArrayList<>();
    List<float[][]> states = new ArrayList<>();
    InferencePass pass =
        engine(1)
            .recording(
                network,
                (layer, activated, after) -> {
                  assertThat(layer).isEqualTo(gates.size() % layers);
                  gates.add(copy(activated));
                  states.add(copy(after));
                });
    InferencePass other =
        new ReferenceEngine(all.get(0))
            .recording(network, (layer, activated, after) -> others.add(copy(activated)));
    NaiveNetwork naive = new NaiveNetwork(network);
    for (int t = 0; t < 9; t++) {
      pass.step(new int[] {t}, new float[v]);
      other.step(new int[] {t}, new float[v]);
      naive.step(t);
      for (int l = 0; l < layers; l++) {
        int at = t * layers + l;
        for (int s = 0; s < cell().states(); s++) {
          float[] expected = new float[h];
          for (int u = 0; u < h; u++) {
            expected[u] = (float) naive.states(l)[s][u];
          }
          assertThat(Networks.relativeError(states.get(at)[s], expected)).isLessThan(1e-5);
        }
        for (int gate = 0; gate < cell().gates(); gate++) {
          assertThat(Networks.relativeError(gates.get(at)[gate], others.get(at)[gate]))
              .isLessThan(1e-5);
          if (cell().gate(gate).isFactor()) {
            for (float value : gates.get(at)[gate]) {
              assertThat(value).isBetween(0f, 1f);
            }
          }
        }
      }
    }
  }

  private static float[][] copy(float[][] rows) {
    return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
  }

  /** A saved state continues in another pass, of as many streams or, repeated, of more. */
  @ParameterizedTest
  @CsvSource({"10,7,2,1", "10,33,3,5", "87,70,2,9"})
  void aSavedStateGoesOnBitIdentical(int v, int h, int layers, int streams) {
    Network network = Networks.random(cell(), v, h, layers, 53);
    InferencePass pass = engine(1).inference(network, 1);
    RecurrentState state = new RecurrentState(network.architecture(), 1);
    pass.save(0, state);
    assertThat(state.isZero()).isTrue();
    float[] logits = new float[v];
    for (int t = 0; t < 5; t++) {
      pass.step(new int[] {t}, logits);
    }
    pass.save(0, state);
    pass.step(new int[] {7}, logits);
    InferencePass others = engine(1).inference(network, streams);
    for (int row = 0; row < streams; row++) {
      others.load(row, state);
    }
    int[] characters = new int[streams];
    Arrays.fill(characters, 7);
    float[] all = new float[streams * v];
    others.step(characters, all);
    for (int row = 0; row < streams; row++) {
      assertThat(Arrays.copyOfRange(all, row * v, (row + 1) * v)).isEqualTo(logits);
    }
    pass.load(0, state);
    float[] again = new float[v];
    pass.step(new int[] {7}, again);
    assertThat(again).isEqualTo(logits);
  }

  /** Passes of one maker share weights, and neither states nor what becomes of the parameters. */
  @Test
  void passesOfOneMakerAreIndependent() {
    Network network = Networks.random(cell(), 12, 19, 2, 55);
    IntFunction<InferencePass> passes = engine(2).inference(network);
    float[] expected = new float[12];
    InferencePass alone = engine(1).inference(network.copy(), 1);
    InferencePass one = passes.apply(1);
    InferencePass five = passes.apply(5);
    Arrays.fill(network.parameters(), 0);
    float[] first = new float[12];
    float[] rows = new float[5 * 12];
    for (int t = 0; t < 6; t++) {
      alone.step(new int[] {t}, expected);
      one.step(new int[] {t}, first);
      five.step(new int[] {0, t, 1, 2, t}, rows);
      assertThat(first).isEqualTo(expected);
      assertThat(Arrays.copyOfRange(rows, 12, 24)).isEqualTo(expected);
    }
  }

  /** The fast engine parallelises a layer of 190 units otherwise than a small one. */
  @ParameterizedTest
  @CsvSource({
    "17,6,1,false",
    "190,9,1,false",
    "17,6,0.1,false",
    "190,9,0.1,false",
    "17,6,1,true",
    "190,9,1,true"
  })
  void resultsAreBitIdenticalForAnyNumberOfThreads(
      int h, int t, double counting, boolean documents) {
    Network plain = Networks.random(cell(), 30, h, 2, 61);
    Network network = documents ? Networks.withDocuments(plain) : plain;
    Batch batch =
        documents
            ? Networks.batchOfDocuments(37, t, 30, 62)
            : Networks.maskedBatch(37, t, 30, counting, 62);
    float[] expected = null;
    for (int threads : new int[] {1, 2, 3, 8}) {
      RecurrentState state = new RecurrentState(network.architecture(), 37);
      float[] gradient = new float[network.parameters().length];
      try (TrainingPass pass =
          engine(threads).training(network, 37, t, new Dropout(0.3, false, 5))) {
        pass.lossAndGradient(batch, state, 3, gradient);
        pass.lossAndGradient(batch, state, 4, gradient);
      }
      expected = expected == null ? gradient : expected;
      assertThat(gradient).as("%d threads", threads).isEqualTo(expected);
    }
  }

  /** No thread may wait forever for work that a failed thread left undone. */
  @Test
  void aFailureInAnyThreadIsThrownAndTheNextWindowIsComputed() {
    Network network = Networks.random(cell(), 30, 170, 2, 61);
    Batch batch = Networks.randomBatch(37, 6, 30, 62);
    float[] gradient = new float[network.parameters().length];
    float[] expected = gradient.clone();
    for (int threads : new int[] {1, 3, 8}) { // 8: over hidden units
      try (TrainingPass pass = engine(threads).training(network, 37, 6, Dropout.NONE)) {
        pass.lossAndGradient(batch, new RecurrentState(network.architecture(), 37), 0, expected);
        for (int row : new int[] {0, 20, 36}) {
          Batch broken = Networks.slice(batch, 0, 6);
          broken.inputs()[row] = -1_000_000; // no token id
          assertTimeoutPreemptively(
              Duration.ofMinutes(1),
              () ->
                  assertThatThrownBy(
                          () ->
                              pass.lossAndGradient(
                                  broken,
                                  new RecurrentState(network.architecture(), 37),
                                  0,
                                  gradient))
                      .isInstanceOf(IndexOutOfBoundsException.class));
        }
        pass.lossAndGradient(batch, new RecurrentState(network.architecture(), 37), 0, gradient);
        assertThat(gradient).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void withDropoutTheGradientIsRightToo(boolean documents) {
    // With dropout, the loss is a smooth function of the parameters too: a step has fixed masks.
    int v = 6;
    int b = 3;
    Network plain = Networks.random(cell(), v, 5, 2, 71);
    Network network = documents ? Networks.withDocuments(plain) : plain;
    Batch batch =
        documents ? Networks.batchOfDocuments(b, 4, v, 72) : Networks.randomBatch(b, 4, v, 72);
    Dropout dropout = new Dropout(0.4, false, 9);
    float[] gradient = new float[network.parameters().length];
    float[] scratch = new float[gradient.length];
    try (TrainingPass pass = engine(1).training(network, b, 4, dropout)) {
      NetworkSpec architecture = network.architecture();
      LossMetrics score =
          pass.lossAndGradient(batch, new RecurrentState(architecture, b), 2, gradient);
      LossMetrics other =
          pass.lossAndGradient(batch, new RecurrentState(architecture, b), 3, scratch);
      assertThat(other.lossSum()).isNotEqualTo(score.lossSum());
      float eps = 4e-3f; // small, because a time gate has corners
      for (int i = 0; i < gradient.length; i += 7) {
        float kept = network.parameters()[i];
        network.parameters()[i] = kept + eps;
        double above =
            pass.lossAndGradient(batch, new RecurrentState(architecture, b), 2, scratch).loss();
        network.parameters()[i] = kept - eps;
        double below =
            pass.lossAndGradient(batch, new RecurrentState(architecture, b), 2, scratch).loss();
        network.parameters()[i] = kept;
        assertThat((double) gradient[i])
            .as("parameter %d", i)
            .isCloseTo((above - below) / (2 * eps), within(2e-4));
      }
    }
  }

  @Test
  void aBatchOfAnotherShapeIsRefused() {
    Network network = Networks.random(cell(), 5, 4, 1, 81);
    float[] gradient = new float[network.parameters().length];
    try (TrainingPass pass = engine(1).training(network, 2, 3, Dropout.NONE)) {
      RecurrentState state = new RecurrentState(network.architecture(), 2);
      for (Batch other : List.of(new Batch(3, 3), new Batch(2, 4))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> pass.lossAndGradient(other, state, 0, gradient))
            .withMessageContaining("must be 2 x 3, got " + other.batchSize());
      }
      RecurrentState three = new RecurrentState(network.architecture(), 3);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pass.lossAndGradient(new Batch(2, 3), three, 0, gradient))
          .withMessageContaining("must have 2 rows, got 3");
    }
  }
}
