package charnn.engine.simd;

import charnn.engine.ActivationSink;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.Footprint;
import charnn.engine.InferencePass;
import charnn.engine.TrainingPass;
import charnn.engine.simd.cell.CellKernel;
import charnn.engine.simd.gemm.Simd;
import charnn.nn.CellType;
import charnn.nn.Clamp;
import charnn.nn.Network;
import charnn.util.ThreadTeam;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** The fast engine. Loading it needs the module {@code jdk.incubator.vector}. */
public final class SimdEngine implements Engine {
  /** The weights packed twice, and the sums of their gradients; in an evaluation packed once. */
  public static final Footprint FOOTPRINT =
      new Footprint(3, 1, SimdEngine::stashed, 8, 32, 60e9, 0.75, SimdEngine::pace);

  /** Returns what a unit has in a window besides gates and states: stash, intermediate state. */
  private static int stashed(CellType cell) {
    return CellKernel.of(cell, 0).stashes() + (cell.isMultiplicative() ? 1 : 0);
  }

  /**
   * The phased LSTM's time gate is not computed in vectors. The other cells' pace is much alike.
   */
  private static double pace(CellType cell) {
    return cell == CellType.PHASED_LSTM ? 0.5 : 1;
  }

  private final ThreadTeam workers;

  /** Of single streams, by plain kernels: they are used until they have done so many. */
  private final AtomicLong plainMultiplyAdds = new AtomicLong();

  /**
   * @param workers that a batch is partitioned over; the result does not depend on their number
   */
  public SimdEngine(ThreadTeam workers) {
    this.workers = workers;
  }

  /** Returns whether this machine's vectors are long enough: four floats or more. */
  public static boolean isSupported() {
    return Simd.NR >= Simd.ROW_BLOCK;
  }

  /** Returns how this processor, as Java sees it, computes a b + c: this decides the bits. */
  public static String arithmetic() {
    return Simd.HAS_FMA ? "fused multiply-add" : "separate multiply and add";
  }

  @Override
  public TrainingPass training(Network network, int batchSize, int seqLength, Dropout dropout) {
    return new SimdTrainingPass(network, batchSize, seqLength, dropout, workers);
  }

  @Override
  public IntFunction<InferencePass> inference(Network network) {
    return inference(network, List.of());
  }

  @Override
  public IntFunction<InferencePass> inference(Network network, List<Clamp> clamps) {
    return inference(network, clamps, null);
  }

  @Override
  public InferencePass recording(Network network, ActivationSink sink) {
    return inference(network, List.of(), sink).apply(1);
  }

  private IntFunction<InferencePass> inference(
      Network network, List<Clamp> clamps, ActivationSink sink) {
    PackedWeights weights = PackedWeights.ofInference(network, workers);
    return streams ->
        new SimdInferencePass(
            network.architecture(), weights, streams, workers, plainMultiplyAdds, clamps, sink);
  }
}
