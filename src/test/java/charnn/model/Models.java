package charnn.model;

import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.Vocabulary;
import charnn.engine.Networks;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import java.util.List;

/** Models for tests. */
public final class Models {
  private Models() {}

  /** Returns a builder of training without regularization, at one rate that never stops early. */
  public static Hyperparameters.Builder plain(int batchSize, int seqLength, double learningRate) {
    return Hyperparameters.builder()
        .set(Hyperparameters.BATCH_SIZE, batchSize)
        .set(Hyperparameters.SEQ_LENGTH, seqLength)
        .set(Hyperparameters.LEARNING_RATE, learningRate)
        .set(Hyperparameters.PATIENCE, 0);
  }

  /** Returns a model with random parameters over the vocabulary of a text. */
  public static Model random(String text, int hiddenSize, int layers) {
    return random(CellType.LSTM, text, hiddenSize, layers);
  }

  public static Model random(CellType cell, String text, int hiddenSize, int layers) {
    Vocabulary vocabulary = Vocabulary.ofText(text);
    Corpus corpus =
        new Corpus(
            text,
            List.of(
                new Corpus.Source("text.txt", "/books/text.txt", text.length(), "00".repeat(32))),
            new DecodingSettings(null, false),
            List.of(),
            List.of());
    Hyperparameters hyperparameters =
        plain(3, 5, 0.008)
            .set(Hyperparameters.INPUT_FACTOR, 2.0)
            .set(Hyperparameters.RECURRENT_FACTOR, 0.25)
            .set(Hyperparameters.DECAY_EVERY, 7L)
            .set(Hyperparameters.DECAY_FACTOR, 0.5)
            .set(Hyperparameters.DROPOUT, 0.25)
            .set(Hyperparameters.LOCKED_DROPOUT, true)
            .set(Hyperparameters.WEIGHT_DROP, 0.125)
            .set(Hyperparameters.WEIGHT_DECAY, 0.0625)
            .set(Hyperparameters.SEED, 42L)
            .set(Hyperparameters.PATIENCE, 6)
            .engine("simd")
            .plan(new ScheduleHorizon(1000, 90, 3, 12, 0.125), 100, 10)
            .build();
    Progress progress =
        new Progress(
            17,
            4,
            17 * 15,
            1.5,
            new LossMetrics(20.5, 3, 15),
            List.of(new Progress.Evaluation(10, 0.002, 2.5, new LossMetrics(100, 5, 40))),
            2.25,
            3,
            2,
            true,
            23L,
            new GuardState(0.5, 2.75, 3, 8.25, 0.125, 1, 0.25, 2, 0.375, 150),
            null);
    return new Model(
        Networks.random(cell, vocabulary.size(), hiddenSize, layers, 7),
        vocabulary,
        hyperparameters,
        progress,
        Provenance.here(corpus, "test", new TextStatistics(2.5, 1.5, 90, 10, 3, 0.25, 0.125)));
  }
}
