package charnn.engine.simd.cell;

import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.SPECIES;

import charnn.engine.simd.math.Functions;
import jdk.incubator.vector.FloatVector;

/**
 * Vanilla RNN (Elman, "Finding structure in time", 1990): h' = tanh(z). The backward pass reads h'
 * in z, because h before a step may be zero where h' after the step before it is not.
 */
final class RnnKernel implements CellKernel {
  @Override
  public int stashes() {
    return 0;
  }

  @Override
  public int carried() {
    return 0;
  }

  @Override
  public void forward(CellTile tile) {
    Functions.tanh(tile.z, tile.zOffset, tile.z, tile.zOffset, tile.n);
    System.arraycopy(tile.z, tile.zOffset, tile.hidden(), tile.hiddenAfter, tile.n);
  }

  @Override
  public void forwardPlain(CellTile tile) {
    for (int u = 0; u < tile.n; u++) {
      tile.z[tile.zOffset + u] = Functions.tanh(tile.z[tile.zOffset + u]);
    }
    System.arraycopy(tile.z, tile.zOffset, tile.hidden(), tile.hiddenAfter, tile.n);
  }

  @Override
  public void backward(CellTile tile) {
    int n = tile.n;
    float[] dHidden = tile.dHidden();
    int dHiddenOffset = tile.dHiddenOffset;
    float[] z = tile.z;
    int zOffset = tile.zOffset;
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int u = 0; u < n; u += LANES) {
      FloatVector h = FloatVector.fromArray(SPECIES, z, zOffset + u);
      FloatVector dh = FloatVector.fromArray(SPECIES, dHidden, dHiddenOffset + u);
      dh.mul(one.sub(h.mul(h))).intoArray(z, zOffset + u);
    }
  }
}
