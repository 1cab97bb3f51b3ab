package charnn.model;

import static charnn.util.Formats.format;
import static charnn.util.Formats.number;

import charnn.util.Setting;

/**
 * What keeps a network from overfitting. All of it works in training alone: the model that results
 * is an ordinary one.
 *
 * @param dropout probability of dropping a layer's output, 0 to below 1
 * @param lockedDropout whether a row drops the same units at all times of a window (Gal and
 *     Ghahramani, "A theoretically grounded application of dropout in recurrent neural networks",
 *     2016) and not others at each
 * @param weightDrop probability of dropping a recurrent weight, 0 to below 1 (Merity et al.,
 *     "Regularizing and optimizing LSTM language models", 2018)
 * @param weightDecay by what part of the learning rate all weights, but no biases, shrink in a
 *     step, 0 to 1 (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019)
 */
public record Regularization(
    double dropout, boolean lockedDropout, double weightDrop, double weightDecay) {
  /**
   * @throws charnn.util.InvalidSettingException if a value is out of its range
   */
  public Regularization {
    Setting.DROPOUT.require(dropout);
    Setting.WEIGHT_DROP.require(weightDrop);
    Setting.WEIGHT_DECAY.require(weightDecay);
  }

  /** Returns what is used, in words. */
  public String describe() {
    String outputs =
        dropout == 0
            ? "no dropout"
            : format("%s %s", lockedDropout ? "locked dropout" : "dropout", number(dropout));
    return outputs
        + (weightDrop > 0 ? format(", weight drop %s", number(weightDrop)) : "")
        + (weightDecay > 0 ? format(", weight decay %s", number(weightDecay)) : "");
  }
}
