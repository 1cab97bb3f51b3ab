package charnn.engine.simd;

import charnn.engine.simd.gemm.MatrixView;
import charnn.engine.simd.gemm.PackedPanels;

/**
 * A product of a state that is added to the pre-activations z.
 *
 * @param begins whether z is overwritten, with b and, in the first layer, x W; else it has them
 */
record Product(MatrixView state, PackedPanels weights, boolean begins) {}
