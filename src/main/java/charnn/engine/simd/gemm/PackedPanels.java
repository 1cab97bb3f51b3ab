package charnn.engine.simd.gemm;

/**
 * Some panels of a {@link PackedMatrix}: GEMM's B.
 *
 * @param offset of the first
 * @param kPanels K / NR
 * @param first its number in the matrix, or in the wider one that this is a part of
 * @param count how many there are
 */
public record PackedPanels(float[] values, int offset, int kPanels, int first, int count) {}
