package charnn.train;

import charnn.plan.Plan;
import java.util.Optional;

/**
 * A new run and its plan.
 *
 * @param backward of a pair, the run of its second model, which reads backwards
 */
public record NewRun(Plan plan, PreparedRun run, Optional<PreparedRun> backward) {}
