package charnn.engine.simd.schedule;

import charnn.util.ThreadTeam;
import java.util.function.IntConsumer;

/**
 * A step over hidden units: in every time step of every layer, a worker computes its units for all
 * rows, with a barrier after it. The output layer is computed over rows and time steps.
 */
public final class OverHiddenUnits {
  private final ThreadTeam workers;
  private final Rows[] partitions;
  private final LayerTasks[] units; // of each part of the units
  private final OutputTask[] outputTasks;
  private final GradientTask gradients;
  private final Rows all;

  // Every loop of a step, allocated once. For each layer, and some for each stage of each time
  // step:
  private final IntConsumer load;
  private final IntConsumer store;
  private final IntConsumer[][] forward;
  private final IntConsumer[] endForward;
  private final IntConsumer output;
  private final IntConsumer[] beginBackward;
  private final IntConsumer[][] backward;
  private final IntConsumer add;

  /**
   * @param stages of each time step
   * @param partitions of the rows, for the output layer
   * @param units the tasks of each part of the hidden units
   * @param outputTasks for each chunk of time steps, those of all partitions
   * @param chunk time steps that an output task computes
   */
  public OverHiddenUnits(
      ThreadTeam workers,
      int layers,
      int seqLength,
      int stages,
      Rows[] partitions,
      LayerTasks[] units,
      OutputTask[] outputTasks,
      int chunk,
      GradientTask gradients) {
    this.workers = workers;
    this.partitions = partitions;
    this.units = units;
    this.outputTasks = outputTasks;
    this.gradients = gradients;
    this.all = new Rows(0, partitions[partitions.length - 1].last());
    load = i -> units[0].load(partitions[i]);
    store = i -> units[0].store(partitions[i]);
    output =
        i -> {
          int first = i / partitions.length * chunk;
          int last = Math.min(seqLength, first + chunk);
          outputTasks[i].run(first, last, partitions[i % partitions.length]);
        };
    add = worker -> gradients.add();
    forward = new IntConsumer[layers][seqLength * stages];
    endForward = new IntConsumer[layers];
    beginBackward = new IntConsumer[layers];
    backward = new IntConsumer[layers][seqLength * stages];
    for (int layer = 0; layer < layers; layer++) {
      int l = layer;
      endForward[l] = i -> units[i].endForward(l, all);
      beginBackward[l] = i -> units[i].beginBackward(l, all);
      for (int step = 0; step < seqLength * stages; step++) {
        int t = step / stages;
        int stage = step % stages;
        forward[l][step] = i -> units[i].forward(l, t, stage, all);
        backward[l][step] = i -> units[i].backward(l, t, stage, all);
      }
    }
  }

  /** The forward pass of the recurrent layers. */
  public void forward() {
    workers.run(partitions.length, load);
    for (int l = 0; l < forward.length; l++) {
      for (IntConsumer step : forward[l]) {
        workers.run(units.length, step);
      }
      workers.run(units.length, endForward[l]);
    }
  }

  /** What follows it: the output layer, the backward pass and the weight gradients. */
  public void outputAndBackward() {
    workers.run(partitions.length, store);
    workers.run(outputTasks.length, output);
    for (int l = backward.length - 1; l >= 0; l--) {
      workers.run(units.length, beginBackward[l]);
      for (int t = backward[l].length - 1; t >= 0; t--) {
        workers.run(units.length, backward[l][t]);
      }
    }
    gradients.finish(all);
    workers.run(workers.count(), add);
  }
}
