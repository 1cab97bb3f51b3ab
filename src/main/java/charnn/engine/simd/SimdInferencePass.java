package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.PANEL;

import charnn.engine.InferencePass;
import charnn.engine.Workers;
import charnn.model.Architecture;
import charnn.model.Network;
import java.util.Arrays;

/** Groups of 8 streams through all layers, a character at a time. */
final class SimdInferencePass implements InferencePass {
  private final PackedWeights weights;
  private final int layers;
  private final int streams; // B
  private final int groups; // G
  private final int v;

  private final float[][] hidden; // for each layer: [8G x Hp]
  private final float[][] cell; // for each layer: [8G x Hp]
  private final float[] gates; // [8G x 4Hp]
  private final float[] tanhCell; // [8G x Hp], written but not needed
  private final float[] padded; // [8G x Vp]

  SimdInferencePass(Network network, int streams) {
    Architecture architecture = network.architecture();
    this.layers = architecture.layers();
    this.streams = streams;
    this.groups = (streams + GROUP - 1) / GROUP;
    this.v = architecture.alphabetSize();
    this.weights = new PackedWeights(network, false);
    try (Workers alone = new Workers(1)) {
      weights.refresh(alone);
    }
    int rows = groups * GROUP;
    hidden = new float[layers][rows * weights.hp];
    cell = new float[layers][rows * weights.hp];
    gates = new float[rows * 4 * weights.hp];
    tanhCell = new float[rows * weights.hp];
    padded = new float[rows * weights.vp];
  }

  @Override
  public void step(int[] characters, float[] logits) {
    int hp = weights.hp;
    for (int l = 0; l < layers; l++) {
      for (int row = 0; row < groups * GROUP; row++) {
        if (l == 0) {
          int character = row < streams ? characters[row] : 0;
          System.arraycopy(weights.table, character * 4 * hp, gates, row * 4 * hp, 4 * hp);
        } else {
          System.arraycopy(weights.bias[l], 0, gates, row * 4 * hp, 4 * hp);
        }
      }
      if (l > 0) {
        add(hidden[l - 1], weights.input[l], gates, 4 * hp);
      }
      add(hidden[l], weights.recurrent[l], gates, 4 * hp);
      for (int row = 0; row < groups * GROUP; row++) {
        int at = row * hp;
        Gates.forward(hp, gates, row * 4 * hp, cell[l], at, at, tanhCell, at, hidden[l], at);
      }
    }
    for (int row = 0; row < groups * GROUP; row++) {
      System.arraycopy(weights.bias[layers], 0, padded, row * weights.vp, weights.vp);
    }
    add(hidden[layers - 1], weights.input[layers], padded, weights.vp);
    for (int row = 0; row < streams; row++) {
      System.arraycopy(padded, row * weights.vp, logits, row * v, v);
    }
  }

  /** z += x W. */
  private void add(float[] x, float[] w, float[] z, int columns) {
    int hp = weights.hp;
    MatrixProduct.add(
        groups, hp, x, 0, GROUP * hp, hp, w, 0, columns / PANEL, z, 0, GROUP * columns, columns);
  }

  @Override
  public void reset() {
    for (int l = 0; l < layers; l++) {
      Arrays.fill(hidden[l], 0);
      Arrays.fill(cell[l], 0);
    }
  }
}
