import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the unrolled GEMM micro-kernels, one class for processors of 32 vector registers and one for
 * those of 16. To change them, change this program and run it from the project's folder:
 *
 * <pre>java scripts/MicroKernels.java</pre>
 *
 * <p>With {@code --check} it writes nothing, and fails where the committed output is another.
 */
class MicroKernels {
  private static final Path FOLDER = Path.of("src/main/java/charnn/engine/simd/gemm");

  private static final String HEAD =
      """
      // Written by scripts/MicroKernels.java.
      package charnn.engine.simd.gemm;

      """;

  private static final String HEAD_32 =
      """
      import static charnn.engine.simd.gemm.Simd.LANES;
      import static charnn.engine.simd.gemm.Simd.NR;
      import static charnn.engine.simd.gemm.Simd.SPECIES;

      import jdk.incubator.vector.FloatVector;

      /**
       * GEMM micro-kernels for processors of 32 vector registers: MR = 8 rows by NR = two vectors, 16
       * accumulators.
       *
       * <p>In the innermost loops, every element of A has a constant offset from the loop counter, so the
       * compiler hoists all bounds checks out of the loop. The loops are unrolled by two, which halves
       * the loop overhead: where two hardware threads share a core, and on many hosts they do unseen,
       * overhead is what slows the loop down.
       *
       * <p>FMA is called directly, not through {@link Simd#multiplyAdd}: in a method beyond a certain
       * size, the compiler inlines only what belongs to the Vector API. So many operations in one method
       * also need the launcher's {@code -XX:PerMethodTrapLimit}; without it, the vectors of a loop are
       * boxed in some starts.
       */
      final class Kernel8x2 {
        private Kernel8x2() {}

      """;

  private static final String AB_32 =
      """
        /**
         * C = D + A B: c[r][j] = d[r][j] + sum over i of a[r][i] b[i][j] for the 8 rows r of a row block
         * and one panel of columns j.
         *
         * @param kPanels panels that the sum runs over
         * @param a row r of panel q: [NR] from aOffset + q aPanelStride + r NR
         * @param b row i: [NR] from bOffset + i NR
         * @param d row r: [NR] from dOffset + dRowOffsets[dFirst + r]
         * @param c row r: [NR] from cOffset + r NR; may be D
         */
        static void ab(
            int kPanels,
            float[] a,
            int aOffset,
            int aPanelStride,
            float[] b,
            int bOffset,
            float[] d,
            int dOffset,
            int[] dRowOffsets,
            int dFirst,
            float[] c,
            int cOffset) {
      """;

  private static final String ATB_32 =
      """
        /**
         * C = D + A^T B: c[j][i] = d[j][i] + sum over s of a[s][j] b[s][i] for 8 columns j of A and one
         * panel of columns i.
         *
         * @param samples an even number
         * @param a row s: from aOffset + s NR
         * @param b row s: [NR] from bOffset + s NR
         * @param d row j: [NR] from dOffset + j NR
         * @param c row j: [NR] from cOffset + j NR; may be D
         */
        static void atb(
            int samples,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] d,
            int dOffset,
            float[] c,
            int cOffset) {
      """;

  private static final String HEAD_16 =
      """
      import static charnn.engine.simd.gemm.Simd.HAS_FMA;
      import static charnn.engine.simd.gemm.Simd.LANES;
      import static charnn.engine.simd.gemm.Simd.NR;
      import static charnn.engine.simd.gemm.Simd.SPECIES;

      import java.util.Objects;
      import jdk.incubator.vector.FloatVector;

      /**
       * GEMM micro-kernels for processors of 16 vector registers: MR = 6 rows by NR = two vectors, 12
       * accumulators; and MR = 4. {@link SixesAndFours} calls them.
       *
       * <p>The loops are unrolled by four. What {@link Kernel8x2} says of direct calls and of {@code
       * -XX:PerMethodTrapLimit} holds here, too.
       *
       * <p>Calls of {@link Objects#checkIndex} are scheduling fences. Without them, the compiler hoists
       * loads of later iterations, and spills accumulators to have registers for them, at half the speed.
       * It moves no load across a check that it can neither eliminate nor hoist. Each check has a lower
       * limit than the one before, so that none implies another.
       *
       * <p>A check keeps every local variable alive that is used after it, and there are few registers.
       * So the loops count in A's own index, B's index is a shift from it, and no variable is derived
       * from others.
       *
       * <p>AB: C += A B for rows of A that are contiguous, with a stride of KC. ATB: C += A^T B for
       * columns of A, with a stride of NR between samples. A's index runs from aOffset to end. C's rows
       * have a stride of NR from c0 on; AB takes the offset of every second one.
       */
      final class Kernel6x2 {
        private static final int KC = Gemm.KC;

        /** Above every masked index, by more than there are fences. */
        private static final int FENCE_LIMIT = (1 << 24) + 16;

        /** Not final: the compiler must not know that an index with this mask is below the limit. */
        private static int fenceMask = (1 << 24) - 1;

        private Kernel6x2() {}
      """;

  private final StringBuilder out = new StringBuilder(HEAD);
  private int fences; // in the loop

  private void line(int indent, String format, Object... values) {
    out.append(" ".repeat(indent)).append(String.format(format, values)).append('\n');
  }

  /** Returns {@code base + factor * unit}, without what is zero or one. */
  private static String plus(String base, int factor, String unit) {
    return factor == 0 ? base : base + " + " + (factor == 1 ? "" : factor + " * ") + unit;
  }

  private static String plus(String base, int number) {
    return number == 0 ? base : base + " + " + number;
  }

  private void load(String variable, String array, String index) {
    line(4, "FloatVector %s0 = FloatVector.fromArray(SPECIES, %s, %s);", variable, array, index);
    line(4, "FloatVector %s1 = FloatVector.fromArray(SPECIES, %s, %s + LANES);", variable, array, index);
  }

  private void store(int row, String index) {
    line(4, "s%d0.intoArray(c, %s);", row, index);
    line(4, "s%d1.intoArray(c, %s + LANES);", row, index);
  }

  /** The two vectors of B, of one summand. */
  private void loadB(boolean first, String index) {
    String type = first ? "FloatVector " : "";
    line(6, "%sb0 = FloatVector.fromArray(SPECIES, b, %s);", type, index);
    line(6, "%sb1 = FloatVector.fromArray(SPECIES, b, %s + LANES);", type, index);
  }

  /** One row of one summand. */
  private void multiplyAdd(String type, int row, String index, boolean always) {
    line(6, "%sv = FloatVector.broadcast(SPECIES, a[%s]);", type, index);
    for (int j = 0; j < 2; j++) {
      String fma = String.format("v.fma(b%d, s%d%d)", j, row, j);
      String both = String.format("HAS_FMA ? %s : v.mul(b%d).add(s%d%d)", fma, j, row, j);
      line(6, "s%d%d = %s;", row, j, always ? fma : both);
    }
  }

  private String kernels32() {
    out.append(HEAD_32).append(AB_32);
    for (int row = 0; row < 8; row++) {
      line(4, "%srow = dOffset + dRowOffsets[%s];", row == 0 ? "int " : "", plus("dFirst", row));
      load("s" + row, "d", "row");
    }
    line(4, "for (int q = 0; q < kPanels; q++) {");
    line(6, "int x = aOffset + q * aPanelStride;");
    line(6, "int y = bOffset + q * NR * NR;");
    line(6, "for (int i = 0; i < NR; i += 2) {");
    int loop = out.length();
    for (int k = 0; k < 2; k++) {
      loadB(k == 0, plus("y + i * NR", k, "NR"));
      for (int row = 0; row < 8; row++) {
        multiplyAdd(k + row == 0 ? "FloatVector " : "", row, plus(plus("x + i", row, "NR"), k), true);
      }
    }
    String body = out.substring(loop).indent(2);
    out.setLength(loop);
    out.append(body);
    line(6, "}");
    end32();
    out.append('\n').append(ATB_32);
    for (int row = 0; row < 8; row++) {
      load("s" + row, "d", plus("dOffset", row, "NR"));
    }
    line(4, "for (int s = 0; s < samples * NR; s += 2 * NR) {");
    for (int k = 0; k < 2; k++) {
      loadB(k == 0, plus("bOffset + s", k, "NR"));
      for (int row = 0; row < 8; row++) {
        multiplyAdd(k + row == 0 ? "FloatVector " : "", row, plus(plus("aOffset + s", k, "NR"), row), true);
      }
    }
    end32();
    return out.append("}\n").toString();
  }

  private void end32() {
    line(4, "}");
    for (int row = 0; row < 8; row++) {
      store(row, plus("cOffset", row, "NR"));
    }
    line(2, "}");
  }

  private String kernels16() {
    out.append(HEAD_16);
    for (boolean transposed : new boolean[] {false, true}) {
      for (int rows : new int[] {6, 4}) {
        kernel16(rows, transposed);
      }
    }
    return out.append("}\n").toString();
  }

  /**
   * @param transposed whether A is
   */
  private void kernel16(int rows, boolean transposed) {
    out.append('\n');
    String name = String.format("static void %s%dx2(", transposed ? "atb" : "ab", rows);
    String offsets = transposed ? "int c0" : rows == 6 ? "int c0, int c2, int c4" : "int c0, int c2";
    String parameters = "int end, float[] a, int aOffset, float[] b, int shift, float[] c, " + offsets + ") {";
    boolean fits = 2 + name.length() + parameters.length() <= 100;
    line(2, "%s", fits ? name + parameters : name);
    if (!fits) {
      line(6, "%s", parameters);
    }
    for (int row = 0; row < rows; row++) {
      load("s" + row, "c", rowOfC(row, transposed));
    }
    line(4, "int mask = fenceMask;");
    line(4, "FloatVector v;");
    String i = transposed ? "s" : "i";
    line(4, "for (int %s = aOffset; %1$s < end; %1$s += %s) {", i, transposed ? "4 * NR" : "4");
    fences = 0;
    for (int k = 0; k < 4; k++) {
      loadB(k == 0, plus(transposed ? "shift + s" : "shift + i * NR", k, "NR"));
      for (int row = 0; row < rows; row++) {
        multiplyAdd("", row, transposed ? plus(plus(i, k, "NR"), row) : plus(plus(i, row, "KC"), k), rows == 6);
        boolean last = k == 3 && row == rows - 1;
        if (!last && (rows == 6 ? row % 2 == 1 : row == rows - 1)) {
          line(6, "Objects.checkIndex(%s & mask, %s);", i, fences == 0 ? "FENCE_LIMIT" : "FENCE_LIMIT - " + fences);
          fences++;
        }
      }
    }
    line(4, "}");
    for (int row = 0; row < rows; row++) {
      store(row, rowOfC(row, transposed));
    }
    line(2, "}");
  }

  private static String rowOfC(int row, boolean transposed) {
    return transposed ? plus("c0", row, "NR") : plus("c" + row / 2 * 2, row % 2, "NR");
  }

  private static void write(String name, String source, boolean check) throws IOException {
    Path file = FOLDER.resolve(name + ".java");
    if (!check) {
      Files.writeString(file, source, StandardCharsets.UTF_8);
    } else if (!Files.readString(file, StandardCharsets.UTF_8).equals(source)) {
      System.err.println(file + " is not what scripts/MicroKernels.java writes: run it without --check");
      System.exit(1);
    }
  }

  public static void main(String[] arguments) throws IOException {
    boolean check = arguments.length == 1 && arguments[0].equals("--check");
    if (arguments.length > 0 && !check) {
      System.err.println("usage: java scripts/MicroKernels.java [--check]");
      System.exit(2);
    }
    write("Kernel8x2", new MicroKernels().kernels32(), check);
    write("Kernel6x2", new MicroKernels().kernels16(), check);
  }
}
