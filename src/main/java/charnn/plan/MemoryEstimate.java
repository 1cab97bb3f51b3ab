package charnn.plan;

import static charnn.util.Formats.format;

import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.function.IntFunction;

/**
 * Estimates the memory of training, so that a run that cannot fit is refused before it starts.
 *
 * <p>With P parameters, L layers of G gates and S states, H units, a vocabulary of V, B rows of T
 * characters, H and V padded to the vectors' size and B to 8, in numbers of 4 bytes: copies x P + B
 * T ((G + S + 1) L H + H + V), with dropout 2 L H more for each of B T. The SIMD engine needs up to
 * a third less of the latter where threads process the rows in turn. The copies: parameters,
 * gradient, the optimizer's two moments, what is being saved of them, the copy that lacks weights,
 * the engine's own, and in an evaluation those of each thread. 2 layers of 128, a vocabulary of 87
 * and 64 rows of 30 take 17 + 17 MB on two threads; the Java virtual machine itself and the text
 * come on top.
 *
 * @param cell whose gates and states the layers have
 * @param layers L
 * @param hiddenSize H
 * @param batchSize B
 * @param seqLength T
 * @param drops whether there is dropout
 * @param vocabularySize V
 * @param characters of the text
 * @param copies of the parameters
 */
public record MemoryEstimate(
    CellType cell,
    int layers,
    int hiddenSize,
    int batchSize,
    int seqLength,
    boolean drops,
    int vocabularySize,
    int characters,
    int copies) {
  private static final double JAVA_BYTES = 50e6;

  /** The text is there as a string, and as indices in 16 bits, whole and split. */
  private static final double BYTES_PER_CHARACTER = 6;

  private static final int PADDING = 32;

  /** Numbers of a unit that a cell keeps besides its gates and states, such as tanh(c). */
  private static final int STASH = 1;

  /** What the fast engine and all else take; the scalar engine has sums of each of 8 shards. */
  private static final int COPIES = 15;

  private static final int SCALAR_COPIES = COPIES + 7;

  /** Most threads that take part in an evaluation. */
  private static final int MOST_EVALUATING = 4;

  /**
   * @param threads that share the work
   */
  public static MemoryEstimate of(
      TrainingSettings settings, int vocabularySize, int characters, EngineType kind, int threads) {
    int evaluating = Math.min(threads, MOST_EVALUATING);
    return new MemoryEstimate(
        settings.cell(),
        settings.layers(),
        settings.hiddenSize(),
        settings.hyperparameters().batchSize(),
        settings.hyperparameters().seqLength(),
        settings.hyperparameters().regularization().dropout() > 0,
        vocabularySize,
        characters,
        kind == EngineType.SCALAR ? SCALAR_COPIES + 2 * evaluating : COPIES + evaluating);
  }

  /** Returns the approximate bytes of training. */
  public double bytes() {
    double h = padded(hiddenSize);
    double v = padded(vocabularySize);
    double parameters = NetworkSpec.parameterCount(cell, v, h, layers);
    double positions = (batchSize + 7.0) * seqLength;
    double activations = positions * (valuesPerUnit() * layers * h + h + v);
    return JAVA_BYTES + BYTES_PER_CHARACTER * characters + 4 * (copies * parameters + activations);
  }

  private static double padded(double width) {
    return Math.ceil(width / PADDING) * PADDING;
  }

  /** Returns how many numbers are kept of each unit of a layer, for the backward pass. */
  private double valuesPerUnit() {
    int ofDropout = drops ? 2 : 0;
    return cell.gates() + cell.states() + STASH + ofDropout;
  }

  /**
   * Checks that training fits.
   *
   * @param available bytes
   * @throws InvalidSettingException if it does not; the message gives the figure and what would fit
   */
  public void requireFits(double available) {
    if (bytes() <= available) {
      return;
    }
    double text = JAVA_BYTES + BYTES_PER_CHARACTER * characters;
    if (text > bytes() / 2) {
      throw new InvalidSettingException(
          Sentence.of(
              "a text of %,d characters takes about %s of memory by itself, and training %s in all, where Java may use %s:"
                  + " allow Java more, for instance with CHARNN_JAVA_OPTS=-Xmx16g, or take a part of the text",
              characters, gigabytes(text), gigabytes(bytes()), gigabytes(available)));
    }
    int hidden =
        largest(this::withHidden, Math.min(hiddenSize, NetworkSpec.MAX_HIDDEN_SIZE), available);
    int batch = largest(this::withBatch, Math.min(batchSize, 1 << 20), available);
    Sentence fitting =
        hidden > 0 && batch > 0
            ? Sentence.of(
                "%s %d or %s %d would fit", Setting.HIDDEN_SIZE, hidden, Setting.BATCH_SIZE, batch)
            : hidden > 0
                ? Sentence.of("%s %d would fit", Setting.HIDDEN_SIZE, hidden)
                : batch > 0
                    ? Sentence.of("%s %d would fit", Setting.BATCH_SIZE, batch)
                    : Sentence.of(
                        "lower %s, %s, %s or %s",
                        Setting.HIDDEN_SIZE,
                        Setting.LAYERS,
                        Setting.BATCH_SIZE,
                        Setting.SEQ_LENGTH);
    throw new InvalidSettingException(
        Sentence.of(
            "%s with batches of %,d x %,d characters would take about %s of memory, and Java may use %s: %s"
                + " (or allow Java more, for instance with CHARNN_JAVA_OPTS=-Xmx16g)",
            NetworkSpec.describe(cell, layers, hiddenSize),
            batchSize,
            seqLength,
            gigabytes(bytes()),
            gigabytes(available),
            fitting));
  }

  private MemoryEstimate withHidden(int hidden) {
    return new MemoryEstimate(
        cell, layers, hidden, batchSize, seqLength, drops, vocabularySize, characters, copies);
  }

  private MemoryEstimate withBatch(int batch) {
    return new MemoryEstimate(
        cell, layers, hiddenSize, batch, seqLength, drops, vocabularySize, characters, copies);
  }

  /** Returns the largest value that fits, 0 if none does. */
  private static int largest(IntFunction<MemoryEstimate> with, int most, double available) {
    int fits = 0;
    int fails = most + 1;
    while (fails - fits > 1) {
      int middle = (fits + fails) >>> 1;
      if (with.apply(middle).bytes() <= available) {
        fits = middle;
      } else {
        fails = middle;
      }
    }
    return fits;
  }

  private static String gigabytes(double bytes) {
    return format("%,.1f GB", bytes / 1e9);
  }
}
