package charnn.lab;

import java.util.List;

/** All experiments. */
public final class Experiments {
  private static final List<Experiment> ALL =
      List.of(
          new ParametersExperiment(),
          new GradientsExperiment(),
          new PalindromesExperiment(),
          new OptimizersExperiment(),
          new PhasedExperiment(),
          new ReservoirExperiment(),
          new HopfieldExperiment(),
          new SecondOrderExperiment(),
          new Seq2SeqExperiment(),
          new TransformerExperiment(),
          new BidirectionalExperiment(),
          new ClassifyExperiment());

  private Experiments() {}

  /** Returns the experiments, in the order in which they are listed. */
  public static List<Experiment> all() {
    return ALL;
  }
}
