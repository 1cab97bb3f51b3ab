package charnn.generate;

import charnn.text.Seeds;
import java.util.ArrayList;
import java.util.List;

/**
 * How to choose characters.
 *
 * @param temperature 0 (always the most probable) or more
 * @param topK leave only so many, 0 for all
 * @param topP leave only so much probability, 1 for all
 */
public record SamplingSettings(double temperature, int topK, double topP) {
  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SamplingSettings {
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("--temperature must be 0 or more, got " + temperature);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("--top-k must be 0 (all) or more, got " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("--top-p must be more than 0 and at most 1, got " + topP);
    }
  }

  public static SamplingSettings ofTemperature(double temperature) {
    return new SamplingSettings(temperature, 0, 1);
  }

  /** Returns a new sampler; the same seed and settings choose the same characters. */
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
    return new Sampler(filters, Seeds.random(seed));
  }
}
