package charnn.engine.simd.gemm;

import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.ROW_BLOCK;
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
    RowSource d = randomRows(rowBlocks, panels);
    if (set) {
      Gemm.gemm(
          rowBlocks,
          kPanels,
          a,
          OFFSET,
          aBlockStride,
          aPanelStride,
          b,
          OFFSET,
          panels,
          d,
          2,
          OFFSET,
          c,
          OFFSET,
          cBlockStride,
          cPanelStride);
    } else {
      Gemm.gemm(
          rowBlocks,
          kPanels,
          a,
          OFFSET,
          aBlockStride,
          aPanelStride,
          b,
          OFFSET,
          panels,
          c,
          OFFSET,
          cBlockStride,
          cPanelStride);
    }
    for (int block = 0; block < rowBlocks; block++) {
      for (int r = 0; r < ROW_BLOCK; r++) {
        for (int j = 0; j < panels * NR; j++) {
          int offset = OFFSET + block * cBlockStride + j / NR * cPanelStride + r * NR + j % NR;
          int row = OFFSET + d.offsets()[2 + block * d.blockStride() + r];
          double sum = set ? d.values()[row + j] : expected[offset];
          for (int i = 0; i < k; i++) {
            int from = OFFSET + block * aBlockStride + i / NR * aPanelStride + r * NR + i % NR;
            sum += (double) a[from] * b[packed(i, j, k)];
          }
          expected[offset] = (float) sum;
        }
      }
    }
    assertThat(c)
        .as("%d panels, %d rowBlocks, %d panels, set: %s", kPanels, rowBlocks, panels, set)
        .containsExactly(expected, within((float) tolerance(k)));
  }

  /** Rows in any order, some of them the same; those of one row block only if there are many. */
  private RowSource randomRows(int rowBlocks, int panels) {
    int width = panels * NR + 3;
    int blockStride = rowBlocks > 3 ? 0 : ROW_BLOCK + 1;
    int[] offsets = new int[2 + rowBlocks * (ROW_BLOCK + 1)];
    Arrays.setAll(offsets, i -> random.nextInt(5) * width);
    return new RowSource(random(OFFSET + 5 * width), offsets, blockStride);
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
        columns,
        a,
        OFFSET,
        aPanelStride,
        b,
        OFFSET,
        bPanelStride,
        panels,
        adds,
        c,
        OFFSET);
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
  @ValueSource(ints = {0, 1, 3, 7, 8, 13, 31, 32, 33, 207, 1024})
  void gemvAddsOneRowTimesPanels(int k) {
    for (int panels = 1; panels <= 9; panels++) {
      int columns = panels * NR;
      float[] a = random(OFFSET + k);
      float[] b = random(OFFSET + k * columns);
      float[] c = new float[OFFSET + columns + OFFSET];
      Arrays.fill(c, GUARD);
      Arrays.fill(c, OFFSET, OFFSET + columns, 1);
      Gemm.gemv(k, a, OFFSET, b, OFFSET, panels, c, OFFSET);
      for (int j = 0; j < columns; j++) {
        double sum = 1;
        for (int i = 0; i < k; i++) {
          sum += (double) a[OFFSET + i] * b[packed(i, j, k)];
        }
        assertThat((double) c[OFFSET + j]).isCloseTo(sum, within(tolerance(k)));
      }
      for (int i = 0; i < OFFSET; i++) {
        assertThat(c[i]).isEqualTo(GUARD);
        assertThat(c[OFFSET + columns + i]).isEqualTo(GUARD);
      }
    }
  }

  @Test
  void rangesOutsideOfAnArrayAreRefused() {
    float[] small = new float[NR * NR];
    assertThatThrownBy(
            () ->
                Gemm.gemm(
                    1,
                    1,
                    small,
                    0,
                    0,
                    NR,
                    small,
                    0,
                    1,
                    small,
                    small.length - ROW_BLOCK * NR + 1,
                    0,
                    NR))
        .isInstanceOf(IndexOutOfBoundsException.class);
    RowSource beyond =
        new RowSource(small, new int[] {0, 0, 0, 0, 0, 0, 0, small.length - NR + 1}, 0);
    assertThatThrownBy(
            () -> Gemm.gemm(1, 1, small, 0, 0, NR, small, 0, 1, beyond, 0, 0, small, 0, 0, NR))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Gemm.gemv(NR + 1, small, 0, small, 0, 1, small, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
