package charnn.proofread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Direction;
import charnn.engine.NaiveNetwork;
import charnn.engine.reference.ReferenceEngine;
import charnn.eval.Evaluator;
import charnn.model.Model;
import charnn.model.Models;
import charnn.nn.CellType;
import charnn.predict.BothSides;
import charnn.predict.SingleModel;
import charnn.proofread.FirstReading.Estimate;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstReadingTest {
  private static final String CHARACTERS = "abcdef \n";
  private static final ThreadTeam WORKERS = new ThreadTeam(2);
  private static final ReferenceEngine ENGINE = new ReferenceEngine(WORKERS);
  private static final Evaluator EVALUATOR = new Evaluator(ENGINE, WORKERS);
  private static final Model FORWARD = Models.random(CHARACTERS, 7, 2);
  private static final Model BACKWARD = Models.random(CellType.GRU, CHARACTERS, 6, 1);
  private static final BothSides SIDES =
      new BothSides(new SingleModel(ENGINE, FORWARD), new SingleModel(ENGINE, BACKWARD));
  private static final BitSet NONE = new BitSet();

  @AfterAll
  static void endThreads() {
    WORKERS.close();
  }

  private static char[] tokens(String text) {
    return FORWARD.vocabulary().encode(text);
  }

  /** Returns ln p of each character at each place, by those before it [n][V]. */
  private static double[][] naive(Model model, char[] text, double[] unigram) {
    NaiveNetwork network = new NaiveNetwork(model.network());
    double[][] all = new double[text.length][];
    double[] logits = null;
    for (int i = 0; i < text.length; i++) {
      all[i] = unigram;
      if (logits != null) {
        all[i] = new double[unigram.length];
        for (int c = 0; c < unigram.length; c++) {
          all[i][c] = -NaiveNetwork.loss(logits, c);
        }
      }
      logits = network.step(text[i]);
    }
    return all;
  }

  private static double[] unigram(char[] text, int v) {
    double[] logs = new double[v];
    for (int c = 0; c < v; c++) {
      double count = 1;
      for (char token : text) {
        count += token == c ? 1 : 0;
      }
      logs[c] = Math.log(count / (text.length + v));
    }
    return logs;
  }

  /** The estimates of all edits, by the formulas. */
  private static List<Estimate> naive(char[] text) {
    int v = CHARACTERS.length();
    int n = text.length;
    double[] p = unigram(text, v);
    double[][] left = naive(FORWARD, text, p);
    double[][] turned = naive(BACKWARD, Direction.BACKWARD.turned(text), p);
    double[][] right = new double[n][];
    for (int i = 0; i < n; i++) {
      right[i] = turned[n - 1 - i];
    }
    List<Estimate> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double here = left[i][text[i]] + right[i][text[i]] - p[text[i]];
      for (int c = 0; c < v; c++) {
        if (c != text[i]) {
          double there = left[i][c] + right[i][c] - p[c];
          all.add(new Estimate(new Edit(ErrorKind.WRONG, i, c), there - here));
        }
      }
      if (i > 0 && i < n - 1) {
        double fromLeft = left[i][text[i + 1]] - p[text[i + 1]];
        double fromRight = right[i][text[i - 1]] - p[text[i - 1]];
        all.add(new Estimate(new Edit(ErrorKind.EXTRA, i, 0), (fromLeft + fromRight) / 2 - here));
      }
      if (i < n - 1) {
        double fromLeft = left[i + 1][text[i + 1]] - p[text[i + 1]];
        double fromRight = right[i][text[i]] - p[text[i]];
        for (int c = 0; c < v; c++) {
          double there = left[i + 1][c] + right[i][c] - p[c];
          all.add(
              new Estimate(
                  new Edit(ErrorKind.MISSING, i + 1, c), there - (fromLeft + fromRight) / 2));
        }
        if (text[i] != text[i + 1]) {
          double gain =
              left[i][text[i + 1]]
                  - left[i][text[i]]
                  + right[i + 1][text[i]]
                  - right[i + 1][text[i + 1]];
          all.add(new Estimate(new Edit(ErrorKind.SWAPPED, i, 0), gain));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"1000, -100", "1000, 0.3", "1, -100", "7, -100", "7, 0.1", "14, -100"})
  void theEstimatesAreThoseOfANaiveLoop(int chunk, double least) {
    char[] text = tokens("abba fade\nbad cab feed\nfaceacedbabe");
    List<Estimate> naive = naive(text);
    Map<Edit, Double> nats = new HashMap<>();
    naive.forEach(estimate -> nats.put(estimate.edit(), estimate.nats()));
    Map<Integer, List<Estimate>> expected =
        naive.stream()
            .filter(estimate -> estimate.nats() > least)
            .collect(Collectors.groupingBy(estimate -> estimate.edit().at()));
    Map<Integer, List<Estimate>> found =
        new FirstReading(EVALUATOR, SIDES, text, NONE, least, chunk).estimates(done -> {});
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach(
        (at, here) -> {
          for (Estimate estimate : here) {
            assertThat(estimate.edit().at()).isEqualTo(at);
            assertThat(estimate.nats()).isCloseTo(nats.get(estimate.edit()), within(1e-4));
          }
          if (chunk >= text.length) {
            List<Edit> best =
                expected.get(at).stream()
                    .sorted(Comparator.comparingDouble(estimate -> -estimate.nats()))
                    .map(Estimate::edit)
                    .toList();
            assertThat(here.get(0).edit()).isEqualTo(best.get(0));
            assertThat(here).hasSizeLessThanOrEqualTo(6);
          }
        });
  }

  @Test
  void theLastTwoCharactersMayBeSwappedWhereverAChunkEnds() {
    for (int first = 0; first < CHARACTERS.length(); first++) {
      for (int second = 0; second < CHARACTERS.length(); second++) {
        char[] text = {1, 3, 0, (char) first, (char) second};
        double[] gains = new double[2];
        for (int split = 0; split < 2; split++) {
          for (Estimate estimate :
              new FirstReading(EVALUATOR, SIDES, text, NONE, -100, text.length - split)
                  .estimates(done -> {})
                  .get(3)) {
            gains[split] += estimate.edit().kind() == ErrorKind.SWAPPED ? estimate.nats() : 0;
          }
        }
        assertThat(gains[1]).isCloseTo(gains[0], within(1e-4));
      }
    }
  }

  @Test
  void aGapHasEditsWhateverTheyGain() {
    BitSet gaps = new BitSet();
    gaps.set(2);
    Map<Integer, List<Estimate>> found =
        new FirstReading(EVALUATOR, SIDES, tokens("fade"), gaps, 100).estimates(done -> {});
    assertThat(found.keySet()).containsExactly(2);
    assertThat(found.get(2))
        .hasSize(4)
        .extracting(e -> e.edit().kind())
        .containsOnly(ErrorKind.MISSING);
  }

  @Test
  void theShortestTextsHaveFewEdits() {
    assertThat(new FirstReading(EVALUATOR, SIDES, new char[0], NONE, -100).estimates(done -> {}))
        .isEmpty();
    Map<Integer, List<Estimate>> one =
        new FirstReading(EVALUATOR, SIDES, tokens("a"), NONE, -100).estimates(done -> {});
    assertThat(one.get(0)).extracting(e -> e.edit().kind()).containsOnly(ErrorKind.WRONG);
  }
}
