package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every GEMM against a naive loop in double precision, at awkward lengths, with offsets and guard
 * values around the result.
 */
class GemmTest {
  private static final float GUARD = 12345;
  private static final int OFFSET = 5;
  private static final int FIRST = 2; // panel of B in its matrix

  private final SplittableRandom random = new SplittableRandom(1);

  private float[] random(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private static double tolerance(int k) {
    return 1e-6 * (1 + k);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 13, 33, 65})
  void addsRowBlocksTimesPanels(int kPanels) {
    for (int rowBlocks = 1; rowBlocks <= 6; rowBlocks++) {
      for (int panels = 1; panels <= 3; panels++) {
        gemm(rowBlocks, kPanels, panels, ROW_BLOCK * NR, ROW_BLOCK * NR, false);
        gemm(rowBlocks, kPanels, panels, ROW_BLOCK * NR + 5, ROW_BLOCK * NR + 1, false);
        gemm(rowBlocks, kPanels, panels, ROW_BLOCK * NR, ROW_BLOCK * NR, true);
        gemm(rowBlocks, kPanels, panels, ROW_BLOCK * NR + 5, ROW_BLOCK * NR + 1, true);
      }
    }
  }

  /**
   * @param set whether C is initialised from D (C = D + A B), instead of added to (C += A B)
   */
  private void gemm(
      int rowBlocks, int kPanels, int panels, int aPanelStride, int cPanelStride, boolean set) {
    int k = kPanels * NR;
    int aBlockStride = kPanels * aPanelStride + 3;
    int cBlockStride = panels * cPanelStride + 4;
    float[] a = random(OFFSET + rowBlocks * aBlockStride);
    float[] b = random(OFFSET + k * panels * NR);
    float[] c = random(OFFSET + rowBlocks * cBlockStride + OFFSET);
    float[] expected = c.clone();
    float[] exact = c.clone();
    RowView d = randomRows(rowBlocks, panels);
    Gemm.gemm(
        rowBlocks,
        new MatrixView(a, OFFSET, aBlockStride, aPanelStride),
        new PackedPanels(b, OFFSET, kPanels, FIRST, panels),
        set ? d : null,
        new MatrixView(c, OFFSET, cBlockStride, cPanelStride));
    for (int block = 0; block < rowBlocks; block++) {
      for (int r = 0; r < ROW_BLOCK; r++) {
        for (int j = 0; j < panels * NR; j++) {
          int offset = OFFSET + block * cBlockStride + j / NR * cPanelStride + r * NR + j % NR;
          int row = d.offset(block * ROW_BLOCK + r, FIRST);
          double sum = set ? d.values[row + j] : expected[offset];
          float rounded = set ? d.values[row + j] : exact[offset];
          for (int i = 0; i < k; i++) {
            int from = OFFSET + block * aBlockStride + i / NR * aPanelStride + r * NR + i % NR;
            sum += (double) a[from] * b[packed(i, j, k)];
            rounded = Simd.multiplyAdd(a[from], b[packed(i, j, k)], rounded);
          }
          expected[offset] = (float) sum;
          exact[offset] = rounded;
        }
      }
    }
    assertThat(c).as("the same bits with any micro-kernel").containsExactly(exact);
    assertThat(c)
        .as("%d panels, %d rowBlocks, %d panels, set: %s", kPanels, rowBlocks, panels, set)
        .containsExactly(expected, within((float) tolerance(k)));
  }

  /** Rows in any order, some of them the same; those of one row block only if there are many. */
  private RowView randomRows(int rowBlocks, int panels) {
    int width = (FIRST + panels) * NR + 3;
    int blockStride = rowBlocks > 3 ? 0 : ROW_BLOCK + 1;
    int[] offsets = new int[2 + rowBlocks * (ROW_BLOCK + 1)];
    Arrays.setAll(offsets, i -> random.nextInt(5) * width);
    return new RowView(random(OFFSET + 5 * width), OFFSET, offsets, blockStride).at(2);
  }

  private static int packed(int i, int j, int k) {
    return OFFSET + j / NR * k * NR + i * NR + j % NR;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 15, 16, 17, 30, 31, 64, 65, 100})
  void multipliesTransposed(int rowBlocks) {
    for (int columns = 0; columns <= 3; columns++) {
      for (int panels = 1; panels <= 3; panels++) {
        multipliesTransposed(rowBlocks, columns, panels, true);
        multipliesTransposed(rowBlocks, columns, panels, false);
      }
    }
  }

  private void multipliesTransposed(int rowBlocks, int columns, int panels, boolean adds) {
    int samples = rowBlocks * ROW_BLOCK;
    int width = panels * NR;
    int aPanelStride = samples * NR + 5;
    int bPanelStride = samples * NR + 7;
    float[] a = random(OFFSET + columns * aPanelStride);
    float[] b = random(OFFSET + panels * bPanelStride);
    float[] c = random(OFFSET + columns * NR * width + OFFSET);
    float[] expected = c.clone();
    Gemm.gemmTransposedA(
        rowBlocks,
        new MatrixView(a, OFFSET, 0, aPanelStride),
        new MatrixView(b, OFFSET, 0, bPanelStride),
        adds,
        new PackedPanels(c, OFFSET, panels, 0, columns));
    for (int j = 0; j < columns * NR; j++) {
      for (int i = 0; i < width; i++) {
        int offset = OFFSET + ((j / NR * panels + i / NR) * NR + j % NR) * NR + i % NR;
        double sum = adds ? expected[offset] : 0;
        for (int s = 0; s < samples; s++) {
          sum +=
              (double) a[OFFSET + j / NR * aPanelStride + s * NR + j % NR]
                  * b[OFFSET + i / NR * bPanelStride + s * NR + i % NR];
        }
        expected[offset] = (float) sum;
      }
    }
    assertThat(c)
        .as("%d rowBlocks, %d by %d panels", rowBlocks, columns, panels)
        .containsExactly(expected, within((float) tolerance(samples)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 33})
  void gemvAddsOneRowTimesPanels(int kPanels) {
    int k = kPanels * NR;
    for (int panels = 1; panels <= 9; panels++) {
      int columns = panels * NR;
      int first = FIRST * NR;
      float[] a = random(OFFSET + k);
      float[] b = random(OFFSET + k * columns);
      float[] c = new float[OFFSET + first + columns + OFFSET];
      Arrays.fill(c, GUARD);
      Arrays.fill(c, OFFSET + first, OFFSET + first + columns, 1);
      Gemm.gemv(
          new MatrixView(a, OFFSET, 0, NR),
          new PackedPanels(b, OFFSET, kPanels, FIRST, panels),
          new MatrixView(c, OFFSET, 0, NR));
      for (int j = 0; j < columns; j++) {
        double sum = 1;
        for (int i = 0; i < k; i++) {
          sum += (double) a[OFFSET + i] * b[packed(i, j, k)];
        }
        assertThat((double) c[OFFSET + first + j]).isCloseTo(sum, within(tolerance(k)));
      }
      for (int i = 0; i < OFFSET; i++) {
        assertThat(c[first + i]).isEqualTo(GUARD);
        assertThat(c[OFFSET + first + columns + i]).isEqualTo(GUARD);
      }
    }
  }

  @Test
  void rangesOutsideOfAnArrayAreRefused() {
    float[] small = new float[NR * NR];
    MatrixView view = new MatrixView(small, 0, 0, NR);
    PackedPanels one = new PackedPanels(small, 0, 1, 0, 1);
    MatrixView last = new MatrixView(small, small.length - ROW_BLOCK * NR + 1, 0, NR);
    assertThatThrownBy(() -> Gemm.gemm(1, view, one, null, last))
        .isInstanceOf(IndexOutOfBoundsException.class);
    int[] offsets = {0, 0, 0, 0, 0, 0, 0, small.length - NR + 1};
    RowView beyond = new RowView(small, 0, offsets, 0);
    assertThatThrownBy(() -> Gemm.gemm(1, view, one, beyond, view))
        .isInstanceOf(IndexOutOfBoundsException.class);
    PackedPanels two = new PackedPanels(small, 0, 2, 0, 1);
    assertThatThrownBy(() -> Gemm.gemv(view, two, view))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> PlainGemv.gemv(view, two, view))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 33})
  void gemvInPlainLoopsIsBitIdentical(int kPanels) {
    for (int panels = 0; panels <= 9; panels++) {
      int columns = panels * NR;
      MatrixView a = new MatrixView(random(OFFSET + kPanels * NR), OFFSET, 0, NR);
      float[] weights = random(OFFSET + kPanels * NR * columns);
      PackedPanels b = new PackedPanels(weights, OFFSET, kPanels, FIRST, panels);
      float[] plain = random(OFFSET + FIRST * NR + columns + OFFSET);
      float[] vectors = plain.clone();
      PlainGemv.gemv(a, b, new MatrixView(plain, OFFSET, 0, NR));
      Gemm.gemv(a, b, new MatrixView(vectors, OFFSET, 0, NR));
      assertThat(plain).as("%d panels of K, %d panels", kPanels, panels).isEqualTo(vectors);
    }
  }
}
