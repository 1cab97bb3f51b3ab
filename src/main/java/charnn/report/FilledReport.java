package charnn.report;

import java.util.List;
import java.util.Map;

/**
 * A text whose gaps are filled.
 *
 * @param gaps what fills each
 * @param logProbability the mean of the two below, by which texts are ranked
 * @param forwardLogProbability of the gaps and what stands right of each after what stands left, in
 *     nats, by the forward model
 * @param backwardLogProbability the same the other way round, by the backward model
 * @param model the forward model's name
 * @param settings by name
 */
public record FilledReport(
    String text,
    List<String> gaps,
    double logProbability,
    double forwardLogProbability,
    double backwardLogProbability,
    String model,
    String backwardModel,
    Map<String, Object> settings) {}
