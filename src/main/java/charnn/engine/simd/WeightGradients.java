package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.floats;

import charnn.engine.Workers;
import charnn.model.Architecture;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import jdk.incubator.vector.FloatVector;

/**
 * The gradients of a network's weights, summed over all rows of a window. Workers share their
 * columns: a share is added to by one worker at a time, group after group in their order, so that
 * every sum is made in the same order for any number of workers.
 */
final class WeightGradients {
  private static final int SHARES_PER_WORKER = 4;

  /** In place of a share's groups: a worker is adding some. */
  private static final int TAKEN = -1;

  private final Activations acts;
  private final boolean drops;
  private final List<Architecture.Layer> layout;
  private final int layers;
  private final int groups; // G
  private final int seqLength; // T
  private final int h;
  private final int hp; // Hp
  private final int panels; // P
  private final int v;
  private final int vp; // Vp
  private final int logitPanels;
  private final int window; // 8 T

  // For each layer, the output layer last (the recurrent ones without it), from ORIGIN on:
  private final float[][] inputGradient; // [columns / PANEL][P][PANEL][PANEL]; [0]: [4P][V][PANEL]
  private final float[][] recurrentGradient; // [4P][P][PANEL][PANEL] column, unit below
  private final float[][] biasGradient; // [columns]

  private final int shares; // of each layer's columns
  private final AtomicIntegerArray finished; // 1 for each group whose dz is complete
  private final AtomicIntegerArray summed; // groups in each share's gradients, or TAKEN
  private int[] inputs; // [G][8T] characters
  private float[] gradient;

  /**
   * @param acts with dz in place of gates and logits, once a group is finished
   * @param drops whether the output of layers is dropped
   */
  WeightGradients(
      Architecture architecture, Activations acts, int seqLength, boolean drops, int workers) {
    this.acts = acts;
    this.drops = drops;
    this.layout = architecture.parameterLayout();
    this.layers = architecture.layers();
    this.groups = acts.groups;
    this.seqLength = seqLength;
    this.h = architecture.hiddenSize();
    this.panels = acts.panels;
    this.hp = panels * PANEL;
    this.v = architecture.alphabetSize();
    this.logitPanels = acts.logitPanels;
    this.vp = logitPanels * PANEL;
    this.window = acts.window;
    inputGradient = new float[layers + 1][];
    recurrentGradient = new float[layers][];
    biasGradient = new float[layers + 1][];
    for (int l = 0; l <= layers; l++) {
      int columns = l < layers ? 4 * hp : vp;
      inputGradient[l] = floats(columns * (l == 0 ? v : hp));
      biasGradient[l] = floats(columns);
      if (l < layers) {
        recurrentGradient[l] = floats(columns * hp);
      }
    }
    shares = SHARES_PER_WORKER * workers;
    finished = new AtomicIntegerArray(groups);
    summed = new AtomicIntegerArray((layers + 1) * shares);
  }

  /**
   * Begins a window: no group is finished.
   *
   * @param inputs [G][8T] characters
   * @param gradient overwritten
   */
  void begin(int[] inputs, float[] gradient) {
    this.inputs = inputs;
    this.gradient = gradient;
    for (int g = 0; g < groups; g++) {
      finished.set(g, 0);
    }
    for (int share = 0; share < summed.length(); share++) {
      summed.set(share, 0);
    }
  }

  /** Some groups' dz is complete, or will never be, because of an exception. */
  void finish(int firstGroup, int lastGroup) {
    for (int g = firstGroup; g < lastGroup; g++) {
      finished.set(g, 1);
    }
  }

  /**
   * Computes the gradients of all weights, together with other workers: takes any share of the
   * columns that is not taken and adds the groups that are finished by now, until all groups are in
   * all shares. In a share, the groups are added in their order.
   */
  void add() {
    boolean complete;
    int idleTurns = 0;
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
        Workers.pause(idleTurns++);
      }
    } while (!complete);
  }

  private boolean isFinished(int group) {
    return group < groups && finished.get(group) != 0;
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
    if (next == 0) {
      clear(biasGradient[l], first * PANEL, last * PANEL);
      if (l == 0) {
        clear(inputGradient[0], first * PANEL * v, last * PANEL * v);
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
    float[] dz = l < layers ? acts.gates[l] : acts.logits;
    for (int p = first; p < last; p++) {
      int dzAt = l < layers ? acts.gateAt(g, p, 0) : acts.logitsAt(g, p, 0);
      if (l == 0) {
        addToCharacters(dz, dzAt, g, ORIGIN + p * v * PANEL);
      } else {
        addRows(window, dz, dzAt, biasGradient[l], ORIGIN + p * PANEL);
      }
    }
    int dzAt = l < layers ? acts.gateAt(g, first, 0) : acts.logitsAt(g, first, 0);
    if (l > 0) {
      MatrixProduct.multiplyTransposed(
          seqLength,
          last - first,
          dz,
          dzAt,
          window * PANEL,
          drops ? acts.dropped[l - 1] : acts.hidden[l - 1],
          drops ? acts.at(g, 0, 0) : acts.slotAt(g, 0, GROUP),
          (drops ? window : acts.slots) * PANEL,
          panels,
          g > 0,
          inputGradient[l],
          ORIGIN + first * PANEL * hp);
    }
    if (l < layers) {
      MatrixProduct.multiplyTransposed(
          seqLength,
          last - first,
          dz,
          dzAt,
          window * PANEL,
          acts.hidden[l],
          acts.slotAt(g, 0, 0),
          acts.slots * PANEL,
          panels,
          g > 0,
          recurrentGradient[l],
          ORIGIN + first * PANEL * hp);
    }
  }

  private static void clear(float[] array, int first, int last) {
    Arrays.fill(array, ORIGIN + first, ORIGIN + last, 0);
  }

  /** Adds a panel of a group's dz to the first layer's gradients, by the places' characters. */
  private void addToCharacters(float[] dz, int dzAt, int group, int panelAt) {
    float[] to = inputGradient[0];
    for (int s = 0; s < window; s++) {
      int at = dzAt + s * PANEL;
      int row = panelAt + inputs[group * window + s] * PANEL;
      FloatVector sum0 = FloatVector.fromArray(SPECIES, to, row);
      FloatVector sum1 = FloatVector.fromArray(SPECIES, to, row + LANES);
      FloatVector.fromArray(SPECIES, dz, at).add(sum0).intoArray(to, row);
      FloatVector.fromArray(SPECIES, dz, at + LANES).add(sum1).intoArray(to, row + LANES);
    }
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
