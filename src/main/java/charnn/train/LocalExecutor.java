package charnn.train;

import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.eval.Evaluator;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.optim.DivergenceException;
import charnn.optim.StepSizes;
import charnn.optim.TrainingStep;
import charnn.predict.LanguageModel;
import charnn.util.ThreadTeam;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongToDoubleFunction;

/** Computes in this process. */
final class LocalExecutor implements RunExecutor {
  private final Engine engine;
  private final ThreadTeam workers;
  private final Tokens validation;
  private final TrainingStep step;

  LocalExecutor(PreparedRun run, Network network) {
    workers = run.workers();
    engine = run.kind().create(workers);
    validation = run.split().validation();
    step =
        new TrainingStep(
            engine,
            workers,
            network,
            run.state(),
            run.start().hyperparameters(),
            run.split().training());
  }

  @Override
  public List<LossMetrics> make(long first, int count, LongToDoubleFunction rate)
      throws DivergenceException {
    return List.of(step.step(first, rate.applyAsDouble(first)));
  }

  @Override
  public int[] targets(long index) {
    return step.targets(index);
  }

  @Override
  public Optional<StepSizes> sizes(long made) {
    return step.sizes(made);
  }

  @Override
  public LossMetrics evaluate(LanguageModel model, LongConsumer progress) {
    return new Evaluator(engine, workers).evaluate(model, validation, progress).score();
  }

  @Override
  public void close() {
    step.close();
  }
}
