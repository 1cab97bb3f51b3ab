package charnn.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnowledgeTest {
  private static final int N = 1200;
  private static final int CELLS = 24;
  private static final int SHIFTS = 59;

  /** Slow random walks towards 0: neighbours are alike, as in a text and in a cell. */
  private static float[] slow(Random random, double keeps) {
    float[] values = new float[N];
    double value = random.nextGaussian();
    for (int i = 0; i < N; i++) {
      value = keeps * value + Math.sqrt(1 - keeps * keeps) * random.nextGaussian();
      values[i] = (float) value;
    }
    return values;
  }

  private static float[][] memory(Random random) {
    float[][] memory = new float[N][CELLS];
    for (int c = 0; c < CELLS; c++) {
      float[] values = slow(random, 0.97);
      for (int t = 0; t < N; t++) {
        memory[t][c] = (float) Math.tanh(values[t]);
      }
    }
    return memory;
  }

  private static List<Property> properties(Random random) {
    List<Property> properties = new ArrayList<>();
    for (int f = 0; f < 8; f++) {
      float[] values = slow(random, 0.98);
      boolean isYesOrNo = f % 2 == 0;
      for (int t = 0; isYesOrNo && t < N; t++) {
        values[t] = values[t] > 0.7 ? 1 : 0;
      }
      properties.add(new Property("property " + f, values, isYesOrNo));
    }
    return properties;
  }

  private static Knowledge knowledge(float[][] memory, List<Property> properties, int threads) {
    try (ThreadTeam workers = new ThreadTeam(threads)) {
      return Knowledge.of(memory, CELLS / 2, properties, SHIFTS, 1, workers, done -> {});
    }
  }

  /** Of 24 cells and 8 properties, some pair correlates by accident, in every text. */
  @Test
  void chanceIsNotTakenForKnowledge() {
    int listing = 0;
    double largest = 0;
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      Knowledge knowledge = knowledge(memory(random), properties(random), 2);
      listing += knowledge.findings().stream().anyMatch(of -> !of.cells().isEmpty()) ? 1 : 0;
      for (Knowledge.OfProperty of : knowledge.findings()) {
        largest = Math.max(largest, of.best());
      }
    }
    // A test of each pair with p < 0.05, or one that permutes characters freely, would list many in
    // every text. Of 12 texts, 0.6 are expected; 4 or more have a probability of 0.2 %.
    assertThat(listing).isLessThan(4);
    assertThat(largest).isGreaterThan(0.4);
  }

  @Test
  void whatIsKnownIsFound() {
    Random random = new Random(5);
    float[][] memory = memory(random);
    List<Property> properties = properties(random);
    for (int t = 0; t < N; t++) {
      memory[t][19] = 0.8f * (2 * properties.get(2).values()[t] - 1) + 0.1f * memory[t][19];
      memory[t][3] = (float) (-0.3 * properties.get(5).values()[t] + 0.1 * memory[t][3]);
    }
    Knowledge knowledge = knowledge(memory, properties, 1);
    List<Knowledge.Cell> first = knowledge.findings().get(2).cells();
    assertThat(first).hasSize(1);
    assertThat(first.get(0).layer()).isEqualTo(2); // of 12 units each
    assertThat(first.get(0).unit()).isEqualTo(8);
    assertThat(first.get(0).p()).isCloseTo(1 / 60.0, within(1e-9));
    assertThat(first.get(0).correlation()).isGreaterThan(0.95);
    assertThat(first.get(0).yes()).isCloseTo(0.8, within(0.1));
    assertThat(first.get(0).no()).isCloseTo(-0.8, within(0.1));
    assertThat(knowledge.findings().get(2).chance()).isBetween(0.1, 0.7);
    List<Knowledge.Cell> second = knowledge.findings().get(5).cells();
    assertThat(second).hasSize(1);
    assertThat(second.get(0).unit()).isEqualTo(4);
    assertThat(second.get(0).correlation()).isLessThan(-0.9);
    assertThat(knowledge(memory, properties, 3)).isEqualTo(knowledge);
  }

  @Test
  void correlationsArePearsons() {
    Random random = new Random(7);
    float[][] memory = memory(random);
    List<Property> properties = properties(random);
    double[][] all = Knowledge.correlations(memory, properties);
    for (int f = 0; f < properties.size(); f++) {
      for (int c = 0; c < CELLS; c += 13) {
        assertThat(all[f][c])
            .isCloseTo(pearson(memory, c, properties.get(f).values()), within(1e-4));
      }
    }
  }

  private static double pearson(float[][] memory, int cell, float[] values) {
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int t = 0; t < N; t++) {
      x += memory[t][cell] / N;
      y += values[t] / N;
      xx += memory[t][cell] * memory[t][cell] / N;
      yy += values[t] * values[t] / N;
      xy += memory[t][cell] * values[t] / N;
    }
    return (xy - x * y) / Math.sqrt((xx - x * x) * (yy - y * y));
  }
}
