package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;

import charnn.engine.Dropout;
import charnn.engine.Logits;
import charnn.engine.SequencePass;
import charnn.engine.Workers;
import charnn.model.Architecture;
import charnn.model.Network;
import charnn.model.RnnState;
import charnn.model.Score;
import charnn.text.Batch;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * The fused LSTM. See the package's description for groups, padding and how threads share the work.
 *
 * <p>G groups of 8 rows, T steps; a group's row r at time t is at place s = t 8 + r of the group.
 * Memory: about 8 G T (9 Hp layers + Hp + Vp) floats; 2 layers of 128, an alphabet of 87, 64 rows
 * and 30 steps take 19 MB.
 */
final class SimdSequencePass implements SequencePass {
  /**
   * More tasks than workers: where one core is slower for a while, the others take over its share.
   */
  private static final int TASKS_PER_WORKER = 4;

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
  private final int v;
  private final int vp; // Vp
  private final int window; // 8 T, the places of a group

  // For each layer:
  private final float[][]
      gates; // [G x 8T x 4Hp] activated gates; the backward pass overwrites them with dz
  private final float[][]
      hidden; // [G x 8(T+1) x Hp] the first 8 rows of a group: h before the window
  private final float[][]
      cell; // [G x 8(T+1) x Hp] the first 8 rows of a group: c before the window
  private final float[][] tanhCell; // [G x 8T x Hp]
  private final float[][] factors; // [G x 8T x Hp] of dropout
  private final float[][] dropped; // [G x 8T x Hp] h after dropout
  private final float[][]
      hiddenPanels; // [G][Hp / PANEL][8(T+1)][PANEL] hidden, packed for the weight gradients
  private final float[][] droppedPanels; // [G][Hp / PANEL][8T][PANEL] dropped, likewise
  private final float[][] inputGradient; // [columns x Hp]; of the first layer: [V x 4Hp]
  private final float[][] recurrentGradient; // [4Hp x Hp]
  private final float[][] biasGradient; // [columns]

  private final float[] logits; // [G x 8T x Vp] overwritten with their derivative
  private final float[] dOutput; // [G x 8T x Hp] derivative by a layer's output
  private final float[] dHidden; // [G x 8 x Hp] derivative by h from the step after
  private final float[] dCell; // [G x 8 x Hp] derivative by c from the step after
  private final double[] losses; // of each group
  private final long[] corrects; // of each group

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
    this.dropoutVectors = new DropoutVectors(dropout, hp);
    this.v = architecture.alphabetSize();
    this.vp = weights.vp;
    this.window = GROUP * seqLength;
    int places = groups * window;
    int droppedPlaces = dropout.isActive() ? places : 0;
    gates = new float[layers][places * 4 * hp];
    hidden = new float[layers][(places + groups * GROUP) * hp];
    cell = new float[layers][(places + groups * GROUP) * hp];
    tanhCell = new float[layers][places * hp];
    factors = new float[layers][droppedPlaces * hp];
    dropped = new float[layers][droppedPlaces * hp];
    hiddenPanels = new float[layers][(places + groups * GROUP) * hp];
    droppedPanels = new float[layers][droppedPlaces * hp];
    recurrentGradient = new float[layers][4 * hp * hp];
    inputGradient = new float[layers + 1][];
    biasGradient = new float[layers + 1][];
    for (int l = 0; l <= layers; l++) {
      int columns = l < layers ? 4 * hp : vp;
      inputGradient[l] = new float[columns * (l == 0 ? v : hp)];
      biasGradient[l] = new float[columns];
    }
    logits = new float[places * vp];
    dOutput = new float[places * hp];
    dHidden = new float[groups * GROUP * hp];
    dCell = new float[groups * GROUP * hp];
    losses = new double[groups];
    corrects = new long[groups];
  }

  @Override
  public Score forward(Batch batch, RnnState state) {
    return run(batch, state, Dropout.NONE, 0, false);
  }

  @Override
  public Score backward(Batch batch, RnnState state, long step, float[] gradient) {
    Score score = run(batch, state, dropout, step, true);
    for (int l = 0; l <= layers; l++) {
      differentiateWeights(l, batch, dropout.isActive());
    }
    copyGradient(gradient);
    return score;
  }

  private Score run(Batch batch, RnnState state, Dropout dropping, long step, boolean backward) {
    SequencePass.requireShape(batch, state, batchSize, seqLength);
    weights.refresh(workers);
    int parts = Math.min(TASKS_PER_WORKER * workers.count(), groups);
    workers.run(
        parts,
        part -> {
          int first = (int) ((long) groups * part / parts);
          int last = (int) ((long) groups * (part + 1) / parts);
          load(state, first, last);
          forward(batch, first, last, dropping, step);
          store(state, first, last);
          score(batch, first, last);
          if (backward) {
            backward(first, last, dropping);
          }
        });
    Score sum = Score.NONE;
    for (int g = 0; g < groups; g++) {
      int rows = Math.min(GROUP, batchSize - g * GROUP);
      sum = sum.plus(new Score(losses[g], corrects[g], (long) rows * seqLength));
    }
    return sum;
  }

  // Where a group's places begin in an array of the given width, without and with the slot before
  // the window.

  private int at(int group, int place, int width) {
    return (group * window + place) * width;
  }

  private int slotAt(int group, int place, int width) {
    return (group * (window + GROUP) + place) * width;
  }

  private void load(RnnState state, int first, int last) {
    for (int l = 0; l < layers; l++) {
      for (int row = first * GROUP; row < Math.min(last * GROUP, batchSize); row++) {
        int to = slotAt(row / GROUP, row % GROUP, hp);
        System.arraycopy(state.hidden()[l], row * h, hidden[l], to, h);
        System.arraycopy(state.cell()[l], row * h, cell[l], to, h);
      }
    }
  }

  private void store(RnnState state, int first, int last) {
    for (int l = 0; l < layers; l++) {
      for (int row = first * GROUP; row < Math.min(last * GROUP, batchSize); row++) {
        int from = slotAt(row / GROUP, window + row % GROUP, hp);
        System.arraycopy(hidden[l], from, state.hidden()[l], row * h, h);
        System.arraycopy(cell[l], from, state.cell()[l], row * h, h);
      }
    }
  }

  /**
   * Computes the logits of groups first to last. A time step's gates are made, multiplied into and
   * activated before the next one's, so that they stay in the cache.
   */
  private void forward(Batch batch, int first, int last, Dropout dropping, long step) {
    boolean drops = dropping.isActive();
    for (int l = 0; l < layers; l++) {
      for (int t = 0; t < seqLength; t++) {
        if (l == 0) {
          lookUp(batch, first, last, t);
        } else {
          project(l, first, last, t, drops, gates[l], 4 * hp);
        }
        MatrixProduct.add(
            last - first,
            hp,
            hidden[l],
            slotAt(first, t * GROUP, hp),
            (window + GROUP) * hp,
            hp,
            weights.recurrent[l],
            0,
            4 * hp / PANEL,
            gates[l],
            at(first, t * GROUP, 4 * hp),
            window * 4 * hp,
            4 * hp);
        for (int g = first; g < last; g++) {
          activate(l, g, t);
        }
      }
      if (drops) {
        drop(l, first, last, dropping, step);
      }
    }
    for (int t = 0; t < seqLength; t++) {
      project(layers, first, last, t, drops, logits, vp);
    }
  }

  /** z = W[character] + b for the groups at a time. */
  private void lookUp(Batch batch, int first, int last, int t) {
    for (int g = first; g < last; g++) {
      for (int r = 0; r < GROUP; r++) {
        System.arraycopy(
            weights.table,
            character(batch.inputs(), g, t, r) * 4 * hp,
            gates[0],
            at(g, t * GROUP + r, 4 * hp),
            4 * hp);
      }
    }
  }

  /** The character of a row at a time; rows of the padding read character 0. */
  private int character(int[] characters, int g, int t, int r) {
    int row = g * GROUP + r;
    return row < batchSize ? characters[t * batchSize + row] : 0;
  }

  /** z = b + x W for the groups at a time, x being the output of the layer below. */
  private void project(int l, int first, int last, int t, boolean drops, float[] z, int columns) {
    for (int g = first; g < last; g++) {
      for (int r = 0; r < GROUP; r++) {
        System.arraycopy(weights.bias[l], 0, z, at(g, t * GROUP + r, columns), columns);
      }
    }
    float[] x = drops ? dropped[l - 1] : hidden[l - 1];
    int xAt = drops ? at(first, t * GROUP, hp) : slotAt(first, (t + 1) * GROUP, hp);
    MatrixProduct.add(
        last - first,
        hp,
        x,
        xAt,
        (drops ? window : window + GROUP) * hp,
        hp,
        weights.input[l],
        0,
        columns / PANEL,
        z,
        at(first, t * GROUP, columns),
        window * columns,
        columns);
  }

  private void activate(int l, int g, int t) {
    for (int r = 0; r < GROUP; r++) {
      int s = t * GROUP + r;
      int before = slotAt(g, s, hp);
      int after = before + GROUP * hp;
      Gates.forward(
          hp,
          gates[l],
          at(g, s, 4 * hp),
          cell[l],
          before,
          after,
          tanhCell[l],
          at(g, s, hp),
          hidden[l],
          after);
    }
  }

  private void drop(int l, int first, int last, Dropout dropping, long step) {
    for (int g = first; g < last; g++) {
      for (int s = 0; s < window; s++) {
        int key = dropping.key(step, l, g * GROUP + s % GROUP, s / GROUP);
        dropoutVectors.drop(
            key, hidden[l], slotAt(g, s + GROUP, hp), factors[l], dropped[l], at(g, s, hp));
      }
    }
  }

  /** Overwrites the logits with the derivative of the mean loss; rows of the padding have none. */
  private void score(Batch batch, int first, int last) {
    float factor = 1f / (batchSize * seqLength);
    for (int g = first; g < last; g++) {
      double loss = 0;
      long correct = 0;
      for (int s = 0; s < window; s++) {
        int at = at(g, s, vp);
        if (g * GROUP + s % GROUP >= batchSize) {
          Arrays.fill(logits, at, at + vp, 0);
          continue;
        }
        int target = character(batch.targets(), g, s / GROUP, s % GROUP);
        int best = Logits.argMax(logits, at, v);
        correct += best == target ? 1 : 0;
        loss += Softmax.lossAndDerivative(logits, at, vp, target, logits[at + best], factor);
      }
      losses[g] = loss;
      corrects[g] = correct;
    }
  }

  /**
   * Computes dz of all layers for groups first to last, and packs what they are multiplied with.
   */
  private void backward(int first, int last, Dropout dropping) {
    boolean drops = dropping.isActive();
    differentiateInput(layers, first, last, logits, vp);
    for (int l = layers - 1; l >= 0; l--) {
      if (drops) {
        for (int i = at(first, 0, hp); i < at(last, 0, hp); i += LANES) {
          FloatVector.fromArray(SPECIES, dOutput, i)
              .mul(FloatVector.fromArray(SPECIES, factors[l], i))
              .intoArray(dOutput, i);
        }
      }
      differentiateGates(l, first, last);
      if (l > 0) {
        differentiateInput(l, first, last, gates[l], 4 * hp);
      }
      for (int g = first; g < last; g++) {
        packPanels(hidden[l], slotAt(g, 0, hp), window + GROUP, hiddenPanels[l]);
        if (drops) {
          packPanels(dropped[l], at(g, 0, hp), window, droppedPanels[l]);
        }
      }
    }
  }

  /** dOutput = dz W^T: the derivative by what the layer below put out. */
  private void differentiateInput(int l, int first, int last, float[] dz, int columns) {
    Arrays.fill(dOutput, at(first, 0, hp), at(last, 0, hp), 0);
    MatrixProduct.add(
        (last - first) * seqLength,
        columns,
        dz,
        at(first, 0, columns),
        GROUP * columns,
        columns,
        weights.inputBack[l],
        0,
        hp / PANEL,
        dOutput,
        at(first, 0, hp),
        GROUP * hp,
        hp);
  }

  /** Overwrites the gates with dz, from the last step back to the first. */
  private void differentiateGates(int l, int first, int last) {
    Arrays.fill(dHidden, first * GROUP * hp, last * GROUP * hp, 0);
    Arrays.fill(dCell, first * GROUP * hp, last * GROUP * hp, 0);
    for (int t = seqLength - 1; t >= 0; t--) {
      for (int g = first; g < last; g++) {
        for (int r = 0; r < GROUP; r++) {
          int s = t * GROUP + r;
          Gates.backward(
              hp,
              gates[l],
              at(g, s, 4 * hp),
              cell[l],
              slotAt(g, s, hp),
              tanhCell[l],
              at(g, s, hp),
              dOutput,
              at(g, s, hp),
              dHidden,
              dCell,
              (g * GROUP + r) * hp);
        }
      }
      if (t > 0) {
        MatrixProduct.add(
            last - first,
            4 * hp,
            gates[l],
            at(first, t * GROUP, 4 * hp),
            window * 4 * hp,
            4 * hp,
            weights.recurrentBack[l],
            0,
            hp / PANEL,
            dHidden,
            first * GROUP * hp,
            GROUP * hp,
            hp);
      }
    }
  }

  /** Packs rows [rows x Hp] as [Hp / PANEL][rows][PANEL], at the same place. */
  private void packPanels(float[] from, int at, int rows, float[] panels) {
    for (int p = 0; p < hp / PANEL; p++) {
      for (int s = 0; s < rows; s++) {
        int source = at + s * hp + p * PANEL;
        int target = at + (p * rows + s) * PANEL;
        FloatVector.fromArray(SPECIES, from, source).intoArray(panels, target);
        FloatVector.fromArray(SPECIES, from, source + LANES).intoArray(panels, target + LANES);
      }
    }
  }

  /** Computes the gradients of one layer's weights; the threads split its columns. */
  private void differentiateWeights(int l, Batch batch, boolean drops) {
    float[] dz = l < layers ? gates[l] : logits;
    int columns = l < layers ? 4 * hp : vp;
    int parts = Math.min(TASKS_PER_WORKER * workers.count(), columns / PANEL);
    workers.run(
        parts,
        part -> {
          int first = columns / PANEL * part / parts * PANEL;
          int last = columns / PANEL * (part + 1) / parts * PANEL;
          differentiateColumns(l, batch, drops, dz, columns, first, last);
        });
  }

  private void differentiateColumns(
      int l, Batch batch, boolean drops, float[] dz, int columns, int first, int last) {
    int panels = hp / PANEL;
    Arrays.fill(biasGradient[l], first, last, 0);
    if (l < layers) {
      Arrays.fill(recurrentGradient[l], first * hp, last * hp, 0);
    }
    if (l > 0) {
      Arrays.fill(inputGradient[l], first * hp, last * hp, 0);
    } else {
      for (int character = 0; character < v; character++) {
        Arrays.fill(inputGradient[0], character * columns + first, character * columns + last, 0);
      }
    }
    // A group's rows are as many as stay in the cache while all tiles pass over them.
    for (int g = 0; g < groups; g++) {
      // First what reads the rows in order: it brings them into the cache for the products, which
      // read them in columns.
      for (int s = 0; s < window; s++) {
        int from = at(g, s, columns);
        addColumns(dz, from, biasGradient[l], 0, first, last);
        if (l == 0) {
          int character = character(batch.inputs(), g, s / GROUP, s % GROUP);
          addColumns(dz, from, inputGradient[0], character * columns, first, last);
        }
      }
      int dzAt = at(g, 0, columns) + first;
      if (l < layers) {
        MatrixProduct.addTransposed(
            window,
            dz,
            dzAt,
            columns,
            last - first,
            hiddenPanels[l],
            slotAt(g, 0, hp),
            (window + GROUP) * PANEL,
            panels,
            recurrentGradient[l],
            first * hp,
            hp);
      }
      if (l > 0) {
        MatrixProduct.addTransposed(
            window,
            dz,
            dzAt,
            columns,
            last - first,
            drops ? droppedPanels[l - 1] : hiddenPanels[l - 1],
            drops ? at(g, 0, hp) : slotAt(g, 0, hp) + GROUP * PANEL,
            drops ? window * PANEL : (window + GROUP) * PANEL,
            panels,
            inputGradient[l],
            first * hp,
            hp);
      }
    }
  }

  private static void addColumns(
      float[] from, int fromAt, float[] to, int toAt, int first, int last) {
    for (int j = first; j < last; j += LANES) {
      FloatVector.fromArray(SPECIES, to, toAt + j)
          .add(FloatVector.fromArray(SPECIES, from, fromAt + j))
          .intoArray(to, toAt + j);
    }
  }

  /** Copies the gradients to the places of the parameters, without the padding. */
  private void copyGradient(float[] gradient) {
    workers.run(
        layers + 1,
        l -> {
          Architecture.Layer layer = layout.get(l);
          int blocks = l < layers ? 4 : 1; // gates
          int width = layer.columns() / blocks;
          int paddedWidth = l < layers ? hp : vp;
          for (int block = 0; block < blocks; block++) {
            int column = block * width;
            int padded = block * paddedWidth;
            System.arraycopy(biasGradient[l], padded, gradient, layer.bias() + column, width);
            if (l < layers) {
              copyRows(
                  recurrentGradient[l], padded, gradient, layer.recurrent() + column * h, width);
            }
            if (l > 0) {
              copyRows(inputGradient[l], padded, gradient, layer.weights() + column * h, width);
            } else {
              copyTransposed(padded, gradient, layer.weights() + column * v, width);
            }
          }
        });
  }

  private void copyRows(float[] from, int firstRow, float[] to, int toAt, int rows) {
    for (int j = 0; j < rows; j++) {
      System.arraycopy(from, (firstRow + j) * hp, to, toAt + j * h, h);
    }
  }

  private void copyTransposed(int firstColumn, float[] to, int toAt, int columns) {
    for (int j = 0; j < columns; j++) {
      for (int character = 0; character < v; character++) {
        to[toAt + j * v + character] = inputGradient[0][character * 4 * hp + firstColumn + j];
      }
    }
  }
}
