package charnn.engine.simd.schedule;

import charnn.util.ThreadTeam;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A step over batch rows: a worker runs its rows through both passes, without a barrier, then works
 * on the weight gradients.
 */
public final class OverBatchRows {
  private final ThreadTeam workers;
  private final int layers;
  private final int seqLength; // T
  private final int stages;
  private final Rows[] partitions;
  private final boolean forward;
  private final LayerTasks[] layerTasks; // of each worker
  private final OutputTask[] outputTasks; // of each worker
  private final GradientTask gradients;
  private final AtomicInteger nextPartition = new AtomicInteger();
  private final IntConsumer task = this::run;

  /**
   * @param stages of each time step
   * @param forward whether the forward pass of the layers is to be done, too
   */
  public OverBatchRows(
      ThreadTeam workers,
      int layers,
      int seqLength,
      int stages,
      Rows[] partitions,
      boolean forward,
      LayerTasks[] layerTasks,
      OutputTask[] outputTasks,
      GradientTask gradients) {
    this.workers = workers;
    this.layers = layers;
    this.seqLength = seqLength;
    this.stages = stages;
    this.partitions = partitions;
    this.forward = forward;
    this.layerTasks = layerTasks;
    this.outputTasks = outputTasks;
    this.gradients = gradients;
  }

  public void run() {
    nextPartition.set(0);
    workers.run(workers.count(), task);
  }

  private void run(int worker) {
    LayerTasks tasks = layerTasks[worker];
    for (int i = nextPartition.getAndIncrement();
        i < partitions.length;
        i = nextPartition.getAndIncrement()) {
      Rows rows = partitions[i];
      try {
        if (forward) {
          forward(tasks, rows);
        }
        tasks.store(rows);
        outputTasks[worker].run(0, seqLength, rows);
        backward(tasks, rows);
      } finally {
        gradients.finish(rows);
      }
    }
    gradients.add();
  }

  private void forward(LayerTasks tasks, Rows rows) {
    tasks.load(rows);
    for (int l = 0; l < layers; l++) {
      for (int t = 0; t < seqLength; t++) {
        for (int stage = 0; stage < stages; stage++) {
          tasks.forward(l, t, stage, rows);
        }
      }
      tasks.endForward(l, rows);
    }
  }

  private void backward(LayerTasks tasks, Rows rows) {
    for (int l = layers - 1; l >= 0; l--) {
      tasks.beginBackward(l, rows);
      for (int t = seqLength - 1; t >= 0; t--) {
        for (int stage = stages - 1; stage >= 0; stage--) {
          tasks.backward(l, t, stage, rows);
        }
      }
    }
  }
}
