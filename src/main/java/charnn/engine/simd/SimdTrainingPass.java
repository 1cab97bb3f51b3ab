package charnn.engine.simd;

import static charnn.engine.simd.math.Simd.BASE;
import static charnn.engine.simd.math.Simd.HAS_32_REGISTERS;
import static charnn.engine.simd.math.Simd.LANES;
import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.ROW_BLOCK;
import static charnn.engine.simd.math.Simd.SPECIES;
import static charnn.engine.simd.math.Simd.floats;

import charnn.data.Batch;
import charnn.engine.Dropout;
import charnn.engine.TrainingPass;
import charnn.engine.simd.cell.Gates;
import charnn.engine.simd.gemm.Gemm;
import charnn.engine.simd.gemm.RowSource;
import charnn.engine.simd.math.DropoutVectors;
import charnn.engine.simd.math.Simd;
import charnn.engine.simd.math.Softmax;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import jdk.incubator.vector.FloatVector;

/**
 * The fused LSTM's forward and backward pass. The package's description explains row blocks,
 * padding, layout and parallelism.
 *
 * <p>Memory, in the names of {@link Activations}: about 8 N T (5 Hp layers + Vp) floats, and 8 T (2
 * Hp layers + Hp) more for each row block computed at once; with dropout 6 for 5, 3 for 2. 2 layers
 * of 128, a vocabulary of 87, 64 rows and 30 steps take 11.8 MB with two workers.
 */
final class SimdTrainingPass implements TrainingPass {
  /** What the time steps are parallelised over; the result is the same. */
  enum Parallelism {
    /** Over batch rows: a worker runs its rows through both passes, without a barrier. */
    BATCH_ROWS,
    /**
     * The forward pass over hidden units, the backward pass over batch rows: in every time step of
     * every layer, a worker computes its units for all rows, with a barrier after it.
     */
    HIDDEN_UNITS_FORWARD,
    /** Both passes over hidden units. */
    HIDDEN_UNITS
  }

  /**
   * More partitions than workers: more of a small partition's data stays in L2, and where one core
   * is slower for a while, the others take over its work.
   */
  private static final int PARTITIONS_PER_WORKER = 4;

  /**
   * A layer's most recurrent weights that stay in L2 (512 KB). With more, a worker has one row
   * partition, because every row partition reads all of them in every time step.
   */
  private static final int MAX_L2_WEIGHTS = 1 << 17;

  /**
   * A layer's most recurrent weights (3 MB) for a forward pass over batch rows. With more, reading
   * them in every time step takes so long that hidden units are faster: each worker then reads only
   * its units' weights. With 16 registers, it does not pay.
   */
  private static final int MAX_WEIGHTS_OVER_ROWS = 3 << 18;

  /**
   * Time steps that one GEMM of the input projection, or of its backward pass, computes. The more,
   * the less often the weights are read; but the steps' activations must stay in the cache. With 16
   * registers, GEMM packs half of them at a time.
   */
  private static final int STEPS_PER_GEMM = 8;

  private final ThreadTeam workers;
  private final Dropout dropout;
  private final DropoutVectors dropoutVectors;
  private final PackedWeights weights;
  private final Activations acts;
  private final WeightGradients gradients;
  private final int layers;
  private final int batchSize; // B
  private final int seqLength; // T
  private final int rowBlocks; // N
  private final int h;
  private final int hp; // Hp
  private final int panels; // P
  private final int logitPanels; // Vp / NR
  private final Softmax softmax;
  private final int windowRows; // 8 T
  private final int stateRows; // 8 (T + 1)

  private final int[] inputs; // [N][8T] token ids
  private final RowSource lookupTable; // for each of [N][8T], its token's row
  private final RowSource[] biases; // for each layer, the output layer last: one row for all
  private final RowSource zeros; // one row for all
  private final int[][][] dropoutKeys; // [layers][N][8T]; empty without dropout
  private final double[] losses; // [N][8T]
  private final boolean[] corrects; // [N][8T]

  private final Parallelism parallelism;
  private final Partition[][] rowPartitions; // for each worker: all units of some row blocks
  private final Partition[] unitPartitions; // some units of all row blocks
  private final int chunks; // of STEPS_PER_GEMM time steps in the window

  // Arguments of the call in progress, for its tasks:
  private Batch batch;
  private RecurrentState state;
  private long step;
  private final AtomicInteger nextPartition = new AtomicInteger(); // of rows
  private int layer; // over hidden units
  private int time; // over hidden units

  // The tasks, allocated once:
  private final IntConsumer loadTask;
  private final IntConsumer stepTask;
  private final IntConsumer dropTask;
  private final IntConsumer outputTask;
  private final IntConsumer beginBackwardTask;
  private final IntConsumer stepBackwardTask;
  private final IntConsumer gradientTask;
  private final IntConsumer rowTask;

  SimdTrainingPass(
      Network network, int batchSize, int seqLength, Dropout dropout, ThreadTeam workers) {
    this(
        network,
        batchSize,
        seqLength,
        dropout,
        workers,
        parallelism(network.architecture().hiddenSize(), batchSize, workers.count()));
  }

  SimdTrainingPass(
      Network network,
      int batchSize,
      int seqLength,
      Dropout dropout,
      ThreadTeam workers,
      Parallelism parallelism) {
    NetworkSpec architecture = network.architecture();
    this.workers = workers;
    this.dropout = dropout;
    this.parallelism = parallelism;
    this.weights = new PackedWeights(network, true);
    this.layers = architecture.layers();
    this.batchSize = batchSize;
    this.seqLength = seqLength;
    this.h = architecture.hiddenSize();
    this.hp = weights.hp;
    this.dropoutVectors = new DropoutVectors(dropout, hp);
    this.acts = new Activations(layers, batchSize, seqLength, hp, weights.vp, dropout.isActive());
    this.gradients =
        new WeightGradients(architecture, acts, seqLength, dropout.isActive(), workers.count());
    this.rowBlocks = acts.rowBlocks;
    this.panels = acts.panels;
    this.logitPanels = acts.logitPanels;
    this.windowRows = acts.windowRows;
    this.stateRows = acts.stateRows;
    this.softmax = new Softmax(weights.vp, windowRows * NR);
    inputs = new int[rowBlocks * windowRows];
    lookupTable = new RowSource(weights.lookupTable, new int[inputs.length], windowRows);
    int[] sameRow = new int[ROW_BLOCK];
    biases = new RowSource[layers + 1];
    Arrays.setAll(biases, l -> new RowSource(weights.bias[l], sameRow, 0));
    zeros = new RowSource(floats(hp), sameRow, 0);
    dropoutKeys = new int[layers][rowBlocks][dropout.isActive() ? windowRows : 0];
    losses = new double[inputs.length];
    corrects = new boolean[inputs.length];
    chunks = (seqLength + STEPS_PER_GEMM - 1) / STEPS_PER_GEMM;
    int maxPartitions = PARTITIONS_PER_WORKER * workers.count();
    boolean fitsL2 = 4 * hp * hp <= MAX_L2_WEIGHTS;
    int partitions = Math.min(fitsL2 ? maxPartitions : workers.count(), rowBlocks);
    rowPartitions = new Partition[workers.count()][];
    if (parallelism == Parallelism.BATCH_ROWS && partitions > workers.count()) {
      unitPartitions = new Partition[0];
      int blocksAtOnce = (rowBlocks + partitions - 1) / partitions;
      Arrays.setAll(
          rowPartitions, worker -> rowPartitions(partitions, scratch(blocksAtOnce)::from));
    } else {
      Scratch scratch = scratch(rowBlocks);
      unitPartitions = unitPartitions(Math.min(maxPartitions, panels), scratch);
      Arrays.fill(rowPartitions, rowPartitions(partitions, block -> scratch));
    }
    loadTask = i -> loadState(rowPartitions[0][i]);
    stepTask = i -> step(layer, time, unitPartitions[i]);
    dropTask = i -> applyDropout(layer, unitPartitions[i]);
    outputTask = this::runOutput;
    beginBackwardTask = i -> beginBackward(layer, unitPartitions[i]);
    stepBackwardTask = i -> stepBackward(layer, time, unitPartitions[i]);
    gradientTask = worker -> gradients.add();
    rowTask = this::runRows;
  }

  private Scratch scratch(int rowBlocks) {
    return new Scratch(acts, layers, rowBlocks, dropout.isActive());
  }

  /**
   * @param scratch of a partition by its first row block
   */
  private Partition[] rowPartitions(int count, IntFunction<Scratch> scratch) {
    Partition[] partitions = new Partition[count];
    for (int i = 0; i < count; i++) {
      int first = (int) ((long) rowBlocks * i / count);
      int last = (int) ((long) rowBlocks * (i + 1) / count);
      partitions[i] = Partition.rows(first, last, panels, scratch.apply(first));
    }
    return partitions;
  }

  private Partition[] unitPartitions(int count, Scratch scratch) {
    Partition[] partitions = new Partition[count];
    for (int i = 0; i < count; i++) {
      partitions[i] =
          Partition.units(panels * i / count, panels * (i + 1) / count, rowBlocks, panels, scratch);
    }
    return partitions;
  }

  private static Parallelism parallelism(int hiddenSize, int batchSize, int workers) {
    int hp = Simd.padded(hiddenSize);
    int rowBlocks = (batchSize + ROW_BLOCK - 1) / ROW_BLOCK;
    // With a single row block, the output layer can still be parallelised over time steps.
    if (rowBlocks < Math.min(workers, Math.max(2, hp / NR))) {
      return Parallelism.HIDDEN_UNITS;
    }
    boolean large = 4 * hp * hp > MAX_WEIGHTS_OVER_ROWS;
    return large && HAS_32_REGISTERS ? Parallelism.HIDDEN_UNITS_FORWARD : Parallelism.BATCH_ROWS;
  }

  @Override
  public LossMetrics lossAndGradient(
      Batch batch, RecurrentState state, long step, float[] gradient) {
    TrainingPass.requireShape(batch, state, batchSize, seqLength);
    this.batch = batch;
    this.state = state;
    this.step = step;
    weights.refresh(workers);
    gradients.begin(inputs, gradient);
    nextPartition.set(0);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = acts.character(batch.inputs(), i / windowRows, i % windowRows);
      lookupTable.offsets()[i] = inputs[i] * 4 * hp;
    }
    if (parallelism != Parallelism.BATCH_ROWS) {
      forwardOverUnits();
    }
    if (parallelism == Parallelism.HIDDEN_UNITS) {
      workers.run(rowPartitions[0].length * chunks, outputTask);
      backwardOverUnits();
      gradients.finish(0, rowBlocks);
      workers.run(workers.count(), gradientTask);
    } else {
      workers.run(workers.count(), rowTask);
    }
    return score();
  }

  private LossMetrics score() {
    double loss = 0;
    long correct = 0;
    for (int block = 0; block < rowBlocks; block++) {
      double lossOfBlock = 0;
      for (int s = block * windowRows; s < (block + 1) * windowRows; s++) {
        lossOfBlock += losses[s];
        correct += corrects[s] ? 1 : 0;
      }
      loss += lossOfBlock;
    }
    return new LossMetrics(loss, correct, (long) batchSize * seqLength);
  }

  /** The forward pass of the layers over hidden units, with a barrier after every time step. */
  private void forwardOverUnits() {
    workers.run(rowPartitions[0].length, loadTask);
    for (layer = 0; layer < layers; layer++) {
      for (time = 0; time < seqLength; time++) {
        workers.run(unitPartitions.length, stepTask);
      }
      if (dropout.isActive()) {
        workers.run(unitPartitions.length, dropTask);
      }
    }
  }

  /** The backward pass of the layers over hidden units, with a barrier after every time step. */
  private void backwardOverUnits() {
    for (layer = layers - 1; layer >= 0; layer--) {
      workers.run(unitPartitions.length, beginBackwardTask);
      for (time = seqLength - 1; time >= 0; time--) {
        workers.run(unitPartitions.length, stepBackwardTask);
      }
    }
  }

  /** The output layer of some time steps of some rows; the last ones store the rows' state. */
  private void runOutput(int task) {
    Partition part = rowPartitions[0][task % rowPartitions[0].length];
    int first = task / rowPartitions[0].length * STEPS_PER_GEMM;
    int last = Math.min(seqLength, first + STEPS_PER_GEMM);
    output(first, last, part);
    if (last == seqLength) {
      storeState(part);
    }
  }

  /** A worker takes row partitions while there are any, then works on the weight gradients. */
  private void runRows(int worker) {
    Partition[] partitions = rowPartitions[worker];
    for (int i = nextPartition.getAndIncrement();
        i < partitions.length;
        i = nextPartition.getAndIncrement()) {
      Partition part = partitions[i];
      try {
        if (parallelism == Parallelism.BATCH_ROWS) {
          forward(part);
        }
        storeState(part);
        output(0, seqLength, part);
        backward(part);
      } finally {
        gradients.finish(part.firstBlock, part.lastBlock);
      }
    }
    gradients.add();
  }

  private void output(int first, int last, Partition part) {
    project(layers, first, last - first, part);
    for (int block = part.firstBlock; block < part.lastBlock; block++) {
      outputLossAndGradient(block, first, last);
    }
  }

  /** Loads the state from before the window; padding rows have zero state. */
  private void loadState(Partition part) {
    Scratch scratch = part.scratch;
    for (int l = 0; l < layers; l++) {
      for (int block = part.firstBlock; dropout.isActive() && block < part.lastBlock; block++) {
        computeDropoutKeys(l, block);
      }
      for (int row = part.firstBlock * ROW_BLOCK; row < part.lastBlock * ROW_BLOCK; row++) {
        for (int p = 0; p < panels; p++) {
          int from = row * h + p * NR;
          int hiddenOffset = acts.hiddenOffset(row / ROW_BLOCK, p, row % ROW_BLOCK);
          int cellOffset = scratch.cellOffset(row / ROW_BLOCK, p, row % ROW_BLOCK);
          int units = Math.min(NR, h - p * NR);
          if (row >= batchSize) {
            Arrays.fill(
                scratch.cell[l],
                cellOffset,
                cellOffset + units,
                0); // hidden is never written there
            continue;
          }
          System.arraycopy(state.hidden()[l], from, acts.hidden[l], hiddenOffset, units);
          System.arraycopy(state.values()[1][l], from, scratch.cell[l], cellOffset, units);
        }
      }
    }
  }

  private void storeState(Partition part) {
    Scratch scratch = part.scratch;
    for (int l = 0; l < layers; l++) {
      for (int row = part.firstBlock * ROW_BLOCK;
          row < Math.min(part.lastBlock * ROW_BLOCK, batchSize);
          row++) {
        for (int p = 0; p < panels; p++) {
          int hiddenOffset = acts.hiddenOffset(row / ROW_BLOCK, p, windowRows + row % ROW_BLOCK);
          int cellOffset = scratch.cellOffset(row / ROW_BLOCK, p, windowRows + row % ROW_BLOCK);
          int to = row * h + p * NR;
          int units = Math.min(NR, h - p * NR);
          System.arraycopy(acts.hidden[l], hiddenOffset, state.hidden()[l], to, units);
          System.arraycopy(scratch.cell[l], cellOffset, state.values()[1][l], to, units);
        }
      }
    }
  }

  /** The forward pass of the layers for some row blocks. */
  private void forward(Partition part) {
    loadState(part);
    for (int l = 0; l < layers; l++) {
      for (int t = 0; t < seqLength; t++) {
        step(l, t, part);
      }
      if (dropout.isActive()) {
        applyDropout(l, part);
      }
    }
  }

  /** One time step of a layer's forward pass. */
  private void step(int l, int t, Partition part) {
    if (l > 0 && t % STEPS_PER_GEMM == 0) {
      project(l, t, Math.min(STEPS_PER_GEMM, seqLength - t), part);
    }
    for (int p = part.firstPanel; p < 4 * panels; p += part.gateStride) {
      // z += h R; the first layer's z = (W + b)[token] + h R.
      Gemm.gemm(
          part.rowBlocks(),
          panels,
          acts.hidden[l],
          acts.hiddenOffset(part.firstBlock, 0, t * ROW_BLOCK),
          stateRows * hp,
          stateRows * NR,
          weights.recurrent[l],
          BASE + p * hp * NR,
          part.gatePanels,
          l == 0 ? lookupTable : null,
          part.firstBlock * windowRows + t * ROW_BLOCK,
          BASE + p * NR,
          acts.gates[l],
          acts.gateOffset(part.firstBlock, p, t * ROW_BLOCK),
          windowRows * 4 * hp,
          windowRows * NR);
    }
    activate(l, t, part);
  }

  /**
   * z = b + x W for some time steps from t on, where x is the output of the layer below. That of
   * the output layer is computed for whole rows only.
   */
  private void project(int l, int t, int times, Partition part) {
    boolean drops = dropout.isActive();
    float[] x = drops ? acts.dropped[l - 1] : acts.hidden[l - 1];
    float[] z = l < layers ? acts.gates[l] : acts.logits;
    int all = l < layers ? 4 * panels : logitPanels;
    int columns = l < layers ? part.gatePanels : logitPanels;
    int stride = l < layers ? part.gateStride : logitPanels;
    for (int p = part.firstPanel; p < all; p += stride) {
      for (int block = part.firstBlock; block < part.lastBlock; block++) {
        Gemm.gemm(
            times,
            panels,
            x,
            drops
                ? acts.offset(block, 0, t * ROW_BLOCK)
                : acts.hiddenOffset(block, 0, (t + 1) * ROW_BLOCK),
            ROW_BLOCK * NR,
            (drops ? windowRows : stateRows) * NR,
            weights.input[l],
            BASE + p * hp * NR,
            columns,
            biases[l],
            0,
            BASE + p * NR,
            z,
            l < layers
                ? acts.gateOffset(block, p, t * ROW_BLOCK)
                : acts.logitsOffset(block, p, t * ROW_BLOCK),
            ROW_BLOCK * NR,
            windowRows * NR);
      }
    }
  }

  private void activate(int l, int t, Partition part) {
    Scratch scratch = part.scratch;
    for (int block = part.firstBlock; block < part.lastBlock; block++) {
      for (int p = part.firstPanel; p < part.lastPanel; p++) {
        Gates.forward(
            ROW_BLOCK * NR,
            acts.gates[l],
            acts.gateOffset(block, p, t * ROW_BLOCK),
            windowRows * hp,
            scratch.cell[l],
            scratch.cellOffset(block, p, t * ROW_BLOCK),
            scratch.cellOffset(block, p, (t + 1) * ROW_BLOCK),
            scratch.tanhCell[l],
            scratch.offset(block, p, t * ROW_BLOCK),
            acts.hidden[l],
            acts.hiddenOffset(block, p, (t + 1) * ROW_BLOCK));
      }
    }
  }

  private void computeDropoutKeys(int l, int block) {
    for (int r = 0; r < ROW_BLOCK; r++) {
      long rowKey = dropout.rowKey(step, l, block * ROW_BLOCK + r);
      for (int t = 0; t < seqLength; t++) {
        dropoutKeys[l][block][t * ROW_BLOCK + r] = dropout.key(rowKey, t);
      }
    }
  }

  private void applyDropout(int l, Partition part) {
    Scratch scratch = part.scratch;
    for (int block = part.firstBlock; block < part.lastBlock; block++) {
      for (int p = part.firstPanel; p < part.lastPanel; p++) {
        dropoutVectors.drop(
            dropoutKeys[l][block],
            windowRows,
            p,
            acts.hidden[l],
            acts.hiddenOffset(block, p, ROW_BLOCK),
            scratch.mask[l],
            scratch.offset(block, p, 0),
            acts.dropped[l],
            acts.offset(block, p, 0));
      }
    }
  }

  /**
   * Computes the loss of some time steps, and overwrites their logits with the gradient of the mean
   * loss; that of padding rows is zero.
   */
  private void outputLossAndGradient(int block, int first, int last) {
    float factor = 1f / (batchSize * seqLength);
    for (int s = first * ROW_BLOCK; s < last * ROW_BLOCK; s++) {
      int offset = acts.logitsOffset(block, 0, s);
      if (block * ROW_BLOCK + s % ROW_BLOCK >= batchSize) {
        softmax.clear(acts.logits, offset);
        continue;
      }
      int target = acts.character(batch.targets(), block, s);
      float max = softmax.max(acts.logits, offset);
      corrects[block * windowRows + s] = softmax.isLargest(acts.logits, offset, target, max);
      losses[block * windowRows + s] =
          softmax.lossAndGradient(acts.logits, offset, target, max, factor);
    }
  }

  /** The backward pass of the layers for some row blocks: computes dz. */
  private void backward(Partition part) {
    for (int l = layers - 1; l >= 0; l--) {
      beginBackward(l, part);
      for (int t = seqLength - 1; t >= 0; t--) {
        stepBackward(l, t, part);
      }
    }
  }

  /** Computes the gradient with respect to a layer's output, from dz of the layer above. */
  private void beginBackward(int l, Partition part) {
    backpropagateInput(l + 1, part);
    Scratch scratch = part.scratch;
    float[] dOutput = scratch.dOutput;
    for (int block = part.firstBlock; block < part.lastBlock; block++) {
      for (int p = part.firstPanel; p < part.lastPanel; p++) {
        int dCellOffset = scratch.dCellOffset(block, p);
        Arrays.fill(scratch.dCell, dCellOffset, dCellOffset + ROW_BLOCK * NR, 0);
        int first = scratch.offset(block, p, 0);
        for (int i = first; dropout.isActive() && i < first + windowRows * NR; i += LANES) {
          FloatVector.fromArray(SPECIES, dOutput, i)
              .mul(FloatVector.fromArray(SPECIES, scratch.mask[l], i))
              .intoArray(dOutput, i);
        }
      }
    }
  }

  /** dOutput = dz W^T: the gradient with respect to the output of the layer below. */
  private void backpropagateInput(int l, Partition part) {
    int kPanels = l < layers ? 4 * panels : logitPanels;
    for (int block = part.firstBlock; block < part.lastBlock; block++) {
      for (int t = 0; t < seqLength; t += STEPS_PER_GEMM) {
        Gemm.gemm(
            Math.min(STEPS_PER_GEMM, seqLength - t),
            kPanels,
            l < layers ? acts.gates[l] : acts.logits,
            l < layers
                ? acts.gateOffset(block, 0, t * ROW_BLOCK)
                : acts.logitsOffset(block, 0, t * ROW_BLOCK),
            ROW_BLOCK * NR,
            windowRows * NR,
            weights.inputTransposed[l],
            BASE + part.firstPanel * kPanels * NR * NR,
            part.panels(),
            zeros,
            0,
            BASE,
            part.scratch.dOutput,
            part.scratch.offset(block, part.firstPanel, t * ROW_BLOCK),
            ROW_BLOCK * NR,
            windowRows * NR);
      }
    }
  }

  /**
   * One time step of a layer's backward pass: dOutput += dz R^T with dz of the step after, then
   * overwrites the step's gates with dz.
   */
  private void stepBackward(int l, int t, Partition part) {
    Scratch scratch = part.scratch;
    if (t + 1 < seqLength) {
      Gemm.gemm(
          part.rowBlocks(),
          4 * panels,
          acts.gates[l],
          acts.gateOffset(part.firstBlock, 0, (t + 1) * ROW_BLOCK),
          windowRows * 4 * hp,
          windowRows * NR,
          weights.recurrentTransposed[l],
          BASE + part.firstPanel * 4 * hp * NR,
          part.panels(),
          scratch.dOutput,
          scratch.offset(part.firstBlock, part.firstPanel, t * ROW_BLOCK),
          windowRows * hp,
          windowRows * NR);
    }
    for (int block = part.firstBlock; block < part.lastBlock; block++) {
      for (int p = part.firstPanel; p < part.lastPanel; p++) {
        Gates.backward(
            ROW_BLOCK * NR,
            acts.gates[l],
            acts.gateOffset(block, p, t * ROW_BLOCK),
            windowRows * hp,
            scratch.cell[l],
            scratch.cellOffset(block, p, t * ROW_BLOCK),
            scratch.tanhCell[l],
            scratch.offset(block, p, t * ROW_BLOCK),
            scratch.dOutput,
            scratch.offset(block, p, t * ROW_BLOCK),
            scratch.dCell,
            scratch.dCellOffset(block, p));
      }
    }
  }

  /**
   * A part of the work: some row blocks, and some panels of a layer's hidden units.
   *
   * @param gatePanels how many panels of their gates are contiguous
   * @param gateStride panels from there to the next contiguous ones
   * @param scratch for at least these row blocks
   */
  private record Partition(
      int firstBlock,
      int lastBlock,
      int firstPanel,
      int lastPanel,
      int gatePanels,
      int gateStride,
      Scratch scratch) {
    /** All units of some row blocks: all four gates are contiguous. */
    static Partition rows(int firstBlock, int lastBlock, int panels, Scratch scratch) {
      return new Partition(firstBlock, lastBlock, 0, panels, 4 * panels, 4 * panels, scratch);
    }

    /** Some units of all row blocks. */
    static Partition units(
        int firstPanel, int lastPanel, int rowBlocks, int panels, Scratch scratch) {
      int gatePanels = lastPanel - firstPanel;
      return new Partition(0, rowBlocks, firstPanel, lastPanel, gatePanels, panels, scratch);
    }

    int rowBlocks() {
      return lastBlock - firstBlock;
    }

    int panels() {
      return lastPanel - firstPanel;
    }
  }
}
