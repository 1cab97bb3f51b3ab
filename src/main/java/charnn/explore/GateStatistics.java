package charnn.explore;

import charnn.nn.CellType;
import charnn.nn.Gate;
import charnn.nn.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * How open the gates were over a text, and how long cells remember.
 *
 * @param gates of each layer, those that are factors from 0 to 1
 * @param memoryLengths [layers][H] the characters after which a cell has lost all but 1/e of what
 *     it held, by the geometric mean of the part that it kept in a step; empty for cells without a
 *     gate that keeps
 */
public record GateStatistics(List<OfGate> gates, double[][] memoryLengths) {
  /** A gate below this is closed, ... */
  public static final float CLOSED = 0.1f;

  /** ...and above this open. */
  public static final float OPEN = 0.9f;

  /** A memory is not told from a longer one. */
  public static final double LONGEST = 1e6;

  /**
   * A gate of a layer.
   *
   * @param layer from 0
   * @param name in words
   * @param mean [H] of each unit over the text
   * @param closed [H] part of the time in which it was below {@link #CLOSED}
   * @param open [H] and above {@link #OPEN}
   */
  public record OfGate(int layer, String name, double[] mean, double[] closed, double[] open) {
    /** Returns the mean of values of all units. */
    public static double mean(double... values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum / values.length;
    }
  }

  /** Adds up steps. */
  static final class Builder {
    private static final String TIME_GATE = "time";

    private final NetworkSpec network;
    private final CellType cell;
    private final List<Integer> blocks = new ArrayList<>(); // of the gates that are factors
    private final long[] steps; // of each layer
    private final double[][][][] sums; // [layers][gates][mean, closed, open][H]
    private final double[][] logKept; // [layers][H]

    Builder(NetworkSpec network) {
      this.network = network;
      cell = network.cell();
      for (int block = 0; block < cell.gates(); block++) {
        if (cell.gate(block).isFactor()) {
          blocks.add(block);
        }
      }
      int gates = blocks.size() + (hasTimeGate() ? 1 : 0);
      steps = new long[network.layers()];
      sums = new double[network.layers()][gates][3][network.hiddenSize()];
      logKept = new double[network.layers()][network.hiddenSize()];
    }

    private boolean hasTimeGate() {
      return cell == CellType.PHASED_LSTM;
    }

    void add(int layer, float[][] activated) {
      steps[layer]++;
      for (int g = 0; g < blocks.size(); g++) {
        add(sums[layer][g], activated[blocks.get(g)]);
      }
      float[] timeGate = hasTimeGate() ? timeGate(activated) : null;
      if (timeGate != null) {
        add(sums[layer][blocks.size()], timeGate);
      }
      int keeping = keeping();
      for (int unit = 0; keeping >= 0 && unit < network.hiddenSize(); unit++) {
        double kept = activated[keeping][unit];
        if (timeGate != null) {
          kept = timeGate[unit] * kept + 1 - timeGate[unit];
        }
        logKept[layer][unit] += Math.log(Math.max(kept, 1e-12));
      }
    }

    /** Returns the block of the gate that keeps the memory; -1: there is none. */
    private int keeping() {
      for (int block = 0; block < cell.gates(); block++) {
        if (cell.gate(block) == Gate.FORGET || cell.gate(block) == Gate.UPDATE) {
          return block;
        }
      }
      return -1;
    }

    private static void add(double[][] sums, float... values) {
      for (int unit = 0; unit < values.length; unit++) {
        sums[0][unit] += values[unit];
        sums[1][unit] += values[unit] < CLOSED ? 1 : 0;
        sums[2][unit] += values[unit] > OPEN ? 1 : 0;
      }
    }

    /** Returns how open a phased LSTM's time gates are, by the formula of its cell. */
    private float[] timeGate(float[][] activated) {
      float[] phase = activated[block(Gate.PHASE)];
      float[] ratio = activated[block(Gate.OPEN_RATIO)];
      float[] open = new float[phase.length];
      for (int unit = 0; unit < open.length; unit++) {
        float part = phase[unit] / ratio[unit];
        open[unit] = part < 0.5f ? 2 * part : part < 1 ? 2 - 2 * part : 0;
      }
      return open;
    }

    private int block(Gate gate) {
      for (int block = 0; block < cell.gates(); block++) {
        if (cell.gate(block) == gate) {
          return block;
        }
      }
      throw new IllegalArgumentException(cell + " has no gate " + gate);
    }

    GateStatistics statistics() {
      List<OfGate> gates = new ArrayList<>();
      double[][] lengths = new double[keeping() < 0 ? 0 : network.layers()][network.hiddenSize()];
      for (int layer = 0; layer < network.layers(); layer++) {
        for (int g = 0; g < sums[layer].length; g++) {
          for (double[] values : sums[layer][g]) {
            for (int unit = 0; unit < values.length; unit++) {
              values[unit] /= steps[layer];
            }
          }
          String name = g < blocks.size() ? cell.gate(blocks.get(g)).toString() : TIME_GATE;
          double[][] of = sums[layer][g];
          gates.add(new OfGate(layer, name, of[0], of[1], of[2]));
        }
        for (int unit = 0; layer < lengths.length && unit < network.hiddenSize(); unit++) {
          double rate = -logKept[layer][unit] / steps[layer];
          lengths[layer][unit] = Math.min(LONGEST, 1 / Math.max(rate, 1 / LONGEST));
        }
      }
      return new GateStatistics(gates, lengths);
    }
  }
}
