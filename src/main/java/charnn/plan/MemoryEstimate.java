package charnn.plan;

import static charnn.util.Formats.format;

import charnn.engine.Footprint;
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
 * <p>The engine knows what its passes take. The copies of the parameters besides the engine's own:
 * the parameters, the gradient, the optimizer's two moments, what is being saved of them, the copy
 * that lacks weights. 2 layers of 128, a vocabulary of 87 and 64 rows of 30 take 17 + 17 MB on two
 * threads; the Java virtual machine itself and the text come on top.
 *
 * @param cell whose gates and states the layers have
 * @param layers L
 * @param hiddenSize H
 * @param batchSize B
 * @param seqLength T
 * @param drops whether there is dropout
 * @param vocabularySize V
 * @param characters of the text that are in memory
 * @param pair whether a second model, which reads backwards, waits to be trained
 * @param engine what training takes on it
 * @param threads that share the work
 */
public record MemoryEstimate(
    CellType cell,
    int layers,
    int hiddenSize,
    int batchSize,
    int seqLength,
    boolean drops,
    int vocabularySize,
    long characters,
    boolean pair,
    Footprint engine,
    int threads) {
  private static final double JAVA_BYTES = 50e6;

  /** The text is there as a string, and as indices in 16 bits, whole and split. */
  private static final double BYTES_PER_CHARACTER = 6;

  /** The second model of a pair has its text turned. */
  private static final double BYTES_PER_TURNED_CHARACTER = 2;

  /** Copies of the parameters that are not the engine's. */
  private static final int COPIES = 12;

  /** Copies that a waiting model takes: its parameters and the optimizer's two moments. */
  private static final int WAITING_COPIES = 3;

  /** Most threads that take part in an evaluation. */
  private static final int MOST_EVALUATING = 4;

  /**
   * @param documents whether the text is of documents: as much is kept for them as for dropout
   */
  public static MemoryEstimate of(
      TrainingSettings settings,
      int vocabularySize,
      boolean documents,
      long characters,
      EngineType kind,
      int threads) {
    return new MemoryEstimate(
        settings.cell(),
        settings.layers(),
        settings.hiddenSize(),
        settings.hyperparameters().batchSize(),
        settings.hyperparameters().seqLength(),
        documents || settings.hyperparameters().regularization().dropout() > 0,
        vocabularySize,
        characters,
        false,
        kind.footprint(),
        threads);
  }

  /** Returns the approximate bytes of training. */
  public double bytes() {
    int evaluating = engine.copiesOfEvaluation() * Math.min(threads, MOST_EVALUATING);
    return JAVA_BYTES
        + textBytes()
        + engine.bytes(
            cell,
            layers,
            hiddenSize,
            vocabularySize,
            batchSize,
            seqLength,
            drops,
            COPIES + evaluating + (pair ? WAITING_COPIES : 0));
  }

  private double textBytes() {
    return (BYTES_PER_CHARACTER + (pair ? BYTES_PER_TURNED_CHARACTER : 0)) * characters;
  }

  /** Returns the same for a pair of models, of which the first is trained. */
  public MemoryEstimate ofPair() {
    return new MemoryEstimate(
        cell,
        layers,
        hiddenSize,
        batchSize,
        seqLength,
        drops,
        vocabularySize,
        characters,
        true,
        engine,
        threads);
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
    double text = JAVA_BYTES + textBytes();
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
        cell,
        layers,
        hidden,
        batchSize,
        seqLength,
        drops,
        vocabularySize,
        characters,
        pair,
        engine,
        threads);
  }

  private MemoryEstimate withBatch(int batch) {
    return new MemoryEstimate(
        cell,
        layers,
        hiddenSize,
        batch,
        seqLength,
        drops,
        vocabularySize,
        characters,
        pair,
        engine,
        threads);
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
