package charnn.eval;

import charnn.nn.LossMetrics;

/**
 * A score with what tells how sure it is: the mean losses of stretches of text, whose scatter gives
 * the standard error of the mean (the method of batch means). Estimates of two texts add up.
 *
 * @param score of all characters
 * @param stretches whole ones that are independent of each other
 * @param sum of their mean losses
 * @param squares sum of the squares of their mean losses
 */
public record LossEstimate(LossMetrics score, long stretches, double sum, double squares) {
  static final LossEstimate NONE = new LossEstimate(LossMetrics.NONE, 0, 0, 0);

  LossEstimate plus(LossEstimate other) {
    return new LossEstimate(
        score.plus(other.score),
        stretches + other.stretches,
        sum + other.sum,
        squares + other.squares);
  }

  /** Returns the same with no more than so many stretches that are independent of each other. */
  LossEstimate withAtMost(long independent) {
    if (independent >= stretches) {
      return this;
    }
    double part = (double) independent / stretches;
    return new LossEstimate(score, independent, sum * part, squares * part);
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
    void add(LossMetrics some) {
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

    LossEstimate estimate() {
      return new LossEstimate(
          new LossMetrics(lossSum, correct, characters), stretches, sum, squares);
    }
  }
}
