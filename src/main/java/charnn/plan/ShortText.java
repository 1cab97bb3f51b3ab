package charnn.plan;

import static charnn.util.Formats.format;
import static charnn.util.Formats.number;

import charnn.data.TrainValidationSplit;
import charnn.model.Hyperparameters;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fits a new run to a short text: what is held out of it, and the windows and rows of a batch. */
public final class ShortText {
  /** Characters of a text below which there is nothing to learn. */
  public static final int LEAST_CHARACTERS = 50;

  /** The loss on fewer characters says nothing: they are trained on, unless the user asks. */
  private static final int LEAST_VALIDATION = 10;

  /** Characters that a prediction needs: one to read and one to predict. */
  private static final int LEAST_EVALUATED = 2;

  /** A step reads at least so many windows: one alone is too noisy to follow. */
  private static final int LEAST_ROWS = 4;

  private ShortText() {}

  /** Returns whether a usual run holds nothing out of a text of so many characters. */
  public static boolean isTrainedOnWhole(long characters) {
    return validationFraction(characters, null) == 0;
  }

  /**
   * Returns the fraction of a text to hold out.
   *
   * @param given null to choose it
   * @return 0 if so little would be held out that it says nothing or, of a given fraction, that
   *     nothing can be predicted
   */
  public static double validationFraction(long characters, Double given) {
    double fraction = given == null ? Hyperparameters.VALIDATION_FRACTION : given;
    long heldOut = characters - TrainValidationSplit.trainingLength(characters, fraction);
    return heldOut < (given == null ? LEAST_VALIDATION : LEAST_EVALUATED) ? 0 : fraction;
  }

  /**
   * Returns the length of windows.
   *
   * @param characters to train on
   * @param given null to choose it
   * @return less than the characters: a window is followed by its last target
   */
  public static int seqLength(long characters, Integer given) {
    long most = given == null ? characters / LEAST_ROWS : characters - 1;
    int usual = given == null ? HyperparameterAdvisor.SEQ_LENGTH : given;
    return (int) Math.max(1, Math.min(usual, most));
  }

  /** Returns the rows of a batch, of which the text fills at least one. */
  public static int batchSize(long characters, int seqLength, int usual) {
    return (int) Math.max(1, Math.min(usual, characters / seqLength));
  }

  /**
   * Returns how settings differ from those of a longer text, if they do.
   *
   * @param characters of the whole text
   * @param usualSeqLength as given or usual
   * @param usualBatchSize likewise
   * @param usualFraction likewise
   */
  public static Optional<Sentence> change(
      long characters,
      Hyperparameters fitted,
      int usualSeqLength,
      int usualBatchSize,
      double usualFraction) {
    List<Sentence> changes = new ArrayList<>();
    if (fitted.seqLength() != usualSeqLength) {
      changes.add(
          Sentence.of("%s %d, not %d", Setting.SEQ_LENGTH, fitted.seqLength(), usualSeqLength));
    }
    if (fitted.batchSize() != usualBatchSize) {
      changes.add(
          Sentence.of("%s %d, not %d", Setting.BATCH_SIZE, fitted.batchSize(), usualBatchSize));
    }
    if (fitted.validationFraction() != usualFraction) {
      changes.add(
          Sentence.of(
              "nothing held out: %s %s would be %d",
              Setting.VALIDATION,
              number(usualFraction),
              characters - TrainValidationSplit.trainingLength(characters, usualFraction)));
    }
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Sentence.of(
                "the text is short, %s characters: %s",
                format("%,d", characters), Sentence.join("; ", changes)));
  }
}
