package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.floats;

import java.util.Arrays;

/**
 * What the layers compute in a window, kept for the weights' gradients.
 *
 * <p>G groups of 8 rows, T steps; a group's row r at time t is at place s = t 8 + r of the group. P
 * panels make up Hp, four times as many the gates, Vp / PANEL the logits. All arrays begin at
 * {@link Simd#ORIGIN}.
 */
final class Activations {
  private final int batchSize; // B
  final int groups; // G
  final int panels; // P
  final int logitPanels; // Vp / PANEL
  final int window; // 8 T, the places of a group
  final int slots; // 8 (T + 1), the places of a group and of the step before the window

  // For each layer:
  final float[][] gates; // [G][4P][8T][PANEL] activated; the way back leaves dz there
  final float[][] hidden; // [G][P][8(T+1)][PANEL] the first 8: h before the window
  final float[][] dropped; // [G][P][8T][PANEL] h after dropout, if there is any

  final float[] logits; // [G][Vp / PANEL][8T][PANEL] overwritten with their derivative

  Activations(int layers, int batchSize, int seqLength, int hp, int vp, boolean drops) {
    this.batchSize = batchSize;
    groups = (batchSize + GROUP - 1) / GROUP;
    panels = hp / PANEL;
    logitPanels = vp / PANEL;
    window = GROUP * seqLength;
    slots = window + GROUP;
    int places = groups * window;
    gates = arrays(layers, places * 4 * hp);
    hidden = arrays(layers, groups * slots * hp);
    dropped = arrays(layers, drops ? places * hp : 0);
    logits = floats(places * vp);
  }

  static float[][] arrays(int count, int length) {
    float[][] arrays = new float[count][];
    Arrays.setAll(arrays, i -> floats(length));
    return arrays;
  }

  // Where a panel's place is: in dropped, in gates, in hidden, in logits.

  int at(int group, int panel, int place) {
    return ORIGIN + ((group * panels + panel) * window + place) * PANEL;
  }

  int gateAt(int group, int panel, int place) {
    return ORIGIN + ((group * 4 * panels + panel) * window + place) * PANEL;
  }

  int slotAt(int group, int panel, int place) {
    return ORIGIN + ((group * panels + panel) * slots + place) * PANEL;
  }

  int logitsAt(int group, int panel, int place) {
    return ORIGIN + ((group * logitPanels + panel) * window + place) * PANEL;
  }

  /**
   * The character of a place in a batch's inputs or targets; rows of the padding have character 0.
   */
  int character(int[] characters, int group, int place) {
    int row = group * GROUP + place % GROUP;
    return row < batchSize ? characters[place / GROUP * batchSize + row] : 0;
  }
}
