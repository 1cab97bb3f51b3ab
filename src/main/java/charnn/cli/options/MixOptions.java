package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.util.Setting;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Option;

/** The weights of several models that predict together. */
public final class MixOptions {
  @Option(
      names = "--mix",
      paramLabel = "W,W...",
      preprocessor = AttachedValue.class,
      description =
          "Weights of several --model, whose probabilities are averaged, in their order, such as 0.7,0.3 (default: all alike).")
  private String mix;

  public boolean isGiven() {
    return mix != null;
  }

  /**
   * Returns a weight for each model.
   *
   * @param models how many
   * @throws UsageException if there are not as many weights
   * @throws charnn.util.InvalidSettingException if one is not positive
   */
  public List<Double> weights(int models) {
    if (mix == null) {
      return Collections.nCopies(models, 1.0);
    }
    List<Double> weights = Numbers.parse(Setting.MIX, mix);
    if (models == 1) {
      throw new UsageException("--mix is for several --model; give each model, or omit --mix");
    }
    if (weights.size() != models) {
      throw new UsageException(
          format(
              "--mix has a weight for each --model: got %d for %d models", weights.size(), models));
    }
    return weights;
  }
}
