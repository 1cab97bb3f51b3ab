package charnn.score;

import charnn.model.Score;

/**
 * A score with what tells how sure it is: the mean losses of stretches of text, whose scatter gives
 * the standard error of the mean (the method of batch means). Estimates of two texts add up.
 *
 * @param score of all characters
 * @param stretches whole ones that are independent of each other
 * @param sum of their mean losses
 * @param squares sum of the squares of their mean losses
 */
public record Estimate(Score score, long stretches, double sum, double squares) {
  static final Estimate NONE = new Estimate(Score.NONE, 0, 0, 0);

  Estimate plus(Estimate other) {
    return new Estimate(
        score.plus(other.score),
        stretches + other.stretches,
        sum + other.sum,
        squares + other.squares);
  }

  /** Returns the same with no more than so many stretches that are independent of each other. */
  Estimate withAtMost(long independent) {
    if (independent >= stretches) {
      return this;
    }
    double part = (double) independent / stretches;
    return new Estimate(score, independent, sum * part, squares * part);
  }

  /** Returns the standard error of the loss in nats per character; not a number if unknown. */
  public double standardError() {
    double mean = sum / stretches;
    double variance = Math.max(0, squares / stretches - mean * mean);
    return stretches < 2 ? Double.NaN : Math.sqrt(variance / (stretches - 1));
  }

  /** Adds up the characters of one text, in stretches of a given length. */
  static final class Tally {
    private final int stretch;
    private double lossSum;
    private long correct;
    private long characters;
    private double loss; // of the stretch in progress
    private long stretches;
    private double sum;
    private double squares;

    Tally(int stretch) {
      this.stretch = stretch;
    }

    void add(double characterLoss, boolean isCorrect) {
      lossSum += characterLoss;
      loss += characterLoss;
      correct += isCorrect ? 1 : 0;
      characters++;
      endStretch();
    }

    /** Adds some characters at once, so many that whole numbers of them make a stretch. */
    void add(Score some) {
      lossSum += some.lossSum();
      loss += some.lossSum();
      correct += some.correct();
      characters += some.characters();
      endStretch();
    }

    private void endStretch() {
      if (characters % stretch == 0) {
        double mean = loss / stretch;
        stretches++;
        sum += mean;
        squares += mean * mean;
        loss = 0;
      }
    }

    Estimate estimate() {
      return new Estimate(new Score(lossSum, correct, characters), stretches, sum, squares);
    }
  }
}
