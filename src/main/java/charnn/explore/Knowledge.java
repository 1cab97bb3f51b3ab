package charnn.explore;

import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;

/**
 * Which cells know which properties of a text: those whose memory is correlated with one more than
 * chance explains.
 *
 * <p>Chance is measured by moving the text against the memory in a circle: neighbouring characters
 * stay neighbours, so that both keep their own slow changes, and only what binds them is lost
 * (Politis and Romano's circular shift; a free permutation would take any slow cell for a knowing
 * one). There are many cells and many properties, of which some correlate by accident: a
 * correlation counts by how it compares with the largest of all cells, in each shift, and of all
 * properties (Westfall and Young's maxT, each property's maximum relative to its median). So the
 * probability that one false cell is listed at all is at most p.
 *
 * @param findings of each property that varies, the cells that know it, the best first
 * @param length of the text
 * @param shifts by which chance was measured
 */
public record Knowledge(List<OfProperty> findings, int length, int shifts) {
  /** A correlation with a smaller p is no chance. */
  public static final double SIGNIFICANT = 0.05;

  /** Cells that are listed of a property. */
  public static final int MOST_CELLS = 20;

  /**
   * Who knows a property.
   *
   * @param property its name
   * @param places where it holds, of one that holds or not; else -1
   * @param cells that know it, the best first
   * @param chance the correlation that a cell must exceed
   * @param best the largest correlation of a cell, chance or not
   */
  public record OfProperty(
      String property, int places, List<Cell> cells, double chance, double best) {}

  /**
   * A cell that knows a property.
   *
   * @param layer from 1
   * @param unit from 1
   * @param correlation Pearson's r with the memory, tanh(c) or h
   * @param p the probability of one as large, of any cell and any property, by chance
   * @param yes its mean memory where the property holds, or is above its mean
   * @param no and elsewhere
   */
  public record Cell(int layer, int unit, double correlation, double p, double yes, double no) {}

  /**
   * Ranks the cells.
   *
   * @param shifts S; the smallest p is 1 / (S + 1)
   * @param seed of the shifts
   * @param progress is given the part that is done
   */
  public static Knowledge of(
      Recording recording,
      List<Property> properties,
      int shifts,
      long seed,
      ThreadTeam workers,
      DoubleConsumer progress) {
    return of(
        recording.memory(),
        recording.network().hiddenSize(),
        properties,
        shifts,
        seed,
        workers,
        progress);
  }

  static Knowledge of(
      float[][] memory,
      int hiddenSize,
      List<Property> properties,
      int shifts,
      long seed,
      ThreadTeam workers,
      DoubleConsumer progress) {
    int n = memory.length;
    Correlations correlations = new Correlations(memory, properties);
    double[][] observed = correlations.at(0);
    int[] offsets = offsets(n, shifts, seed);
    double[][] largest = new double[shifts][]; // of each shift, for each property
    int[] done = {0};
    workers.run(
        shifts,
        s -> {
          largest[s] = maxima(correlations.at(offsets[s]));
          synchronized (done) {
            progress.accept((double) ++done[0] / shifts);
          }
        });
    double[] typical = new double[properties.size()];
    Arrays.setAll(typical, f -> median(Arrays.stream(largest).mapToDouble(m -> m[f]).toArray()));
    double[] chance = new double[shifts]; // the largest of all properties, relative to the median
    for (int s = 0; s < shifts; s++) {
      for (int f = 0; f < typical.length; f++) {
        chance[s] = Math.max(chance[s], typical[f] == 0 ? 0 : largest[s][f] / typical[f]);
      }
    }
    Arrays.sort(chance);
    double[] best = maxima(observed);
    // The smallest that has a p below the limit.
    int allowed = (int) Math.ceil(SIGNIFICANT * (shifts + 1)) - 1; // shifts that may be larger
    double factor =
        allowed < 0 || shifts == 0 ? Double.POSITIVE_INFINITY : chance[shifts - 1 - allowed];
    List<OfProperty> findings = new ArrayList<>();
    for (int f = 0; f < typical.length; f++) {
      double limit = factor * typical[f];
      List<Cell> cells = new ArrayList<>();
      for (int cell : order(observed[f])) {
        double r = observed[f][cell];
        if (cells.size() == MOST_CELLS || !(Math.abs(r) > limit)) {
          break;
        }
        double[] means = correlations.means(f, cell);
        cells.add(
            new Cell(
                cell / hiddenSize + 1,
                cell % hiddenSize + 1,
                r,
                (1.0 + larger(chance, Math.abs(r) / typical[f])) / (shifts + 1),
                means[0],
                means[1]));
      }
      Property property = properties.get(f);
      findings.add(
          new OfProperty(
              property.name(),
              property.isYesOrNo() ? property.count() : -1,
              List.copyOf(cells),
              Math.min(1, limit),
              best[f]));
    }
    return new Knowledge(List.copyOf(findings), n, shifts);
  }

  /** Returns r of each property and each cell [F][cells], unmoved. */
  static double[][] correlations(float[][] memory, List<Property> properties) {
    return new Correlations(memory, properties).at(0);
  }

  /** Returns other offsets than about 0: a text is like itself a little further on. */
  private static int[] offsets(int n, int shifts, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int least = Math.min(1000, n / 20);
    int[] offsets = new int[shifts];
    Arrays.setAll(offsets, s -> least + random.nextInt(Math.max(1, n - 2 * least)));
    return offsets;
  }

  private static int larger(double[] ascending, double than) {
    int count = 0;
    for (double value : ascending) {
      count += value >= than ? 1 : 0;
    }
    return count;
  }

  private static double[] maxima(double[][] correlations) {
    return Arrays.stream(correlations)
        .mapToDouble(row -> Arrays.stream(row).map(Math::abs).max().orElse(0))
        .toArray();
  }

  private static double median(double... values) {
    Arrays.sort(values);
    return values.length == 0 ? 0 : values[values.length / 2];
  }

  /** Returns the cells, those of the largest correlation first. */
  private static int[] order(double... correlations) {
    Integer[] cells = new Integer[correlations.length];
    Arrays.setAll(cells, c -> c);
    Arrays.sort(
        cells,
        Comparator.comparingDouble((Integer c) -> -Math.abs(correlations[c]))
            .thenComparing(c -> c));
    return Arrays.stream(cells).mapToInt(c -> c).toArray();
  }

  /** Correlations of all properties with all cells, at a shift between them. */
  private static final class Correlations {
    private final float[][] centred; // [N][cells]
    private final float[][] raw;
    private final double[] deviations; // [cells] times sqrt(N)
    private final List<Property> properties;
    private final double[] deviationsOf; // [F] likewise

    Correlations(float[][] memory, List<Property> properties) {
      int n = memory.length;
      int cells = memory[0].length;
      raw = memory;
      this.properties = properties;
      double[] means = new double[cells];
      for (float[] row : memory) {
        for (int c = 0; c < cells; c++) {
          means[c] += row[c];
        }
      }
      centred = new float[n][cells];
      deviations = new double[cells];
      for (int t = 0; t < n; t++) {
        for (int c = 0; c < cells; c++) {
          centred[t][c] = (float) (memory[t][c] - means[c] / n);
          deviations[c] += (double) centred[t][c] * centred[t][c];
        }
      }
      for (int c = 0; c < cells; c++) {
        deviations[c] = Math.sqrt(deviations[c]);
      }
      deviationsOf = new double[properties.size()];
      for (int f = 0; f < deviationsOf.length; f++) {
        deviationsOf[f] = deviation(properties.get(f).values());
      }
    }

    private static double deviation(float... values) {
      double mean = mean(values);
      double sum = 0;
      for (float value : values) {
        sum += (value - mean) * (value - mean);
      }
      return Math.sqrt(sum);
    }

    private static double mean(float... values) {
      double sum = 0;
      for (float value : values) {
        sum += value;
      }
      return sum / values.length;
    }

    /**
     * Returns r [F][cells] of each property with the memory so many places further on, in a circle.
     */
    double[][] at(int shift) {
      int n = centred.length;
      int cells = deviations.length;
      float[][] sums = new float[properties.size()][cells];
      for (int t = 0; t < n; t++) {
        float[] row = centred[(t + shift) % n];
        for (int f = 0; f < sums.length; f++) {
          float value = properties.get(f).values()[t];
          if (value != 0) {
            addScaled(value, row, sums[f]);
          }
        }
      }
      double[][] correlations = new double[sums.length][cells];
      for (int f = 0; f < sums.length; f++) {
        for (int c = 0; c < cells; c++) {
          double scale = deviations[c] * deviationsOf[f];
          correlations[f][c] = scale > 0 ? sums[f][c] / scale : 0;
        }
      }
      return correlations;
    }

    private static void addScaled(float factor, float[] row, float[] sum) {
      for (int c = 0; c < sum.length; c++) {
        sum[c] += factor * row[c];
      }
    }

    /** Returns the mean of a cell where a property is above its own mean, and elsewhere. */
    double[] means(int f, int cell) {
      float[] values = properties.get(f).values();
      double mean = mean(values);
      double[] sums = new double[2];
      int[] counts = new int[2];
      for (int t = 0; t < values.length; t++) {
        int side = values[t] > mean ? 0 : 1;
        sums[side] += raw[t][cell];
        counts[side]++;
      }
      return new double[] {sums[0] / counts[0], sums[1] / counts[1]};
    }
  }
}
