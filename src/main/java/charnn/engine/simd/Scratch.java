package charnn.engine.simd;

import static charnn.engine.simd.Activations.arrays;
import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.floats;

/**
 * What takes some groups of rows through a window and back, and is of no use afterwards; in the
 * names of {@link Activations}. A worker that takes groups one after the other has one for all of
 * them: then it stays in the core's own cache.
 */
final class Scratch {
  private final int firstGroup;
  private final int panels; // P
  private final int window; // 8 T
  private final int slots; // 8 (T + 1)

  // For each layer:
  final float[][] cell; // [G][P][8(T+1)][PANEL] the first 8: c before the window
  final float[][] tanhCell; // [G][P][8T][PANEL]
  final float[][] factors; // [G][P][8T][PANEL] of dropout, if there is any

  final float[] dOutput; // [G][P][8T][PANEL] derivative by a layer's output, then by h
  final float[] dCell; // [G][P][8][PANEL] derivative by c from the step after

  /**
   * @param groups how many it is for at once, 0 the first of them
   */
  Scratch(int layers, int groups, int seqLength, int hp, boolean drops) {
    firstGroup = 0;
    panels = hp / PANEL;
    window = GROUP * seqLength;
    slots = window + GROUP;
    cell = arrays(layers, groups * slots * hp);
    tanhCell = arrays(layers, groups * window * hp);
    factors = arrays(layers, drops ? groups * window * hp : 0);
    dOutput = floats(groups * window * hp);
    dCell = floats(groups * GROUP * hp);
  }

  private Scratch(Scratch same, int firstGroup) {
    this.firstGroup = firstGroup;
    panels = same.panels;
    window = same.window;
    slots = same.slots;
    cell = same.cell;
    tanhCell = same.tanhCell;
    factors = same.factors;
    dOutput = same.dOutput;
    dCell = same.dCell;
  }

  /** Returns the same memory, for groups from another one on. */
  Scratch from(int group) {
    return new Scratch(this, group);
  }

  // Where a panel's place is: in [G][P][8T][PANEL], in cell, in dCell.

  int at(int group, int panel, int place) {
    return ORIGIN + (((group - firstGroup) * panels + panel) * window + place) * PANEL;
  }

  int cellAt(int group, int panel, int place) {
    return ORIGIN + (((group - firstGroup) * panels + panel) * slots + place) * PANEL;
  }

  int dCellAt(int group, int panel) {
    return ORIGIN + ((group - firstGroup) * panels + panel) * GROUP * PANEL;
  }
}
