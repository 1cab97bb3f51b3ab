package charnn.eval;

import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import charnn.data.input.XzSize;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What methods without a network reach on the validation set of a text, given its training set: a
 * yardstick for a network's loss. In nats per character.
 *
 * @param nGram of an {@link NGramModel}, whose contexts are of up to {@value NGramModel#ORDER}
 *     characters, interpolated; its vocabulary is that of both sets
 * @param xz of xz: the bytes that the validation set adds to the packed training set, in UTF-8
 * @param trainingCharacters the last of the training set, which both methods are given
 * @param validationCharacters the first of the validation set, which both predict
 */
public record Baselines(
    double nGram, double xz, long trainingCharacters, long validationCharacters) {
  private static final double NATS_PER_BYTE = 8 * Math.log(2);

  /** Bounds time and memory: together they take some seconds and about 150 MB. */
  static final int MOST_TRAINING = 2_000_000;

  static final int MOST_VALIDATION = 200_000;

  private static final long MOST_READ = 1 << 26;

  /** With fewer in a set, the figures say nothing. */
  private static final int LEAST = 10;

  /**
   * Measures them.
   *
   * @param vocabulary of the split's tokens
   * @param progress called with what is done, of {@link #work}
   * @return empty if a set has fewer than {@value #LEAST} characters
   */
  public static Optional<Baselines> of(
      TrainValidationSplit split, Vocabulary vocabulary, LongConsumer progress) {
    return of(split, vocabulary, MOST_TRAINING, MOST_VALIDATION, progress);
  }

  /** As {@link #of(TrainValidationSplit, Vocabulary, LongConsumer)}, with other bounds. */
  static Optional<Baselines> of(
      TrainValidationSplit split,
      Vocabulary vocabulary,
      int mostTraining,
      int mostValidation,
      LongConsumer progress) {
    Tokens training = split.training().last(mostTraining);
    Tokens validation = split.validation().first(mostValidation);
    if (Math.min(training.length(), validation.length()) < LEAST) {
      return Optional.empty();
    }
    NGramModel model = new NGramModel(training, different(split, vocabulary.size()), progress);
    double nGram = model.loss(validation);
    byte[] before = utf8(training, vocabulary);
    byte[] after = utf8(validation, vocabulary);
    byte[] bytes = Arrays.copyOf(before, before.length + after.length);
    System.arraycopy(after, 0, bytes, before.length, after.length);
    double charactersPerByte = (double) (training.length() + validation.length()) / bytes.length;
    long readBefore = training.length();
    long all =
        XzSize.of(
            bytes,
            bytes.length,
            done -> progress.accept(readBefore + Math.round(done * charactersPerByte)));
    long packedBefore = readBefore + training.length() + validation.length();
    long packed =
        all
            - XzSize.of(
                bytes,
                before.length,
                done -> progress.accept(packedBefore + Math.round(done * charactersPerByte)));
    return Optional.of(
        new Baselines(
            nGram,
            packed * NATS_PER_BYTE / validation.length(),
            training.length(),
            validation.length()));
  }

  /** Returns about how many characters are worked on, in both methods together. */
  public static long work(TrainValidationSplit split) {
    long training = Math.min(MOST_TRAINING, split.training().length());
    return 3 * training + Math.min(MOST_VALIDATION, split.validation().length());
  }

  private static byte[] utf8(Tokens tokens, Vocabulary vocabulary) {
    StringBuilder text = new StringBuilder();
    for (long i = 0; i < tokens.length(); i++) {
      text.appendCodePoint(vocabulary.codePoint(tokens.at(i)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns how many different characters there are: the vocabulary of the text itself. A very long
   * one is not read whole for it: that is little less than the given vocabulary.
   */
  private static int different(TrainValidationSplit split, int vocabularySize) {
    if (split.training().length() > MOST_READ) {
      return vocabularySize;
    }
    boolean[] seen = new boolean[vocabularySize];
    int different = 0;
    for (Tokens part : new Tokens[] {split.training(), split.validation()}) {
      for (long i = 0; i < part.length(); i++) {
        int token = part.at(i);
        different += seen[token] ? 0 : 1;
        seen[token] = true;
      }
    }
    return different;
  }
}
