package charnn.generate;

import charnn.util.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * How the next character is chosen.
 *
 * @param steps in the order of their stages. Without a temperature, decoding is greedy: only the
 *     steps before it have an effect
 */
public record SamplingSettings(List<SamplingStep> steps) {
  public SamplingSettings {
    steps = steps.stream().sorted(Comparator.comparing(SamplingStep::stage)).toList();
  }

  /**
   * Returns sampling at a temperature.
   *
   * @param temperature 0 (greedy) or more
   * @throws charnn.util.InvalidSettingException if it is out of its range
   */
  public static SamplingSettings ofTemperature(double temperature) {
    Setting.TEMPERATURE.require(temperature);
    return new SamplingSettings(
        temperature == 0 ? List.of() : List.of(new Temperature(temperature)));
  }

  /** Returns these settings with another step. */
  public SamplingSettings with(SamplingStep step) {
    return new SamplingSettings(Stream.concat(steps.stream(), Stream.of(step)).toList());
  }

  /** Returns whether decoding is greedy: the seed has no effect, except on ties with top-k 1. */
  public boolean isGreedy() {
    return !hasTemperature()
        || steps.stream().anyMatch(step -> step instanceof TopK topK && topK.k() == 1);
  }

  /** Returns whether characters are drawn at all. */
  public boolean hasTemperature() {
    return steps.stream().anyMatch(step -> step.stage() == SamplingStep.Stage.TEMPERATURE);
  }

  /** Returns the sampling temperature; 0 if decoding is greedy or it follows the entropy. */
  public double temperature() {
    return steps.stream()
        .filter(Temperature.class::isInstance)
        .mapToDouble(step -> ((Temperature) step).value())
        .findFirst()
        .orElse(0);
  }

  /** Returns a new sampler, for one text; deterministic for a seed. */
  public Sampler sampler(long seed) {
    return sampler(SamplerState.ofSeed(seed));
  }

  /** Returns a sampler that continues a text. */
  public Sampler sampler(SamplerState state) {
    return new Sampler(filters(), state, !hasTemperature());
  }

  /**
   * Returns a new sampler, for one text.
   *
   * @param random one draw for each character
   */
  public Sampler sampler(RandomGenerator random) {
    return new Sampler(filters(), random, !hasTemperature());
  }

  private List<LogitFilter> filters() {
    List<LogitFilter> filters = new ArrayList<>();
    for (SamplingStep step : steps) {
      if (hasTemperature() || step.stage().changesGreedy()) {
        filters.add(step.start());
      }
    }
    return filters;
  }
}
