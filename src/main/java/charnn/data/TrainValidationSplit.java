package charnn.data;

import charnn.util.RandomStreams;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * A text's token ids, split once into the training set and the validation set.
 *
 * @param validation empty if there is no validation set
 */
public record TrainValidationSplit(Tokens training, Tokens validation) {
  /** Characters of a piece of one text, of which there are up to a number. */
  private static final int PIECE = 4096;

  private static final int MOST_PIECES = 32;

  /** Returns the size of the training set, if the last part is cut off. */
  public static long trainingLength(long characters, double validationFraction) {
    return characters - (long) (characters * validationFraction);
  }

  /**
   * Cuts off the last part of a text.
   *
   * @param validationFraction the part to hold out, 0 (nothing) to 0.5
   */
  public static TrainValidationSplit of(Tokens text, double validationFraction) {
    return at(text, trainingLength(text.length(), validationFraction));
  }

  private static TrainValidationSplit at(Tokens text, long cut) {
    return new TrainValidationSplit(text.part(0, cut), text.part(cut, text.length()));
  }

  /**
   * Splits a text. Of documents, whole ones are held out, unless there are too few of them: then
   * the last part is, wherever it begins.
   *
   * @param documents where they end; null: the text has none
   * @param validationFraction the part to hold out, 0 (nothing) to 0.5
   * @param seed of the places, if they are spread
   */
  public static TrainValidationSplit of(
      Tokens text,
      DocumentEnds documents,
      ValidationFrom from,
      double validationFraction,
      long seed) {
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.VALIDATION);
    if (validationFraction == 0 || documents == null && from == ValidationFrom.LAST) {
      return of(text, validationFraction);
    }
    if (documents == null) {
      return spread(text, validationFraction, random);
    }
    long[] ends = documents.ends();
    return from == ValidationFrom.LAST
        ? lastDocuments(text, ends, validationFraction)
        : spreadDocuments(text, ends, validationFraction, random);
  }

  /** Holds out the last documents. */
  private static TrainValidationSplit lastDocuments(
      Tokens text, long[] ends, double validationFraction) {
    long cut = trainingLength(text.length(), validationFraction);
    int found = Arrays.binarySearch(ends, cut);
    int end = found < 0 ? -found - 1 : found; // the first that ends there or later
    if (end + 1 < ends.length) {
      return documents(text, ends, i -> i > end);
    }
    return ends.length > 1 ? documents(text, ends, i -> i == ends.length - 1) : at(text, cut);
  }

  /**
   * Holds out one of every 1 / fraction documents, one after another in the text: each is as likely
   * to be it.
   */
  private static TrainValidationSplit spreadDocuments(
      Tokens text, long[] ends, double validationFraction, SplittableRandom random) {
    int count = (int) (ends.length * validationFraction);
    if (count == 0) {
      return lastDocuments(text, ends, validationFraction);
    }
    int[] held = new int[count];
    for (int i = 0; i < count; i++) {
      int first = (int) ((long) ends.length * i / count);
      int last = (int) ((long) ends.length * (i + 1) / count);
      held[i] = first + random.nextInt(last - first);
    }
    return documents(text, ends, i -> Arrays.binarySearch(held, i) >= 0);
  }

  /** Holds out some documents; the validation set begins with a mark, as the next document does. */
  private static TrainValidationSplit documents(Tokens text, long[] ends, IntPredicate isHeld) {
    Pieces.Builder training = new Pieces.Builder(text, false);
    Pieces.Builder validation = new Pieces.Builder(text, false);
    validation.add(ends[0] - 1, ends[0]);
    for (int i = 0; i < ends.length; i++) {
      (isHeld.test(i) ? validation : training).add(i == 0 ? 0 : ends[i - 1], ends[i]);
    }
    return new TrainValidationSplit(training.build(), validation.build());
  }

  /** Holds out a piece of each of some equal parts of a text, at a random place in it. */
  private static TrainValidationSplit spread(
      Tokens text, double validationFraction, SplittableRandom random) {
    long held = (long) (text.length() * validationFraction);
    int count = (int) Math.max(1, Math.min(MOST_PIECES, held / PIECE));
    Pieces.Builder training = new Pieces.Builder(text, true);
    Pieces.Builder validation = new Pieces.Builder(text, true);
    for (int i = 0; i < count; i++) {
      long first = text.length() * i / count;
      long last = text.length() * (i + 1) / count;
      long length = held * (i + 1) / count - held * i / count;
      long from = first + RandomStreams.below(random, last - first - length + 1);
      training.add(first, from);
      validation.add(from, from + length);
      training.add(from + length, last);
    }
    return new TrainValidationSplit(training.build(), validation.build());
  }

  /** Returns the same parts as a model of this direction reads each. */
  public TrainValidationSplit turned(Direction direction) {
    return new TrainValidationSplit(direction.turned(training), direction.turned(validation));
  }
}
