package charnn.engine.simd.cell;

import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.SPECIES;
import static charnn.engine.simd.gemm.Simd.multiplyAdd;

import charnn.engine.simd.math.Functions;
import jdk.incubator.vector.FloatVector;

/**
 * GRU with the reset gate after the recurrent product: n = tanh(a + sigmoid(r) q), h' = n +
 * sigmoid(u) (h - n), with the blocks in the order a, r, u, q. The forward pass leaves n in a's
 * place.
 */
final class GruKernel implements CellKernel {
  @Override
  public int stashes() {
    return 0;
  }

  /** dh u. */
  @Override
  public int carried() {
    return 1;
  }

  @Override
  public void forward(CellTile tile) {
    int n = tile.n;
    float[] z = tile.z;
    int candidate = tile.gate(0);
    // Several short loops: in one, the compiler gives up inlining, and vectors are boxed.
    Functions.sigmoid(z, tile.gate(1), n);
    Functions.sigmoid(z, tile.gate(2), n);
    addReset(n, z, candidate, tile.gate(1), tile.gate(3));
    Functions.tanh(z, candidate, z, candidate, n);
    advance(n, z, candidate, tile.gate(2), tile.hidden(), tile.hiddenBefore, tile.hiddenAfter);
  }

  /** a += r q. */
  private static void addReset(int n, float[] z, int a, int r, int q) {
    for (int i = 0; i < n; i += LANES) {
      multiplyAdd(
              FloatVector.fromArray(SPECIES, z, r + i),
              FloatVector.fromArray(SPECIES, z, q + i),
              FloatVector.fromArray(SPECIES, z, a + i))
          .intoArray(z, a + i);
    }
  }

  private static void advance(
      int n, float[] z, int candidate, int update, float[] hidden, int before, int after) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, z, candidate + i);
      FloatVector u = FloatVector.fromArray(SPECIES, z, update + i);
      FloatVector h = FloatVector.fromArray(SPECIES, hidden, before + i);
      multiplyAdd(u, h.sub(c), c).intoArray(hidden, after + i);
    }
  }

  @Override
  public void forwardPlain(CellTile tile) {
    float[] z = tile.z;
    float[] hidden = tile.hidden();
    int gateStride = tile.gateStride;
    for (int i = 0; i < tile.n; i++) {
      int a = tile.gate(0) + i;
      float r = Functions.sigmoid(z[a + gateStride]);
      float u = Functions.sigmoid(z[a + 2 * gateStride]);
      float c = Functions.tanh(multiplyAdd(r, z[a + 3 * gateStride], z[a]));
      z[a] = c;
      z[a + gateStride] = r;
      z[a + 2 * gateStride] = u;
      hidden[tile.hiddenAfter + i] = multiplyAdd(u, hidden[tile.hiddenBefore + i] - c, c);
    }
  }

  @Override
  public void backward(CellTile tile) {
    backward(
        tile.n,
        tile.z,
        tile.gate(0),
        tile.gateStride,
        tile.hidden(),
        tile.hiddenBefore,
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
      float[] hidden,
      int hiddenOffset,
      float[] dHidden,
      int dHiddenOffset,
      float[] carried,
      int carriedOffset) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < n; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, z, zOffset + i);
      FloatVector r = FloatVector.fromArray(SPECIES, z, zOffset + gateStride + i);
      FloatVector u = FloatVector.fromArray(SPECIES, z, zOffset + 2 * gateStride + i);
      FloatVector q = FloatVector.fromArray(SPECIES, z, zOffset + 3 * gateStride + i);
      FloatVector h = FloatVector.fromArray(SPECIES, hidden, hiddenOffset + i);
      FloatVector dh =
          FloatVector.fromArray(SPECIES, dHidden, dHiddenOffset + i)
              .add(FloatVector.fromArray(SPECIES, carried, carriedOffset + i));
      FloatVector dhu = dh.mul(u);
      FloatVector da = dh.sub(dhu).mul(one.sub(c.mul(c)));
      FloatVector dq = da.mul(r);
      da.intoArray(z, zOffset + i);
      dq.mul(q).mul(one.sub(r)).intoArray(z, zOffset + gateStride + i);
      dhu.mul(h.sub(c)).mul(one.sub(u)).intoArray(z, zOffset + 2 * gateStride + i);
      dq.intoArray(z, zOffset + 3 * gateStride + i);
      dhu.intoArray(carried, carriedOffset + i);
    }
  }
}
