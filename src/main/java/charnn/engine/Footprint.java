package charnn.engine;

import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * What training takes on an engine, which the engine knows and planning asks for.
 *
 * @param copies of the parameters that the engine has while training: packed weights, sums of
 *     gradients
 * @param copiesOfEvaluation that each thread has in an evaluation
 * @param stash returns how many numbers of a cell's unit are kept for the backward pass besides
 *     gates, states and a layer's input gradient, such as tanh(c)
 * @param rowsPerThread batch rows that one thread computes
 * @param unitsPerThread or hidden units, where there are too few rows
 * @param flopsPerCore usual FLOP/s of one core
 * @param utilization fraction of the peak GEMM throughput that training reaches (MFU); 0 if the
 *     peak says nothing about the engine
 * @param pace returns the FLOP/s that training networks of a cell reaches, as a part of an LSTM's
 */
public record Footprint(
    int copies,
    int copiesOfEvaluation,
    ToIntFunction<CellType> stash,
    int rowsPerThread,
    int unitsPerThread,
    double flopsPerCore,
    double utilization,
    ToDoubleFunction<CellType> pace) {
  /** H and V are padded to this at most, and more than one row block of rows. */
  private static final int PADDING = 32;

  private static final int ROW_PADDING = 7;

  /**
   * The fraction of the work that is parallelised over batch rows or hidden units (ADR 18). The
   * rest is parallelised over columns (ADR 6).
   */
  private static final double ROW_PARALLEL_FRACTION = 2 / 3.0;

  /**
   * Returns the approximate bytes of a network's training, which need not be possible: B T ((G + S
   * + stash) L H + H + V) floats, with dropout 2 L H more for each of B T, and copies of the
   * parameters.
   *
   * @param otherCopies of the parameters, that are not the engine's
   */
  public double bytes(
      CellType cell,
      int layers,
      int hiddenSize,
      int vocabularySize,
      int batchSize,
      int seqLength,
      boolean drops,
      int otherCopies) {
    double h = padded(hiddenSize);
    double v = padded(vocabularySize);
    int stashed = stash.applyAsInt(cell);
    double perUnit = cell.gates() + cell.states() + stashed + (drops ? 2 : 0);
    double positions = ((double) batchSize + ROW_PADDING) * seqLength;
    double parameters = NetworkSpec.parameterCount(cell, v, h, layers);
    return 4 * ((copies + otherCopies) * parameters + positions * (perUnit * layers * h + h + v));
  }

  private static double padded(double width) {
    return Math.ceil(width / PADDING) * PADDING;
  }

  /** Returns the length of the longest array that training takes on any engine. */
  public static long longestArray(NetworkSpec architecture, int batchSize, int seqLength) {
    long h = 2L * PADDING + architecture.hiddenSize();
    long v = 2L * PADDING + architecture.vocabularySize();
    long rows = (batchSize + ROW_PADDING + 1L) * (seqLength + 1L);
    return Math.max(architecture.cell().gates() * h, v) * rows;
  }

  /** Of many threads, some are idle while a small batch's rows are computed: returns the rest. */
  public double threadUtilization(int threads, int hiddenSize, int batchSize) {
    double rows = Math.ceil((double) batchSize / rowsPerThread);
    double units = Math.ceil((double) hiddenSize / unitsPerThread);
    double busy = Math.min(threads, Math.max(rows, units));
    return 1 / (ROW_PARALLEL_FRACTION * threads / busy + (1 - ROW_PARALLEL_FRACTION));
  }
}
