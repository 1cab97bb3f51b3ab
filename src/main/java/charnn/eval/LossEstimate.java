package charnn.eval;

import charnn.nn.LossMetrics;

/**
 * A loss estimate with its standard error, by the method of batch means: the text is cut into
 * segments, and the variance of their mean losses gives the standard error of the mean. Estimates
 * of two texts add up.
 *
 * @param score of all characters
 * @param segments number of complete, independent segments
 * @param sum of the segments' mean losses
 * @param squares sum of the squares of the segments' mean losses
 */
public record LossEstimate(LossMetrics score, long segments, double sum, double squares) {
  static final LossEstimate NONE = new LossEstimate(LossMetrics.NONE, 0, 0, 0);

  LossEstimate plus(LossEstimate other) {
    return new LossEstimate(
        score.plus(other.score),
        segments + other.segments,
        sum + other.sum,
        squares + other.squares);
  }

  /** Returns the same estimate with at most this number of independent segments. */
  LossEstimate withAtMostIndependent(long independent) {
    if (independent >= segments) {
      return this;
    }
    double part = (double) independent / segments;
    return new LossEstimate(score, independent, sum * part, squares * part);
  }

  /** Returns the standard error of the loss in nats per character; NaN if unknown. */
  public double standardError() {
    double mean = sum / segments;
    double variance = Math.max(0, squares / segments - mean * mean);
    return segments < 2 ? Double.NaN : Math.sqrt(variance / (segments - 1));
  }

  /** Accumulates the losses of one text, in segments of a given length. */
  static final class Tally {
    private final int segmentLength;
    private double lossSum;
    private long correct;
    private long characters;
    private double loss; // of the current segment
    private long segments;
    private double sum;
    private double squares;

    Tally(int segmentLength) {
      this.segmentLength = segmentLength;
    }

    void add(double characterLoss, boolean isCorrect) {
      lossSum += characterLoss;
      loss += characterLoss;
      correct += isCorrect ? 1 : 0;
      characters++;
      endSegment();
    }

    /** Adds several characters at once; their number divides the segment length. */
    void add(LossMetrics some) {
      lossSum += some.lossSum();
      loss += some.lossSum();
      correct += some.correct();
      characters += some.characters();
      endSegment();
    }

    private void endSegment() {
      if (characters % segmentLength == 0) {
        double mean = loss / segmentLength;
        segments++;
        sum += mean;
        squares += mean * mean;
        loss = 0;
      }
    }

    LossEstimate estimate() {
      return new LossEstimate(
          new LossMetrics(lossSum, correct, characters), segments, sum, squares);
    }
  }
}
