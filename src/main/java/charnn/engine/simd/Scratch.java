package charnn.engine.simd;

import static charnn.engine.simd.Activations.arrays;
import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.floats;

/**
 * What takes some groups of rows through a window and back, and is of no use afterwards; in the
 * names of {@link Activations}, but that G are only these groups. A worker that takes groups one
 * after the other has one for all of them: then it stays in the core's own cache.
 */
final class Scratch {
  private final Activations acts;
  private final int firstGroup;

  // For each layer:
  final float[][] cell; // [G][P][8(T+1)][PANEL] the first 8: c before the window
  final float[][] tanhCell; // [G][P][8T][PANEL]
  final float[][] factors; // [G][P][8T][PANEL] of dropout, if there is any

  final float[] dOutput; // [G][P][8T][PANEL] derivative by a layer's output, then by h
  final float[] dCell; // [G][P][8][PANEL] derivative by c from the step after

  /**
   * @param groups how many it is for at once, 0 the first of them
   */
  Scratch(Activations acts, int layers, int groups, boolean drops) {
    this.acts = acts;
    firstGroup = 0;
    int places = groups * acts.window;
    int hp = acts.panels * PANEL;
    cell = arrays(layers, groups * acts.slots * hp);
    tanhCell = arrays(layers, places * hp);
    factors = arrays(layers, drops ? places * hp : 0);
    dOutput = floats(places * hp);
    dCell = floats(groups * GROUP * hp);
  }

  private Scratch(Scratch same, int firstGroup) {
    acts = same.acts;
    this.firstGroup = firstGroup;
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
    return acts.at(group - firstGroup, panel, place);
  }

  int cellAt(int group, int panel, int place) {
    return acts.slotAt(group - firstGroup, panel, place);
  }

  int dCellAt(int group, int panel) {
    return ORIGIN + ((group - firstGroup) * acts.panels + panel) * GROUP * PANEL;
  }
}
