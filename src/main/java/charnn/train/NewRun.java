package charnn.train;

import charnn.plan.Plan;

/** A new run and its plan. */
public record NewRun(Plan plan, PreparedRun run) {}
