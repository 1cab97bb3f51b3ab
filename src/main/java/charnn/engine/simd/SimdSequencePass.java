package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.floats;

import charnn.engine.Dropout;
import charnn.engine.SequencePass;
import charnn.engine.Workers;
import charnn.model.Architecture;
import charnn.model.Network;
import charnn.model.RnnState;
import charnn.model.Score;
import charnn.text.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;

/**
 * The fused LSTM. See the package's description for groups, padding, layout and how threads share
 * the work.
 *
 * <p>G groups of 8 rows, T steps; a group's row r at time t is at place s = t 8 + r of the group. P
 * panels make up Hp. Memory: about 8 G T (7 Hp layers + Hp + Vp) floats, with dropout 9 for 7; 2
 * layers of 128, an alphabet of 87, 64 rows and 30 steps take 15.5 MB.
 */
final class SimdSequencePass implements SequencePass {
  /**
   * More row tasks than workers: of what a task of few groups works on, more stays in a core's own
   * cache, and where one core is slower for a while, the others take over its part.
   */
  private static final int ROW_TASKS_PER_WORKER = 4;

  /**
   * If a layer has more recurrent weights than these (512 KB), they do not stay in a core's own
   * cache. Then a worker has one task, because every task reads all of them in every time step.
   */
  private static final int MOST_CACHED_WEIGHTS = 1 << 17;

  private static final int SHARES_PER_WORKER = 4;

  /** In place of a share's groups: a worker is adding some. */
  private static final int TAKEN = -1;

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
  private final List<Architecture.Layer> layout;
  private final int layers;
  private final int batchSize; // B
  private final int seqLength; // T
  private final int groups; // G
  private final int h;
  private final int hp; // Hp
  private final int panels; // P
  private final int v;
  private final int vp; // Vp
  private final int logitPanels;
  private final Softmax softmax;
  private final int window; // 8 T, the places of a group
  private final int slots; // 8 (T + 1), the places of a group and of the step before the window

  // For each layer, each array from ORIGIN on, as all of floats are:
  private final float[][] gates; // [G][4P][8T][PANEL] activated; the way back leaves dz there
  private final float[][] hidden; // [G][P][8(T+1)][PANEL] the first 8: h before the window
  private final float[][] cell; // [G][P][8(T+1)][PANEL] the first 8: c before the window
  private final float[][] tanhCell; // [G][P][8T][PANEL]
  private final float[][] factors; // [G][P][8T][PANEL] of dropout
  private final float[][] dropped; // [G][P][8T][PANEL] h after dropout
  private final float[][] inputGradient; // [columns / PANEL][P][PANEL][PANEL]; [0]: [4P][V][PANEL]
  private final float[][] recurrentGradient; // [4P][P][PANEL][PANEL] column, unit below
  private final float[][] biasGradient; // [columns]

  private final int[][] dropoutKeys; // [G][8T]
  private final float[] logits; // [G][Vp/PANEL][8T][PANEL] overwritten with their derivative
  private final float[] dOutput; // [G][P][8T][PANEL] derivative by a layer's output, then by h
  private final float[] dCell; // [G][P][8][PANEL] derivative by c from the step after
  private final double[] losses; // of each group
  private final long[] corrects; // of each group

  // What the tasks of the call in progress work on:
  private final IntConsumer task = this::runTask;
  private final int rowTasks;
  private final AtomicIntegerArray finished; // the call in which each group was last finished
  private final int shares; // of each layer's columns
  private final AtomicIntegerArray summed; // groups in each share's gradients, or TAKEN
  private int call;
  private Batch batch;
  private RnnState state;
  private Dropout dropping;
  private long step;
  private float[] gradient; // null: not wanted

  SimdSequencePass(
      Network network, int batchSize, int seqLength, Dropout dropout, Workers workers) {
    Architecture architecture = network.architecture();
    this.workers = workers;
    this.dropout = dropout;
    this.weights = new PackedWeights(network, true);
    this.layout = architecture.parameterLayout();
    this.layers = architecture.layers();
    this.batchSize = batchSize;
    this.seqLength = seqLength;
    this.groups = (batchSize + GROUP - 1) / GROUP;
    this.h = architecture.hiddenSize();
    this.hp = weights.hp;
    this.panels = hp / PANEL;
    this.dropoutVectors = new DropoutVectors(dropout, hp);
    this.v = architecture.alphabetSize();
    this.vp = weights.vp;
    this.window = GROUP * seqLength;
    this.slots = window + GROUP;
    this.logitPanels = vp / PANEL;
    this.softmax = new Softmax(vp, window * PANEL);
    int places = groups * window;
    int droppedPlaces = dropout.isActive() ? places : 0;
    gates = arrays(layers, places * 4 * hp);
    hidden = arrays(layers, groups * slots * hp);
    cell = arrays(layers, groups * slots * hp);
    tanhCell = arrays(layers, places * hp);
    factors = arrays(layers, droppedPlaces * hp);
    dropped = arrays(layers, droppedPlaces * hp);
    recurrentGradient = arrays(layers, 4 * hp * hp);
    inputGradient = new float[layers + 1][];
    biasGradient = new float[layers + 1][];
    for (int l = 0; l <= layers; l++) {
      int columns = l < layers ? 4 * hp : vp;
      inputGradient[l] = floats(columns * (l == 0 ? v : hp));
      biasGradient[l] = floats(columns);
    }
    dropoutKeys = new int[groups][dropout.isActive() ? window : 0];
    logits = floats(places * vp);
    dOutput = floats(places * hp);
    dCell = floats(groups * GROUP * hp);
    losses = new double[groups];
    corrects = new long[groups];
    int tasksPerWorker = 4 * hp * hp <= MOST_CACHED_WEIGHTS ? ROW_TASKS_PER_WORKER : 1;
    rowTasks = Math.min(tasksPerWorker * workers.count(), groups);
    finished = new AtomicIntegerArray(groups);
    shares = SHARES_PER_WORKER * workers.count();
    summed = new AtomicIntegerArray((layers + 1) * shares);
  }

  private static float[][] arrays(int count, int length) {
    float[][] arrays = new float[count][];
    Arrays.setAll(arrays, i -> floats(length));
    return arrays;
  }

  @Override
  public Score forward(Batch batch, RnnState state) {
    return run(batch, state, Dropout.NONE, 0, null);
  }

  @Override
  public Score backward(Batch batch, RnnState state, long step, float[] gradient) {
    return run(batch, state, dropout, step, gradient);
  }

  private Score run(Batch batch, RnnState state, Dropout dropping, long step, float[] gradient) {
    SequencePass.requireShape(batch, state, batchSize, seqLength);
    this.batch = batch;
    this.state = state;
    this.dropping = dropping;
    this.step = step;
    this.gradient = gradient;
    weights.refresh(workers);
    call++;
    for (int share = 0; share < summed.length(); share++) {
      summed.set(share, 0);
    }
    workers.run(rowTasks + (gradient == null ? 0 : workers.count()), task);
    double loss = 0;
    long correct = 0;
    for (int g = 0; g < groups; g++) {
      loss += losses[g];
      correct += corrects[g];
    }
    return new Score(loss, correct, (long) batchSize * seqLength);
  }

  /**
   * First the tasks of the rows, then one for each worker in which it does what it can of the
   * columns.
   */
  private void runTask(int task) {
    if (task >= rowTasks) {
      differentiateColumns();
      return;
    }
    int first = (int) ((long) groups * task / rowTasks);
    int last = (int) ((long) groups * (task + 1) / rowTasks);
    try {
      load(first, last);
      forward(first, last);
      store(first, last);
      score(first, last);
      if (gradient != null) {
        backward(first, last);
      }
    } finally {
      for (int g = first; g < last; g++) {
        finished.set(g, call);
      }
    }
  }

  // Where a panel's place is: in [G][P][8T][PANEL], in gates, in hidden and cell, in logits.

  private int at(int group, int panel, int place) {
    return ORIGIN + ((group * panels + panel) * window + place) * PANEL;
  }

  private int gateAt(int group, int panel, int place) {
    return ORIGIN + ((group * 4 * panels + panel) * window + place) * PANEL;
  }

  private int slotAt(int group, int panel, int place) {
    return ORIGIN + ((group * panels + panel) * slots + place) * PANEL;
  }

  private int logitsAt(int group, int panel, int place) {
    return ORIGIN + ((group * logitPanels + panel) * window + place) * PANEL;
  }

  private void load(int first, int last) {
    for (int l = 0; l < layers; l++) {
      for (int row = first * GROUP; row < Math.min(last * GROUP, batchSize); row++) {
        for (int p = 0; p < panels; p++) {
          int from = row * h + p * PANEL;
          int to = slotAt(row / GROUP, p, row % GROUP);
          int units = Math.min(PANEL, h - p * PANEL);
          System.arraycopy(state.hidden()[l], from, hidden[l], to, units);
          System.arraycopy(state.cell()[l], from, cell[l], to, units);
        }
      }
    }
  }

  private void store(int first, int last) {
    for (int l = 0; l < layers; l++) {
      for (int row = first * GROUP; row < Math.min(last * GROUP, batchSize); row++) {
        for (int p = 0; p < panels; p++) {
          int from = slotAt(row / GROUP, p, window + row % GROUP);
          int to = row * h + p * PANEL;
          int units = Math.min(PANEL, h - p * PANEL);
          System.arraycopy(hidden[l], from, state.hidden()[l], to, units);
          System.arraycopy(cell[l], from, state.cell()[l], to, units);
        }
      }
    }
  }

  /** Computes the logits of groups first to last. */
  private void forward(int first, int last) {
    for (int l = 0; l < layers; l++) {
      for (int t = 0; t < seqLength; t++) {
        if (l == 0) {
          lookUp(first, last, t);
        } else if (t % STEPS_AT_ONCE == 0) {
          project(l, first, last, t, Math.min(STEPS_AT_ONCE, seqLength - t));
        }
        MatrixProduct.add(
            last - first,
            panels,
            hidden[l],
            slotAt(first, 0, t * GROUP),
            slots * hp,
            slots * PANEL,
            weights.recurrent[l],
            ORIGIN,
            4 * panels,
            gates[l],
            gateAt(first, 0, t * GROUP),
            window * 4 * hp,
            window * PANEL);
        activate(l, first, last, t);
      }
      if (dropping.isActive()) {
        drop(l, first, last);
      }
    }
    project(layers, first, last, 0, seqLength);
  }

  /** z = W[character] + b for the groups at a time. */
  private void lookUp(int first, int last, int t) {
    for (int g = first; g < last; g++) {
      for (int r = 0; r < GROUP; r++) {
        int s = t * GROUP + r;
        int row = ORIGIN + character(batch.inputs(), g, s) * 4 * hp;
        Panels.spread(weights.table, row, 4 * panels, gates[0], gateAt(g, 0, s), window * PANEL);
      }
    }
  }

  /** The character of a place; rows of the padding read character 0. */
  private int character(int[] characters, int g, int s) {
    int row = g * GROUP + s % GROUP;
    return row < batchSize ? characters[s / GROUP * batchSize + row] : 0;
  }

  /** z = b + x W for the groups at some times from t on, x being the output of the layer below. */
  private void project(int l, int first, int last, int t, int times) {
    boolean drops = dropping.isActive();
    float[] x = drops ? dropped[l - 1] : hidden[l - 1];
    int xPanel = (drops ? window : slots) * PANEL;
    for (int g = first; g < last; g++) {
      float[] z = l < layers ? gates[l] : logits;
      int zAt = l < layers ? gateAt(g, 0, t * GROUP) : logitsAt(g, 0, t * GROUP);
      int columns = l < layers ? 4 * panels : logitPanels;
      for (int s = 0; s < times * GROUP; s++) {
        Panels.spread(weights.bias[l], ORIGIN, columns, z, zAt + s * PANEL, window * PANEL);
      }
      MatrixProduct.add(
          times,
          panels,
          x,
          drops ? at(g, 0, t * GROUP) : slotAt(g, 0, (t + 1) * GROUP),
          GROUP * PANEL,
          xPanel,
          weights.input[l],
          ORIGIN,
          columns,
          z,
          zAt,
          GROUP * PANEL,
          window * PANEL);
    }
  }

  private void activate(int l, int first, int last, int t) {
    for (int g = first; g < last; g++) {
      for (int p = 0; p < panels; p++) {
        int before = slotAt(g, p, t * GROUP);
        int after = before + GROUP * PANEL;
        Gates.forward(
            GROUP * PANEL,
            gates[l],
            gateAt(g, p, t * GROUP),
            window * hp,
            cell[l],
            before,
            after,
            tanhCell[l],
            at(g, p, t * GROUP),
            hidden[l],
            after);
      }
    }
  }

  private void drop(int l, int first, int last) {
    for (int g = first; g < last; g++) {
      int[] keys = dropoutKeys[g];
      for (int r = 0; r < GROUP; r++) {
        long rowKey = dropping.rowKey(step, l, g * GROUP + r);
        for (int t = 0; t < seqLength; t++) {
          keys[t * GROUP + r] = dropping.key(rowKey, t);
        }
      }
      for (int p = 0; p < panels; p++) {
        dropoutVectors.drop(
            keys, window, p, hidden[l], slotAt(g, p, GROUP), factors[l], dropped[l], at(g, p, 0));
      }
    }
  }

  /** Overwrites the logits with the derivative of the mean loss; rows of the padding have none. */
  private void score(int first, int last) {
    float factor = 1f / (batchSize * seqLength);
    for (int g = first; g < last; g++) {
      double loss = 0;
      long correct = 0;
      for (int s = 0; s < window; s++) {
        int at = logitsAt(g, 0, s);
        if (g * GROUP + s % GROUP >= batchSize) {
          softmax.clear(logits, at);
          continue;
        }
        int target = character(batch.targets(), g, s);
        float max = softmax.max(logits, at);
        correct += softmax.isLargest(logits, at, target, max) ? 1 : 0;
        loss += softmax.lossAndDerivative(logits, at, target, max, factor);
      }
      losses[g] = loss;
      corrects[g] = correct;
    }
  }

  /** Computes dz of all layers for groups first to last. */
  private void backward(int first, int last) {
    differentiateInput(layers, first, last);
    for (int l = layers - 1; l >= 0; l--) {
      if (dropping.isActive()) {
        for (int i = at(first, 0, 0); i < at(last, 0, 0); i += LANES) {
          FloatVector.fromArray(SPECIES, dOutput, i)
              .mul(FloatVector.fromArray(SPECIES, factors[l], i))
              .intoArray(dOutput, i);
        }
      }
      differentiateGates(l, first, last);
      if (l > 0) {
        differentiateInput(l, first, last);
      }
    }
  }

  /** dOutput = dz W^T: the derivative by what the layer below put out. */
  private void differentiateInput(int l, int first, int last) {
    Arrays.fill(dOutput, at(first, 0, 0), at(last, 0, 0), 0);
    for (int g = first; g < last; g++) {
      for (int t = 0; t < seqLength; t += STEPS_AT_ONCE) {
        MatrixProduct.add(
            Math.min(STEPS_AT_ONCE, seqLength - t),
            l < layers ? 4 * panels : logitPanels,
            l < layers ? gates[l] : logits,
            l < layers ? gateAt(g, 0, t * GROUP) : logitsAt(g, 0, t * GROUP),
            GROUP * PANEL,
            window * PANEL,
            weights.inputBack[l],
            ORIGIN,
            panels,
            dOutput,
            at(g, 0, t * GROUP),
            GROUP * PANEL,
            window * PANEL);
      }
    }
  }

  /**
   * Overwrites the gates with dz, from the last step back to the first. Each step adds the
   * derivative by the hidden state before it to dOutput of that step.
   */
  private void differentiateGates(int l, int first, int last) {
    clear(dCell, first * GROUP * hp, last * GROUP * hp);
    for (int t = seqLength - 1; t >= 0; t--) {
      for (int g = first; g < last; g++) {
        for (int p = 0; p < panels; p++) {
          Gates.backward(
              GROUP * PANEL,
              gates[l],
              gateAt(g, p, t * GROUP),
              window * hp,
              cell[l],
              slotAt(g, p, t * GROUP),
              tanhCell[l],
              at(g, p, t * GROUP),
              dOutput,
              at(g, p, t * GROUP),
              dCell,
              ORIGIN + (g * panels + p) * GROUP * PANEL);
        }
      }
      if (t > 0) {
        MatrixProduct.add(
            last - first,
            4 * panels,
            gates[l],
            gateAt(first, 0, t * GROUP),
            window * 4 * hp,
            window * PANEL,
            weights.recurrentBack[l],
            ORIGIN,
            panels,
            dOutput,
            at(first, 0, (t - 1) * GROUP),
            window * hp,
            window * PANEL);
      }
    }
  }

  /**
   * Computes the gradients of all weights, together with other workers: takes any share of the
   * columns that is not taken and adds the groups that are finished by now, until all groups are in
   * all shares. In a share, the groups are added in their order.
   */
  private void differentiateColumns() {
    boolean complete;
    do {
      complete = true;
      boolean idle = true;
      for (int share = 0; share < summed.length(); share++) {
        int next = summed.get(share);
        complete &= next == groups;
        if (next != TAKEN && isFinished(next) && summed.compareAndSet(share, next, TAKEN)) {
          idle = false;
          int reached = groups; // After an exception, nobody is to wait for this share.
          try {
            reached = differentiateShare(share, next);
          } finally {
            summed.set(share, reached);
          }
        }
      }
      if (idle) {
        Thread.onSpinWait();
      }
    } while (!complete);
  }

  private boolean isFinished(int group) {
    return group < groups && finished.get(group) == call;
  }

  /** Adds the finished groups from one on to a share's gradients; returns the first that is not. */
  private int differentiateShare(int share, int next) {
    // The largest first: from the top layer down; last the output layer's.
    int l = share / shares;
    l = l < layers ? layers - 1 - l : l;
    int part = share % shares;
    int all = l < layers ? 4 * panels : logitPanels;
    int first = all * part / shares;
    int last = all * (part + 1) / shares;
    int inputs = l == 0 ? v : hp;
    if (next == 0) {
      clear(biasGradient[l], first * PANEL, last * PANEL);
      clear(inputGradient[l], first * PANEL * inputs, last * PANEL * inputs);
      if (l < layers) {
        clear(recurrentGradient[l], first * PANEL * hp, last * PANEL * hp);
      }
    }
    int g = next;
    for (; isFinished(g); g++) {
      differentiatePanels(l, g, first, last);
    }
    if (g == groups) {
      for (int p = first; l == 0 && p < last; p++) {
        int row = ORIGIN + p * v * PANEL;
        addRows(v, inputGradient[0], row, biasGradient[0], ORIGIN + p * PANEL);
      }
      copyGradient(l, first * PANEL, last * PANEL);
    }
    return g;
  }

  /** Adds what one group's rows give to the gradients of panels first to last of columns. */
  private void differentiatePanels(int l, int g, int first, int last) {
    float[] dz = l < layers ? gates[l] : logits;
    for (int p = first; p < last; p++) {
      int dzAt = l < layers ? gateAt(g, p, 0) : logitsAt(g, p, 0);
      if (l == 0) {
        for (int s = 0; s < window; s++) {
          int row = ORIGIN + (p * v + character(batch.inputs(), g, s)) * PANEL;
          addRows(1, dz, dzAt + s * PANEL, inputGradient[0], row);
        }
      } else {
        addRows(window, dz, dzAt, biasGradient[l], ORIGIN + p * PANEL);
      }
    }
    int dzAt = l < layers ? gateAt(g, first, 0) : logitsAt(g, first, 0);
    if (l > 0) {
      boolean drops = dropping.isActive();
      MatrixProduct.addTransposed(
          seqLength,
          last - first,
          dz,
          dzAt,
          window * PANEL,
          drops ? dropped[l - 1] : hidden[l - 1],
          drops ? at(g, 0, 0) : slotAt(g, 0, GROUP),
          (drops ? window : slots) * PANEL,
          panels,
          inputGradient[l],
          ORIGIN + first * PANEL * hp);
    }
    if (l < layers) {
      MatrixProduct.addTransposed(
          seqLength,
          last - first,
          dz,
          dzAt,
          window * PANEL,
          hidden[l],
          slotAt(g, 0, 0),
          slots * PANEL,
          panels,
          recurrentGradient[l],
          ORIGIN + first * PANEL * hp);
    }
  }

  private static void clear(float[] array, int first, int last) {
    Arrays.fill(array, ORIGIN + first, ORIGIN + last, 0);
  }

  /** Adds rows of one panel's width to the panel at toAt. */
  private static void addRows(int rows, float[] from, int fromAt, float[] to, int toAt) {
    FloatVector sum0 = FloatVector.fromArray(SPECIES, to, toAt);
    FloatVector sum1 = FloatVector.fromArray(SPECIES, to, toAt + LANES);
    for (int s = 0; s < rows; s++) {
      int at = fromAt + s * PANEL;
      sum0 = FloatVector.fromArray(SPECIES, from, at).add(sum0);
      sum1 = FloatVector.fromArray(SPECIES, from, at + LANES).add(sum1);
    }
    sum0.intoArray(to, toAt);
    sum1.intoArray(to, toAt + LANES);
  }

  /** Copies the gradients of some columns to the places of the parameters, without the padding. */
  private void copyGradient(int l, int first, int last) {
    Architecture.Layer layer = layout.get(l);
    int width = l < layers ? h : v; // of a gate
    int paddedWidth = l < layers ? hp : vp;
    for (int j = first; j < last; j++) {
      if (j % paddedWidth >= width) {
        continue;
      }
      int column = j / paddedWidth * width + j % paddedWidth;
      gradient[layer.bias() + column] = biasGradient[l][ORIGIN + j];
      if (l < layers) {
        copyColumn(recurrentGradient[l], j, layer.recurrent() + column * h);
      }
      if (l > 0) {
        copyColumn(inputGradient[l], j, layer.weights() + column * h);
      } else {
        int row = ORIGIN + j / PANEL * v * PANEL + j % PANEL;
        for (int character = 0; character < v; character++) {
          gradient[layer.weights() + column * v + character] =
              inputGradient[0][row + character * PANEL];
        }
      }
    }
  }

  /** Copies the gradients of one column's weights. */
  private void copyColumn(float[] gradients, int column, int to) {
    int from = ORIGIN + (column / PANEL * panels * PANEL + column % PANEL) * PANEL;
    for (int u = 0; u < h; u += PANEL) {
      System.arraycopy(gradients, from + u * PANEL, gradient, to + u, Math.min(PANEL, h - u));
    }
  }
}
