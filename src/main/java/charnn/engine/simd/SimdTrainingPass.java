package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.floats;

import charnn.engine.Dropout;
import charnn.engine.TrainingPass;
import charnn.engine.Workers;
import charnn.model.Architecture;
import charnn.model.Network;
import charnn.model.RnnState;
import charnn.model.Score;
import charnn.text.Batch;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import jdk.incubator.vector.FloatVector;

/**
 * The fused LSTM. See the package's description for groups, padding, layout and how threads share
 * the work.
 *
 * <p>Memory, in the names of {@link Activations}: about 8 G T (5 Hp layers + Vp) floats, and 8 T (2
 * Hp layers + Hp) more for each group that is computed at once; with dropout 6 for 5, 3 for 2. 2
 * layers of 128, an alphabet of 87, 64 rows and 30 steps take 11.8 MB with two workers.
 */
final class SimdTrainingPass implements TrainingPass {
  /** How workers share the time steps; the result is the same. */
  enum Sharing {
    /** Each takes some rows through all time steps and back, without waiting for another. */
    ROWS,
    /** On the way forward, in every time step of every layer, each takes some units of all rows. */
    UNITS_FORWARD,
    /** So on the way back, too. */
    UNITS
  }

  /**
   * More blocks than workers: of what a block of few groups or units works on, more stays in a
   * core's own cache, and where one core is slower for a while, the others take over its part.
   */
  private static final int BLOCKS_PER_WORKER = 4;

  /**
   * If a layer has more recurrent weights than these (512 KB), they do not stay in a core's own
   * cache. Then a worker has one block of rows, because every block reads all of them in every time
   * step.
   */
  private static final int MOST_CACHED_WEIGHTS = 1 << 17;

  /**
   * If a layer has more recurrent weights than these (3 MB), reading them in every time step takes
   * so long that workers share units on the way forward: then each reads its units' weights only.
   * With low tiles, it does not pay.
   */
  private static final int MOST_WEIGHTS_FOR_ROWS = 3 << 18;

  /**
   * Time steps of a layer whose input is projected at once, and differentiated: the more, the less
   * often the weights are read; but what belongs to the steps is to stay in the cache. Low tiles
   * take half of them at a time.
   */
  private static final int STEPS_AT_ONCE = 8;

  private final Workers workers;
  private final Dropout dropout;
  private final DropoutVectors dropoutVectors;
  private final PackedWeights weights;
  private final Activations acts;
  private final WeightGradients gradients;
  private final int layers;
  private final int batchSize; // B
  private final int seqLength; // T
  private final int groups; // G
  private final int h;
  private final int hp; // Hp
  private final int panels; // P
  private final int logitPanels; // Vp / PANEL
  private final Softmax softmax;
  private final int window; // 8 T, the places of a group
  private final int slots; // 8 (T + 1), the places of a group and of the step before the window

  private final int[] inputs; // [G][8T] characters
  private final Rows table; // [G][8T] row of the table for each place
  private final Rows[] biases; // for each layer, the output layer last: the same for all places
  private final Rows zeros; // the same
  private final int[][][] dropoutKeys; // [layers][G][8T], if there is dropout
  private final double[] losses; // [G][8T]
  private final boolean[] corrects; // [G][8T]

  private final Sharing sharing;
  private final Block[][] rowBlocks; // all units of some groups; for each worker
  private final Block[] unitBlocks; // some units of all groups, if units are shared
  private final int chunks; // of STEPS_AT_ONCE time steps in the window

  // What the tasks of the call in progress work on:
  private Batch batch;
  private RnnState state;
  private long step;
  private final AtomicInteger nextBlock = new AtomicInteger(); // of rows, to be taken
  private int layer; // if units are shared
  private int time; // if units are shared

  // The tasks, which are made once:
  private final IntConsumer loadTask;
  private final IntConsumer stepTask;
  private final IntConsumer dropTask;
  private final IntConsumer outputTask;
  private final IntConsumer beginBackTask;
  private final IntConsumer stepBackTask;
  private final IntConsumer gradientTask;
  private final IntConsumer rowTask;

  SimdTrainingPass(
      Network network, int batchSize, int seqLength, Dropout dropout, Workers workers) {
    this(
        network,
        batchSize,
        seqLength,
        dropout,
        workers,
        sharing(network.architecture().hiddenSize(), batchSize, workers.count()));
  }

  SimdTrainingPass(
      Network network,
      int batchSize,
      int seqLength,
      Dropout dropout,
      Workers workers,
      Sharing sharing) {
    Architecture architecture = network.architecture();
    this.workers = workers;
    this.dropout = dropout;
    this.sharing = sharing;
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
    this.groups = acts.groups;
    this.panels = acts.panels;
    this.logitPanels = acts.logitPanels;
    this.window = acts.window;
    this.slots = acts.slots;
    this.softmax = new Softmax(weights.vp, window * PANEL);
    inputs = new int[groups * window];
    table = new Rows(weights.table, new int[inputs.length], window);
    int[] none = new int[GROUP];
    biases = new Rows[layers + 1];
    Arrays.setAll(biases, l -> new Rows(weights.bias[l], none, 0));
    zeros = new Rows(floats(hp), none, 0);
    dropoutKeys = new int[layers][groups][dropout.isActive() ? window : 0];
    losses = new double[inputs.length];
    corrects = new boolean[inputs.length];
    chunks = (seqLength + STEPS_AT_ONCE - 1) / STEPS_AT_ONCE;
    int most = BLOCKS_PER_WORKER * workers.count();
    boolean cached = 4 * hp * hp <= MOST_CACHED_WEIGHTS;
    int blocks = Math.min(cached ? most : workers.count(), groups);
    rowBlocks = new Block[workers.count()][];
    if (sharing == Sharing.ROWS && blocks > workers.count()) {
      unitBlocks = new Block[0];
      int atOnce = (groups + blocks - 1) / blocks;
      Arrays.setAll(rowBlocks, worker -> rowBlocks(blocks, scratch(atOnce)::from));
    } else {
      Scratch scratch = scratch(groups);
      unitBlocks = unitBlocks(Math.min(most, panels), scratch);
      Arrays.fill(rowBlocks, rowBlocks(blocks, group -> scratch));
    }
    loadTask = i -> load(rowBlocks[0][i]);
    stepTask = i -> step(layer, time, unitBlocks[i]);
    dropTask = i -> drop(layer, unitBlocks[i]);
    outputTask = this::runOutput;
    beginBackTask = i -> beginBack(layer, unitBlocks[i]);
    stepBackTask = i -> stepBack(layer, time, unitBlocks[i]);
    gradientTask = worker -> gradients.add();
    rowTask = this::runRows;
  }

  private Scratch scratch(int groups) {
    return new Scratch(acts, layers, groups, dropout.isActive());
  }

  /**
   * @param scratch of a block by its first group
   */
  private Block[] rowBlocks(int count, IntFunction<Scratch> scratch) {
    Block[] blocks = new Block[count];
    for (int i = 0; i < count; i++) {
      int first = (int) ((long) groups * i / count);
      int last = (int) ((long) groups * (i + 1) / count);
      blocks[i] = Block.rows(first, last, panels, scratch.apply(first));
    }
    return blocks;
  }

  private Block[] unitBlocks(int count, Scratch scratch) {
    Block[] blocks = new Block[count];
    for (int i = 0; i < count; i++) {
      blocks[i] =
          Block.units(panels * i / count, panels * (i + 1) / count, groups, panels, scratch);
    }
    return blocks;
  }

  private static Sharing sharing(int hiddenSize, int batchSize, int workers) {
    int hp = Simd.padded(hiddenSize);
    int groups = (batchSize + GROUP - 1) / GROUP;
    // Of a single group, time steps of the output can be shared at least.
    if (groups < Math.min(workers, Math.max(2, hp / PANEL))) {
      return Sharing.UNITS;
    }
    boolean large = 4 * hp * hp > MOST_WEIGHTS_FOR_ROWS;
    return large && MatrixProduct.TALL ? Sharing.UNITS_FORWARD : Sharing.ROWS;
  }

  @Override
  public Score lossAndGradient(Batch batch, RnnState state, long step, float[] gradient) {
    TrainingPass.requireShape(batch, state, batchSize, seqLength);
    this.batch = batch;
    this.state = state;
    this.step = step;
    weights.refresh(workers);
    gradients.begin(inputs, gradient);
    nextBlock.set(0);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = acts.character(batch.inputs(), i / window, i % window);
      table.starts()[i] = inputs[i] * 4 * hp;
    }
    if (sharing != Sharing.ROWS) {
      forwardByUnits();
    }
    if (sharing == Sharing.UNITS) {
      workers.run(rowBlocks[0].length * chunks, outputTask);
      backwardByUnits();
      gradients.finish(0, groups);
      workers.run(workers.count(), gradientTask);
    } else {
      workers.run(workers.count(), rowTask);
    }
    return score();
  }

  private Score score() {
    double loss = 0;
    long correct = 0;
    for (int g = 0; g < groups; g++) {
      double lossOfGroup = 0;
      for (int s = g * window; s < (g + 1) * window; s++) {
        lossOfGroup += losses[s];
        correct += corrects[s] ? 1 : 0;
      }
      loss += lossOfGroup;
    }
    return new Score(loss, correct, (long) batchSize * seqLength);
  }

  /**
   * Computes the layers, all rows together: after every time step, workers wait for one another.
   */
  private void forwardByUnits() {
    workers.run(rowBlocks[0].length, loadTask);
    for (layer = 0; layer < layers; layer++) {
      for (time = 0; time < seqLength; time++) {
        workers.run(unitBlocks.length, stepTask);
      }
      if (dropout.isActive()) {
        workers.run(unitBlocks.length, dropTask);
      }
    }
  }

  /** Computes dz of all layers, all rows together, as {@link #forwardByUnits} does. */
  private void backwardByUnits() {
    for (layer = layers - 1; layer >= 0; layer--) {
      workers.run(unitBlocks.length, beginBackTask);
      for (time = seqLength - 1; time >= 0; time--) {
        workers.run(unitBlocks.length, stepBackTask);
      }
    }
  }

  /** The output of some time steps of some rows; with their last steps, their state is stored. */
  private void runOutput(int task) {
    Block block = rowBlocks[0][task % rowBlocks[0].length];
    int first = task / rowBlocks[0].length * STEPS_AT_ONCE;
    int last = Math.min(seqLength, first + STEPS_AT_ONCE);
    output(first, last, block);
    if (last == seqLength) {
      store(block);
    }
  }

  /** A worker takes rows while there are any, then does what it can of the weights' gradients. */
  private void runRows(int worker) {
    Block[] blocks = rowBlocks[worker];
    for (int i = nextBlock.getAndIncrement(); i < blocks.length; i = nextBlock.getAndIncrement()) {
      Block block = blocks[i];
      try {
        if (sharing == Sharing.ROWS) {
          forward(block);
        }
        store(block);
        output(0, seqLength, block);
        backward(block);
      } finally {
        gradients.finish(block.firstGroup, block.lastGroup);
      }
    }
    gradients.add();
  }

  private void output(int first, int last, Block block) {
    project(layers, first, last - first, block);
    for (int g = block.firstGroup; g < block.lastGroup; g++) {
      score(g, first, last);
    }
  }

  /** Begins with the state from before the window; rows of the padding with none. */
  private void load(Block block) {
    Scratch scratch = block.scratch;
    for (int l = 0; l < layers; l++) {
      for (int g = block.firstGroup; dropout.isActive() && g < block.lastGroup; g++) {
        makeDropoutKeys(l, g);
      }
      for (int row = block.firstGroup * GROUP; row < block.lastGroup * GROUP; row++) {
        for (int p = 0; p < panels; p++) {
          int from = row * h + p * PANEL;
          int hiddenAt = acts.slotAt(row / GROUP, p, row % GROUP);
          int cellAt = scratch.cellAt(row / GROUP, p, row % GROUP);
          int units = Math.min(PANEL, h - p * PANEL);
          if (row >= batchSize) {
            Arrays.fill(scratch.cell[l], cellAt, cellAt + units, 0); // hidden's were never written
            continue;
          }
          System.arraycopy(state.hidden()[l], from, acts.hidden[l], hiddenAt, units);
          System.arraycopy(state.cell()[l], from, scratch.cell[l], cellAt, units);
        }
      }
    }
  }

  private void store(Block block) {
    Scratch scratch = block.scratch;
    for (int l = 0; l < layers; l++) {
      for (int row = block.firstGroup * GROUP;
          row < Math.min(block.lastGroup * GROUP, batchSize);
          row++) {
        for (int p = 0; p < panels; p++) {
          int hiddenAt = acts.slotAt(row / GROUP, p, window + row % GROUP);
          int cellAt = scratch.cellAt(row / GROUP, p, window + row % GROUP);
          int to = row * h + p * PANEL;
          int units = Math.min(PANEL, h - p * PANEL);
          System.arraycopy(acts.hidden[l], hiddenAt, state.hidden()[l], to, units);
          System.arraycopy(scratch.cell[l], cellAt, state.cell()[l], to, units);
        }
      }
    }
  }

  /** Computes the layers for some groups. */
  private void forward(Block block) {
    load(block);
    for (int l = 0; l < layers; l++) {
      for (int t = 0; t < seqLength; t++) {
        step(l, t, block);
      }
      if (dropout.isActive()) {
        drop(l, block);
      }
    }
  }

  /** Computes a layer's units at a time. */
  private void step(int l, int t, Block block) {
    if (l > 0 && t % STEPS_AT_ONCE == 0) {
      project(l, t, Math.min(STEPS_AT_ONCE, seqLength - t), block);
    }
    for (int p = block.firstPanel; p < 4 * panels; p += block.gateDistance) {
      // The first layer's z is W[character] + b + h R.
      MatrixProduct.add(
          block.groups(),
          panels,
          acts.hidden[l],
          acts.slotAt(block.firstGroup, 0, t * GROUP),
          slots * hp,
          slots * PANEL,
          weights.recurrent[l],
          ORIGIN + p * hp * PANEL,
          block.gatePanels,
          l == 0 ? table : null,
          block.firstGroup * window + t * GROUP,
          ORIGIN + p * PANEL,
          acts.gates[l],
          acts.gateAt(block.firstGroup, p, t * GROUP),
          window * 4 * hp,
          window * PANEL);
    }
    activate(l, t, block);
  }

  /**
   * z = b + x W for some times from t on, x being the output of the layer below; the output layer's
   * for whole rows only.
   */
  private void project(int l, int t, int times, Block block) {
    boolean drops = dropout.isActive();
    float[] x = drops ? acts.dropped[l - 1] : acts.hidden[l - 1];
    float[] z = l < layers ? acts.gates[l] : acts.logits;
    int all = l < layers ? 4 * panels : logitPanels;
    int columns = l < layers ? block.gatePanels : logitPanels;
    int distance = l < layers ? block.gateDistance : logitPanels;
    for (int p = block.firstPanel; p < all; p += distance) {
      for (int g = block.firstGroup; g < block.lastGroup; g++) {
        MatrixProduct.add(
            times,
            panels,
            x,
            drops ? acts.at(g, 0, t * GROUP) : acts.slotAt(g, 0, (t + 1) * GROUP),
            GROUP * PANEL,
            (drops ? window : slots) * PANEL,
            weights.input[l],
            ORIGIN + p * hp * PANEL,
            columns,
            biases[l],
            0,
            ORIGIN + p * PANEL,
            z,
            l < layers ? acts.gateAt(g, p, t * GROUP) : acts.logitsAt(g, p, t * GROUP),
            GROUP * PANEL,
            window * PANEL);
      }
    }
  }

  private void activate(int l, int t, Block block) {
    Scratch scratch = block.scratch;
    for (int g = block.firstGroup; g < block.lastGroup; g++) {
      for (int p = block.firstPanel; p < block.lastPanel; p++) {
        Gates.forward(
            GROUP * PANEL,
            acts.gates[l],
            acts.gateAt(g, p, t * GROUP),
            window * hp,
            scratch.cell[l],
            scratch.cellAt(g, p, t * GROUP),
            scratch.cellAt(g, p, (t + 1) * GROUP),
            scratch.tanhCell[l],
            scratch.at(g, p, t * GROUP),
            acts.hidden[l],
            acts.slotAt(g, p, (t + 1) * GROUP));
      }
    }
  }

  private void makeDropoutKeys(int l, int g) {
    for (int r = 0; r < GROUP; r++) {
      long rowKey = dropout.rowKey(step, l, g * GROUP + r);
      for (int t = 0; t < seqLength; t++) {
        dropoutKeys[l][g][t * GROUP + r] = dropout.key(rowKey, t);
      }
    }
  }

  private void drop(int l, Block block) {
    Scratch scratch = block.scratch;
    for (int g = block.firstGroup; g < block.lastGroup; g++) {
      for (int p = block.firstPanel; p < block.lastPanel; p++) {
        dropoutVectors.drop(
            dropoutKeys[l][g],
            window,
            p,
            acts.hidden[l],
            acts.slotAt(g, p, GROUP),
            scratch.factors[l],
            scratch.at(g, p, 0),
            acts.dropped[l],
            acts.at(g, p, 0));
      }
    }
  }

  /**
   * Overwrites the logits of some time steps with the derivative of the mean loss; rows of the
   * padding have none.
   */
  private void score(int g, int first, int last) {
    float factor = 1f / (batchSize * seqLength);
    for (int s = first * GROUP; s < last * GROUP; s++) {
      int at = acts.logitsAt(g, 0, s);
      if (g * GROUP + s % GROUP >= batchSize) {
        softmax.clear(acts.logits, at);
        continue;
      }
      int target = acts.character(batch.targets(), g, s);
      float max = softmax.max(acts.logits, at);
      corrects[g * window + s] = softmax.isLargest(acts.logits, at, target, max);
      losses[g * window + s] = softmax.lossAndDerivative(acts.logits, at, target, max, factor);
    }
  }

  /** Computes dz of all layers for some groups. */
  private void backward(Block block) {
    for (int l = layers - 1; l >= 0; l--) {
      beginBack(l, block);
      for (int t = seqLength - 1; t >= 0; t--) {
        stepBack(l, t, block);
      }
    }
  }

  /** Computes the derivative by a layer's output, from dz of the layer above. */
  private void beginBack(int l, Block block) {
    differentiateInput(l + 1, block);
    Scratch scratch = block.scratch;
    float[] dOutput = scratch.dOutput;
    for (int g = block.firstGroup; g < block.lastGroup; g++) {
      for (int p = block.firstPanel; p < block.lastPanel; p++) {
        int dCellAt = scratch.dCellAt(g, p);
        Arrays.fill(scratch.dCell, dCellAt, dCellAt + GROUP * PANEL, 0);
        int first = scratch.at(g, p, 0);
        for (int i = first; dropout.isActive() && i < first + window * PANEL; i += LANES) {
          FloatVector.fromArray(SPECIES, dOutput, i)
              .mul(FloatVector.fromArray(SPECIES, scratch.factors[l], i))
              .intoArray(dOutput, i);
        }
      }
    }
  }

  /** dOutput = dz W^T: the derivative by what the layer below put out. */
  private void differentiateInput(int l, Block block) {
    int inner = l < layers ? 4 * panels : logitPanels;
    for (int g = block.firstGroup; g < block.lastGroup; g++) {
      for (int t = 0; t < seqLength; t += STEPS_AT_ONCE) {
        MatrixProduct.add(
            Math.min(STEPS_AT_ONCE, seqLength - t),
            inner,
            l < layers ? acts.gates[l] : acts.logits,
            l < layers ? acts.gateAt(g, 0, t * GROUP) : acts.logitsAt(g, 0, t * GROUP),
            GROUP * PANEL,
            window * PANEL,
            weights.inputBack[l],
            ORIGIN + block.firstPanel * inner * PANEL * PANEL,
            block.panels(),
            zeros,
            0,
            ORIGIN,
            block.scratch.dOutput,
            block.scratch.at(g, block.firstPanel, t * GROUP),
            GROUP * PANEL,
            window * PANEL);
      }
    }
  }

  /**
   * Overwrites the gates of a time step with dz. To the derivative by the layer's output, the step
   * after it adds that by the hidden state that it began with.
   */
  private void stepBack(int l, int t, Block block) {
    Scratch scratch = block.scratch;
    if (t + 1 < seqLength) {
      MatrixProduct.add(
          block.groups(),
          4 * panels,
          acts.gates[l],
          acts.gateAt(block.firstGroup, 0, (t + 1) * GROUP),
          window * 4 * hp,
          window * PANEL,
          weights.recurrentBack[l],
          ORIGIN + block.firstPanel * 4 * hp * PANEL,
          block.panels(),
          scratch.dOutput,
          scratch.at(block.firstGroup, block.firstPanel, t * GROUP),
          window * hp,
          window * PANEL);
    }
    for (int g = block.firstGroup; g < block.lastGroup; g++) {
      for (int p = block.firstPanel; p < block.lastPanel; p++) {
        Gates.backward(
            GROUP * PANEL,
            acts.gates[l],
            acts.gateAt(g, p, t * GROUP),
            window * hp,
            scratch.cell[l],
            scratch.cellAt(g, p, t * GROUP),
            scratch.tanhCell[l],
            scratch.at(g, p, t * GROUP),
            scratch.dOutput,
            scratch.at(g, p, t * GROUP),
            scratch.dCell,
            scratch.dCellAt(g, p));
      }
    }
  }

  /**
   * Some groups of rows, and some panels of a layer's units.
   *
   * @param gatePanels how many panels of their gates lie side by side
   * @param gateDistance how far on the next such panels are
   * @param scratch has at least these groups
   */
  private record Block(
      int firstGroup,
      int lastGroup,
      int firstPanel,
      int lastPanel,
      int gatePanels,
      int gateDistance,
      Scratch scratch) {
    /** All units of some groups, so that all four gates lie side by side. */
    static Block rows(int firstGroup, int lastGroup, int panels, Scratch scratch) {
      return new Block(firstGroup, lastGroup, 0, panels, 4 * panels, 4 * panels, scratch);
    }

    /** Some units of all groups. */
    static Block units(int firstPanel, int lastPanel, int groups, int panels, Scratch scratch) {
      int own = lastPanel - firstPanel;
      return new Block(0, groups, firstPanel, lastPanel, own, panels, scratch);
    }

    int groups() {
      return lastGroup - firstGroup;
    }

    int panels() {
      return lastPanel - firstPanel;
    }
  }
}
