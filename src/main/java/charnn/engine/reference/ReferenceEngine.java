package charnn.engine.reference;

import charnn.engine.ActivationSink;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.Footprint;
import charnn.engine.InferencePass;
import charnn.engine.TrainingPass;
import charnn.nn.CellType;
import charnn.nn.Clamp;
import charnn.nn.Network;
import charnn.util.ThreadTeam;
import java.util.List;
import java.util.function.IntFunction;

/** The engine of plain loops. */
public final class ReferenceEngine implements Engine {
  /** The weights by rows and by columns, and the sums of the gradients of each of 8 shards. */
  public static final Footprint FOOTPRINT =
      new Footprint(10, 2, ReferenceEngine::stashed, 8, 32, 15e9, 0, cell -> 1);

  /** Returns what a unit has in a window besides gates and states: stash, intermediate state. */
  private static int stashed(CellType cell) {
    return Cell.of(cell, 0).stashed() + (cell.isMultiplicative() ? 1 : 0);
  }

  private final ThreadTeam workers;

  /**
   * @param workers that a batch is partitioned over; the result does not depend on their number
   */
  public ReferenceEngine(ThreadTeam workers) {
    this.workers = workers;
  }

  @Override
  public TrainingPass training(Network network, int batchSize, int seqLength, Dropout dropout) {
    return new ReferenceTrainingPass(network, batchSize, seqLength, dropout, workers);
  }

  @Override
  public IntFunction<InferencePass> inference(Network network) {
    return inference(network, List.of());
  }

  @Override
  public IntFunction<InferencePass> inference(Network network, List<Clamp> clamps) {
    Weights weights = new Weights(network);
    return streams -> new ReferenceInferencePass(network.architecture(), weights, streams, clamps);
  }

  @Override
  public InferencePass recording(Network network, ActivationSink sink) {
    return new RecordingPass(network, sink);
  }
}
