package charnn.engine.simd.cell;

import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.SPECIES;
import static charnn.engine.simd.gemm.Simd.multiplyAdd;

import charnn.engine.simd.math.Functions;
import jdk.incubator.vector.FloatVector;

/**
 * LSTM: c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(c'), with the gates in the
 * order g, f, o, i. Stashes tanh(c').
 *
 * <p>The loops take arrays and offsets: C2 keeps local variables in registers.
 */
final class LstmKernel implements CellKernel {
  private final int firstGate;

  /**
   * @param firstGate the block of z where the four gates begin
   */
  LstmKernel(int firstGate) {
    this.firstGate = firstGate;
  }

  @Override
  public int stashes() {
    return 1;
  }

  /** dc. */
  @Override
  public int carried() {
    return 1;
  }

  @Override
  public void forward(CellTile tile) {
    int n = tile.n;
    float[] z = tile.z;
    int zOffset = tile.gate(firstGate);
    int gateStride = tile.gateStride;
    float[] cell = tile.own(0);
    float[] tanhCell = tile.stash(0);
    int tanhOffset = tile.stashOffset;
    float[] hidden = tile.hidden();
    int hiddenAfter = tile.hiddenAfter;
    // Several short loops: in one, the compiler gives up inlining, and vectors are boxed.
    Functions.tanh(z, zOffset, z, zOffset, n);
    Functions.sigmoid(z, zOffset + gateStride, n);
    Functions.sigmoid(z, zOffset + 2 * gateStride, n);
    Functions.sigmoid(z, zOffset + 3 * gateStride, n);
    advanceCell(n, z, zOffset, gateStride, cell, tile.ownBefore, tile.ownAfter);
    Functions.tanh(cell, tile.ownAfter, tanhCell, tanhOffset, n);
    for (int u = 0; u < n; u += LANES) {
      FloatVector o = FloatVector.fromArray(SPECIES, z, zOffset + 2 * gateStride + u);
      o.mul(FloatVector.fromArray(SPECIES, tanhCell, tanhOffset + u))
          .intoArray(hidden, hiddenAfter + u);
    }
  }

  private static void advanceCell(
      int n,
      float[] z,
      int zOffset,
      int gateStride,
      float[] cell,
      int cellOffset,
      int cellNextOffset) {
    for (int u = 0; u < n; u += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, z, zOffset + u);
      FloatVector f = FloatVector.fromArray(SPECIES, z, zOffset + gateStride + u);
      FloatVector i = FloatVector.fromArray(SPECIES, z, zOffset + 3 * gateStride + u);
      FloatVector fc = FloatVector.fromArray(SPECIES, cell, cellOffset + u).mul(f);
      multiplyAdd(i, g, fc).intoArray(cell, cellNextOffset + u);
    }
  }

  @Override
  public void forwardPlain(CellTile tile) {
    float[] z = tile.z;
    int zOffset = tile.gate(firstGate);
    int gateStride = tile.gateStride;
    float[] cell = tile.own(0);
    float[] tanhCell = tile.stash(0);
    float[] hidden = tile.hidden();
    for (int u = 0; u < tile.n; u++) {
      int offset = zOffset + u;
      float g = Functions.tanh(z[offset]);
      float f = Functions.sigmoid(z[offset + gateStride]);
      float o = Functions.sigmoid(z[offset + 2 * gateStride]);
      float i = Functions.sigmoid(z[offset + 3 * gateStride]);
      z[offset] = g;
      z[offset + gateStride] = f;
      z[offset + 2 * gateStride] = o;
      z[offset + 3 * gateStride] = i;
      float c = multiplyAdd(i, g, cell[tile.ownBefore + u] * f);
      float tanh = Functions.tanh(c);
      cell[tile.ownAfter + u] = c;
      tanhCell[tile.stashOffset + u] = tanh;
      hidden[tile.hiddenAfter + u] = o * tanh;
    }
  }

  @Override
  public void backward(CellTile tile) {
    backward(
        tile.n,
        tile.z,
        tile.gate(firstGate),
        tile.gateStride,
        tile.own(0),
        tile.ownBefore,
        tile.stash(0),
        tile.stashOffset,
        tile.dHidden(),
        tile.dHiddenOffset,
        tile.carried(0),
        tile.carriedOffset);
  }

  private static void backward(
      int n,
      float[] z,
      int zOffset,
      int gateStride,
      float[] cell,
      int cellOffset,
      float[] tanhCell,
      int tanhOffset,
      float[] dHidden,
      int dHiddenOffset,
      float[] dCell,
      int dCellOffset) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int u = 0; u < n; u += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, z, zOffset + u);
      FloatVector f = FloatVector.fromArray(SPECIES, z, zOffset + gateStride + u);
      FloatVector o = FloatVector.fromArray(SPECIES, z, zOffset + 2 * gateStride + u);
      FloatVector i = FloatVector.fromArray(SPECIES, z, zOffset + 3 * gateStride + u);
      FloatVector tanhC = FloatVector.fromArray(SPECIES, tanhCell, tanhOffset + u);
      FloatVector dh = FloatVector.fromArray(SPECIES, dHidden, dHiddenOffset + u);
      FloatVector dc =
          dh.mul(o)
              .mul(one.sub(tanhC.mul(tanhC)))
              .add(FloatVector.fromArray(SPECIES, dCell, dCellOffset + u));
      dc.mul(i).mul(one.sub(g.mul(g))).intoArray(z, zOffset + u);
      dc.mul(FloatVector.fromArray(SPECIES, cell, cellOffset + u))
          .mul(f)
          .mul(one.sub(f))
          .intoArray(z, zOffset + gateStride + u);
      dh.mul(tanhC).mul(o).mul(one.sub(o)).intoArray(z, zOffset + 2 * gateStride + u);
      dc.mul(g).mul(i).mul(one.sub(i)).intoArray(z, zOffset + 3 * gateStride + u);
      dc.mul(f).intoArray(dCell, dCellOffset + u);
    }
  }
}
