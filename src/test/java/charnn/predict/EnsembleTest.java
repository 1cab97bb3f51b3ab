package charnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.Logits;
import charnn.engine.Networks;
import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleTest {
  private static final Engine ENGINE = EngineType.SCALAR.create(new ThreadTeam(1));
  private static final LanguageModel A = model(ENGINE, "abcdef\n", CellType.LSTM, 2, 1);
  private static final LanguageModel B = model(ENGINE, "cdefghi 水", CellType.GRU, 1, 2);
  private static final LanguageModel C = model(ENGINE, "bdf", CellType.PHASED_LSTM, 1, 3);
  private static final double[] WEIGHTS = {0.5, 0.3, 0.2};

  private static LanguageModel model(
      Engine engine, String characters, CellType cell, int layers, long seed) {
    Vocabulary vocabulary = Vocabulary.ofText(characters);
    return new SingleModel(
        engine, Networks.random(cell, vocabulary.size(), 6, layers, seed), vocabulary);
  }

  private static int[] randomText(int v, int length, long seed) {
    return new SplittableRandom(seed).ints(length, 0, v).toArray();
  }

  /** Returns the logits after each character of a text [length][V]. */
  private static float[][] read(LanguageModel model, int... text) {
    Predictor predictor = model.predictor(1);
    float[][] logits = new float[text.length][model.vocabulary().size()];
    for (int i = 0; i < text.length; i++) {
      predictor.step(new int[] {text[i]}, logits[i]);
    }
    return logits;
  }

  /** Returns a model's probabilities of an ensemble's characters, which it reads where it can. */
  private static double[][] naive(LanguageModel model, Vocabulary ensemble, int... text) {
    Predictor predictor = model.predictor(1);
    float[] logits = new float[model.vocabulary().size()];
    double[][] probabilities = new double[text.length][ensemble.size()];
    for (int i = 0; i < text.length; i++) {
      int token = model.vocabulary().indexOf(ensemble.codePoint(text[i]));
      if (token >= 0) {
        predictor.step(new int[] {token}, logits);
      }
      double[] own = Logits.softmax(logits);
      for (int k = 0; k < own.length; k++) {
        probabilities[i][ensemble.indexOf(model.vocabulary().codePoint(k))] = own[k];
      }
    }
    return probabilities;
  }

  @Test
  void itsProbabilitiesAreTheWeightedMeanAndSumToOne() {
    Ensemble ensemble = new Ensemble(List.of(A, B, C), WEIGHTS);
    Vocabulary vocabulary = ensemble.vocabulary();
    assertThat(vocabulary).isEqualTo(Vocabulary.ofText("abcdefghi \n水"));
    int[] text = randomText(vocabulary.size(), 200, 1);
    float[][] logits = read(ensemble, text);
    List<double[][]> members =
        List.of(naive(A, vocabulary, text), naive(B, vocabulary, text), naive(C, vocabulary, text));
    for (int i = 0; i < text.length; i++) {
      double sum = 0;
      for (int k = 0; k < vocabulary.size(); k++) {
        double mean = 0;
        for (int m = 0; m < WEIGHTS.length; m++) {
          mean += WEIGHTS[m] * members.get(m)[i][k];
        }
        assertThat(Math.exp(logits[i][k])).isCloseTo(mean, within(1e-6));
        sum += Math.exp(logits[i][k]);
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void aModelWithItselfIsThatModel() {
    int[] text = randomText(A.vocabulary().size(), 100, 2);
    float[][] twice = read(new Ensemble(List.of(A, A), 0.7, 0.3), text);
    float[][] once = read(A, text);
    for (int i = 0; i < text.length; i++) {
      for (int k = 0; k < once[i].length; k++) {
        assertThat((double) twice[i][k])
            .isCloseTo(Logits.logProbability(once[i], 0, once[i].length, k), within(1e-5));
      }
    }
  }

  @Test
  void onlyTheRatiosOfTheWeightsMatter() {
    int[] text = randomText(12, 50, 3);
    float[][] logits = read(new Ensemble(List.of(A, B), 0.75, 0.25), text);
    assertThat(read(new Ensemble(List.of(A, B), 6, 2), text)).isDeepEqualTo(logits);
    assertThat(read(new Ensemble(List.of(A, B), 2, 6), text)[0]).isNotEqualTo(logits[0]);
  }

  @ParameterizedTest
  @EnumSource(names = {"SIMD", "SCALAR"})
  void aTextDoesNotDependOnTheOthersOfItsBatch(EngineType kind) {
    Engine engine = kind.create(new ThreadTeam(1));
    for (CellType cell : CellType.values()) {
      aTextDoesNotDependOnTheOthersOfItsBatch(
          new Ensemble(
              List.of(
                  model(engine, "abcdef\n", cell, 2, 1),
                  model(engine, "cdefghi 水", CellType.RNN, 1, 2)),
              0.6,
              0.4));
    }
  }

  private static void aTextDoesNotDependOnTheOthersOfItsBatch(Ensemble ensemble) {
    int v = ensemble.vocabulary().size();
    int texts = 11;
    int length = 40;
    int[][] characters = new int[texts][];
    float[][][] alone = new float[texts][][];
    for (int i = 0; i < texts; i++) {
      characters[i] = randomText(v, length, i);
      alone[i] = read(ensemble, characters[i]);
    }
    Predictor batch = ensemble.predictor(texts);
    float[] logits = new float[texts * v];
    for (int t = 0; t < length; t++) {
      int column = t;
      batch.step(Arrays.stream(characters).mapToInt(text -> text[column]).toArray(), logits);
      for (int i = 0; i < texts; i++) {
        assertThat(Arrays.copyOfRange(logits, i * v, (i + 1) * v)).isEqualTo(alone[i][t]);
      }
    }
  }

  /** Wherever it is cut, also before a character that a model does not know. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStateContinuesWithAnotherPredictor(boolean otherVocabularies) {
    Ensemble ensemble = new Ensemble(List.of(A, otherVocabularies ? B : A), 0.6, 0.4);
    int v = ensemble.vocabulary().size();
    int[] text = randomText(v, 30, 4);
    float[][] whole = read(ensemble, text);
    Predictor predictor = ensemble.predictor(1);
    List<TextState> states = new ArrayList<>();
    for (int token : text) {
      states.add(predictor.save(0));
      predictor.step(new int[] {token}, new float[v]);
    }
    Predictor other = ensemble.predictor(3);
    float[] logits = new float[3 * v];
    for (int cut = 0; cut < text.length; cut++) {
      other.load(1, states.get(cut));
      for (int i = cut; i < text.length; i++) {
        other.step(new int[] {i % v, text[i], (i + 1) % v}, logits);
        assertThat(Arrays.copyOfRange(logits, v, 2 * v)).isEqualTo(whole[i]);
      }
    }
  }

  /** What is too improbable for a number is not infinitely improbable. */
  @Test
  void itsLogarithmsDoNotUnderflow() {
    LanguageModel ensemble =
        new Ensemble(List.of(fixed("ab", 0, -5000), fixed("ac", 0, -4000)), 0.5, 0.5);
    float[] logits = read(ensemble, 0)[0];
    assertThat((double) logits[0]).isCloseTo(0, within(1e-6));
    assertThat((double) logits[1]).isCloseTo(-5000 - Math.log(2), within(1e-3));
    assertThat((double) logits[2]).isCloseTo(-4000 - Math.log(2), within(1e-3));
  }

  private static LanguageModel fixed(String characters, float... fixed) {
    return new LanguageModel() {
      @Override
      public Vocabulary vocabulary() {
        return Vocabulary.ofText(characters);
      }

      @Override
      public Predictor predictor(int texts) {
        return new Predictor() {
          @Override
          public void step(int[] read, float[] logits) {
            System.arraycopy(fixed, 0, logits, 0, fixed.length);
          }

          @Override
          public TextState save(int text) {
            throw new UnsupportedOperationException("reads every character");
          }

          @Override
          public void load(int text, TextState from) {
            throw new UnsupportedOperationException("reads every character");
          }
        };
      }
    };
  }

  @Test
  void weightsArePositiveAndAsManyAsModels() {
    for (double[] weights :
        new double[][] {{}, {1}, {1, 1, 1}, {1, 0}, {1, -1}, {1, Double.NaN}, {1, 1.0 / 0}}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Ensemble(List.of(A, B), weights));
    }
  }
}
