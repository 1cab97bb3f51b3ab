package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.PANEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every product against a naive loop in double precision, at awkward lengths, with offsets and
 * guard values around the result.
 */
class MatrixProductTest {
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
  void addsGroupsOfRowsTimesPanels(int inner) {
    for (int groups = 1; groups <= 6; groups++) {
      for (int panels = 1; panels <= 3; panels++) {
        product(groups, inner, panels, GROUP * PANEL, GROUP * PANEL, false);
        product(groups, inner, panels, GROUP * PANEL + 5, GROUP * PANEL + 1, false);
        product(groups, inner, panels, GROUP * PANEL, GROUP * PANEL, true);
        product(groups, inner, panels, GROUP * PANEL + 5, GROUP * PANEL + 1, true);
      }
    }
  }

  /**
   * @param set whether the product is added to rows from elsewhere, instead of to what is there
   */
  private void product(int groups, int inner, int panels, int aPanel, int cPanel, boolean set) {
    int k = inner * PANEL;
    int aGroup = inner * aPanel + 3;
    int cGroup = panels * cPanel + 4;
    float[] a = random(OFFSET + groups * aGroup);
    float[] b = random(OFFSET + k * panels * PANEL);
    float[] c = random(OFFSET + groups * cGroup + OFFSET);
    float[] expected = c.clone();
    Rows d = randomRows(groups, panels);
    if (set) {
      MatrixProduct.add(
          groups, inner, a, OFFSET, aGroup, aPanel, b, OFFSET, panels, d, 2, OFFSET, c, OFFSET,
          cGroup, cPanel);
    } else {
      MatrixProduct.add(
          groups, inner, a, OFFSET, aGroup, aPanel, b, OFFSET, panels, c, OFFSET, cGroup, cPanel);
    }
    for (int g = 0; g < groups; g++) {
      for (int r = 0; r < GROUP; r++) {
        for (int j = 0; j < panels * PANEL; j++) {
          int at = OFFSET + g * cGroup + j / PANEL * cPanel + r * PANEL + j % PANEL;
          int row = OFFSET + d.starts()[2 + g * d.group() + r];
          double sum = set ? d.values()[row + j] : expected[at];
          for (int i = 0; i < k; i++) {
            int from = OFFSET + g * aGroup + i / PANEL * aPanel + r * PANEL + i % PANEL;
            sum += (double) a[from] * b[packed(i, j, k)];
          }
          expected[at] = (float) sum;
        }
      }
    }
    assertThat(c)
        .as("%d panels, %d groups, %d panels, set: %s", inner, groups, panels, set)
        .containsExactly(expected, within((float) tolerance(k)));
  }

  /** Rows in any order, some of them the same; of one group only if there are many. */
  private Rows randomRows(int groups, int panels) {
    int width = panels * PANEL + 3;
    int group = groups > 3 ? 0 : GROUP + 1;
    int[] starts = new int[2 + groups * (GROUP + 1)];
    Arrays.setAll(starts, i -> random.nextInt(5) * width);
    return new Rows(random(OFFSET + 5 * width), starts, group);
  }

  private static int packed(int i, int j, int k) {
    return OFFSET + j / PANEL * k * PANEL + i * PANEL + j % PANEL;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 15, 16, 17, 30, 31, 64, 65, 100})
  void multipliesTransposed(int groups) {
    for (int columns = 0; columns <= 3; columns++) {
      for (int panels = 1; panels <= 3; panels++) {
        multipliesTransposed(groups, columns, panels, true);
        multipliesTransposed(groups, columns, panels, false);
      }
    }
  }

  private void multipliesTransposed(int groups, int columns, int panels, boolean adds) {
    int samples = groups * GROUP;
    int width = panels * PANEL;
    int aPanel = samples * PANEL + 5;
    int bPanel = samples * PANEL + 7;
    float[] a = random(OFFSET + columns * aPanel);
    float[] b = random(OFFSET + panels * bPanel);
    float[] c = random(OFFSET + columns * PANEL * width + OFFSET);
    float[] expected = c.clone();
    MatrixProduct.multiplyTransposed(
        groups, columns, a, OFFSET, aPanel, b, OFFSET, bPanel, panels, adds, c, OFFSET);
    for (int j = 0; j < columns * PANEL; j++) {
      for (int i = 0; i < width; i++) {
        int at =
            OFFSET + ((j / PANEL * panels + i / PANEL) * PANEL + j % PANEL) * PANEL + i % PANEL;
        double sum = adds ? expected[at] : 0;
        for (int s = 0; s < samples; s++) {
          sum +=
              (double) a[OFFSET + j / PANEL * aPanel + s * PANEL + j % PANEL]
                  * b[OFFSET + i / PANEL * bPanel + s * PANEL + i % PANEL];
        }
        expected[at] = (float) sum;
      }
    }
    assertThat(c)
        .as("%d groups, %d by %d panels", groups, columns, panels)
        .containsExactly(expected, within((float) tolerance(samples)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 13, 31, 32, 33, 207, 1024})
  void addsOneRowTimesPanels(int k) {
    for (int panels = 1; panels <= 9; panels++) {
      int columns = panels * PANEL;
      float[] a = random(OFFSET + k);
      float[] b = random(OFFSET + k * columns);
      float[] c = new float[OFFSET + columns + OFFSET];
      Arrays.fill(c, GUARD);
      Arrays.fill(c, OFFSET, OFFSET + columns, 1);
      MatrixProduct.addVector(k, a, OFFSET, b, OFFSET, panels, c, OFFSET);
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
    float[] small = new float[PANEL * PANEL];
    assertThatThrownBy(
            () ->
                MatrixProduct.add(
                    1,
                    1,
                    small,
                    0,
                    0,
                    PANEL,
                    small,
                    0,
                    1,
                    small,
                    small.length - GROUP * PANEL + 1,
                    0,
                    PANEL))
        .isInstanceOf(IndexOutOfBoundsException.class);
    Rows beyond = new Rows(small, new int[] {0, 0, 0, 0, 0, 0, 0, small.length - PANEL + 1}, 0);
    assertThatThrownBy(
            () ->
                MatrixProduct.add(
                    1, 1, small, 0, 0, PANEL, small, 0, 1, beyond, 0, 0, small, 0, 0, PANEL))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> MatrixProduct.addVector(PANEL + 1, small, 0, small, 0, 1, small, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
