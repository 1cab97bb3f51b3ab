package charnn.generate;

import charnn.util.RandomStreams;
import charnn.util.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * Decoding options.
 *
 * @param temperature 0 (greedy) or more
 * @param topK number of most probable characters to keep, 0 for all
 * @param topP probability mass to keep (nucleus), 1 for all
 */
public record SamplingSettings(double temperature, int topK, double topP) {
  /**
   * @throws charnn.util.InvalidSettingException if a value is out of its range
   */
  public SamplingSettings {
    Setting.TEMPERATURE.require(temperature);
    Setting.TOP_K.require(topK);
    Setting.TOP_P.require(topP);
  }

  public static SamplingSettings ofTemperature(double temperature) {
    return new SamplingSettings(temperature, 0, 1);
  }

  /** Returns whether decoding is greedy: the seed has no effect, except on ties with top-k 1. */
  public boolean isGreedy() {
    return temperature == 0 || topK == 1;
  }

  /** Returns a new sampler; deterministic for a seed. */
  public Sampler sampler(long seed) {
    if (temperature == 0) {
      return Sampler.greedy();
    }
    List<LogitFilter> filters = new ArrayList<>();
    filters.add(new Temperature(temperature));
    if (topK > 0) {
      filters.add(new TopK(topK));
    }
    if (topP < 1) {
      filters.add(new TopP(topP));
    }
    return new Sampler(filters, RandomStreams.random(seed));
  }
}
