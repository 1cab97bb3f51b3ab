package charnn.engine.simd.cell;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.simd.gemm.PanelMatrix;
import charnn.nn.CellType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every cell. What it computes is the engine's contract. */
class CellKernelTest {
  private static final int PANELS = 3;

  private final SplittableRandom random = new SplittableRandom(1);

  private PanelMatrix random(int panels, int rows) {
    PanelMatrix matrix = new PanelMatrix(2, panels, rows);
    for (int i = BASE; i < matrix.values().length; i++) {
      matrix.values()[i] = (float) random.nextDouble(-3, 3);
    }
    return matrix;
  }

  private static PanelMatrix copy(PanelMatrix matrix, int panels, int rows) {
    PanelMatrix copy = new PanelMatrix(2, panels, rows);
    System.arraycopy(matrix.values(), 0, copy.values(), 0, copy.values().length);
    return copy;
  }

  @ParameterizedTest
  @EnumSource
  void plainLoopsGiveTheSameBits(CellType type) {
    CellKernel kernel = CellKernel.of(type, 0);
    for (int rows : new int[] {1, ROW_BLOCK}) {
      int gatePanels = type.gates() * PANELS;
      PanelMatrix gates = random(gatePanels, rows);
      float[] z = gates.values();
      int first = gates.offset(1, 0, 0);
      z[first] = Float.NaN;
      z[first + 1] = Float.POSITIVE_INFINITY;
      z[first + 2] = Float.NEGATIVE_INFINITY;
      PanelMatrix hidden = random(PANELS, rows);
      PanelMatrix own = random(PANELS, rows);
      own.values()[own.offset(1, 0, 0) + 3] = 1e30f;
      PanelMatrix[][] plain = null;
      for (boolean inPlainLoops : new boolean[] {true, false}) {
        PanelMatrix[] g = {copy(gates, gatePanels, rows)};
        PanelMatrix[] h = {copy(hidden, PANELS, rows)};
        PanelMatrix[] states = copies(type.states() - 1, own, rows);
        PanelMatrix[] stash = copies(kernel.stashes(), own, rows);
        CellTile tile = new CellTile(PANELS, g[0], h[0], states, stash).at(1, 0, 0);
        PanelMatrix[][] all = {g, h, states, stash};
        if (inPlainLoops) {
          kernel.forwardPlain(tile);
          plain = all;
          continue;
        }
        kernel.forward(tile);
        for (int i = 0; i < values(all).size(); i++) {
          assertThat(values(all).get(i)).isEqualTo(values(plain).get(i));
        }
        assertThat(h[0].values()[h[0].offset(1, 0, 0) - 1])
            .as("the block before is left alone")
            .isEqualTo(hidden.values()[hidden.offset(1, 0, 0) - 1]);
      }
    }
  }

  private static PanelMatrix[] copies(int count, PanelMatrix matrix, int rows) {
    PanelMatrix[] copies = new PanelMatrix[count];
    Arrays.setAll(copies, i -> copy(matrix, PANELS, rows));
    return copies;
  }

  private static List<float[]> values(PanelMatrix[][] matrices) {
    return Stream.of(matrices).flatMap(Arrays::stream).map(PanelMatrix::values).toList();
  }
}
